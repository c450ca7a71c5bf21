import { beforeAll, describe, expect, test } from 'vitest';
import { readXlsx, writeXlsx } from 'hucre/xlsx';
import { paths } from '../../ui/paths.ts';
import { testApp } from '../../testing/app.ts';
import { insertOfficialAccount, sessionFor, type TestSession } from '../identity/testing.ts';
import { holdersOf } from './role-queries.ts';
import { getUnit } from './get-unit.ts';
import { listOfficersByStaffCode } from './officer-queries.ts';
import { insertTestOfficer, insertTestPost, insertTestUnit } from './testing.ts';
import { sheetColumns } from './people-sheet.ts';

const app = await testApp();
const TODAY = '2026-11-23';
let admin: TestSession, local: TestSession, nobody: TestSession;
let department: string, division: string, commune: string, adminPost: string, officerId: string, foreignOfficer: string;

beforeAll(async () => {
  const made = await app.db.write(async (tx) => {
    const rights = ['organisations.manage', 'dossiers.view'];
    department = await insertTestUnit(tx, {
      nameVi: 'Sở Thử nghiệm',
      nameEn: 'Department of Trials',
      agencyCode: 'H41.88',
    });
    division = await insertTestUnit(tx, {
      nameVi: 'Phòng Thử nghiệm',
      parentId: department,
      kind: 'division',
      agencyCode: 'H41.88.01',
    });
    commune = await insertTestUnit(tx, { nameVi: 'Ủy ban nhân dân xã Thử', kind: 'commune', agencyCode: 'H41.99999' });
    adminPost = await insertTestPost(tx, { unitId: department, title: 'Quản trị', permissions: rights, reach: 'all' });
    const localPost = await insertTestPost(tx, { unitId: division, title: 'Quản trị phòng', permissions: rights });
    const plainPost = await insertTestPost(tx, { unitId: division, title: 'Chuyên viên' });
    const foreignPost = await insertTestPost(tx, { unitId: commune, title: 'Công chức' });
    const boss = await insertTestOfficer(tx, { name: 'Nguyễn Văn An', postIds: [adminPost] });
    const chief = await insertTestOfficer(tx, { name: 'Lê Thị Bình', postIds: [localPost] });
    const worker = await insertTestOfficer(tx, { name: 'Trần Văn Cường', postIds: [plainPost] });
    foreignOfficer = (await insertTestOfficer(tx, { name: 'Phạm Thị Dung', postIds: [foreignPost] })).id;
    officerId = worker.id;
    return [
      await insertOfficialAccount(tx, { officerId: boss.id, postId: adminPost, name: boss.name }),
      await insertOfficialAccount(tx, { officerId: chief.id, postId: localPost, name: chief.name }),
      await insertOfficialAccount(tx, { officerId: worker.id, postId: plainPost, name: worker.name }),
    ] as const;
  });
  admin = await sessionFor(app.db, made[0]);
  local = await sessionFor(app.db, made[1]);
  nobody = await sessionFor(app.db, made[2]);
});

const get = (url: string, session = admin) => app.app.inject({ url, headers: { cookie: session.cookie } });
const post = (url: string, fields: Record<string, string>, session = admin) =>
  app.app.inject({
    method: 'POST',
    url,
    headers: {
      cookie: session.cookie,
      'content-type': 'application/x-www-form-urlencoded',
      origin: app.context.config.publicUrl,
    },
    payload: new URLSearchParams({ _csrf: session.csrf(app.context.config.secret), ...fields }).toString(),
  });

