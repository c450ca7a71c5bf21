import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeEach, describe, expect, test } from 'vitest';
import { backgroundWork } from '../../background.ts';
import { modules } from '../../modules.ts';
import { newId } from '../../platform/ids.ts';
import { drainBackground } from '../../platform/worker.ts';
import { testApp } from '../../testing/app.ts';
import { closeTransports, defineMessage, listMessagesOf, notify, notifyMany, provideTextService } from './index.ts';
import { listHealth } from './send-queries.ts';
import { orderProviders, type Candidate, type ProviderSettings } from './provider.ts';
import { encodePdu, pduReader } from './providers/smpp-codec.ts';
import { openSmpp } from './providers/smpp-client.ts';
import { concatenationHeader, internationalNumber, planSms, readSms, withoutAccents } from './sms-text.ts';
import { readCommand, TEXTS_PER_HOUR } from './receive-text.ts';
import { startMessageCentre, type MessageCentre } from './testing/message-centre.ts';
import { RETRY_MINUTES } from './send-messages.ts';
import { keepBound } from './transport.ts';

const [first, second] = [await startMessageCentre(), await startMessageCentre()];
const file = join(mkdtempSync(join(tmpdir(), 'sen-providers-')), 'providers.json');
const centreEntry = (key: string, centre: MessageCentre, weight: number) => ({
  key,
  kind: 'smpp',
  url: `smpp://127.0.0.1:${centre.port}`,
  user: 'sen',
  secret: 'secret',
  sender: 'TINH NGHEAN',
  weight,
  window: 8,
  perSecond: 5_000,
  costDong: 350,
  answerSeconds: 0.4,
  enquireSeconds: 1,
});
writeFileSync(
  file,
  JSON.stringify([{ ...centreEntry('first', first, 1), slowSeconds: 60 }, centreEntry('second', second, 0)]),
);

const own = modules.filter((m) => m.name === 'notifications');
const { db, context } = await testApp({ modules: own });
const config = { ...context.config, messageProvidersFile: file };
const drain = () => drainBackground(backgroundWork(own), { ...context, config });
const message = defineMessage<'text'>('test.text', {
  vi: { subject: 'Tin', body: '{text}' },
  en: { subject: 'Text', body: '{text}' },
});
const send = async (text: string, options: { address?: string; unitId?: string } = {}) => {
  const about = { kind: 'test', id: newId() };
  await db.write((tx) =>
    notify(tx, {
      addresses: [{ channel: 'sms', address: options.address ?? '0912 345 678' }],
      template: message,
      values: { text },
      about,
      unitId: options.unitId ?? null,
      key: about.id,
    }),
  );
  await drain();
  return async () => (await listMessagesOf(db.reader, about))[0];
};
const dueNow = async () => {
  db.clock.advance(RETRY_MINUTES * 60_000);
  await db.reader.raw('update graphile_worker._private_jobs set run_at = now()');
  await drain();
};
/** Waits for something that a socket brings, looking often; fails loudly after twelve seconds. */
const until = (condition: () => boolean | Promise<boolean>) =>
  expect.poll(condition, { timeout: 12_000, interval: 10 }).toBe(true);

afterAll(async () => {
  await closeTransports();
  await Promise.all([first.close(), second.close()]);
});
beforeEach(async () => {
  for (const centre of [first, second]) Object.assign(centre, { mood: 'good', answerMs: 0, widest: 0, taken: [] });
  await db.reader.raw(
    'update notifications.provider set failures = 0, open_until = null, slow_until = null, receipt_seconds = null',
  );
});

describe('a text', () => {
  test('is GSM-7 where it fits and UCS-2 where it does not, and its parts are counted as telephones do', () => {
    expect(planSms('a'.repeat(160))).toMatchObject({ alphabet: 'gsm-7', length: 160, left: 0 });
    expect(planSms('a'.repeat(161)).parts.map((part) => part.length)).toEqual([153, 8]);
    expect(planSms('đ'.repeat(70)).parts).toHaveLength(1);
    expect(planSms('đ'.repeat(71)).parts.map((part) => part.length)).toEqual([134, 8]);
    expect(planSms('{}€').length).toBe(6);
    expect(planSms('“Hẹn” – lúc…').alphabet).toBe('ucs-2');
    expect(planSms('“Hen” – luc…').alphabet).toBe('gsm-7');
    expect(withoutAccents('Đã nhận hồ sơ của Ông Nguyễn')).toBe('Da nhan ho so cua Ong Nguyen');
    expect(planSms('x'.repeat(5_000)).parts).toHaveLength(6);
  });
  test('comes out of its parts as it went in, no escape or pair torn', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...Array.from('aB9 @€{}[]~^ắỆđ🙂Ω')), maxLength: 320 }), (text) => {
        const plan = planSms(text);
        const read = plan.parts.map((part) => readSms(part, plan.alphabet === 'gsm-7' ? 0 : 8)).join('');
        expect(read).toBe(text.trim().normalize('NFC'));
        expect(
          plan.parts.every(
            (part) => part.length <= (plan.parts.length > 1 ? (plan.alphabet === 'gsm-7' ? 153 : 134) : 160),
          ),
        ).toBe(true);
      }),
    );
    expect([...concatenationHeader(300, 3, 2)]).toEqual([5, 0, 3, 44, 3, 2]);
  });
  test('goes only to a mobile number of Viet Nam', () => {
    expect(['0912345678', '+84 912 345 678', '0084912345678', '84912345678'].map(internationalNumber)).toEqual(
      Array(4).fill('84912345678'),
    );
    expect(['', '113', '02383842157', '+1 202 555 0100', "0912'--", '912345678'].map(internationalNumber)).toEqual(
      Array(6).fill(null),
    );
  });
});

