import { spawn } from 'node:child_process';
import { createServer } from 'node:net';
import { existsSync, rmSync } from 'node:fs';
import pg from 'pg';
import { afterAll, inject } from 'vitest';
import { copyOfFiles, DEMO_NOW, demoTemplate } from '../../src/testing/demo-database.ts';
import { newTestDatabaseName } from '../../src/testing/database.ts';

export interface Product {
  url: string;
  databaseUrl: string;
  /** Rows of the product's database, to find what a page is about. */
  rows<Row extends object>(sql: string, values?: readonly unknown[]): Promise<Row[]>;
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? resolve(address.port) : reject(new Error('no port')),
      );
    });
  });
}

/** Why the built product cannot be started, or null. */
export const missingBuild = (): string | null =>
  existsSync('dist/server/main.js') ? null : 'there is no build: run npm run build';

/**
 * Starts the built product (`dist/`) on a free port, over a clone of the demonstration with the demonstration's clock; it is stopped and
 * its database dropped after the test file. `settings` are further ones of its environment. Call it once at the top of a file.
 */
export async function startProduct(settings: Record<string, string> = {}): Promise<Product> {
  const { template, files } = await demoTemplate();
  const serverUrl = inject('serverUrl');
  const name = newTestDatabaseName();
  const admin = new pg.Client({ connectionString: serverUrl });
  await admin.connect();
  await admin.query(`create database ${name} template ${template}`);
  const databaseUrl = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).href;
  const folder = copyOfFiles(files);
  const port = await freePort();
  const url = `http://localhost:${port}`;
  const child = spawn(process.execPath, ['dist/server/main.js'], {
    env: {
      ...process.env,
      NODE_ENV: 'production',
      SEN_MODE: 'demo',
      DATABASE_URL: databaseUrl,
      PORT: String(port),
      HOST: '127.0.0.1',
      SEN_PUBLIC_URL: url,
      SEN_METRICS_PORT: 'off',
      SEN_FILES: folder,
      SEN_NOW: DEMO_NOW,
      SEN_LOG_LEVEL: 'error',
      ...settings,
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const pool = new pg.Pool({ connectionString: databaseUrl, max: 2 });
  // A connection that is still closing while its database is dropped says so to nobody.
  pool.on('error', () => {});
  pool.on('connect', (client) => void client.on('error', () => {}));
  afterAll(async () => {
    const gone = new Promise((resolve) => child.once('exit', resolve));
    if (child.exitCode === null && child.kill('SIGTERM'))
      await Promise.race([gone, new Promise((resolve) => setTimeout(resolve, 5_000).unref())]);
    if (child.exitCode === null) child.kill('SIGKILL');
    await pool.end();
    await admin.query(`drop database if exists ${name} with (force)`);
    await admin.end();
    rmSync(folder, { recursive: true, force: true });
  });
  await ready(child);
  return {
    url,
    databaseUrl,
    rows: async (sql, values = []) => (await pool.query(sql, values as unknown[])).rows as never,
  };
}

/** Waits for the line that says where the product is. */
function ready(child: ReturnType<typeof spawn>): Promise<void> {
  return new Promise((resolve, reject) => {
    let said = '';
    const hear = (chunk: Buffer): void => {
      said += chunk.toString();
      if (said.includes('Sen is ready at')) resolve();
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => reject(new Error(`the product ended with ${code}:\n${said.slice(-3_000)}`)));
    setTimeout(() => reject(new Error(`the product is not ready after 60 s:\n${said.slice(-3_000)}`)), 60_000).unref();
  });
}