describe('every page', () => {
  const pages = () => [
    paths.adminUnits(),
    paths.adminUnits({ tim: 'thu nghiem' }),
    paths.adminUnits({ trong: department, ngay: '01/12/2025' }),
    paths.adminUnit({ id: division }),
    paths.adminPost({ id: adminPost }),
    paths.adminPeople(),
    paths.adminPersonNew({ 'don-vi': 'H41.88' }),
    paths.adminPerson({ id: officerId }),
    paths.adminPeopleImport(),
    paths.adminRoles(),
  ];
  test('opens for an administrator in both languages', async () => {
    for (const url of pages())
      for (const prefix of ['', '/en']) {
        const reply = await get(prefix + url);
        expect(reply.statusCode, `${prefix}${url} ${reply.statusCode >= 500 ? reply.body.slice(0, 500) : ''}`).toBe(
          200,
        );
        expect(reply.body).toMatch(/<h1/);
      }
  });
  test('is closed to officials without the right and to visitors', async () => {
    for (const url of pages()) {
      expect([url, (await get(url, nobody)).statusCode]).toEqual([url, 403]);
      expect([url, (await app.app.inject({ url })).statusCode]).not.toEqual([url, 200]);
    }
  });
  test.each(['khong-phai-id', '00000000-0000-7000-8000-000000000000', "' or 1=1"])('of %s is not found', async (id) => {
    for (const url of [
      paths.adminUnit({ id }),
      paths.adminPost({ id }),
      paths.adminPerson({ id }),
      paths.adminRole({ id }),
      paths.adminPeopleImportRun({ importId: id }),
    ])
      expect([url, (await get(url)).statusCode]).toEqual([url, 404]);
  });
  test('takes nonsense in its query for nothing', async () => {
    for (const query of [
      '?ngay=31/2/2026',
      '?ngay=%00',
      '?trong=x',
      '?sau=x',
      '?tim=%25%27',
      `?don-vi=${'9'.repeat(500)}`,
    ]) {
      expect([query, (await get(paths.adminUnits() + query)).statusCode]).toEqual([query, 200]);
      expect([query, (await get(paths.adminPeople() + query)).statusCode]).toEqual([query, 200]);
    }
  });
});

