import type { Page } from 'playwright-core';
import { describe, expect, test } from 'vitest';
import { birthAnswers } from '../src/services/portal/testing.ts';
import { paperPdf } from '../src/insight/demo/paper-pdf.ts';
import {
  tick,
  errorsOf,
  fill,
  fillPage,
  mainText,
  newPerson,
  phone,
  press,
  signIn,
  typePassword,
  withoutScript,
} from './harness/journey.ts';
import { startJourney } from './harness/journey-start.ts';

/* The ways of people through the built product, in a real browser. The tests of one dossier follow each other. */

const { browser, product } = await startJourney('Journeys in a browser are');

const person = (options: Parameters<typeof newPerson>[2] = {}): Promise<Page> => newPerson(browser!, product, options);
const aPdf = { name: 'giay-chung-sinh.pdf', mimeType: 'application/pdf', buffer: paperPdf('Giay chung sinh') };
const LIMIT = 90_000;

/** The name of the commune where the demo officers work. */
async function demoCommune(): Promise<string> {
  const [row] = await product.rows<{ name: string }>(
    `select v.name_vi as name from organisations.officer o join organisations.appointment a on a.officer_id = o.id join organisations.post p on p.id = a.post_id
     join organisations.unit_version v on v.unit_id = p.unit_id and v.valid_to is null where o.staff_code = 'DEMO-LANHDAO'`,
  );
  return row!.name.replace(/^Ủy ban nhân dân (phường|xã) /, '');
}

const NEXT = 'main button.govuk-button[value=continue]';

async function fillForm(page: Page): Promise<void> {
  for (const [name, answers] of Object.entries(birthAnswers)) {
    await page.waitForURL(new RegExp(`/${name}$`));
    await fillPage(page, answers, NEXT);
  }
}

/** From the choice of the unit to the page of papers. */
async function reachPapers(page: Page): Promise<void> {
  await page.locator('input[name=noi]').fill(await demoCommune());
  await press(page, 'form:has(input[name=noi]) button');
  const offers = page.locator('input[type=radio][name=offer]');
  if ((await offers.count()) > 0) await tick(offers.first());
  await press(page, 'form[method=post]:has([name=offer]) button');
  await fillForm(page);
  await page.waitForURL(/giay-to$/);
}

let dossier = '';
let secret = '';

