import { expect, test } from 'vitest';
import { testDatabase } from '../testing/database.ts';
import type { Reader } from './database.ts';
import { createLogger } from './log.ts';
import { programLimiter, rateLimitHeaders } from './program-limit.ts';

const db = await testDatabase();
const log = createLogger('silent');
const AT = Date.parse('2026-11-23T02:00:01Z');

/** A reader that counts how often the store is asked, and may be told to fail. */
function counting(facts: { isDown?: boolean } = {}) {
  const asked = { times: 0 };
  const reader = {
    ...db.reader,
    run: (...given: Parameters<Reader['run']>) => {
      asked.times += 1;
      return facts.isDown ? Promise.reject(new Error('no store')) : db.reader.run(...given);
    },
  } as Reader;
  return { reader, asked };
}
const allowed = async (limiter: ReturnType<typeof programLimiter>, id: string, times: number, now = AT) =>
  (await Promise.all(Array.from({ length: times }, () => limiter(id, now, log)))).filter((one) => one.isAllowed).length;

test('two processes let through what the limit says, together and to the last one, and no more', async () => {
  const [one, other] = [programLimiter(db.reader, 200, 10), programLimiter(db.reader, 200, 10)];
  const sums = await Promise.all([allowed(one, 'a', 150), allowed(other, 'a', 150)]);
  // Little may lie unused in one process while the other refuses; asked again it is handed out.
  const rest = (await allowed(one, 'a', 50)) + (await allowed(other, 'a', 50));
  expect(sums[0]! + sums[1]! + rest).toBe(200);
  expect((await one('a', AT, log)).isAllowed).toBe(false);
  expect((await other('a', AT + 10_000, log)).isAllowed).toBe(true);
  expect((await one('b', AT, log)).isAllowed).toBe(true);
});

test('a request does not cost a round trip', async () => {
  const { reader, asked } = counting();
  expect(await allowed(programLimiter(reader, 3_000, 10), 'cheap', 600)).toBe(600);
  expect(asked.times).toBeLessThanOrEqual(11);
});

test('while the store is lost each process counts alone, and asks it no more until the next window', async () => {
  const { reader, asked } = counting({ isDown: true });
  const limiter = programLimiter(reader, 100, 10);
  expect(await allowed(limiter, 'lost', 150)).toBe(100);
  expect(asked.times).toBe(1);
  expect((await limiter('lost', AT + 10_000, log)).isAllowed).toBe(true);
  expect(asked.times).toBe(2);
});

test('answers say how much is left and until when', async () => {
  const limiter = programLimiter(db.reader, 50, 10);
  const first = await limiter('told', AT, log);
  expect(first).toMatchObject({ isAllowed: true, remaining: 49, seconds: 9 });
  expect(rateLimitHeaders(first, 50, 10)).toEqual({
    'ratelimit-policy': '"program";q=50;w=10',
    ratelimit: '"program";r=49;t=9',
  });
});