describe('a unit', () => {
  const form = {
    nameVi: 'Phòng Mới',
    nameEn: 'New Division',
    shortName: 'PM',
    kind: 'division',
    tier: '1',
    decisionNumber: '5/QĐ',
    validFrom: '01/10/2026',
  };
  test('is set up, renamed with a decision from a day on, and closed', async () => {
    const made = await post(paths.adminUnitChildren({ id: department }), form);
    expect(made.statusCode).toBe(303);
    const id = /don-vi\/([^?]+)/.exec(made.headers.location ?? '')?.[1] ?? '';
    const changed = await post(paths.adminUnitChange({ id }), {
      ...form,
      nameVi: 'Phòng Đổi tên',
      parentCode: 'H41.88',
      validFrom: '01/11/2026',
      version: '1',
    });
    expect(changed.statusCode).toBe(303);
    expect((await getUnit(app.db.reader, id, '2026-10-31')).nameVi).toBe('Phòng Mới');
    expect(await getUnit(app.db.reader, id, TODAY)).toMatchObject({ nameVi: 'Phòng Đổi tên', parentId: department });
    const stale = await post(paths.adminUnitChange({ id }), { ...form, version: '1' });
    expect(stale.statusCode).toBe(409);
    const closed = await post(paths.adminUnitClosing({ id }), {
      version: '2',
      lastDay: '30/11/2026',
      decisionNumber: '6/QĐ',
      successors: 'H41.88.01',
    });
    expect(closed.statusCode).toBe(303);
    expect((await get(paths.adminUnit({ id }, { ngay: '2027-01-01' }))).body).toContain('Phòng Đổi tên');
  });
  test('with missing or wrong values comes back as 422 with a summary and what was typed', async () => {
    const reply = await post(paths.adminUnitChildren({ id: department }), {
      ...form,
      nameVi: '',
      validFrom: '31/02/2026',
      address: '<b>x</b>',
    });
    expect(reply.statusCode).toBe(422);
    expect(reply.body).toContain('govuk-error-summary');
    expect(reply.body).toContain('href="#child-nameVi"');
    expect(reply.body).toContain('value="31/02/2026"');
    expect(reply.body).toContain('&lt;b>x');
  });
  test('gets an identifier of the right shape, and a second unit is refused it', async () => {
    expect(
      (await post(paths.adminUnitIdentifiers({ id: department }), { code: 'abc', validFrom: '01/01/2026' })).statusCode,
    ).toBe(422);
    expect(
      (await post(paths.adminUnitIdentifiers({ id: department }), { code: '000.00.88.H41', validFrom: '01/01/2026' }))
        .statusCode,
    ).toBe(303);
    expect(
      (await post(paths.adminUnitIdentifiers({ id: division }), { code: '000.00.88.H41', validFrom: '01/01/2026' }))
        .statusCode,
    ).toBe(409);
  });
  test('has an identifier ended today from its page, once', async () => {
    const id = await app.db.write((tx) => insertTestUnit(tx, { agencyCode: 'H41.55' }));
    const action = /action="([^"]+ket-thuc)"/.exec((await get(paths.adminUnit({ id }))).body)?.[1] ?? '';
    expect((await post(action, {}, local)).statusCode).toBe(403);
    expect((await post(action, {})).statusCode).toBe(303);
    expect((await get(paths.adminUnit({ id }))).body).toContain('23/11/2026');
  });
  test('outside one’s reach is refused', async () => {
    expect((await post(paths.adminUnitChildren({ id: commune }), form, local)).statusCode).toBe(403);
    expect(
      (await post(paths.adminUnitPosts({ id: commune }), { titleVi: 'X', validFrom: '01/01/2026' }, local)).statusCode,
    ).toBe(403);
    expect((await post(paths.adminPostRoles({ id: adminPost }), {}, local)).statusCode).toBe(403);
    expect((await get(paths.adminPerson({ id: foreignOfficer }), local)).statusCode).toBe(403);
    expect((await get(paths.adminPeople(), local)).body).not.toContain('Phạm Thị Dung');
    expect((await get(paths.adminPeople({ 'don-vi': 'H41.99999' }), local)).body).not.toContain('Phạm Thị Dung');
    expect((await get(paths.adminPeopleExport({ format: 'csv' }), local)).body).not.toContain('Phạm Thị Dung');
  });
  test('without the form’s token nothing is written', async () => {
    const reply = await app.app.inject({
      method: 'POST',
      url: paths.adminUnitChildren({ id: department }),
      headers: { cookie: admin.cookie, 'content-type': 'application/x-www-form-urlencoded' },
      payload: 'nameVi=x',
    });
    expect(reply.statusCode).toBe(403);
  });
});

describe('a post and its roles', () => {
  test('is made and given a role, whose holders are found at once', async () => {
    const role = await post(paths.adminRoles(), { key: 'tester', nameVi: 'Người thử' });
    expect(role.statusCode).toBe(303);
    const saved = await post(role.headers.location ?? '', {
      version: '1',
      nameVi: 'Người thử',
      nameEn: 'Tester',
      descriptionVi: 'x',
      descriptionEn: 'x',
      permission: 'dossiers.view',
    });
    expect(saved.statusCode).toBe(303);
    const made = await post(paths.adminUnitPosts({ id: division }), {
      titleVi: 'Kiểm thử viên',
      validFrom: '01/01/2026',
    });
    const postId = (made.headers.location ?? '').split('/').at(-1) ?? '';
    expect((await post(paths.adminPostRoles({ id: postId }), { 'role-tester': 'unit' })).statusCode).toBe(303);
    const added = await post(paths.adminPersonNew(), {
      fullName: 'Đỗ Văn Em',
      staffCode: 'em01',
      postId,
      validFrom: '01/02/2026',
    });
    expect(added.statusCode).toBe(303);
    expect(
      (await holdersOf(app.db.reader, 'dossiers.view', division, TODAY)).map((holder) => holder.fullName),
    ).toContain('Đỗ Văn Em');
    expect((await post(paths.adminRoles(), { key: 'tester', nameVi: 'Lặp' })).statusCode).toBe(409);
    expect((await post(paths.adminRoles(), { key: 'Có dấu', nameVi: '' })).statusCode).toBe(422);
    expect((await post(paths.adminRoles(), { key: 'local-role', nameVi: 'x' }, local)).statusCode).toBe(403);
  });
});

