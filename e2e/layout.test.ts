import { existsSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import type { BrowserContextOptions, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { fillBirth, loadProvince, startAt } from '../src/services/portal/testing.ts';
import { SESSION_COOKIE } from '../src/platform/session.ts';
import { testApp } from '../src/testing/app.ts';
import { signedInCitizen } from '../src/testing/people.ts';
import { closeBrowser, openBrowser } from './harness/chromium.ts';
import { phone } from './harness/journey.ts';

/* Where things lie on the page, which only a browser knows. */

const CLIENT = 'dist/client';
const isBuilt = existsSync(`${CLIENT}/.vite/manifest.json`);
const opened = isBuilt ? await openBrowser() : { reason: 'there is no build: run npm run build' };
const browser = 'browser' in opened ? opened.browser : null;
if (browser === null)
  process.stdout.write(`Layout in a browser is skipped: ${'reason' in opened ? opened.reason : ''}\n`);
const app = await testApp(isBuilt ? { clientFolder: CLIENT } : {});
let origin = '';

beforeAll(async () => {
  if (browser === null) return;
  await loadProvince(app);
  await app.app.listen({ port: 0, host: '127.0.0.1' });
  origin = `http://127.0.0.1:${(app.app.server.address() as AddressInfo).port}`;
}, 120_000);
afterAll(closeBrowser);

async function open(path: string, options: BrowserContextOptions): Promise<Page> {
  const page = await (await browser!.newContext({ baseURL: origin, ...options })).newPage();
  expect((await page.goto(path))?.status()).toBe(200);
  await page.evaluate(() => document.fonts.ready);
  return page;
}

describe.skipIf(browser === null)('the home page', () => {
  test.each([700, 1024, 1168, 1280, 1440, 1920])(
    'keeps the drawing of its band clear of the words at %i px',
    async (width) => {
      const page = await open('/', { viewport: { width, height: 800 } });
      // Where the words stand, the band without them looks the same with the drawing and without it.
      const clip = await page.evaluate(() => {
        const hero = document.querySelector<HTMLElement>('.sen-hero')!;
        const { top, height } = hero.getBoundingClientRect();
        const words = [...hero.querySelectorAll<HTMLElement>('a, input, button, h1, p')];
        const width = Math.max(...words.map((each) => each.getBoundingClientRect().right));
        for (const each of words) each.style.visibility = 'hidden';
        return { x: 0, y: top, width, height };
      });
      const withDrawing = await page.screenshot({ clip, animations: 'disabled' });
      await page.evaluate(() => {
        document.querySelector<HTMLElement>('.sen-hero')!.style.backgroundImage = 'none';
      });
      expect((await page.screenshot({ clip, animations: 'disabled' })).equals(withDrawing)).toBe(true);
      await page.context().close();
    },
  );
});

describe.skipIf(browser === null)('uploading papers on a telephone', () => {
  test('a box to choose a file is no taller than its button needs, and nothing stands out at the side', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    await fillBirth(app, person, id);
    const page = await open(`/nop-ho-so/${id}/giay-to`, {
      ...phone,
      extraHTTPHeaders: { cookie: `${SESSION_COOKIE}=${person.cookies.get(SESSION_COOKIE)}` },
    });
    const button = page.locator('.sen-paper .govuk-file-upload-button').first();
    await button.waitFor();
    const height = (await button.boundingBox())!.height;
    expect(height).toBeGreaterThanOrEqual(44); // still a finger's size
    expect(height).toBeLessThanOrEqual(64);
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBe(360);
    await page.context().close();
  });
});