describe.skipIf(browser === null)('a birth, from search to the certificate in hand', () => {
  test(
    'a citizen without a script finds it with a typing error, applies on a telephone, attaches a paper and gets an acknowledgement',
    async () => {
      const page = await person({ ...phone, ...withoutScript });
      await page.goto('/');
      await page.locator('form[role=search] input, input[type=search]').first().fill('dang ky khai shinh');
      await press(page, 'form[role=search] button, form:has(input[type=search]) button');
      await press(page, 'main a[href$="/thu-tuc-hanh-chinh/1.001193"]');
      expect(await page.locator('h1').innerText()).toContain('Đăng ký khai sinh');
      await press(page, 'main a[href$="/thu-tuc-hanh-chinh/1.001193/nop"]');
      await typePassword(page, 'citizen');
      await page.waitForURL(/\/nop/);
      await reachPapers(page);
      await page.locator('input[type=file]').first().setInputFiles(aPdf);
      await press(page, 'main button[value=upload]');
      expect(await mainText(page)).toContain('giay-chung-sinh.pdf');
      await press(page, 'main button.govuk-button[value=continue]');
      await fill(page, { delivery: 'online' });
      await press(page, 'main form button.govuk-button');
      await page.waitForURL(/kiem-tra$/);
      expect(await page.evaluate('document.documentElement.scrollWidth').catch(() => 360)).toBeLessThanOrEqual(360);
      await fill(page, { declare: 'yes' });
      await press(page, 'main form[action$="/gui"] button.govuk-button');
      await page.waitForURL(/da-gui$/);
      expect(await page.locator('h1').innerText()).toBe('Đã gửi hồ sơ');
      secret = /[2-9A-HJ-NP-Z]{8}/.exec(await page.locator('.govuk-panel').innerText())?.[0] ?? '';
      dossier =
        /ho-so\/([0-9a-f-]{36})/.exec(
          (await page.locator('main a[href*="/tai-khoan/ho-so/"]').first().getAttribute('href')) ?? '',
        )?.[1] ?? '';
      expect(secret).not.toBe('');
      expect(dossier).not.toBe('');
      await page.context().close();
    },
    LIMIT,
  );

  /** Opens the page of an act of the dossier as an official, fills it in and presses its button. */
  async function act(page: Page, path: string, answers: Record<string, string> = {}): Promise<void> {
    expect(dossier, 'the application above was sent').not.toBe('');
    await page.goto(`/lam-viec/ho-so/${dossier}/${path}`);
    await fill(page, answers);
    await press(page, '.sen-actform button.govuk-button:not([name])');
    expect(await errorsOf(page), path).toBe('');
  }
  const desk = async (role: string): Promise<Page> => {
    expect(dossier, 'the application above was sent').not.toBe('');
    const page = await person();
    await signIn(page, role, `/lam-viec/ho-so/${dossier}`);
    return page;
  };

  test(
    'the front desk receives it, the specialist asks for a supplement',
    async () => {
      const clerk = await desk('front desk');
      expect(await mainText(clerk)).toContain('Nguyễn Thị Minh Châu');
      await clerk.goto((await clerk.locator('main a[href$="/trang"]').first().getAttribute('href')) ?? '');
      const picture = clerk.locator('.sen-page-shown img').first();
      await expect.poll(() => picture.evaluate((img: HTMLImageElement) => img.naturalWidth)).toBeGreaterThan(200);
      await act(clerk, 'tiep-nhan');
      await clerk.context().close();
      const specialist = await desk('specialist');
      await act(specialist, 'bo-sung', {
        'n-0-name': 'Ảnh chụp giấy chứng sinh',
        'n-0-what': 'Chụp lại cho rõ',
        reason: 'Ảnh bị mờ',
      });
      await specialist.context().close();
    },
    LIMIT,
  );

  test(
    'the citizen answers',
    async () => {
      const page = await person(phone);
      await signIn(page, 'citizen', `/tai-khoan/ho-so/${dossier}`);
      expect(await mainText(page)).toContain('Ảnh bị mờ');
      await press(page, `main form[action$="/bo-sung"] button`);
      await page.locator('textarea[name=remark]').fill('Tôi đã chụp lại');
      await page.locator('input[type=file]').first().setInputFiles(aPdf);
      await press(page, 'main button.govuk-button[value=continue]');
      await page.waitForURL(/kiem-tra$/);
      if ((await page.locator('main [name=declare]').count()) > 0) await fill(page, { declare: 'yes' });
      await press(page, 'main form[action$="/gui"] button.govuk-button');
      expect(await errorsOf(page)).toBe('');
      await page.context().close();
    },
    LIMIT,
  );

  test(
    'the specialist works on it, the leader approves, the result is entered, the front desk returns it, and the citizen reads it',
    async () => {
      const specialist = await desk('specialist');
      expect(await mainText(specialist)).toContain('Tôi đã chụp lại');
      await act(specialist, 'bat-dau');
      await act(specialist, 'buoc');
      const leader = await desk('leader');
      await act(leader, 'phe-duyet');
      await leader.context().close();
      await act(specialist, 'ket-qua', { title: 'Giấy khai sinh của Nguyễn Minh Khôi' });
      await specialist.context().close();
      const clerk = await desk('front desk');
      await act(clerk, 'tra-ket-qua');
      await clerk.context().close();
      const page = await person(phone);
      await signIn(page, 'citizen', `/tai-khoan/ho-so/${dossier}`);
      expect(await mainText(page)).toContain('Giấy khai sinh của Nguyễn Minh Khôi');
      await page.context().close();
      const [row] = await product.rows<{ state: number }>('select state from dossiers.dossier where id = $1', [
        dossier,
      ]);
      expect(row?.state).toBe(10);
    },
    LIMIT,
  );

  test('anybody with code and secret sees how far it is, and nothing of whose it is', async () => {
    const [row] = await product.rows<{ code: string }>('select code from dossiers.dossier where id = $1', [dossier]);
    const page = await person(withoutScript);
    await page.goto('/tra-cuu');
    await fill(page, { ma: row?.code ?? '', khoa: secret });
    await press(page, 'main form:has([name=khoa]) button');
    expect(await mainText(page)).toContain(row?.code);
    expect(await page.content()).not.toContain('Minh Châu');
    await page.goto('/tra-cuu');
    await fill(page, { ma: row?.code ?? '', khoa: 'AAAAAAAA' });
    await press(page, 'main form:has([name=khoa]) button');
    expect(await errorsOf(page)).not.toBe('');
    await page.context().close();
  });

  test('the square on a slip fills both codes in, and the tracking code leaves the address at once', async () => {
    const page = await person(phone);
    await page.goto('/tra-cuu?ma=H41.12-20261122-0000001#khoa=ABCD2345');
    await expect.poll(() => page.locator('[name=khoa]').inputValue()).toBe('ABCD2345');
    expect(await page.locator('[name=ma]').inputValue()).toBe('H41.12-20261122-0000001');
    expect(page.url()).not.toContain('ABCD2345');
    await page.context().close();
  });
});