describe('a message centre over SMPP', () => {
  test('takes a Vietnamese text in parts with the brandname, and its receipts make it delivered', async () => {
    const text = 'Hồ sơ của bạn đã được tiếp nhận. Ngày hẹn trả kết quả: 30/11/2026. Mang theo căn cước khi đến nhận.';
    const state = await send(text);
    expect(first.taken).toHaveLength(2);
    expect(first.taken[0]).toMatchObject({ from: 'TINH NGHEAN', fromType: 5, to: '84912345678', dataCoding: 8 });
    expect(
      [...first.taken]
        .sort((a, b) => a.part!.number - b.part!.number)
        .map((each) => each.text)
        .join(''),
    ).toBe(text);
    expect(first.taken.map((each) => each.part?.total)).toEqual([2, 2]);
    expect(await state()).toMatchObject({ state: 'sent', provider: 'first', parts: 2, costDong: 700 });
    const [one, two] = first.taken;
    expect(await first.receipt([one!])).toEqual([0]);
    expect(await state()).toMatchObject({ state: 'sent' });
    db.clock.advance(4_000);
    expect(await first.receipt([two!, two!])).toEqual([0, 0]);
    expect(await state()).toMatchObject({ state: 'delivered' });
    const [figure] = await db.reader.raw<Record<string, number>>(
      `select sum(sent)::int as sent, sum(delivered)::int as delivered, sum(parts)::int as parts, sum(within_10s)::int as fast, sum(cost_dong)::int as cost from notifications.figure where template = 'test.text'`,
    );
    expect(figure).toEqual({ sent: 1, delivered: 1, parts: 2, fast: 1, cost: 700 });
  });
  test('whose receipt says no makes it undelivered; a receipt before its time waits', async () => {
    await db.reader.raw(
      `insert into notifications.part (provider, reference, state, noted_at, settled_at) values ('first', $2, 'delivered', $1, $1)`,
      [db.clock.now(), `c${first.nextId}`],
    );
    expect(await (await send('Sớm'))()).toMatchObject({ state: 'delivered' });
    first.taken.length = 0;
    const state = await send('Khong toi');
    await first.receipt(first.taken, 'UNDELIV');
    expect(await state()).toMatchObject({ state: 'undelivered', lastError: 'UNDELIV' });
  });
  test('that refuses the number is not asked again; a landline is not asked at all', async () => {
    first.mood = 'unknown-number';
    expect(await (await send('x'))()).toMatchObject({ state: 'refused', attempts: 1 });
    expect(await (await send('x', { address: '02383842157' }))()).toMatchObject({ state: 'refused' });
  });
  test('that throttles is left in peace and not replaced', async () => {
    first.mood = 'throttled';
    const state = await send('x');
    expect(await state()).toMatchObject({ state: 'queued', attempts: 1 });
    expect(second.taken).toHaveLength(0);
    first.mood = 'good';
    await dueNow();
    expect(await state()).toMatchObject({ state: 'sent', attempts: 2 });
  });
  test.each(['broken', 'silent'] as const)(
    'that is %s makes way for the second, and finds its way back',
    async (mood) => {
      first.mood = mood;
      for (let i = 0; i < 3; i += 1)
        expect(await (await send('x'))()).toMatchObject({ state: 'sent', provider: 'second', attempts: 1 });
      const health = async () => (await listHealth(db.reader)).find((each) => each.key === 'first');
      expect((await health())?.failures).toBeGreaterThanOrEqual(3);
      expect(await (await send('resting'))()).toMatchObject({ provider: 'second' });
      first.mood = 'good';
      db.clock.advance(11 * 60_000);
      await until(async () => (await (await send('again'))())?.provider === 'first');
      expect(await health()).toMatchObject({ failures: 0, openUntil: null });
    },
  );
  test('gets no more at once than its window, and everything once', async () => {
    first.answerMs = 3;
    const notices = Array.from({ length: 2_000 }, (_, i) => ({
      addresses: [{ channel: 'sms' as const, address: `09${String(10_000_000 + i)}` }],
      template: message,
      values: { text: `Tin ${i}` },
      key: `many/${i}`,
    }));
    expect(await db.write((tx) => notifyMany(tx, notices))).toBe(2_000);
    expect(await db.write((tx) => notifyMany(tx, notices))).toBe(0);
    await drain();
    expect(first.taken).toHaveLength(2_000);
    expect(new Set(first.taken.map((each) => each.to)).size).toBe(2_000);
    expect(first.widest).toBeLessThanOrEqual(8);
    await first.receipt(first.taken);
    const [row] = await db.reader.raw<{ count: number }>(
      `select count(*)::int as count from notifications.message where effect_key like 'many/%' and state = 'delivered'`,
    );
    expect(row?.count).toBe(2_000);
  }, 60_000);
  test('whose receipts are late becomes the reserve, and comes back when nothing tells against it', async () => {
    const { notificationSchedules } = await import('./notification-jobs.ts');
    const watch = async () => {
      await notificationSchedules
        .find((each) => each.name === 'notifications.watch')
        ?.run({ ...context, config, attempt: 1, requestId: 'test' });
    };
    const slowUntil = async () => (await listHealth(db.reader)).find((each) => each.key === 'first')?.slowUntil;
    db.clock.advance(3_600_000); // what the tests before sent counts no more
    for (let i = 0; i < 3; i += 1) expect(await (await send('x'))()).toMatchObject({ provider: 'first' });
    await watch();
    expect(await slowUntil()).toBeNull();
    db.clock.advance(120_000);
    await watch();
    expect(await slowUntil()).not.toBeNull();
    expect(await (await send('y'))()).toMatchObject({ state: 'sent', provider: 'second' });
    // Receipts that come at last, late in the mean too: still slow, until it has had nothing for half an hour.
    await first.receipt(first.taken);
    await watch();
    expect(await (await send('z'))()).toMatchObject({ provider: 'second' });
    db.clock.advance(31 * 60_000);
    await watch();
    db.clock.advance(11 * 60_000);
    expect(await (await send('back'))()).toMatchObject({ provider: 'first' });
  });
  test('is bound again after its lines are cut, and is asked whether it lives', async () => {
    await send('x');
    const { binds } = first;
    first.cut();
    await until(() => first.binds > binds);
    expect(await (await send('y'))()).toMatchObject({ state: 'sent', provider: 'first' });
    const { enquiries } = first;
    await until(() => first.enquiries > enquiries);
  });
});

