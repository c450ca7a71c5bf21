import type { Browser } from 'playwright-core';
import { afterAll } from 'vitest';
import { closeBrowser, openBrowser } from './chromium.ts';
import { missingBuild, startProduct, type Product } from './product.ts';

/**
 * A browser and the running product for a file of journeys. Without a build or a browser `browser` is null and `what` is said to be
 * skipped: the file's tests skip themselves and never touch `product`. Call it once at the top of a file.
 */
export async function startJourney(
  what: string,
  settings: Record<string, string> = {},
): Promise<{ browser: Browser | null; product: Product }> {
  const lacking = missingBuild();
  const opened = lacking === null ? await openBrowser() : { reason: lacking };
  const browser = 'browser' in opened ? opened.browser : null;
  if ('reason' in opened) process.stdout.write(`${what} skipped: ${opened.reason}\n`);
  const product = browser === null ? (null as unknown as Product) : await startProduct(settings);
  afterAll(closeBrowser); // after the product's own: hooks run backwards, and its pages close before it stops
  return { browser, product };
}