describe('staff', () => {
  test('are exported as CSV and XLSX, formulas made harmless', async () => {
    const csv = await get(paths.adminPeopleExport({ format: 'csv' }));
    expect(csv.body.startsWith('\uFEFF')).toBe(true);
    expect(csv.body).toContain('Trần Văn Cường');
    const xlsx = await get(paths.adminPeopleExport({ format: 'xlsx' }));
    const sheet = (await readXlsx(xlsx.rawPayload)).sheets[0];
    expect(sheet?.rows[0]).toContain('Họ và tên');
    expect(sheet?.rows.flat()).toContain('Trần Văn Cường');
    expect((await get('/quan-tri/can-bo/xuat/exe')).statusCode).toBe(404);
  });
  test('lend a post to somebody and take it back', async () => {
    const [to] = await app.db.write(async (tx) => [
      await insertTestOfficer(tx, { staffCode: 'SUB01', name: 'Vũ Thị Hoa' }),
    ]);
    const held = await app.db.reader.raw<{ post_id: string }>(
      'select post_id from organisations.appointment where officer_id = $1',
      [officerId],
    );
    const lend = {
      postId: held[0]?.post_id ?? '',
      toCode: 'sub01',
      documentNumber: '3/GUQ',
      validFrom: '23/11/2026',
      validTo: '30/11/2026',
    };
    expect(
      (await post(paths.adminPersonSubstitutions({ id: officerId }), { ...lend, toCode: 'không có' })).statusCode,
    ).toBe(422);
    expect(
      (await post(paths.adminPersonSubstitutions({ id: officerId }), { ...lend, validTo: '01/11/2026' })).statusCode,
    ).toBe(422);
    expect((await post(paths.adminPersonSubstitutions({ id: officerId }), lend)).statusCode).toBe(303);
    const shown = (await get(paths.adminPerson({ id: officerId }))).body;
    expect(shown).toContain(to?.name);
    const action = /action="([^"]+thu-hoi)"/.exec(shown)?.[1] ?? '';
    expect((await post(action, {})).statusCode).toBe(303);
    expect((await post(action, {})).statusCode).toBe(404);
  });
});

