import { execFile } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants } from 'node:zlib';
import Fastify from 'fastify';
import { h } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { buildApp } from '../src/app.tsx';
import { importCalendarFile } from '../src/engines/calendar/index.ts';
import { loadProvinceUnits } from '../src/foundation/organisations/index.ts';
import { modules } from '../src/modules.ts';
import { readConfig } from '../src/platform/config.ts';
import { localDate, systemClock } from '../src/platform/clock.ts';
import { openDatabase } from '../src/platform/database.ts';
import { PageProvider, type PageView } from '../src/platform/http/page-context.ts';
import { createLogger } from '../src/platform/log.ts';
import { migrate } from '../src/platform/migrate.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';
import { procedureCounts } from '../src/services/portal/figures.ts';
import { ProcedurePage } from '../src/services/portal/views/procedure-page.tsx';
import { findProcedure, listFields, offersFor } from '../src/services/procedures/index.ts';
import { loadProvinceProcedures } from '../src/services/procedures/load-province.ts';
import { readAssets } from '../src/ui/assets.ts';
import { downtimeNotice, provinceTexts } from '../src/wiring.ts';

/**
 * How fast an anonymous page of a procedure is served, compressed, to 32 connections of a load generator in a process of its own. The limit
 * is `node:http` writing the same bytes with the same headers from memory; uncached, bare Fastify with Preact over the same page, the same
 * reads of the database and the same compression. Product and limit take turns in this process; medians of the rounds.
 */
const ROUNDS = Number(process.argv[2] ?? 5);
const SECONDS = Number(process.argv[3] ?? 4);
const CONNECTIONS = 32;
const PATH = '/thu-tuc-hanh-chinh/1.001193';

const url = process.env['DATABASE_URL'];
if (!url) throw new Error('Run it as npm run bench -- page');
await migrate(url, 'db/migrations');
const db = openDatabase(url, { max: 10, applicationName: 'bench-page' });
const config = {
  ...readConfig({ SEN_MODE: 'test', DATABASE_URL: url, SEN_METRICS_PORT: 'off', PORT: '8080' }),
  filesFolder: mkdtempSync(join(tmpdir(), 'sen-bench-')),
};
const context = { db, clock: systemClock, config, log: createLogger('silent') };
await loadProvinceUnits(context);
const calendar = JSON.parse(readFileSync(join(config.provinceFolder, 'calendar.json'), 'utf8')) as Parameters<
  typeof importCalendarFile
>[1];
await inTransaction(db, { actor: systemActor('bench') }, (tx) => importCalendarFile(tx, calendar));
await loadProvinceProcedures(context);

const assets = readAssets('dist/client');
const base = { context, modules, assets, assetsFolder: null, addressLimit: 1e9 };
const product = await buildApp(base);
const uncached = await buildApp({ ...base, cachePages: false });
const address = async (app: { listen(options: { port: number; host: string }): Promise<string> }) =>
  (await app.listen({ port: 0, host: '127.0.0.1' })) + PATH;
const productUrl = await address(product.app);
const uncachedUrl = await address(uncached.app);

// The same bytes and headers as the product sends, from memory.
await fetch(productUrl);
await new Promise((resolve) => setTimeout(resolve, 500));
const sample = await product.app.inject({ url: PATH, headers: { 'accept-encoding': 'br', accept: 'text/html' } });
const served = await rawAnswer(productUrl);
const limitServer = createServer((_request, response) => {
  response.writeHead(200, served.headers);
  response.end(served.body);
});
await new Promise<void>((resolve) => limitServer.listen(0, '127.0.0.1', resolve));
const limitUrl = `http://127.0.0.1:${(limitServer.address() as AddressInfo).port}${PATH}`;

