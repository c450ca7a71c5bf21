import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll } from 'vitest';
import { buildApp } from '../app.tsx';
import { backgroundWork } from '../background.ts';
import { modules as allModules } from '../modules.ts';
import type { PageAssets } from '../platform/http/page-context.ts';
import type { Http } from '../platform/http/server.ts';
import { readConfig } from '../platform/config.ts';
import { createLogger } from '../platform/log.ts';
import type { AppContext, Module } from '../platform/module.ts';
import { drainBackground } from '../platform/worker.ts';
import { testDatabase, type TestDatabase } from './database.ts';

/** Stands for built files: pages in `app.inject` tests need only their names. */
export const plainAssets: PageAssets = {
  css: (entry) => `/assets/${entry}.css`,
  script: (entry) => `/assets/${entry}.js`,
  preload: () => [],
  island: () => null,
};

export interface TestApp extends Http {
  db: TestDatabase;
  context: AppContext;
  /** Runs everything that waits: event subscribers and jobs, until nothing is left. */
  drain(): Promise<void>;
}

/** The whole application over a database of its own, spoken to with `app.inject`. Call it once at the top of a file. */
export async function testApp(options: { modules?: readonly Module[]; addressLimit?: number } = {}): Promise<TestApp> {
  const db = await testDatabase();
  const config = readConfig({
    SEN_MODE: 'test',
    DATABASE_URL: db.url,
    SEN_FILES: mkdtempSync(join(tmpdir(), 'sen-files-')),
    PORT: '8080',
    SEN_METRICS_PORT: 'off',
  });
  const context: AppContext = {
    db,
    clock: db.clock,
    config,
    log: createLogger(process.env['SEN_TEST_LOG'] ?? 'silent'),
  };
  const modules = options.modules ?? allModules;
  const http = await buildApp({
    context,
    modules,
    assets: plainAssets,
    assetsFolder: null,
    addressLimit: options.addressLimit ?? 1_000_000,
  });
  afterAll(() => http.app.close());
  return { ...http, db, context, drain: () => drainBackground(backgroundWork(modules), context) };
}
