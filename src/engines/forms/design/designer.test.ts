import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../../testing/app.ts';
import { signedInCitizen, signedInOfficial, type SignedIn } from '../../../testing/people.ts';
import type { Field, FormDefinition } from '../definition.ts';
import { findCurrentForm, publishForm } from '../publish-form.ts';
import { listVersions } from '../form-queries.ts';
import { aForm, textField, words } from '../testing.ts';
import { findDesign } from './design-queries.ts';
import { fieldSheetTemplate, readFieldSheet } from './field-sheet.ts';

const app = await testApp();
let clerk: SignedIn;
beforeAll(async () => {
  clerk = await signedInOfficial(app, ['forms.manage'], { name: 'Nguyễn Thị Soạn' });
});

const save = (code: string, expectedVersion: number, definition: unknown, who = clerk) =>
  app.app.inject({
    method: 'POST',
    url: `/quan-tri/bieu-mau/${code}/soan`,
    headers: {
      cookie: `sen_session=${[...who.cookies.values()][0]}`,
      host: new URL(app.context.config.publicUrl).host,
      'sec-fetch-site': 'same-origin',
      accept: 'application/json',
      'content-type': 'application/json',
      'x-csrf-token': who.session()?.csrf(app.context.config.secret) ?? '',
    },
    payload: JSON.stringify({ expectedVersion, definition }),
  });

describe('who may design', () => {
  test('nobody without the right, in no way', async () => {
    const citizen = await signedInCitizen(app);
    const other = await signedInOfficial(app, ['dossiers.view']);
    for (const path of [
      '',
      '/moi',
      '/xuat/csv',
      '/thu-vien',
      '/x',
      '/x/soan',
      '/x/xem-truoc',
      '/x/cong-bo',
      '/x/phien-ban/1',
      '/x/tep/1',
    ]) {
      expect((await citizen.get(`/quan-tri/bieu-mau${path}`)).statusCode, path).toBe(403);
      expect((await other.get(`/quan-tri/bieu-mau${path}`)).statusCode, path).toBe(403);
    }
    expect((await save('x', 1, {}, other)).statusCode).toBe(403);
  });
});

