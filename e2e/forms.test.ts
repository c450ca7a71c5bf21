import type { Page } from 'playwright-core';
import { afterAll, describe, expect, test } from 'vitest';
import { birthAnswers } from '../src/services/portal/testing.ts';
import { paperPdf } from '../src/insight/demo/paper-pdf.ts';
import { closeBrowser, openBrowser } from './harness/chromium.ts';
import {
  errorsOf,
  fill,
  fillPage,
  mainText,
  newPerson,
  phone,
  press,
  signIn,
  typePassword,
} from './harness/journey.ts';
import { missingBuild, startProduct, type Product } from './harness/product.ts';

/* A clerk changes a form, people fill it in: on the built product, in a real browser. The tests follow each other. */

const opened = missingBuild() === null ? await openBrowser() : { reason: missingBuild()! };
const browser = 'browser' in opened ? opened.browser : null;
const product = browser === null ? (null as unknown as Product) : await startProduct();
afterAll(closeBrowser);

const person = (options: Parameters<typeof newPerson>[2] = {}): Promise<Page> => newPerson(browser!, product, options);
const LIMIT = 90_000;
const NEXT = 'main button.govuk-button[value=continue]';
const code = 'dang-ky-khai-sinh';
let application = '';
let phonePage: Page;

describe.skipIf(browser === null)('a form from the designer to two people who sign it', () => {
  test(
    'a clerk adds a question and two signers, sees it in the preview, and publishes it before lunch',
    async () => {
      const clerk = await person({ viewport: { width: 1280, height: 720 } });
      const wrong: string[] = [];
      clerk.on('pageerror', (error) => wrong.push(error.message));
      clerk.on('console', (line) => line.type() === 'error' && wrong.push(line.text()));
      await signIn(clerk, 'administrator', `/quan-tri/bieu-mau/${code}`);
      await clerk.locator('form[action$="/mo"] button').click();
      await clerk.waitForURL(/\/soan$/);
      const lastPage = clerk.locator('.sen-d-page').last();
      const rows = clerk.locator('.sen-d-row');
      // The island has to be awake: a press before that does nothing.
      await expect
        .poll(async () => {
          await lastPage.click();
          return lastPage.getAttribute('aria-pressed');
        })
        .toBe('true');
      const before = await rows.count();
      await clerk.locator('.sen-d-brick', { hasText: 'Chữ một dòng' }).click();
      expect(await rows.count()).toBe(before + 1);
      await clerk.locator('.sen-d-settings input[aria-label="Tiếng Việt"]').first().fill('Ghi chú cho cán bộ');
      await clerk.locator('.sen-d-settings input[aria-label="Tiếng Anh"]').first().fill('Note for the office');
      await clerk.locator('.sen-d-settings select:has(option[value=never])').selectOption('never');
      const row = clerk.locator('.sen-d-row', { hasText: 'Ghi chú cho cán bộ' });
      const place = () => row.evaluate((element) => [...element.parentElement!.children].indexOf(element));
      const at = await place();
      await row.locator('button.sen-d-name').press('Alt+ArrowUp');
      await expect.poll(place).not.toBe(at);
      await clerk.keyboard.press('Control+z');
      await expect.poll(place).toBe(at);
      await clerk.locator('.sen-d-page').first().click();
      await clerk.locator('.sen-d-section__title', { hasText: 'Những người cùng xác nhận' }).click();
      await clerk.getByRole('button', { name: '+ Thêm người xác nhận' }).click();
      await lastPage.click();
      await clerk.locator('.sen-d-state--saved').waitFor();
      await clerk.frameLocator('.sen-d-frame').getByText('Ghi chú cho cán bộ').waitFor();
      await clerk.getByRole('link', { name: 'Công bố…' }).click();
      await clerk.waitForURL(/\/cong-bo$/);
      expect(await mainText(clerk)).toContain('Câu “Ghi chú cho cán bộ”: mới thêm');
      await press(clerk, 'form[action$="/cong-bo"] button.govuk-button');
      expect(await mainText(clerk)).toContain('Đã công bố phiên bản mới');
      expect(wrong).toEqual([]);
      await clerk.context().close();
    },
    LIMIT,
  );

  test(
    'a mother begins at a counter PC and goes on with her phone by a QR code',
    async () => {
      const counter = await person({ viewport: { width: 1280, height: 900 } });
      await signIn(counter, 'citizen', '/thu-tuc-hanh-chinh/1.001193/nop?noi=vinh');
      await counter.locator('input[name=offer]').first().check({ force: true });
      await press(counter, 'form[method=post]:has([name=offer]) button');
      await counter.waitForURL(/\/to-khai\//);
      application = /nop-ho-so\/([0-9a-f-]{36})/.exec(counter.url())?.[1] ?? '';
      await press(counter, 'main a[href$="/may-khac"]');
      await press(counter, 'main form[action$="/may-khac"] button');
      expect(await counter.locator('svg.sen-qr').count()).toBe(1);
      const link = new URL(await counter.locator('.sen-long-link').innerText()).pathname;
      await counter.context().close();
      phonePage = await person(phone);
      await phonePage.goto(link);
      if ((await phonePage.locator('input[name=login]').count()) === 0)
        await press(phonePage, 'main a[href*="dang-nhap"]');
      await typePassword(phonePage, 'citizen');
      await phonePage.waitForURL(new RegExp(`/nop-ho-so/${application}/`));
      for (const [name, answers] of Object.entries(birthAnswers)) {
        await phonePage.goto(`/nop-ho-so/${application}/to-khai/${name}`);
        await fillPage(phonePage, { ...answers, chuMotDong: 'Xin liên hệ buổi chiều' }, NEXT);
      }
      await phonePage.goto(`/nop-ho-so/${application}/giay-to`);
      const paper = { name: 'giay-chung-sinh.pdf', mimeType: 'application/pdf', buffer: paperPdf('Giay chung sinh') };
      await phonePage.locator('input[type=file]').first().setInputFiles(paper);
      await press(phonePage, NEXT);
      await fill(phonePage, { delivery: 'counter' });
      await press(phonePage, 'main form button.govuk-button');
      await phonePage.waitForURL(/kiem-tra$/);
      expect(await mainText(phonePage)).toContain('0 trong 2 người đã xác nhận');
    },
    LIMIT,
  );

  test(
    'both sign: one with an account, one at the counter; only then it is sent',
    async () => {
      await phonePage.goto(`/nop-ho-so/${application}/xac-nhan`);
      await press(phonePage, 'main form[action$="/xac-nhan"] button');
      const text = await mainText(phonePage);
      const number = /mã ([2-9A-Z]{8})/.exec(text)?.[1] ?? '';
      const own = /\/xac-nhan\/([\w-]{46})/.exec(text)?.[1] ?? '';
      await phonePage.goto(`/xac-nhan/${own}`);
      await fill(phonePage, { agree: 'yes' });
      await press(phonePage, 'main form button.govuk-button');
      expect(await mainText(phonePage)).toContain('Bạn đã xác nhận');
      const desk = await person();
      await signIn(desk, 'front desk', `/lam-viec/xac-nhan?ma=${number}`);
      await fill(desk, { paper: 'Căn cước 040190000012', seen: 'yes' });
      await press(desk, 'main form:has([name=paper]) button.govuk-button');
      expect(await errorsOf(desk)).toBe('');
      await desk.context().close();
      await phonePage.goto(`/nop-ho-so/${application}/kiem-tra`);
      expect(await mainText(phonePage)).toContain('2 trong 2 người đã xác nhận');
      await fill(phonePage, { declare: 'yes' });
      await press(phonePage, 'main form[action$="/gui"] button.govuk-button');
      await phonePage.waitForURL(/da-gui$/);
      await phonePage.context().close();
    },
    LIMIT,
  );
});