describe.skipIf(browser === null)('everywhere', () => {
  test('signing out ends the session here and at the provider: the next page asks for the password again', async () => {
    const page = await person(withoutScript);
    await signIn(page, 'citizen', '/tai-khoan/ho-so');
    await page.goto('/dang-xuat');
    await press(page, 'main form[action$="/dang-xuat"] button, main form button');
    await page.goto('/tai-khoan/ho-so');
    expect(await page.locator('input[name=password]').count()).toBe(1);
    await page.context().close();
  });

  test('the keyboard alone finds a procedure: skip link, search, result', async () => {
    const page = await person();
    await page.goto('/');
    await page.keyboard.press('Tab');
    expect(await page.evaluate('document.activeElement.textContent.trim()')).toMatch(/nội dung/i);
    const focused = () =>
      page.evaluate<string>(
        'document.activeElement.getAttribute("type") + "/" + (document.activeElement.closest("form")?.getAttribute("role") ?? "")',
      );
    for (let i = 0; i < 40 && !/^(search\/|text\/search|null\/search)/.test(await focused()); i += 1)
      await page.keyboard.press('Tab');
    await page.keyboard.type('khai sinh');
    const searched = page.waitForURL(/tim-kiem/);
    await page.keyboard.press('Enter');
    await searched;
    const href = () => page.evaluate<string>('document.activeElement.getAttribute("href") ?? ""');
    for (let i = 0; i < 80 && !(await href()).includes('/thu-tuc-hanh-chinh/1.001193'); i += 1)
      await page.keyboard.press('Tab');
    const found = page.waitForURL(/thu-tuc-hanh-chinh\/1\.001193/);
    await page.keyboard.press('Enter');
    await found;
    await page.context().close();
  });

  test(
    'the counter takes in a dossier of a person who has come, and prints the receipt',
    async () => {
      const page = await person();
      await signIn(page, 'front desk', '/lam-viec/mot-cua/tiep-nhan/1.001193');
      await fill(page, {
        identity: '040188012345',
        name: 'Hồ Thị Sen',
        phone: '0912345678',
        address: 'Khối 3',
        kind: 'citizen',
        channel: 'counter',
        delivery: 'counter',
      });
      await press(page, '.sen-fields button.govuk-button');
      expect(await errorsOf(page)).toBe('');
      for (const [name, answers] of Object.entries(birthAnswers)) {
        await page.waitForURL(new RegExp(`to-khai(/${name})?$`));
        await fillPage(
          page,
          name === 'nguoi-di-dang-ky'
            ? { ...answers, applicantName: 'Hồ Thị Sen', applicantIdentityNumber: '040188012345' }
            : answers,
          NEXT,
        );
      }
      await page.waitForURL(/giay-to$/);
      await page.locator('main input[name$="-originals"]').first().fill('1');
      await press(page, 'main form[enctype] button.govuk-button:last-of-type, main form button.govuk-button');
      expect(await errorsOf(page)).toBe('');
      await page.waitForURL(/\/lam-viec\/ho-so\/[0-9a-f-]{36}/);
      const slip = await page.locator('main a[href*="/phieu/"]').first().getAttribute('href');
      const pdf = await page.request.get(slip ?? '');
      expect(pdf.headers()['content-type']).toContain('application/pdf');
      expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
      await page.context().close();
    },
    LIMIT,
  );
});

