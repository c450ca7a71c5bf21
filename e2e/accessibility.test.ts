import { existsSync, readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { SESSION_COOKIE } from '../src/platform/session.ts';
import { testApp } from '../src/testing/app.ts';
import { addressOf, realIds } from './harness/addresses.ts';
import { closeBrowser, openBrowser } from './harness/chromium.ts';
import { viewerOf, visitors } from './harness/people.ts';

/* Every page in a real browser, with the product's own styles and scripts: no violation that axe-core finds, nothing that breaks, no sideways scrolling on a telephone. */

const isBuilt = existsSync('dist/client/.vite/manifest.json');
const opened = isBuilt ? await openBrowser() : { reason: 'there is no build: run npm run build' };
const browser = 'browser' in opened ? opened.browser : null;
if (browser === null)
  process.stdout.write(`Accessibility in a browser is skipped: ${'reason' in opened ? opened.reason : ''}\n`);

const app = await testApp({ demo: true, ...(isBuilt ? { clientFolder: 'dist/client' } : {}) });
const people = await visitors(app);
const ids = await realIds(app);
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const routes = app.routes.filter(
  ({ method, options, pattern }) =>
    method === 'GET' &&
    !options.machine &&
    options.api === undefined &&
    !/:(format|slip|fileId)|\.(xml|txt)$|bieu-mau|\/mau$|phieu|tro-lai|tai-ve/.test(pattern),
);
const pages = (
  await Promise.all(routes.map(async (route) => ({ name: route.pattern, route, address: await addressOf(route, ids) })))
).flatMap(({ name, route, address }) => (address === null ? [] : [{ name, route, address }]));

let page: Page;
let origin = '';
const broken: string[] = [];

beforeAll(async () => {
  if (browser === null) return;
  origin = (await app.app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
  const context = await browser.newContext({
    viewport: { width: 1280, height: 900 },
    bypassCSP: true,
    reducedMotion: 'reduce',
  });
  page = await context.newPage();
  page.on('pageerror', (error) => broken.push(error.message));
});
afterAll(closeBrowser);

async function violations(): Promise<string[]> {
  await page.evaluate(axe);
  const results = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] })',
  )) as AxeResults;
  return results.violations.map(
    ({ id, help, nodes }) =>
      `${id}: ${help}: ${nodes
        .slice(0, 3)
        .map(({ html }) => html.slice(0, 160))
        .join(' | ')}`,
  );
}

describe.skipIf(browser === null).each(pages)('$name', ({ route, address }) => {
  test('has no violation, breaks nothing, and fits a narrow telephone', async () => {
    const viewer = viewerOf(route.options.access, people)!;
    await page.context().clearCookies();
    if (viewer.token !== null)
      await page.context().addCookies([{ name: SESSION_COOKIE, value: viewer.token, url: origin }]);
    broken.length = 0;
    const answer = await page.goto(`${origin}${address}`, { waitUntil: 'load' }).catch((error: Error) => {
      if (/Download is starting/.test(error.message)) return null; // a slip, in a browser that shows no PDF
      throw error;
    });
    if (!answer?.headers()['content-type']?.startsWith('text/html')) return;
    expect(await violations(), address).toEqual([]);
    expect(broken, 'errors of scripts').toEqual([]);
    if (address.startsWith('/quan-tri')) return; // wide tables of administrators stay wide
    await page.setViewportSize({ width: 360, height: 740 });
    const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
    await page.setViewportSize({ width: 1280, height: 900 });
    expect(wide, 'pixels wider than 360').toBeLessThanOrEqual(0);
  }, 60_000);
});
