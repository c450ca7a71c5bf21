import type { CDPSession, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { newPerson, signIn } from './harness/journey.ts';
import { startJourney } from './harness/journey-start.ts';

/* A passkey in a real browser, whose security key is Chromium's own virtual one (WebAuthn over the DevTools protocol). */

const { browser, product } = await startJourney('Passkeys in a browser are');

async function securityKey(page: Page): Promise<{ cdp: CDPSession; id: string }> {
  const cdp = await page.context().newCDPSession(page);
  await cdp.send('WebAuthn.enable');
  const { authenticatorId } = await cdp.send('WebAuthn.addVirtualAuthenticator', {
    options: {
      protocol: 'ctap2',
      transport: 'internal',
      hasResidentKey: true,
      hasUserVerification: true,
      isUserVerified: true,
      automaticPresenceSimulation: true,
    },
  });
  return { cdp, id: authenticatorId };
}

describe.skipIf(browser === null)('a passkey', () => {
  test('is added after signing in by password, and from then on signs in alone', async () => {
    const page = await newPerson(browser!, product);
    const key = await securityKey(page);
    await signIn(page, 'citizen', '/tai-khoan/bao-mat/khoa-truy-cap');
    await page.locator('button[data-passkey]:visible').click();
    await page.locator('.sen-codes li').first().waitFor();
    expect(await page.locator('.sen-codes li').count()).toBe(10);
    const { credentials } = await key.cdp.send('WebAuthn.getCredentials', { authenticatorId: key.id });
    expect(credentials).toHaveLength(1);
    await page.context().clearCookies();
    await page.goto('/dang-nhap?ve=/tai-khoan/bao-mat');
    // Either the login field's own list (conditional UI) has signed in already, or the button does.
    const button = page.locator('button[data-passkey]:visible');
    await button.click({ timeout: 5_000 }).catch(() => {});
    await page.waitForURL(/\/tai-khoan\/bao-mat$/);
    expect(await page.locator('.sen-devices').innerText()).toContain('Hai bước');
  }, 60_000);
});
