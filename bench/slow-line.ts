import { randomBytes } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { Page } from 'playwright-core';
import { closeBrowser, openBrowser } from '../e2e/harness/chromium.ts';
import { buildApp } from '../src/app.tsx';
import { importCalendarFile } from '../src/engines/calendar/index.ts';
import { loadProvinceUnits } from '../src/foundation/organisations/index.ts';
import { modules } from '../src/modules.ts';
import { readConfig } from '../src/platform/config.ts';
import { systemClock } from '../src/platform/clock.ts';
import { openDatabase } from '../src/platform/database.ts';
import { createLogger } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';
import { loadProvinceProcedures } from '../src/services/procedures/load-province.ts';
import { readAssets } from '../src/ui/assets.ts';

/**
 * How soon a first visit to the home page can be read on a slow mobile line (3G as Chromium's tools set it: 400 kbit/s down and up, 400 ms there
 * and back), in a telephone's window with an empty cache: milliseconds until the largest text is drawn. The limit is one file of as many bytes
 * as the page and its style sheet have, without any compression to do, over the same line in the same browser. Product and limit take turns.
 */
const ROUNDS = Number(process.argv[2] ?? 7);
const LINE = { offline: false, latency: 400, downloadThroughput: 50_000, uploadThroughput: 50_000 };

const url = process.env['DATABASE_URL'];
if (!url) throw new Error('Run it as npm run bench -- slow-line');
await migrate(url, 'db/migrations');
const db = openDatabase(url, { max: 5, applicationName: 'bench-slow-line' });
const config = {
  ...readConfig({ SEN_MODE: 'test', DATABASE_URL: url, SEN_METRICS_PORT: 'off', PORT: '8080' }),
  filesFolder: mkdtempSync(join(tmpdir(), 'sen-bench-')),
};
const context = { db, clock: systemClock, config, log: createLogger('silent') };
await loadProvinceUnits(context);
const calendar = JSON.parse(readFileSync(join(config.provinceFolder, 'calendar.json'), 'utf8')) as never;
await inTransaction(db, { actor: systemActor('bench') }, (tx) => importCalendarFile(tx, calendar));
await loadProvinceProcedures(context);
const product = await buildApp({
  context,
  modules,
  assets: readAssets('dist/client'),
  assetsFolder: resolve('dist/client/assets'),
  addressLimit: 1e9,
});
const productUrl = (await product.app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');

const opened = await openBrowser();
if ('reason' in opened) throw new Error(opened.reason);

/** A first visit in a browser of its own; `measure` looks at the page before it is closed. */
async function visit<T>(address: string, measure: (page: Page, bytes: number) => Promise<T>): Promise<T> {
  const browser = await (opened as { browser: import('playwright-core').Browser }).browser.newContext({
    viewport: { width: 360, height: 740 },
    serviceWorkers: 'block',
  });
  const page = await browser.newPage();
  const session = await browser.newCDPSession(page);
  await session.send('Network.enable');
  await session.send('Network.emulateNetworkConditions', LINE);
  let bytes = 0;
  const first = new Set<string>();
  session.on('Network.responseReceived', ({ requestId, type }) => {
    if (type === 'Document' || type === 'Stylesheet') first.add(requestId);
  });
  session.on('Network.loadingFinished', ({ requestId, encodedDataLength }) => {
    if (first.has(requestId)) bytes += encodedDataLength;
  });
  await page.goto(address, { waitUntil: 'load', timeout: 120_000 });
  const found = await measure(page, bytes);
  await browser.close();
  return found;
}

const largestPaint = `new Promise((done) => new PerformanceObserver((list) => done(list.getEntries().at(-1).startTime)).observe({ type: 'largest-contentful-paint', buffered: true }))`;
const loaded = `performance.getEntriesByType('navigation')[0].responseEnd`;

const needed = await visit(`${productUrl}/`, (_page, bytes) => Promise.resolve(bytes));
const filler = randomBytes(Math.ceil(needed / 2))
  .toString('hex')
  .slice(0, needed);
const limit = createServer((_request, response) => {
  response.writeHead(200, { 'content-type': 'text/plain', 'content-length': filler.length });
  response.end(filler);
});
await new Promise<void>((done) => limit.listen(0, '127.0.0.1', done));
const limitUrl = `http://localhost:${(limit.address() as AddressInfo).port}/`;

const seen: { product: number[]; limit: number[] } = { product: [], limit: [] };
for (let round = 0; round < ROUNDS; round += 1) {
  seen.product.push(await visit(`${productUrl}/`, (page) => page.evaluate<number>(largestPaint)));
  seen.limit.push(await visit(limitUrl, (page) => page.evaluate<number>(loaded)));
}
const at = (list: readonly number[], share: number): number =>
  list.toSorted((a, b) => a - b)[Math.min(list.length - 1, Math.floor(list.length * share))]!;
const [ours, theirs] = [at(seen.product, 0.5), at(seen.limit, 0.5)];
process.stdout.write(
  `${JSON.stringify({
    bench: 'slow-line',
    unit: 'ms',
    product: Math.round(ours),
    limit: Math.round(theirs),
    ratio: Number((ours / theirs).toFixed(2)),
    p50_ms: Math.round(ours),
    p99_ms: Math.round(at(seen.product, 0.99)),
    n: ROUNDS,
    bytes: needed,
  })}\n`,
);
limit.close();
await closeBrowser();
await product.app.close();
await db.close();