/** Everything that the store of uploads keeps in the browser, bytes as letters. */
const KEPT_IN_BROWSER = `new Promise((done) => {
  const opening = indexedDB.open('sen-uploads');
  opening.onsuccess = () => {
    const reading = opening.result.transaction('files').objectStore('files').getAll();
    reading.onsuccess = () => done(JSON.stringify(reading.result, (_, value) =>
      value instanceof ArrayBuffer ? new TextDecoder('latin1').decode(value) : value));
  };
})` as unknown as () => Promise<string>;

describe.skipIf(browser === null)('papers over a bad line', () => {
  test(
    'an upload shows how far it is, waits while the line is gone, survives a reload and goes on from where it stood',
    async () => {
      const page = await person(phone);
      await signIn(page, 'citizen', '/thu-tuc-hanh-chinh/1.001193/nop');
      await reachPapers(page);
      let piecesLeft = 1;
      const offsets: number[] = [];
      await page.route('**/tai-len/**', (route) => {
        const request = route.request();
        if (piecesLeft === 0) return route.abort('internetdisconnected');
        if (request.method() !== 'PATCH') return route.continue();
        offsets.push(Number(request.headers()['upload-offset']));
        piecesLeft--;
        return route.continue();
      });
      const large = Buffer.concat([paperPdf('Giay chung sinh'), Buffer.alloc(3_300_000, '\n%')]);
      const input = page.locator('main input[type=file]').first();
      await page.locator('x-island[data-awake]:has(input[type=file])').waitFor({ state: 'attached' });
      await input.setInputFiles({ ...aPdf, name: 'giay-lon.pdf', buffer: large });
      const upload = page.locator('.sen-upload');
      const state = () => upload.first().getAttribute('data-state');
      await expect.poll(state, { timeout: 15_000 }).toBe('waiting');
      expect(await upload.innerText()).toContain('Mất mạng');
      expect(await upload.locator('progress').evaluate((bar: HTMLProgressElement) => bar.value)).toBeGreaterThan(20);
      // What lies in the browser meanwhile says neither what it is called nor what is in it.
      const shelf = await page.evaluate(KEPT_IN_BROWSER);
      expect(shelf.length).toBeGreaterThan(large.length);
      expect(shelf).not.toMatch(/giay-lon|%PDF/);
      await page.reload();
      await expect.poll(state, { timeout: 15_000 }).toBe('waiting');
      expect(await upload.innerText()).toContain('giay-lon.pdf');
      piecesLeft = 99;
      await page.context().setOffline(true);
      await page.context().setOffline(false); // the browser says that there is a line again
      await expect.poll(state, { timeout: 30_000 }).toBe('done');
      expect(offsets).toEqual([0, 1_048_576, 2_097_152, 3_145_728]);
      await press(page, 'main button[value=upload]');
      expect(await page.locator('.sen-files').innerText()).toContain('giay-lon.pdf');
      const kept = await product.rows(`select from files.file where file_name = 'giay-lon.pdf' and size_bytes = $1`, [
        large.length,
      ]);
      expect(kept).toHaveLength(1);
      await expect.poll(() => page.locator('.sen-upload').count()).toBe(0); // used: the browser lets go of it
      await page.context().close();
    },
    LIMIT,
  );
});
