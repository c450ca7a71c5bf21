import { expect, test } from 'vitest';
import { startJourney } from './harness/journey-start.ts';
import { fill, newPerson, phone, press, signIn } from './harness/journey.ts';
import { paperPdf } from '../src/insight/demo/paper-pdf.ts';

const { browser, product } = await startJourney('A paper used again');

test.skipIf(!browser)(
  'on a telephone: a paper is kept once, used in an application, and the home page knows what waits',
  async () => {
    const page = await newPerson(browser!, product, phone);
    await signIn(page, 'citizen', '/trang-cua-toi');
    await page.getByRole('heading', { name: 'Việc chờ bạn' }).waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

    await page.goto('/tai-khoan/giay-to/moi');
    await fill(page, { loai: 'giay-chung-sinh', ten: 'Giấy chứng sinh bé Na', so: '77/2026' });
    await page.locator('input[type=file]').setInputFiles({
      name: 'chung-sinh.pdf',
      mimeType: 'application/pdf',
      buffer: paperPdf('Giay chung sinh be Na'),
    });
    await press(page, 'main form button.govuk-button');
    await page.getByText('Đã lưu giấy tờ vào kho.').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);

    await page.goto('/thu-tuc-hanh-chinh/1.001193/nop?noi=Trường+Vinh');
    await press(page, 'main form:has(input[name=offer]) button.govuk-button');
    const id = /nop-ho-so\/([0-9a-f-]{36})/.exec(page.url())![1]!;
    await page.goto(`/nop-ho-so/${id}/giay-to`);
    const line = page.locator('#paper-giay-chung-sinh');
    await line.getByText('Giấy chứng sinh bé Na').first().waitFor();
    await Promise.all([
      page.waitForEvent('framenavigated'),
      line.locator('.sen-paper__offer', { hasText: 'bé Na' }).getByRole('button').click(),
    ]);
    await page.locator('#paper-giay-chung-sinh').getByText('lấy từ kho giấy tờ').waitFor();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(360);
    const [kept] = await product.rows<{ n: number }>(
      `select count(*)::int as n from portal.application_paper where application_id = $1 and is_from_store`,
      [id],
    );
    expect(kept?.n).toBe(1);
    await page.goto('/trang-cua-toi');
    await page.getByRole('heading', { name: 'Đang điền dở' }).waitFor();
    await page.context().close();
  },
  120_000,
);
