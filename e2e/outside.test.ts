import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test, vi } from 'vitest';
import { startStandIn } from '../sandbox/identity-provider/server.ts';
import { startApplication } from './harness/application.ts';
import {
  errorsOf,
  fill,
  mainText,
  newPerson,
  phone,
  press,
  signIn,
  typePassword,
  withoutScript,
} from './harness/journey.ts';
import { startJourney } from './harness/journey-start.ts';

/* The product with the world outside, in a real browser: messages, an agency's own application, the national identity provider's stand-in. */

const standIn = await startStandIn({ port: 0 });
const { browser, product } = await startJourney('Journeys in a browser are', { SEN_NATIONAL_ISSUER: standIn.issuer });
afterAll(() => standIn.stop());
const person = (options: Parameters<typeof newPerson>[2] = {}): Promise<Page> => newPerson(browser!, product, options);
const LIMIT = 90_000;

describe.skipIf(browser === null)('messages', () => {
  test(
    'a citizen on a telephone, without a script, says what comes where and when, and nothing typed is lost',
    async () => {
      const page = await person({ ...phone, ...withoutScript });
      await signIn(page, 'citizen', '/tai-khoan/cach-nhan-thong-bao');
      expect(await mainText(page)).toContain('0912 000 017');
      await page.locator('input[name=progress][value=sms]').uncheck({ force: true });
      await fill(page, { 'yen-tinh': 'co', tu: '21:30', den: '6 giờ', 'gop-thu': 'daily' });
      await press(page, 'main form button.govuk-button');
      expect(await errorsOf(page)).toContain('Nhập giờ theo mẫu 22:00');
      expect(await page.locator('input[name=den]').inputValue()).toBe('6 giờ');
      expect(await page.locator('input[name=progress][value=sms]').isChecked()).toBe(false);
      await fill(page, { den: '06:30' });
      await press(page, 'main form button.govuk-button');
      expect(await mainText(page)).toContain('Đã lưu cách nhận thông báo');
      await page.goto('/tai-khoan/cach-nhan-thong-bao');
      expect(await page.locator('input[name=tu]').inputValue()).toBe('21:30');
      expect(await page.locator('input[name=progress][value=sms]').isChecked()).toBe(false);
      expect(await page.locator('input[name=progress][value=email]').isChecked()).toBe(true);
      const widest = await page.locator('body *').evaluateAll((all) => Math.max(...all.map((one) => one.scrollWidth)));
      expect(widest).toBeLessThanOrEqual(360);
      await page.context().close();
    },
    LIMIT,
  );

  test(
    'an official edits a text, looks at it with a sample, publishes it, and the next message carries it',
    async () => {
      const admin = await person();
      const place = '/quan-tri/mau-tin/identity.code/email';
      await signIn(admin, 'administrator', '/quan-tri/mau-tin?tim=ma%20xac%20minh');
      await press(admin, `main a[href^="${place}"]`);
      await fill(admin, { 'vi-body': 'Mã của tỉnh là {cod}.' });
      await press(admin, 'main button[value=cong-bo]');
      expect(await errorsOf(admin)).toContain('{cod}');
      await fill(admin, { 'vi-body': 'Mã của tỉnh là {code}, dùng trong {minutes} phút.' });
      await press(admin, 'main button[value=xem]');
      expect(await admin.locator('#xem-truoc').innerText()).toMatch(/Mã của tỉnh là \S+, dùng trong 10 phút/);
      await press(admin, 'main button[value=cong-bo]');
      expect(await mainText(admin)).toContain('Đã công bố');

      const citizen = await person({ ...phone, ...withoutScript });
      await citizen.goto('/quen-mat-khau');
      await fill(citizen, { login: 'minhchau@example.vn' });
      await press(citizen, 'main form button');
      await citizen.goto('/hop-thu-trinh-dien?dia-chi=minhchau');
      expect(await citizen.locator('main').textContent()).toMatch(/Mã của tỉnh là \d{6}, dùng trong 10 phút/);
      await citizen.context().close();
      await press(admin, 'main form[action$="/tro-ve"] button');
      expect(await mainText(admin)).toContain('Đã trở về mẫu cấp trên');
      await admin.context().close();
    },
    LIMIT,
  );
});

