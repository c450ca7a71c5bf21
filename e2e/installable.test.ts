import { expect, test } from 'vitest';
import { startJourney } from './harness/journey-start.ts';
import { newPerson, phone, signIn } from './harness/journey.ts';

const { browser, product } = await startJourney('The installed app');

test.skipIf(!browser)(
  'the portal can be installed, says when there is no connection, and keeps nobody’s pages',
  async () => {
    const page = await newPerson(browser!, product, { ...phone, serviceWorkers: 'allow' });
    await page.goto('/');
    await page.evaluate(() => navigator.serviceWorker.ready);
    const session = await page.context().newCDPSession(page);
    const manifest = await session.send('Page.getAppManifest');
    expect(manifest.errors).toEqual([]);
    const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
    // A context without a profile is “in incognito” to Chromium; nothing else may stand in the way.
    expect(installabilityErrors.map((each) => each.errorId).filter((id) => id !== 'in-incognito')).toEqual([]);

    await signIn(page, 'citizen', '/trang-cua-toi');
    await page.goto('/tai-khoan/giay-to');
    const kept = await page.evaluate(async () => {
      const all: string[] = [];
      for (const name of await caches.keys())
        for (const request of await (await caches.open(name)).keys()) all.push(new URL(request.url).pathname);
      return all;
    });
    expect(kept).toContain('/ngoai-tuyen');
    expect(kept.filter((path) => !path.startsWith('/assets/') && !/^(\/en)?\/ngoai-tuyen$/.test(path))).toEqual([]);
    const offlineCopy = await page.evaluate(async () => await (await caches.match('/ngoai-tuyen'))!.text());
    expect(offlineCopy).not.toContain('Minh Châu');

    await page.context().setOffline(true);
    await page.goto('/tai-khoan/ho-so');
    await page.getByRole('heading', { name: 'Không có mạng' }).waitFor();
    // Styled, from what was kept: the heading is in the portal's own type.
    const family = await page.locator('h1').evaluate((heading) => getComputedStyle(heading).fontFamily);
    expect(family).toContain('Be Vietnam Pro');
    await page.goto('/en/ho-tro');
    await page.getByRole('heading', { name: 'No connection' }).waitFor();
    await page.context().setOffline(false);
    await page.goto('/tai-khoan/ho-so');
    await page.getByRole('heading', { name: 'Hồ sơ của tôi' }).waitFor();

    // Signing out leaves no file that was loaded.
    await page.locator('.sen-drop__summary').click();
    await Promise.all([page.waitForEvent('framenavigated'), page.locator('.sen-drop__out button').click()]);
    await page.waitForFunction(async () => !(await caches.keys()).some((name) => name.startsWith('sen-files-')));
    await page.context().close();
  },
  90_000,
);
