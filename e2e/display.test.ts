import { existsSync, readFileSync } from 'node:fs';
import type { AxeResults } from 'axe-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Page } from 'playwright-core';
import { DISPLAY_COOKIE } from '../src/platform/http/display.ts';
import { SESSION_COOKIE } from '../src/platform/session.ts';
import { testApp } from '../src/testing/app.ts';
import { closeBrowser, openBrowser } from './harness/chromium.ts';
import { visitors } from './harness/people.ts';

/* Pages of citizens in each choice of display: no violation that axe-core finds (contrast first), nothing sideways at 320 pixels, paper as ever. */

const isBuilt = existsSync('dist/client/.vite/manifest.json');
const opened = isBuilt ? await openBrowser() : { reason: 'there is no build: run npm run build' };
const browser = 'browser' in opened ? opened.browser : null;
if (browser === null)
  process.stdout.write(`Choices of display in a browser are skipped: ${'reason' in opened ? opened.reason : ''}\n`);

const app = await testApp({ demo: true, ...(isBuilt ? { clientFolder: 'dist/client' } : {}) });
const { citizen } = await visitors(app);
const axe = readFileSync('node_modules/axe-core/axe.min.js', 'utf8');
const [dossier] = await app.db.reader.raw<{ id: string }>(
  `select d.id from dossiers.dossier d join identity.login l on l.account_id = d.applicant_account_id where l.value = '040190000017' order by d.id desc limit 1`,
);
const PAGES = [
  '/',
  '/thu-tuc-hanh-chinh',
  '/thu-tuc-hanh-chinh/1.001193',
  '/tim-kiem?q=khai+sinh',
  '/su-kien-cuoc-doi/sinh-con',
  '/so-lieu',
  '/tra-cuu',
  '/hien-thi',
  '/trang-cua-toi',
  '/tai-khoan/giay-to',
  '/tai-khoan/giay-to/moi',
  '/tai-khoan/ho-so',
  `/tai-khoan/ho-so/${dossier?.id}`,
];
const CHOICES = {
  'high contrast': 't0c1s0u0m0',
  dark: 't0c2s0u0m0',
  'very large, spaced, underlined, still': 't2c0s1u1m1',
};

let page: Page;
let origin = '';

beforeAll(async () => {
  if (browser === null) return;
  origin = (await app.app.listen({ port: 0, host: '127.0.0.1' })).replace('127.0.0.1', 'localhost');
  const context = await browser.newContext({ bypassCSP: true, reducedMotion: 'reduce', serviceWorkers: 'block' });
  page = await context.newPage();
});
afterAll(closeBrowser);

async function violations(): Promise<string[]> {
  await page.evaluate(axe);
  const results = (await page.evaluate(
    'axe.run(document, { resultTypes: ["violations"], runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"] })',
  )) as AxeResults;
  return results.violations.map(
    ({ id, nodes }) =>
      `${id}: ${nodes
        .slice(0, 4)
        .map(({ html, any }) => `${html.slice(0, 120)} ${JSON.stringify(any[0]?.data ?? '').slice(0, 160)}`)
        .join(' | ')}`,
  );
}

describe.skipIf(browser === null).each(Object.entries(CHOICES))('%s', (_name, choice) => {
  test.each(PAGES)(
    '%s',
    async (path) => {
      await page.context().clearCookies();
      await page
        .context()
        .addCookies([
          { name: DISPLAY_COOKIE, value: choice, url: origin },
          ...(/^\/(trang-cua-toi|tai-khoan)/.test(path)
            ? [{ name: SESSION_COOKIE, value: citizen.token ?? '', url: origin }]
            : []),
        ]);
      await page.setViewportSize({ width: 1280, height: 900 });
      await page.goto(origin + path, { waitUntil: 'load' });
      expect(await page.evaluate('document.documentElement.className')).toContain('sen-');
      expect(await violations()).toEqual([]);
      await page.setViewportSize({ width: 320, height: 640 });
      const wide = await page.evaluate('document.documentElement.scrollWidth - document.documentElement.clientWidth');
      const outside = await page.evaluate(
        '[...document.querySelectorAll("main *, header *, footer *")].filter((one) => one.getBoundingClientRect().right > 321).slice(0, 4).map((one) => one.outerHTML.slice(0, 120)).join(" | ")',
      );
      expect(wide, `pixels wider than 320: ${String(outside)}`).toBeLessThanOrEqual(0);
      await page.emulateMedia({ media: 'print' });
      const paper = await page.evaluate(`getComputedStyle(document.body).backgroundColor`);
      await page.emulateMedia({ media: null });
      expect(paper, 'on paper').toBe('rgb(255, 255, 255)');
    },
    60_000,
  );
});
