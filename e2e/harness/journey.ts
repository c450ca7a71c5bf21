import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { demoAccounts } from '../../src/foundation/identity/index.ts';
import type { Product } from './product.ts';

export const phone: BrowserContextOptions = { viewport: { width: 360, height: 740 }, hasTouch: true, isMobile: true };
export const withoutScript: BrowserContextOptions = { javaScriptEnabled: false };

/** A new browser of somebody: cookies of their own. */
export async function newPerson(
  browser: Browser,
  product: Product,
  options: BrowserContextOptions = {},
): Promise<Page> {
  const context = await browser.newContext({
    baseURL: product.url,
    locale: 'vi-VN',
    timezoneId: 'Asia/Ho_Chi_Minh',
    serviceWorkers: 'block', // requests of a journey are seen and held up by it alone; e2e/installable.test.ts has the worker
    ...options,
  });
  context.setDefaultTimeout(30_000);
  return context.newPage();
}

/** Types login name and password of a demo account on the provider's page, and sends it. */
export async function typePassword(page: Page, role: string): Promise<void> {
  const account = demoAccounts.find((each) => each.role === role)!;
  await page.locator('input[name=login]').fill(account.login);
  await page.locator('input[name=password]').fill(account.password);
  await Promise.all([
    page.waitForEvent('framenavigated', (frame) => frame === page.mainFrame()),
    page.locator('input[name=password]').press('Enter'),
  ]);
  await page.waitForLoadState('load');
}

/** Signs in through the OpenID provider on the way to an address. */
export async function signIn(page: Page, role: string, address: string): Promise<void> {
  await page.goto(address);
  await typePassword(page, role);
  await page.waitForURL((url) => url.pathname === address.split('?')[0]);
}

/** Presses the first control of a selector and waits until another page is there: a whole load, a visit of Turbo, or the same address answered with errors. */
export async function press(page: Page, selector: string): Promise<void> {
  await page
    .locator('main')
    .first()
    .evaluate((main) => main.setAttribute('data-left', ''));
  await page.locator(selector).filter({ visible: true }).first().click();
  await page.locator('main:not([data-left])').first().waitFor({ state: 'attached' });
  await page.waitForLoadState('load');
}

/** Chooses a radio button or ticks a box by the event itself: a click on a place misses where a script hides a part above it in that moment. */
export async function tick(choice: Locator): Promise<void> {
  if (!(await choice.isChecked())) await choice.dispatchEvent('click');
  if (!(await choice.isChecked())) throw new Error(`${choice.toString()} cannot be chosen`);
}

/** Fills in controls by their names: text, choice, list, box. Those that are not there (yet) are left. */
export async function fill(page: Page, answers: Readonly<Record<string, string>>): Promise<void> {
  for (const [name, value] of Object.entries(answers)) {
    const controls = page.locator(`main [name="${name}"]:not([type=hidden])`);
    if ((await controls.count()) === 0) continue;
    const kind = await controls
      .first()
      .evaluate((element) => `${element.tagName.toLowerCase()}:${element.getAttribute('type') ?? ''}`);
    if (kind.startsWith('select')) {
      if ((await controls.first().locator(`option[value="${value}"]`).count()) > 0)
        await controls.first().selectOption(value);
    } else if (kind.endsWith(':radio') || kind.endsWith(':checkbox'))
      await tick(page.locator(`main [name="${name}"][value="${value}"]`));
    else if (await controls.first().isVisible()) await controls.first().fill(value);
  }
}

/** Fills in one page of an e-form and goes on; a list that depends on another (communes of a province) comes with the next try. */
export async function fillPage(page: Page, answers: Readonly<Record<string, string>>, button: string): Promise<void> {
  const { pathname } = new URL(page.url());
  for (let tries = 0; tries < 4 && new URL(page.url()).pathname === pathname; tries += 1) {
    await fill(page, answers);
    await press(page, button);
  }
  if (new URL(page.url()).pathname === pathname)
    throw new Error(`${pathname} does not let on: ${await errorsOf(page)}`);
}

/** What the error summary of a page says; empty when there is none. */
export const errorsOf = async (page: Page): Promise<string> =>
  (await page.locator('.govuk-error-summary').allInnerTexts()).join(' ');

/** The whole text of the page's main part. */
export const mainText = (page: Page): Promise<string> => page.locator('main').innerText();
