import { existsSync } from 'node:fs';
import { chromium, type Browser } from 'playwright-core';

const SYSTEM = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/usr/bin/google-chrome-stable',
];

/** Quiet, without a GPU, without anything fetched from outside; works as root. */
const ARGS = [
  '--headless=new',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--disable-dev-shm-usage',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-extensions',
  '--no-first-run',
  '--font-render-hinting=none',
];

async function fromNpm(): Promise<string> {
  const { default: packed } = await import('@sparticuz/chromium');
  return packed.executablePath();
}

let started: Promise<{ browser: Browser } | { reason: string }> | undefined;

/** The one browser of this process: the system's Chromium where there is one, otherwise the one from npm; or why none starts. */
export function openBrowser(): Promise<{ browser: Browser } | { reason: string }> {
  started ??= start();
  return started;
}

async function start(): Promise<{ browser: Browser } | { reason: string }> {
  const reasons: string[] = [];
  const given = process.env['SEN_CHROMIUM'];
  for (const find of [
    ...(given ? [given] : SYSTEM.filter((path) => existsSync(path))).map((path) => () => Promise.resolve(path)),
    fromNpm,
  ]) {
    try {
      const executablePath = await find();
      return { browser: await chromium.launch({ executablePath, args: ARGS, timeout: 30_000 }) };
    } catch (error) {
      reasons.push((error as Error).message.split('\n')[0] ?? '');
    }
  }
  return { reason: `no Chromium starts here: ${reasons.join('; ')}` };
}

/** Closes the browser of this process, if one was started. */
export async function closeBrowser(): Promise<void> {
  const running = await started;
  started = undefined;
  if (running && 'browser' in running) await running.browser.close();
}