describe.skipIf(browser === null)('an application of an agency joins the sign-on', () => {
  test(
    'the province registers it, a citizen signs in to it on a telephone, and one sign-out ends both',
    async () => {
      const application = await startApplication(`${product.url}/oidc`);
      const admin = await person();
      await signIn(admin, 'administrator', '/quan-tri/ung-dung/them');
      await press(admin, 'main form button.govuk-button:not([name])');
      expect(await errorsOf(admin)).not.toBe('');
      await fill(admin, {
        unit: 'Sở Nội vụ',
        nameVi: 'Thư viện thử nghiệm',
        purposeVi: 'Mượn sách điện tử',
        homeUrl: application.url,
        contact: 'Trần Thị Hoa, 0912345678',
        kind: 'web',
        redirectUris: `${application.url}/callback`,
        backchannelUri: `${application.url}/logout`,
        authMethod: 'client_secret_basic',
        audience: 'citizen',
        claims: 'name',
      });
      await fill(admin, { 'purpose-name': 'Ghi tên trên thẻ bạn đọc', 'basis-name': 'Luật Thư viện 2019' });
      await press(admin, 'main form button.govuk-button:not([name])');
      expect(await errorsOf(admin)).toBe('');
      const clientId = await admin.locator('[data-client]').innerText();
      await press(admin, 'main form[action$="/khoa-bi-mat"] button');
      await application.connect(clientId, await admin.locator('[data-secret]').innerText());
      await admin.context().close();

      const citizen = await person({ ...phone, ...withoutScript });
      await citizen.goto(application.url);
      expect(new URL(citizen.url()).origin).toBe(product.url);
      await typePassword(citizen, 'citizen');
      await citizen.locator('button[value=yes]').waitFor();
      expect(await mainText(citizen)).toContain('Ghi tên trên thẻ bạn đọc');
      await citizen.locator('button[value=yes]').click();
      await citizen.waitForURL(`${application.url}/`);
      expect(await citizen.locator('h1').innerText()).toBe('Xin chào Nguyễn Thị Minh Châu');
      // The portal knows the person, too, and lists the application.
      await citizen.goto('/dang-nhap?ve=/tai-khoan/ung-dung');
      expect(await mainText(citizen)).toContain('Thư viện thử nghiệm');
      await citizen.goto('/dang-xuat');
      await press(citizen, 'main form[action$="/dang-xuat"] button, main form button');
      await vi.waitFor(
        async () => {
          await citizen.goto(`${application.url}/?look`);
          expect(await citizen.content()).toContain('signed out');
        },
        { timeout: 15_000, interval: 250 },
      );
      await citizen.goto(application.url);
      expect(await citizen.locator('input[name=password]').count()).toBe(1);
      await citizen.context().close();
    },
    LIMIT,
  );
});

describe.skipIf(browser === null)('the national identity provider', () => {
  test(
    'lets a person in for the first time on a telephone, and signs them out there as well',
    async () => {
      const page = await person({ ...phone, ...withoutScript });
      await page.goto('/dang-nhap?ve=/tai-khoan');
      await page.locator('main a[href*="/dang-nhap/quoc-gia"]').click();
      await page.waitForURL(`${standIn.issuer}/**`);
      await page.locator('button[value=hoa]').click();
      await page.waitForURL(`${product.url}/**`);
      expect(await mainText(page)).toContain('Cho biết ngày sinh');
      expect(await page.evaluate('document.documentElement.scrollWidth').catch(() => 360)).toBeLessThanOrEqual(360);
      await fill(page, { 'birth-day': '1', 'birth-month': '2', 'birth-year': '1992' });
      await page.locator('main form button').click();
      await page.waitForURL(`${product.url}/tai-khoan`);
      expect(await mainText(page)).toContain('Lê Thị Hòa');
      await page.goto('/dang-xuat');
      await page.locator('main form[action$="/dang-xuat"] button').first().click();
      await page.waitForURL(`${product.url}/`);
      expect(standIn.ended).toEqual([`${product.url}/`]);
      await page.context().close();
    },
    LIMIT,
  );
});
