import { mkdirSync } from 'node:fs';
import type { Locator, Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { fill, fillPage, mainText, newPerson, phone, press, signIn, tick } from './harness/journey.ts';
import { startJourney } from './harness/journey-start.ts';

/* How a form comes to be and how people fill it in, in a real browser over the built product. The tests follow each other. */

const { browser, product } = await startJourney('Journeys of forms are');
const LIMIT = 90_000;
const CODE = '1.001662';
const desk = { viewport: { width: 1500, height: 900 } };
const open = (options: Parameters<typeof newPerson>[2] = {}): Promise<Page> => newPerson(browser!, product, options);

/** A picture for people to look at, where they ask for it (SEN_LOOK=folder). */
async function look(page: Page, name: string): Promise<void> {
  const folder = process.env['SEN_LOOK'];
  if (!folder) return;
  mkdirSync(folder, { recursive: true });
  await page.screenshot({ path: `${folder}/${name}.png`, animations: 'disabled' });
}

const brick = (page: Page, name: string): Locator =>
  page.locator('.sen-d-palette .sen-d-brick', { hasText: new RegExp(`${name}$`) });
const frameOf = (page: Page) => page.frameLocator('.sen-d-frame');
const isStored = (page: Page) => page.locator('.sen-d-state--saved').waitFor();

/** Adds a question and gives it its words; its name stays what the designer made of it. */
async function add(page: Page, type: string, vi: string, en: string): Promise<void> {
  await brick(page, type).click();
  const words = page.locator('.sen-d-settings fieldset.sen-d-pair', { has: page.locator('legend', { hasText: /^Câu hỏi$/ }) });
  await words.locator('[lang=vi]').fill(vi);
  await words.locator('[lang=en]').fill(en);
} // prettier-ignore

/** Opens a folded part of the settings. */
async function unfold(page: Page, title: string): Promise<Locator> {
  const part = page.locator('.sen-d-settings details', { has: page.locator('summary', { hasText: title }) });
  if ((await part.getAttribute('open')) === null) await part.locator('summary').click();
  return part;
}

const choose = (place: Locator, at: number, label: string) => place.locator('select').nth(at).selectOption({ label });

describe.skipIf(browser === null)('a clerk designs a form and publishes it before lunch', () => {
  let clerk: Page;

  test(
    'she adds, orders, conditions and calculates, and the preview beside follows each step',
    async () => {
      clerk = await open(desk);
      await signIn(clerk, 'administrator', '/quan-tri/bieu-mau/moi');
      await fill(clerk, {
        titleVi: 'Đăng ký nhận cây giống',
        titleEn: 'Seedlings',
        code: 'nhan-cay-giong',
        way: 'blank',
      });
      await press(clerk, 'main form[method=post] button.govuk-button');
      // What is pressed before the script has taken over is lost.
      await clerk.locator('[data-awake] .sen-designer').waitFor();
      await add(clerk, 'Có / Không', 'Bà con có đất trồng không', 'Do you have land');
      await frameOf(clerk).getByText('Bà con có đất trồng không').waitFor();
      await add(clerk, 'Số nguyên', 'Số cây cần', 'How many trees');
      const shown = await unfold(clerk, 'Chỉ hiện khi…');
      await shown.getByRole('button', { name: '+ Thêm điều kiện' }).click();
      await clerk.locator('.sen-d-row', { hasText: 'Số cây cần' }).getByText('có điều kiện').waitFor();
      await add(clerk, 'Số tiền', 'Giá một cây', 'Price of one');
      await add(clerk, 'Số tiền', 'Thành tiền', 'In all');
      const sum = await unfold(clerk, 'Tính tự động');
      await choose(sum, 0, 'Nhân các câu');
      await choose(sum, 1, 'Số cây cần');
      await choose(sum, 2, 'Giá một cây');
      await add(clerk, 'Chữ một dòng', 'Họ và tên', 'Full name');
      await isStored(clerk);
      const frame = frameOf(clerk);
      await frame.getByText('Thành tiền').waitFor();
      await look(clerk, 'designer-phone');
      // The chosen question is pointed at, and in sight.
      await frame.locator('[data-pointed]').waitFor();
      const box = await frame.locator('[data-pointed]').boundingBox();
      expect(box!.y).toBeGreaterThan(0);
      expect(box!.y).toBeLessThan(900);
      // The name comes first: moved by the keyboard, four places up.
      const name = clerk.locator('.sen-d-row', { hasText: 'Họ và tên' }).locator('[data-pointer]');
      for (let place = 4; place > 0; place -= 1) {
        await name.press('Alt+ArrowUp');
        await clerk.locator(`[data-pointer$="/fields/${place - 1}"]`, { hasText: 'Họ và tên' }).waitFor();
      }
      await isStored(clerk);
      await frame.locator('.govuk-form-group').first().getByText('Họ và tên').waitFor();
      // Tried out in the preview: what depends on an answer comes with it.
      expect(await frame.getByLabel('Số cây cần').isVisible()).toBe(false);
      await tick(frame.getByLabel('Có', { exact: true }));
      await frame.getByLabel('Số cây cần').waitFor();
      await clerk.getByRole('button', { name: 'Máy tính' }).click();
      await look(clerk, 'designer-desk');
      const size = await clerk.locator('.sen-d-frame').evaluate((element) => ({
        inside: (element as HTMLIFrameElement).contentWindow!.innerWidth,
        stage: element.parentElement!.getBoundingClientRect().right - element.getBoundingClientRect().right,
      }));
      expect(size.inside).toBeGreaterThan(900);
      expect(size.stage).toBeGreaterThanOrEqual(-2);
    },
    LIMIT,
  );

  test(
    'she publishes it, attaches it to a procedure, and a second person approves',
    async () => {
      await Promise.all([clerk.waitForURL(/cong-bo$/), clerk.locator('.sen-d-act--main').click()]);
      await press(clerk, 'main form:has([name=validFrom]) button.govuk-button');
      await clerk.waitForURL(/\/quan-tri\/bieu-mau\/nhan-cay-giong/);
      await clerk.goto(`/quan-tri/thu-tuc/${CODE}/soan?muc=bieu-mau`);
      await fill(clerk, { reason: 'Dùng tờ khai mới' });
      await press(clerk, 'main form:has([name=reason]) button.govuk-button');
      await clerk.waitForURL(/soan\/bieu-mau$/);
      await clerk.locator('main label', { hasText: 'Đăng ký nhận cây giống' }).click();
      await look(clerk, 'attach-form');
      await press(clerk, 'main form:has([name=formVersion]) button.govuk-button');
      await look(clerk, 'draft');
      await press(clerk, 'main button[value=send]');
      expect(await mainText(clerk)).toContain('Chờ duyệt');
      const reviewer = await open(desk);
      await signIn(reviewer, 'procedure reviewer', `/quan-tri/thu-tuc/${CODE}/soan`);
      await look(reviewer, 'review');
      await press(reviewer, 'main button[value=approve]');
      expect(await mainText(reviewer)).toContain('Đã duyệt');
      await reviewer.close();
      await clerk.goto(`/quan-tri/thu-tuc/${CODE}`);
      await press(clerk, 'main form[action$="/cong-bo"] button');
      expect(await mainText(clerk)).toContain('Đang áp dụng');
      await look(clerk, 'procedure');
      await clerk.close();
    },
    LIMIT,
  );

  test(
    'a citizen fills it in on a telephone of 360 pixels',
    async () => {
      const citizen = await open(phone);
      await signIn(citizen, 'citizen', `/thu-tuc-hanh-chinh/${CODE}/nop`);
      await citizen.locator('input[name=noi]').fill('vinh');
      await press(citizen, 'form:has(input[name=noi]) button');
      await tick(citizen.locator('input[type=radio][name=offer]').first());
      await press(citizen, 'form[method=post]:has([name=offer]) button');
      await citizen.getByLabel('Họ và tên').fill('Nguyễn Thị Minh Châu');
      expect(await citizen.getByLabel('Số cây cần').isVisible()).toBe(false);
      await tick(citizen.getByLabel('Có', { exact: true }));
      await citizen.getByLabel('Số cây cần').fill('12');
      await citizen.getByLabel('Giá một cây').fill('15.000');
      await citizen.getByText('180.000').first().waitFor();
      await look(citizen, 'citizen-phone');
      const wide = await citizen.evaluate(() => document.documentElement.scrollWidth);
      expect(wide).toBeLessThanOrEqual(360);
      await press(citizen, 'main button.govuk-button[value=continue]');
      expect(new URL(citizen.url()).pathname).toMatch(/giay-to$/);
      await citizen.close();
    },
    LIMIT,
  );
});

describe.skipIf(browser === null)('a mother continues on her phone what she began on a counter PC', () => {
  test(
    'the clerk hands link and code over; her phone opens the form where it stopped',
    async () => {
      const clerk = await open(desk);
      await signIn(clerk, 'front desk', '/lam-viec/mot-cua/tiep-nhan/1.001193');
      const intake = clerk.locator('main form[method=post]:has([name=name])');
      await fill(clerk, { kind: 'citizen', name: 'Nguyễn Thị Minh Châu', identity: '040190000017', phone: '0912345679', delivery: 'counter', channel: 'counter' });
      await press(clerk, 'main form[method=post]:has([name=name]) button.govuk-button');
      expect(await intake.count(), await mainText(clerk)).toBe(0);
      const id = /ho-so\/([0-9a-f-]{36})/.exec(clerk.url())![1]!;
      await clerk.goto(`/lam-viec/mot-cua/tiep-nhan/ho-so/${id}/to-khai`);
      const phoneField = { applicantPhone: '0912345679', relation: 'mother' };
      await fill(clerk, phoneField);
      await look(clerk, 'counter-form');
      await clerk.goto(`/lam-viec/mot-cua/tiep-nhan/ho-so/${id}/ban-giao`);
      await press(clerk, 'main form[method=post] button.govuk-button');
      const link = /\/lam-tiep\/[\w-]{20,60}/.exec(await clerk.content())![0];
      const code = (await clerk.locator('.sen-big-code').innerText()).trim();
      await look(clerk, 'counter-handoff');
      const mother = await open(phone);
      await signIn(mother, 'citizen', link);
      await fill(mother, { code });
      await look(mother, 'mother-code');
      await press(mother, 'main form[method=post] button.govuk-button');
      await mother.waitForURL(/\/nop-ho-so\/[0-9a-f-]{36}/);
      const first = new URL(mother.url()).pathname;
      await fillPage(mother, { applicantPhone: '0912345679', relation: 'mother', 'applicantAddress-province': '40', 'applicantAddress-commune': '16690', 'applicantAddress-detail': 'Số 1 Lê Lợi' }, 'main button.govuk-button[value=continue]');
      expect(new URL(mother.url()).pathname).not.toBe(first);
      await look(mother, 'mother-next');
      // The link worked once.
      await mother.goto(link);
      expect(await mainText(mother)).not.toContain('Nhận tờ khai');
      await mother.close();
      await clerk.close();
    },
    LIMIT,
  ); // prettier-ignore
});