describe('a form from nothing to published', () => {
  const code = 'don-xin-thu';
  let made: FormDefinition;
  test('is made blank, with its mistakes told and what was typed kept', async () => {
    const wrong = await clerk.post('/quan-tri/bieu-mau/moi', {
      way: 'blank',
      titleVi: 'Đơn <b>xin</b>',
      titleEn: '',
      code: 'Đơn xin',
    });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('Đơn &lt;b>xin&lt;/b>');
    const right = await clerk.post('/quan-tri/bieu-mau/moi', {
      way: 'blank',
      titleVi: 'Đơn xin thử',
      titleEn: 'Trial',
      code,
    });
    expect(right.headers.location).toBe(`/quan-tri/bieu-mau/${code}/soan`);
    expect(
      (await clerk.post('/quan-tri/bieu-mau/moi', { way: 'blank', titleVi: 'X', titleEn: '', code })).statusCode,
    ).toBe(422);
    const page = await clerk.get(`/quan-tri/bieu-mau/${code}/soan`);
    expect(page.body).toContain('Đơn xin thử');
    expect(page.headers['content-security-policy']).toContain("frame-src 'self'");
    expect(page.headers['content-security-policy']).toContain("frame-ancestors 'none'");
  });
  test('is saved as it stands, however unfinished, and says what is wrong', async () => {
    const answer = await save(code, 1, {
      ...aForm([[{ ...textField('a'), label: { vi: 'Tên', en: '' } } as Field]]),
      code: 'another',
    });
    expect(answer.statusCode).toBe(200);
    expect(answer.json().findings[0]).toMatchObject({ level: 'error', code: 'missing-words' });
    // The code of a form is its name for ever.
    expect((await findDesign(app.db.reader, code))?.definition.code).toBe(code);
    expect((await clerk.get(`/quan-tri/bieu-mau/${code}/xem-truoc`)).statusCode).toBe(200);
    const blocked = await clerk.post(`/quan-tri/bieu-mau/${code}/cong-bo`, {
      version: '2',
      validFrom: '2030-01-01',
      earlier: 'never',
    });
    expect(blocked.statusCode).toBe(422);
    expect(blocked.body).toContain('/soan?cho=');
  });
  test('a second person who saved meanwhile gets 409 with both and what differs', async () => {
    made = {
      ...aForm([[{ ...textField('a'), label: words('Họ tên') } as Field, textField('b')]]),
      code,
      title: { vi: 'Đơn xin thử', en: 'Trial' },
    };
    expect((await save(code, 2, made)).json().version).toBe(3);
    const mine = structuredClone(made);
    mine.ui.pages[0]!.groups[0]!.fields.pop();
    const stale = await save(code, 2, mine);
    expect(stale.statusCode).toBe(409);
    const body = stale.json();
    expect(body.current).toMatchObject({ version: 3, updatedBy: 'Nguyễn Thị Soạn' });
    expect(body.given.ui.pages[0].groups[0].fields).toHaveLength(1);
    expect(body.changes.join()).toContain('mới thêm');
  });
  test('what is no form at all is refused', async () => {
    for (const bad of [
      null,
      [],
      'x',
      {},
      { ...made, ui: { pages: [null] } },
      { ...made, title: 'x' },
      { ...made, schema: 1 },
    ])
      expect((await save(code, 3, bad)).statusCode, JSON.stringify(bad)).toBe(422);
    const nul = structuredClone(made);
    nul.title.vi = 'a\u0000b';
    expect((await save(code, 3, nul)).statusCode).toBe(422);
    expect((await save('khong-co', 1, made)).statusCode).toBe(404);
  });
  test('is tried out in the preview, by the real renderer, and nothing is stored', async () => {
    const shown = await clerk.get(`/quan-tri/bieu-mau/${code}/xem-truoc`);
    expect(shown.headers['content-security-policy']).toContain("frame-ancestors 'self'");
    expect(shown.headers['x-frame-options']).toBe('SAMEORIGIN');
    const page = /name="_page" value="([^"]+)"/.exec(shown.body)?.[1] ?? '';
    const wrong = await clerk.post(`/quan-tri/bieu-mau/${code}/xem-truoc`, { _page: page, _known: '{}', a: '' });
    expect(wrong.statusCode).toBe(422);
    const right = await clerk.post(`/quan-tri/bieu-mau/${code}/xem-truoc`, {
      _page: page,
      _known: '{"__proto__":1}',
      a: 'Lan',
      b: 'x',
    });
    expect(right.body).toContain('Bản xem trước không lưu gì');
    expect(
      (await clerk.post(`/quan-tri/bieu-mau/${code}/xem-truoc`, { _page: 'x', _known: 'not json' })).statusCode,
    ).toBe(200);
  });
  test('is published for a day to come, with its end; wrong days are told', async () => {
    const today = app.db.clock.now().toISOString().slice(0, 10);
    const wrong = await clerk.post(`/quan-tri/bieu-mau/${code}/cong-bo`, {
      version: '3',
      validFrom: '2026-02-30',
      validTo: '1999-01-01',
      earlier: 'day',
      earlierUntil: 'x',
    });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body.match(/Nhập một ngày có trong lịch/g)!.length).toBeGreaterThan(1);
    const stale = await clerk.post(`/quan-tri/bieu-mau/${code}/cong-bo`, {
      version: '2',
      validFrom: today,
      earlier: 'never',
    });
    expect(stale.statusCode).toBe(409);
    const right = await clerk.post(`/quan-tri/bieu-mau/${code}/cong-bo`, {
      version: '3',
      validFrom: today,
      validTo: '2099-12-31',
      earlier: 'never',
    });
    expect(right.statusCode).toBe(303);
    expect(await findCurrentForm(app.db.reader, code, today)).toMatchObject({ version: 1, validTo: '2099-12-31' });
    expect(await findCurrentForm(app.db.reader, code, '2100-01-01')).toBeUndefined();
    expect(await findDesign(app.db.reader, code)).toBeUndefined();
    expect((await clerk.get(`/quan-tri/bieu-mau/${code}`)).body).toContain('Đang áp dụng');
  });
  test('is changed again: what differs is said in words; an old version comes back', async () => {
    await clerk.post(`/quan-tri/bieu-mau/${code}/mo`, {});
    const next = structuredClone(made);
    next.ui.pages[0]!.groups[0]!.fields[0] = {
      ...textField('a'),
      label: { vi: 'Họ và tên đầy đủ', en: 'Full name' },
    } as Field;
    expect((await save(code, 1, next)).statusCode).toBe(200);
    const page = await clerk.get(`/quan-tri/bieu-mau/${code}/cong-bo`);
    expect(page.body).toContain('đổi câu hỏi từ “Họ tên” thành “Họ và tên đầy đủ”');
    const today = app.db.clock.now().toISOString().slice(0, 10);
    await clerk.post(`/quan-tri/bieu-mau/${code}/cong-bo`, { version: '2', validFrom: today, earlier: 'month' });
    const [latest] = await listVersions(app.db.reader, code);
    expect(latest).toMatchObject({ version: 2 });
    expect(latest!.earlierUntil! > today).toBe(true);
    expect((await clerk.get(`/quan-tri/bieu-mau/${code}/phien-ban/2?voi=1`)).body).toContain('Họ và tên đầy đủ');
    await clerk.post(`/quan-tri/bieu-mau/${code}/phien-ban/1/khoi-phuc`, {});
    expect((await findDesign(app.db.reader, code))?.definition).toMatchObject({ ui: made.ui });
    const dropped = await clerk.post(`/quan-tri/bieu-mau/${code}/bo-soan`, {
      version: String((await findDesign(app.db.reader, code))!.version),
    });
    expect(dropped.headers.location).toBe(`/quan-tri/bieu-mau/${code}`);
    await clerk.post(`/quan-tri/bieu-mau/${code}/phien-ban/2/ngung`, {});
    expect(await findCurrentForm(app.db.reader, code, today)).toMatchObject({ version: 1 });
  });
  test('its file can be taken away and made a form of again', async () => {
    const file = await clerk.get(`/quan-tri/bieu-mau/${code}/tep/1`);
    expect(JSON.parse(file.body)).toMatchObject({ code, ui: made.ui });
    expect((await clerk.get(`/quan-tri/bieu-mau/${code}/tep/99`)).statusCode).toBe(404);
    const copy = await clerk.post('/quan-tri/bieu-mau/moi', {
      way: 'copy',
      from: code,
      titleVi: 'Bản sao',
      titleEn: 'Copy',
      code: 'ban-sao-thu',
    });
    expect(copy.statusCode).toBe(303);
    expect((await findDesign(app.db.reader, 'ban-sao-thu'))?.definition.ui).toEqual(
      (await listVersions(app.db.reader, code))[0]!.definition.ui,
    );
    // Never published: dropping the working copy drops the form.
    await clerk.post('/quan-tri/bieu-mau/ban-sao-thu/bo-soan', { version: '1' });
    expect((await clerk.get('/quan-tri/bieu-mau/ban-sao-thu')).statusCode).toBe(404);
  });
});

