import { expect, test } from 'vitest';
import { startJourney } from './harness/journey-start.ts';
import { newPerson, phone } from './harness/journey.ts';

const { browser, product } = await startJourney('The weight of the first page');

/** Bytes that come over the wire for a first visit: the page and everything it loads, compressed as it is sent. */
async function bytesOf(path: string): Promise<{ total: number; heaviest: string[] }> {
  const page = await newPerson(browser!, product, phone);
  const session = await page.context().newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.setCacheDisabled', { cacheDisabled: true });
  const addresses = new Map<string, string>();
  const sizes = new Map<string, number>();
  session.on('Network.requestWillBeSent', ({ requestId, request }) => void addresses.set(requestId, request.url));
  session.on(
    'Network.loadingFinished',
    ({ requestId, encodedDataLength }) => void sizes.set(requestId, encodedDataLength),
  );
  await page.goto(path, { waitUntil: 'networkidle' });
  await page.context().close();
  const parts = [...sizes].map(([id, bytes]) => ({ bytes, address: addresses.get(id) ?? '' }));
  return {
    total: parts.reduce((sum, part) => sum + part.bytes, 0),
    heaviest: parts.toSorted((a, b) => b.bytes - a.bytes).map((part) => `${part.bytes} ${part.address}`),
  };
}

test.skipIf(!browser).each(['/', '/thu-tuc-hanh-chinh/1.001193', '/su-kien-cuoc-doi/sinh-con', '/en'])(
  '%s weighs under 200 kB with all that belongs to it',
  async (path) => {
    const { total, heaviest } = await bytesOf(path);
    expect(heaviest.length, 'page, style sheet, script, fonts').toBeGreaterThan(3);
    expect(total, heaviest.slice(0, 6).join('\n')).toBeLessThan(200_000);
  },
  60_000,
);
