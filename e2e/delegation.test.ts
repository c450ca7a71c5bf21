import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { demoAccounts } from '../src/foundation/identity/index.ts';
import { paperPdf } from '../src/insight/demo/paper-pdf.ts';
import { birthAnswers } from '../src/services/portal/testing.ts';
import { tick, errorsOf, fill, fillPage, mainText, newPerson, phone, press, signIn } from './harness/journey.ts';
import { startJourney } from './harness/journey-start.ts';

/* A father lets his daughter do his paperwork, and sees what she did: through the built product, in a real browser. The steps follow each other. */

const { browser, product } = await startJourney('The journey of a delegation is');

const onPhone = (): Promise<Page> => newPerson(browser!, product, phone);
const LIMIT = 90_000;
const NEXT = 'main button.govuk-button[value=continue]';
const nameOf = (role: string): string => demoAccounts.find((each) => each.role === role)!.name;
const numberOf = (role: string): string => demoAccounts.find((each) => each.role === role)!.login;
const isNarrow = async (page: Page): Promise<boolean> =>
  (await page.evaluate<number>('document.documentElement.scrollWidth')) <= 360;

let mandate = '';
let dossier = '';

/** The name of the commune where the demo officers work. */
async function demoCommune(): Promise<string> {
  const [row] = await product.rows<{ name: string }>(
    `select v.name_vi as name from organisations.officer o join organisations.appointment a on a.officer_id = o.id join organisations.post p on p.id = a.post_id
     join organisations.unit_version v on v.unit_id = p.unit_id and v.valid_to is null where o.staff_code = 'DEMO-LANHDAO'`,
  );
  return row!.name.replace(/^Ủy ban nhân dân (phường|xã) /, '');
}

describe.skipIf(browser === null)('a daughter hands in for her father', () => {
  test(
    'the father gives her the mandate, she accepts it',
    async () => {
      const father = await onPhone();
      await signIn(father, 'father', '/tai-khoan/uy-quyen');
      await press(father, 'main a[href$="chieu=giao"]');
      await fill(father, { ten: nameOf('citizen'), so: numberOf('citizen') });
      await fill(father, { loai: 'relative', 'quan-he': 'con gái', 'pham-vi': 'all' });
      await press(father, 'main form[enctype] button.govuk-button');
      expect(await errorsOf(father)).toBe('');
      mandate = /uy-quyen\/([0-9a-f-]{36})/.exec(father.url())?.[1] ?? '';
      expect(mandate).not.toBe('');
      expect(await mainText(father)).toContain('Chờ trả lời');
      await father.context().close();

      const daughter = await onPhone();
      await signIn(daughter, 'citizen', `/tai-khoan/uy-quyen/${mandate}`);
      await press(daughter, 'main form[action$="/chap-nhan"] button');
      expect(await mainText(daughter)).toContain('Đang có hiệu lực');
      expect(await isNarrow(daughter)).toBe(true);
      await daughter.context().close();
    },
    LIMIT,
  );

  test(
    'she hands in for him on her telephone: the form carries his name',
    async () => {
      expect(mandate, 'the mandate above was accepted').not.toBe('');
      const page = await onPhone();
      const place = encodeURIComponent(await demoCommune());
      await signIn(page, 'citizen', `/thu-tuc-hanh-chinh/1.001193/nop?noi=${place}`);
      expect(await mainText(page)).toContain('Bạn nộp cho ai?');
      expect(await isNarrow(page)).toBe(true);
      await fill(page, { thay: mandate });
      const offers = page.locator('input[type=radio][name=offer]');
      if ((await offers.count()) > 0) await tick(offers.first());
      await press(page, 'form[method=post]:has([name=offer]) button');
      for (const [name, answers] of Object.entries(birthAnswers)) {
        await page.waitForURL(new RegExp(`/${name}$`));
        await fillPage(page, answers, NEXT);
      }
      await page.waitForURL(/giay-to$/);
      const paper = { name: 'giay-chung-sinh.pdf', mimeType: 'application/pdf', buffer: paperPdf('Giay chung sinh') };
      await page.locator('input[type=file]').first().setInputFiles(paper);
      await press(page, 'main button[value=upload]');
      await press(page, NEXT);
      await fill(page, { delivery: 'online' });
      await press(page, 'main form button.govuk-button');
      await page.waitForURL(/kiem-tra$/);
      expect(await mainText(page)).toContain(nameOf('father'));
      expect(await isNarrow(page)).toBe(true);
      await fill(page, { declare: 'yes' });
      await press(page, 'main form[action$="/gui"] button.govuk-button');
      await page.waitForURL(/da-gui$/);
      const link = await page.locator('main a[href*="/tai-khoan/ho-so/"]').first().getAttribute('href');
      dossier = /ho-so\/([0-9a-f-]{36})/.exec(link ?? '')?.[1] ?? '';
      await page.goto(`/tai-khoan/ho-so/${dossier}`);
      expect(await mainText(page)).toContain(nameOf('father'));
      await page.context().close();
    },
    LIMIT,
  );

  test(
    'he sees the dossier as his, who looked at his file, and takes his data away',
    async () => {
      expect(dossier, 'the application above was sent').not.toBe('');
      const father = await onPhone();
      await signIn(father, 'father', `/tai-khoan/ho-so/${dossier}`);
      expect(await mainText(father)).toContain(nameOf('citizen'));
      await father.goto('/tai-khoan/lich-su-truy-cap');
      expect(await mainText(father)).toContain(nameOf('citizen'));
      expect(await isNarrow(father)).toBe(true);
      await father.goto('/tai-khoan/du-lieu/tai-ve');
      expect(await isNarrow(father)).toBe(true);
      const taken = await father.request.get('/tai-khoan/du-lieu/tai-ve/json');
      expect(taken.headers()['content-disposition']).toContain('attachment');
      const data = (await taken.json()) as { dossiers: { id?: string }[] };
      expect(JSON.stringify(data.dossiers)).toContain(dossier);
      expect(JSON.stringify(data)).not.toContain(numberOf('citizen'));
      await father.context().close();
    },
    LIMIT,
  );
});