describe('import from Excel', () => {
  const sheet = (rows: (string | number)[][], headings: string[] = sheetColumns.map((column) => column.header)) =>
    writeXlsx({ sheets: [{ name: 'x', rows: [headings, ...rows] }] });
  const upload = (bytes: Uint8Array, fileName = 'can-bo.xlsx', session = admin) => {
    const boundary = 'xxBOUNDARYxx';
    const field = `--${boundary}\r\ncontent-disposition: form-data; name="_csrf"\r\n\r\n${session.csrf(app.context.config.secret)}\r\n`;
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${fileName}"\r\ncontent-type: application/octet-stream\r\n\r\n`;
    return app.app.inject({
      method: 'POST',
      url: paths.adminPeopleImport(),
      headers: { cookie: session.cookie, 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload: Buffer.concat([Buffer.from(field + head), bytes, Buffer.from(`\r\n--${boundary}--\r\n`)]),
    });
  };
  const good = (code: string, name: string): string[] => [code, name, '', '', 'H41.88.01', 'chuyên viên', '01/03/2026'];

  test('shows every row’s faults, takes over the good ones once, and leaves the rest', async () => {
    const rows = [
      good('IMP01', 'Hồ Văn Một'),
      good('IMP01', 'Hồ Văn Lặp'),
      ['IMP02', '', 'sai@', '12', 'H41.88.01', 'Chuyên viên', 'hôm qua'],
      ['IMP03', 'Hồ Văn Ba', '', '', 'H41.777777', 'Chuyên viên', '01/03/2026'],
      ['IMP04', 'Hồ Văn Bốn', '', '', 'H41.88.01', 'Vị trí lạ', '01/03/2026'],
      ['', '', '', '', '', '', ''],
      ['IMP05', 'HỒ THỊ NĂM', 'nam@example.vn', '0912345678', 'H41.88', 'Chuyên viên', '2026-03-01'],
    ];
    const sent = await upload(await sheet(rows));
    expect(sent.statusCode).toBe(303);
    const report = sent.headers.location ?? '';
    const shown = await get(report);
    expect(shown.body).toContain('2 dòng đúng, 4 dòng có lỗi');
    expect(shown.body).toContain('Mã cán bộ lặp trong tệp');
    expect(await listOfficersByStaffCode(app.db.reader, ['IMP01'])).toEqual([]);
    expect((await get(report, local)).statusCode).toBe(404);
    expect((await post(report, { action: 'apply' })).statusCode).toBe(303);
    const names = (await listOfficersByStaffCode(app.db.reader, ['IMP01', 'IMP02', 'IMP03', 'IMP04', 'IMP05']))
      .map((officer) => officer.fullName)
      .sort();
    expect(names).toEqual(['Hồ Thị Năm', 'Hồ Văn Một']);
    expect((await post(report, { action: 'apply' })).statusCode).toBe(409);
    expect((await post(report, { action: 'discard' })).statusCode).toBe(409);
    expect((await get((await upload(await sheet(rows))).headers.location ?? '')).body).toContain(
      'Mã cán bộ đã có người dùng',
    );
  });

  test('takes nobody over when one code was taken in the meantime', async () => {
    const report =
      (await upload(await sheet([good('RACE1', 'Cao Văn Một'), good('RACE2', 'Cao Văn Hai')]))).headers.location ?? '';
    await app.db.write((tx) => insertTestOfficer(tx, { staffCode: 'RACE2' }));
    expect((await post(report, { action: 'apply' })).statusCode).toBe(409);
    expect(await listOfficersByStaffCode(app.db.reader, ['RACE1'])).toEqual([]);
    expect((await post(report, { action: 'discard' })).statusCode).toBe(303);
  });

  test('outside one’s reach is a fault of the row', async () => {
    const rows = [['LOC01', 'Hà Văn An', '', '', 'H41.99999', 'Công chức', '01/03/2026']];
    expect(
      (await get((await upload(await sheet(rows), 'x.xlsx', local)).headers.location ?? '', local)).body,
    ).toContain('Bạn không quản lý đơn vị này');
  });

  test('with other headings, another kind of file, an empty or broken one is a clear 422', async () => {
    const wrong = await sheet([], ['A', 'B']);
    for (const [bytes, name] of [
      [wrong, 'a.xlsx'],
      [Buffer.from('chỉ là chữ'), 'a.xlsx'],
      [Buffer.alloc(0), 'a.xlsx'],
      [wrong.subarray(0, wrong.length / 2), 'a.xlsx'],
      [wrong, 'a.exe'],
      [Buffer.alloc(6_000_000), 'a.xlsx'],
    ] as const) {
      const reply = await upload(bytes, name);
      expect([422, 413], `${name} ${bytes.length}`).toContain(reply.statusCode);
    }
    expect((await post(paths.adminPeopleImport(), {})).statusCode).toBe(422);
  });

  test('has a template whose headings it accepts', async () => {
    const template = await get(paths.adminPeopleTemplate());
    expect((await readXlsx(template.rawPayload)).sheets[0]?.rows[0]).toEqual(
      sheetColumns.map((column) => column.header),
    );
  });
});