test('what a worker took and did not finish is sent after the lease, and what was answered is not sent again', async () => {
  const state = await send('once');
  const row = await state();
  await db.reader.raw(`update notifications.message set state = 'queued', next_attempt_at = $2 where id = $1`, [
    row?.id,
    new Date(db.clock.now().getTime() + 60_000),
  ]);
  const taken = () => first.taken.length + second.taken.length; // by whichever provider is quick at the time
  await drain();
  expect(taken()).toBe(1);
  await dueNow();
  const { notificationSchedules } = await import('./notification-jobs.ts');
  const watch = notificationSchedules.find((each) => each.name === 'notifications.watch');
  await watch?.run({ ...context, config, attempt: 1, requestId: 'test' });
  await drain();
  expect(taken()).toBe(2);
  await watch?.run({ ...context, config, attempt: 1, requestId: 'test' });
  await drain();
  expect(taken()).toBe(2);
});

describe('hostile bytes', () => {
  test('end the line and nothing else', () => {
    const read = pduReader();
    expect(() => read(Buffer.from('GET / HTTP/1.1\r\n\r\nxxxxxxxxx'))).toThrow(/PDU/);
    expect(pduReader()(Buffer.from([0, 0, 0]))).toEqual([]);
    const pdu = { command: 5, status: 0, sequence: 7, body: Buffer.from('abc') };
    const bytes = encodePdu(pdu);
    const slow = pduReader();
    const found = [...bytes].flatMap((byte) => slow(Buffer.from([byte])));
    expect(found).toEqual([pdu]);
  });
  test('a centre that refuses the bind is an answer, not a crash', async () => {
    second.mood = 'no-bind';
    const client = openSmpp({
      host: '127.0.0.1',
      port: second.port,
      isSecure: false,
      systemId: 'sen',
      password: 'secret',
      window: 1,
      perSecond: 100,
      enquireSeconds: 60,
      answerSeconds: 1,
      onDelivered: () => Promise.resolve(),
    });
    const answer = await client.submit({
      source: '1',
      destination: '2',
      esmClass: 0,
      dataCoding: 0,
      registeredDelivery: 0,
      message: Buffer.from('x'),
    });
    expect(answer).toMatchObject({ kind: 'unbound' });
    expect(client.isBound()).toBe(false);
    await client.close();
  });
});

