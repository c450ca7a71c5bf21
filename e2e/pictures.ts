import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, rmSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Browser, Page } from 'playwright-core';
import { startPostgres } from '../bin/postgres.mjs';
import { demoAccounts } from '../src/foundation/identity/index.ts';
import { openBrowser } from './harness/chromium.ts';

/*
 * The pictures of the README, made anew from the built product on the demonstration's data, at a fixed moment, so that the same
 * code gives the same pictures: npm run build && npx tsx e2e/pictures.ts
 */

const FOLDER = 'docs/pictures';
const DATA = '.sen/pictures';
const FILES = resolve('.sen/pictures-files');
const PORT = 18_471;
const NOW = '2026-11-23T09:00:00+07:00';
const MAX_BYTES = 200_000;
const address = (path: string) => `http://localhost:${PORT}${path}`;

async function startProduct(databaseUrl: string): Promise<ChildProcess> {
  const own = { SEN_MODE: 'demo', SEN_NOW: NOW, SEN_FILES: FILES, SEN_METRICS_PORT: 'off', SEN_LOG_LEVEL: 'error' };
  const env = { ...process.env, ...own, DATABASE_URL: databaseUrl, PORT: String(PORT), SEN_PUBLIC_URL: address('') };
  const child = spawn(process.execPath, ['dist/server/main.js'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  for (let tries = 0; tries < 1_200; tries++) {
    if (child.exitCode !== null) throw new Error('The product ended at its start');
    const ready = await fetch(address('/health/ready')).catch(() => null);
    if (ready?.ok) return child;
    await sleep(100);
  }
  throw new Error('The product did not become ready in two minutes');
}

async function openPage(browser: Browser, width: number, height: number): Promise<Page> {
  const context = await browser.newContext({
    viewport: { width, height },
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    reducedMotion: 'reduce',
  });
  return context.newPage();
}

async function signIn(page: Page, role: string, start: string): Promise<void> {
  const account = demoAccounts.find((each) => each.role === role);
  if (!account) throw new Error(`There is no demonstration account of the role ${role}`);
  await page.goto(address(start));
  await page.fill('input[name=login]', account.login);
  await page.fill('input[name=password]', account.password);
  await page.press('input[name=password]', 'Enter');
  await page.waitForURL((url) => !url.pathname.startsWith('/dang-nhap') && !url.pathname.startsWith('/oidc'));
}

async function look(page: Page, path: string): Promise<void> {
  const answer = await page.goto(address(path));
  if (!answer?.ok()) throw new Error(`${path} answers ${answer?.status()}`);
}

async function take(page: Page, name: string): Promise<void> {
  await page.evaluate(() => document.fonts.ready);
  const path = join(FOLDER, `${name}.png`);
  await page.screenshot({ path, animations: 'disabled' });
  const bytes = statSync(path).size;
  process.stdout.write(`${path}: ${Math.round(bytes / 1000)} kB\n`);
  if (bytes > MAX_BYTES) throw new Error(`${path} is larger than ${MAX_BYTES / 1000} kB`);
}

/** The first page of the e-form of birth registration, as a citizen who has chosen where to hand it in. */
async function openForm(page: Page): Promise<void> {
  await signIn(page, 'citizen', '/dang-nhap');
  await look(page, '/thu-tuc-hanh-chinh/1.001193/nop?noi=vinh');
  await page.locator('input[name=offer]').first().check();
  await page.locator('main form[method=post] button[type=submit]').first().click();
  await page.waitForURL(/\/nop-ho-so\//);
}

rmSync(DATA, { recursive: true, force: true });
rmSync(FILES, { recursive: true, force: true });
mkdirSync(FOLDER, { recursive: true });
const opened = await openBrowser();
if ('reason' in opened) throw new Error(opened.reason);
const server = await startPostgres({ dir: DATA, purpose: 'test' });
const product = await startProduct(server.url);
try {
  const portal = await openPage(opened.browser, 1_200, 900);
  await look(portal, '/');
  await take(portal, 'portal');
  const form = await openPage(opened.browser, 1_200, 1_000);
  await openForm(form);
  await take(form, 'form');
  const work = await openPage(opened.browser, 1_400, 900);
  await signIn(work, 'head', '/lam-viec/dang-nhap');
  await look(work, '/lam-viec/ho-so');
  await take(work, 'worklist');
} finally {
  const ended = new Promise((done) => product.once('exit', done));
  product.kill('SIGTERM');
  await ended;
  await server.stop();
  await opened.browser.close();
  rmSync(DATA, { recursive: true, force: true });
  rmSync(FILES, { recursive: true, force: true });
}
