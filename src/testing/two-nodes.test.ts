import { Agent, get } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { buildApp } from '../app.tsx';
import { browserOf } from '../foundation/identity/testing.ts';

import { openDatabase } from '../platform/database.ts';
import type { Http } from '../platform/http/server.ts';
import { hearNews } from '../platform/node-news.ts';
import { plainAssets, testApp } from './app.ts';
import { signedInOfficial } from './people.ts';
import { paths } from '../ui/paths.ts';
import { forgetKept } from '../wiring.ts';

/* Two processes of the program on one database: what the first one does holds at the second one too. */

const first = await testApp();
const db = openDatabase(first.db.url, { max: 4, applicationName: 'sen-test-second' });
let second: Http;
let news: { stop(): Promise<void> };
/** Counts what the second node has heard, and tells who waits for it. */
const heard = { times: 0, next: () => {} };

beforeAll(async () => {
  second = await buildApp({ context: { ...first.context, db }, assets: plainAssets, assetsFolder: null });
  const listening = new Promise<void>((done) => (heard.next = done));
  news = hearNews(db, first.context.log, () => {
    second.cache.clear();
    forgetKept();
    heard.times++;
    heard.next();
  });
  await listening;
});
afterAll(async () => {
  await news.stop();
  await second.app.close();
  await db.close();
});

/** The same person's browser, led to the other node. */
const at = (node: Http, cookies: ReadonlyMap<string, string>) => {
  const browser = browserOf({ ...node, context: first.context });
  for (const [name, value] of cookies) browser.cookies.set(name, value);
  return browser;
};

describe('two nodes', () => {
  test('know the same sessions: who signs out at one is out at the other', async () => {
    const person = await signedInOfficial(first, ['operations.manage']);
    const there = at(second, person.cookies);
    expect((await there.get(paths.adminDowntime())).statusCode).toBe(200);
    expect((await person.post(paths.signOut(), {})).statusCode).toBeLessThan(400);
    expect((await there.get(paths.adminDowntime())).statusCode).toBe(303);
  });

  test('a page in memory of one shows within a second what was published at the other', async () => {
    const person = await signedInOfficial(first, ['operations.manage']);
    const home = async () => (await second.app.inject(paths.home())).body;
    await home();
    expect(second.cache.generation()).toBe(heard.times);
    expect(await home()).not.toContain('Bảo trì đường truyền');
    const heardIt = new Promise<void>((done) => (heard.next = done));
    const answer = await person.post(paths.adminDowntime(), {
      tu: '2099-12-05T22:00',
      den: '2099-12-06T02:00',
      'noi-dung': 'Bảo trì đường truyền',
      'noi-dung-en': 'Maintenance',
      'phien-ban': '0',
    });
    const from = performance.now();
    expect(answer.statusCode).toBe(303);
    await heardIt;
    expect(await home()).toContain('Bảo trì đường truyền');
    expect(performance.now() - from).toBeLessThan(1_000);
  });

  test('count the same limit: requests of one address at both', async () => {
    const ask = (node: Http) =>
      node.app.inject({ url: paths.procedureTemplate({ code: 'khong-co', fileId: '1' }), remoteAddress: '10.77.0.1' });
    const answers = [];
    for (let i = 0; i < 62; i++) answers.push((await ask(i % 2 === 0 ? first : second)).statusCode);
    expect(answers.slice(0, 60)).not.toContain(429);
    expect(answers.slice(60)).toEqual([429, 429]);
  });
});

test('a page that was begun before news is not kept after it', async () => {
  const { cache } = second;
  const begun = cache.generation();
  cache.clear();
  const page = { body: Buffer.from('old'), headers: {}, generation: begun, display: '' };
  cache.store('/cu', page, 60);
  expect(cache.serve({ method: 'GET', url: '/cu', headers: {} } as never, {} as never)).toBe(false);
});

describe('a node that is about to end', () => {
  test('is not ready any more, answers what comes on open connections, and closes them with the answer', async () => {
    const config = { ...first.context.config, trustedProxies: ['127.0.0.1'] };
    const node = await buildApp({ context: { ...first.context, config, db }, assets: plainAssets, assetsFolder: null });
    await node.app.listen({ port: 0, host: '127.0.0.1' });
    const { port } = node.app.server.address() as AddressInfo;
    const agent = new Agent({ keepAlive: true, maxSockets: 1 });
    const ask = (path: string) =>
      new Promise<{ status: number | undefined; connection: string | undefined }>((done, fail) => {
        get({ host: '127.0.0.1', port, path, agent }, (answer) => {
          answer.resume();
          answer.on('end', () => done({ status: answer.statusCode, connection: answer.headers.connection }));
        }).on('error', fail);
      });
    expect(await ask('/health/ready')).toEqual({ status: 200, connection: 'keep-alive' });
    const ending = node.drain();
    expect(await ask('/health/ready')).toEqual({ status: 503, connection: 'close' });
    await ending;
    await expect(ask('/health/live')).rejects.toThrow('ECONNREFUSED');
    await node.app.close();
    agent.destroy();
  });
});