describe('the list', () => {
  test('finds without marks, filters, sorts, pages and exports', async () => {
    await app.db.write(async (tx) => {
      for (let i = 0; i < 60; i += 1)
        await publishForm(tx, {
          definition: {
            ...aForm([[textField('a')]]),
            code: `bieu-so-${i}`,
            title: { vi: `Biểu số ${String(i).padStart(2, '0')}`, en: `Form ${i}` },
          },
        });
    });
    expect((await clerk.get('/quan-tri/bieu-mau?tim=bieu+so+07')).body).toContain('Biểu số 07');
    const first = await clerk.get('/quan-tri/bieu-mau?tim=bieu+so&sap-xep=ten');
    expect(first.body).toContain('Biểu số 49');
    expect(first.body).not.toContain('Biểu số 50');
    const cursor = /sau=([^"&]+)/.exec(first.body)![1]!;
    expect((await clerk.get(`/quan-tri/bieu-mau?tim=bieu+so&sap-xep=ten&sau=${cursor}`)).body).toContain('Biểu số 50');
    expect((await clerk.get('/quan-tri/bieu-mau?trang-thai=draft')).body).not.toContain('Biểu số 01');
    expect((await clerk.get('/quan-tri/bieu-mau?tim=%25&trang-thai=x&sap-xep=drop&sau=%00')).statusCode).toBe(200);
    expect(
      (await clerk.get('/quan-tri/bieu-mau/xuat/csv?tim=bieu+so')).body
        .split('\n')
        .filter((line) => line.includes('bieu-so-')),
    ).toHaveLength(60);
  });
});

describe('the sheet that lists questions', () => {
  const heading = async () => ((await readXlsx(await fieldSheetTemplate())).sheets[0]!.rows[0] as string[]).map(String);
  const sheet = async (rows: unknown[][]) =>
    Buffer.from(await writeXlsx({ sheets: [{ name: 'x', rows: [await heading(), ...rows] as never }] }));
  const title = { vi: 'Từ bảng', en: 'From a sheet' };
  test('the template itself reads as a form', async () => {
    const { definition, errors } = await readFieldSheet(await fieldSheetTemplate(), { code: 'x', title });
    expect(errors).toEqual([]);
    expect(definition.ui.pages.map((page) => page.title.vi)).toEqual(['Người đề nghị', 'Nội dung']);
    expect(definition.ui.pages[1]!.groups[0]!.fields[0]).toMatchObject({
      type: 'radios',
      options: [{ value: 'cap-moi', label: { vi: 'Cấp mới', en: 'New' } }, {}],
    });
  });
  test('every wrong row is told with its number and column, and nothing is made', async () => {
    const file = await sheet([
      ['Trang', '', 'Tuổi', 'Age', 'Số nguyên', 'có', '', '', '', '', 1, 120, 'tuoi'],
      ['Trang', '', '', '', '', '', 'gợi ý'],
      ['Trang', '', 'A', '', 'Loại lạ', 'có lẽ', '', '', '', 'Nguồn lạ', 'x'],
      ['Trang', '', 'B', '', 'Chọn một', '', '', '', 'Một'],
      ['Trang', '', 'C', '', '', '', '', '', '', '', '', '', 'tuoi'],
      ['Trang', '', 'D', '', '', '', '', '', '', '', '', '', 'Tên Sai'],
    ]);
    const { errors } = await readFieldSheet(file, { code: 'x', title });
    expect(errors.map((error) => `${error.row} ${error.column}`)).toEqual([
      '3 Câu hỏi (tiếng Việt)',
      '4 Loại',
      '4 Bắt buộc',
      '4 Điền sẵn từ',
      '4 Nhỏ nhất',
      '5 Các lựa chọn',
      '6 Tên trường',
      '7 Tên trường',
    ]);
  });
  test.each([
    ['no workbook', Buffer.from('xin chào')],
    ['nothing', Buffer.alloc(0)],
  ])('%s is told', async (_, file) => {
    expect((await readFieldSheet(file, { code: 'x', title })).errors).toHaveLength(1);
  });
  test('ten names alike become ten names', async () => {
    const { definition } = await readFieldSheet(
      await sheet(Array.from({ length: 10 }, () => ['T', '', 'Họ tên', 'Name'])),
      { code: 'x', title },
    );
    expect(new Set(definition.ui.pages[0]!.groups[0]!.fields.map((each) => each.name)).size).toBe(10);
  });
});
