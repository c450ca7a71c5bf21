import { afterAll, expect, test } from 'vitest';
import { buildApp } from '../app.tsx';
import { systemClock } from '../platform/clock.ts';
import { readConfig } from '../platform/config.ts';
import { openDatabase } from '../platform/database.ts';
import { createLogger } from '../platform/log.ts';
import { paths } from '../ui/paths.ts';
import { plainAssets } from './app.ts';

/* Nobody listens where the database should be: pages say so, in words of their own, and as nothing else than that. */

const url = 'postgres://sen:x@127.0.0.1:1/sen';
const db = openDatabase(url, { max: 2, patienceMs: 0, applicationName: 'sen-test-away' });
const config = readConfig({ SEN_MODE: 'test', DATABASE_URL: url, SEN_METRICS_PORT: 'off' });
const context = { db, clock: systemClock, config, log: createLogger('silent') };
const { app } = await buildApp({ context, assets: plainAssets, assetsFolder: null });
afterAll(async () => {
  await app.close();
  await db.close();
});

test.each([
  [paths.home(), 'vi', 'Hệ thống đang tạm dừng'],
  [`/en${paths.procedures()}`, 'en', 'The service is paused'],
  [paths.procedure({ code: '1.001193' }), 'vi', 'Hệ thống đang tạm dừng'],
])('%s answers 503 with a page', async (address, language, words) => {
  const answer = await app.inject({ url: address, headers: { accept: 'text/html' } });
  expect(answer.statusCode).toBe(503);
  expect(answer.headers['retry-after']).toBeDefined();
  expect(answer.headers['content-type']).toMatch(/^text\/html/);
  expect(answer.body).toContain(`<html lang="${language}"`);
  expect(answer.body).toContain(words);
});

test('programs read the same as problem+json', async () => {
  const answer = await app.inject({ url: '/api/v1/procedures', headers: { accept: 'application/json' } });
  expect(answer.statusCode).toBe(503);
  expect(answer.json()).toMatchObject({ status: 503, code: 'platform.unavailable' });
});

test('readiness says it, life goes on', async () => {
  expect((await app.inject('/health/ready')).statusCode).toBe(503);
  expect((await app.inject('/health/live')).statusCode).toBe(200);
});
