import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
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
import { readAssets } from '../ui/assets.ts';
import { testDatabase, type TestDatabase } from './database.ts';
import { copyOfFiles, DEMO_NOW, demoTemplate } from './demo-database.ts';

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

export interface TestAppOptions {
  modules?: readonly Module[];
  addressLimit?: number;
  /** The demonstration, with its people and dossiers, instead of an empty database. */
  demo?: boolean;
  /** What `vite build` left, when pages shall look as they really do; names without files otherwise. */
  clientFolder?: string;
  /** Further settings, as the environment gives them. */
  settings?: Record<string, string>;
  /** Address that links, sign-in and the check of origins hold to. */
  publicUrl?: string;
}

/** The whole application over a database of its own, spoken to with `app.inject`. Call it once at the top of a file. */
export async function testApp(options: TestAppOptions = {}): Promise<TestApp> {
  const demo = options.demo ? await demoTemplate() : null;
  const db = demo ? await testDatabase(demo.template, DEMO_NOW) : await testDatabase();
  const config = readConfig({
    SEN_MODE: 'test',
    DATABASE_URL: db.url,
    SEN_FILES: demo ? copyOfFiles(demo.files) : mkdtempSync(join(tmpdir(), 'sen-files-')),
    ...(options.publicUrl ? { SEN_PUBLIC_URL: options.publicUrl } : {}),
    PORT: '8080',
    SEN_METRICS_PORT: 'off',
    ...options.settings,
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
    assets: options.clientFolder ? readAssets(options.clientFolder) : plainAssets,
    assetsFolder: options.clientFolder ? resolve(options.clientFolder, 'assets') : null,
    addressLimit: options.addressLimit ?? 1_000_000,
  });
  afterAll(() => http.app.close());
  return { ...http, db, context, drain: () => drainBackground(backgroundWork(modules), context) };
}