// The page, its reads and its compression on bare Fastify.
const compress = promisify(brotliCompress);
const bare = Fastify({ logger: false });
const province = provinceTexts(context).vi;
bare.get('/thu-tuc-hanh-chinh/:code', async (request, reply) => {
  const now = new Date();
  const today = localDate(now);
  const procedure = (await findProcedure(db.reader, (request.params as { code: string }).code, today))!;
  const [fields, counts, related, offers] = await Promise.all([
    listFields(db.reader),
    procedureCounts(db.reader, procedure.id, { on: localDate(now), now }),
    Promise.all(procedure.content.related.slice(0, 8).map((code) => findProcedure(db.reader, code, today))),
    offersFor(db.reader, procedure.id, today),
  ]);
  const downtime = await downtimeNotice(context, 'vi');
  const view: PageView = {
    locale: 'vi',
    path: request.url,
    csrfToken: null,
    person: null,
    province,
    navigation: [
      { text: 'Trang chủ', path: '/' },
      { text: 'Thủ tục hành chính', path: '/thu-tuc-hanh-chinh' },
      { text: 'Tra cứu hồ sơ', path: '/tra-cuu' },
      { text: 'Số liệu công khai', path: '/so-lieu' },
      { text: 'Hỗ trợ', path: '/ho-tro' },
    ],
    workspaceMenu: [],
    unreadCount: 0,
    downtime,
    assets,
    canonicalUrl: `${config.publicUrl}${request.url}`,
    origin: config.publicUrl,
  };
  const vnode = h(ProcedurePage, {
    procedure,
    field: fields.find((field) => field.code === procedure.fieldCode) ?? null,
    related: related.filter((each) => each !== undefined),
    counts,
    year: today.slice(0, 4),
    asOf: null,
    apply: offers.length > 0 ? 'online' : 'not-offered',
  });
  const body = `<!doctype html>${renderToString(h(PageProvider, { view }, vnode))}`;
  return reply
    .type('text/html; charset=utf-8')
    .header('content-encoding', 'br')
    .send(await compress(body, { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } }));
});
const bareUrl = await address(bare);

async function rawAnswer(target: string): Promise<{ headers: Record<string, string>; body: Buffer }> {
  const { request } = await import('node:http');
  return new Promise((resolve, reject) => {
    request(target, { headers: { 'accept-encoding': 'br' } }, (response) => {
      const parts: Buffer[] = [];
      response.on('data', (part: Buffer) => parts.push(part));
      response.on('end', () => {
        const headers = Object.fromEntries(
          Object.entries(response.headers).filter(
            ([name]) => !['date', 'connection', 'keep-alive', 'transfer-encoding'].includes(name),
          ),
        ) as Record<string, string>;
        resolve({ headers, body: Buffer.concat(parts) });
      });
    })
      .on('error', reject)
      .end();
  });
}

interface Measured {
  perSecond: number;
  p50: number;
  p99: number;
  count: number;
}
const run = promisify(execFile);

async function load(target: string, seconds: number): Promise<Measured> {
  const generator = join(process.cwd(), 'node_modules/autocannon/autocannon.js');
  const { stdout } = await run(
    process.execPath,
    [generator, '-j', '-c', String(CONNECTIONS), '-d', String(seconds), '-H', 'accept-encoding=br', target],
    { maxBuffer: 10_000_000 },
  );
  const result = JSON.parse(stdout) as {
    requests: { average: number; total: number };
    latency: { p50: number; p99: number };
    non2xx: number;
    errors: number;
  };
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${target}: ${result.non2xx} wrong answers, ${result.errors} errors`);
  return {
    perSecond: result.requests.average,
    p50: result.latency.p50,
    p99: result.latency.p99,
    count: result.requests.total,
  };
}

const median = (values: readonly number[]): number => values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)]!;
const targets = { product: productUrl, limit: limitUrl, uncached: uncachedUrl, bare: bareUrl };
const measured: Record<keyof typeof targets, Measured[]> = { product: [], limit: [], uncached: [], bare: [] };
console.log(
  `${served.body.length} bytes compressed (${sample.rawPayload.length} as first sent); ${ROUNDS} rounds of ${SECONDS} s each`,
);
for (const target of Object.values(targets)) await load(target, 2);
for (let round = 1; round <= ROUNDS; round += 1) {
  for (const name of Object.keys(targets) as (keyof typeof targets)[])
    measured[name].push(await load(targets[name], SECONDS));
  const said = (Object.keys(targets) as (keyof typeof targets)[]).map(
    (name) => `${name} ${Math.round(measured[name].at(-1)!.perSecond)}`,
  );
  console.log(`round ${round}: ${said.join(', ')} req/s`);
}
const speed = (name: keyof typeof targets) => Math.round(median(measured[name].map((each) => each.perSecond)));
const rounded = (value: number) => Math.round(value * 1000) / 1000;
await Promise.all([
  product.app.close(),
  uncached.app.close(),
  bare.close(),
  new Promise((done) => limitServer.close(done)),
]);
await db.close();
console.log(
  JSON.stringify({
    bench: 'page',
    unit: 'req/s',
    product: speed('product'),
    limit: speed('limit'),
    ratio: rounded(speed('product') / speed('limit')),
    uncached_product: speed('uncached'),
    uncached_limit: speed('bare'),
    uncached_ratio: rounded(speed('uncached') / speed('bare')),
    p50_ms: median(measured.product.map((each) => each.p50)),
    p99_ms: median(measured.product.map((each) => each.p99)),
    n: measured.product.reduce((sum, each) => sum + each.count, 0),
  }),
);