describe('the order of providers', () => {
  const now = new Date('2026-11-23T01:00:00Z');
  const make = (key: string, weight: number, health: Partial<Candidate['health']> = {}): Candidate => ({
    settings: { key, weight } as ProviderSettings,
    health: { isEnabled: true, weight: null, failures: 0, openUntil: null, slowUntil: null, ...health },
  });
  const order = (list: Candidate[], chance = 0) =>
    orderProviders(list, now, chance, () => true).map((each) => each.key);
  const later = new Date(now.getTime() + 60_000);
  test('follows weights, keeps reserves behind, leaves out what rests or is off, and tries what has rested', () => {
    const counts = { a: 0, b: 0 };
    for (let i = 0; i < 1_000; i += 1) counts[order([make('a', 3), make('b', 1)], i / 1_000)[0] as 'a' | 'b'] += 1;
    expect(counts).toEqual({ a: 750, b: 250 });
    expect(order([make('reserve', 0), make('a', 1)])).toEqual(['a', 'reserve']);
    expect(order([make('slow', 5, { slowUntil: later }), make('reserve', 0)])).toEqual(['reserve', 'slow']);
    expect(order([make('a', 1, { failures: 3, openUntil: later }), make('b', 1, { isEnabled: false })])).toEqual([]);
    expect(order([make('a', 1, { failures: 3, openUntil: now }), make('b', 9)])).toEqual(['a', 'b']);
    expect(order([make('a', 1, { weight: 0 }), make('b', 1)], 0)).toEqual(['b', 'a']);
  });
});

describe('a citizen who writes', () => {
  provideTextService({
    keyword: 'THU',
    help: 'THU ma: xem thu',
    answer: (_reader, argument) => Promise.resolve(`Thu ${argument}`),
  });
  const answers = async () => {
    await drain();
    return first.taken.map((each) => each.text);
  };
  test('is understood without accents, in any case and spacing', () => {
    expect(readCommand('  hs   000.00.16-261123-0001 ')).toEqual({ keyword: 'HS', argument: '000.00.16-261123-0001' });
    expect(['Trợ giúp', 'TRO GIUP', 'help', '?'].map((text) => readCommand(text).keyword)).toEqual(
      Array(4).fill('HELP'),
    );
    expect(['Dừng', 'DUNG', 'stop'].map((text) => readCommand(text).keyword)).toEqual(Array(3).fill('DUNG'));
  });
  test('gets an answer over the same centre; the same text of the centre is taken once', async () => {
    keepBound({ ...context, config });
    expect(await first.write('84988000111', 'thu 12-34')).toBe(0);
    expect(await first.write('84988000111', 'thu 12-34')).toBe(0);
    expect(await answers()).toEqual(['Thu 12-34']);
    expect(first.taken[0]?.to).toBe('84988000111');
  });
  test('stops with DUNG and starts again, codes come all the same; HELP lists the words', async () => {
    await first.write('84988000222', 'Dừng');
    expect((await answers())[0]).toContain('Chung toi se khong nhan tin');
    expect(await (await send('tin thuong', { address: '0988000222' }))()).toMatchObject({
      state: 'discarded',
      discardReason: 'stopped',
    });
    await first.write('84988000222', 'trợ giúp');
    expect((await answers()).at(-1)).toContain('THU ma: xem thu');
    await first.write('84988000222', 'tiếp tục');
    await answers();
    expect(await (await send('lai co tin', { address: '0988000222' }))()).toMatchObject({ state: 'sent' });
  });
  test('who writes too much is kept and not answered, and what makes no sense harms nobody', async () => {
    for (let i = 0; i < TEXTS_PER_HOUR + 3; i += 1) await first.write('84988000333', `thu ${i}`);
    await first.write('8088', 'THU 1');
    await first.write('84988000444', `'; drop table x; -- \u0000 ${'z'.repeat(100)}`);
    const sent = await answers();
    expect(first.taken.filter((each) => each.to === '84988000333')).toHaveLength(TEXTS_PER_HOUR);
    expect(sent.join('\n')).toContain('Tin nhan chua dung mau');
  });
});
