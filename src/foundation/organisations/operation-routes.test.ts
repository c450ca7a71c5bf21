import { describe, expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial } from '../../testing/people.ts';
import { insertTestOfficer, insertTestPost, insertTestUnit } from './testing.ts';

const app = await testApp();
const { db } = app;
const manage = ['organisations.manage'];
const drafter = await signedInOfficial(app, manage, { reach: 'all', name: 'Trần Lập' });
const checker = await signedInOfficial(app, manage, { reach: 'all', name: 'Lê Kiểm' });
const LIST = '/quan-tri/sap-xep-don-vi';

let serial = 0;
async function twoCommunes() {
  const n = ++serial;
  return db.write(async (tx) => {
    const make = async (name: string, code: string) => {
      const unitId = await insertTestUnit(tx, {
        nameVi: name,
        kind: 'commune',
        agencyCode: code,
        validFrom: '2020-01-01',
      });
      const postId = await insertTestPost(tx, { unitId, validFrom: '2020-01-01' });
      await insertTestOfficer(tx, { name: `Nguyễn Văn ${name}`, postIds: [postId], validFrom: '2020-01-01' });
      return { unitId, name, code };
    };
    return [await make(`Xã Đông ${n}`, `H41.7${n}1`), await make(`Xã Tây ${n}`, `H41.7${n}2`)] as const;
  });
}
const decision = (fields: Record<string, string>) => ({
  title: 'Nhập hai xã',
  decisionNumber: '12/NQ-HĐND',
  issuingBody: 'Hội đồng nhân dân tỉnh',
  effectiveOn: '23/11/2026',
  ...fields,
});
const versionIn = (html: string) => /name="version" value="(\d+)"/.exec(html)?.[1] ?? '';
const locationOf = (reply: { headers: Record<string, unknown> }) => String(reply.headers['location']);
async function act(browser: typeof drafter, path: string, action: string) {
  const version = versionIn((await browser.get(path)).body);
  return browser.post(`${path}/thuc-hien`, { version, action });
}

describe('an operation on the pages', () => {
  test('is drawn up, checked by a second person, run and undone', async () => {
    const [east, west] = await twoCommunes();
    const made = await drafter.post(
      `${LIST}/moi?loai=merge`,
      decision({
        kind: 'merge',
        fromUnits: `${east.code}, ${west.name}`,
        newNameVi: 'Xã Đông Tây',
        newCode: 'H41.799',
      }),
    );
    expect(made.statusCode).toBe(303);
    const path = locationOf(made);
    const drawn = (await drafter.get(path)).body;
    for (const text of [east.name, west.name, 'Xã Đông Tây', 'Người giữ vị trí', 'Bản nháp'])
      expect(drawn).toContain(text);
    expect(drawn).not.toContain('value="check"');
    expect((await act(drafter, path, 'check')).statusCode).toBe(403);
    expect((await act(checker, path, 'start')).statusCode).toBe(409);
    expect((await act(checker, path, 'check')).statusCode).toBe(303);
    expect((await act(checker, path, 'start')).statusCode).toBe(303);
    await app.drain();
    expect((await drafter.get(path)).body).toContain('Xong lúc');
    expect((await drafter.get(`/quan-tri/don-vi/${east.unitId}?ngay=2026-11-22`)).body).toContain('Nhập hai xã');
    const undo = await drafter.get(`${path}/hoan-tac`);
    expect(undo.body).not.toContain('Không hoàn tác được');
    expect((await drafter.post(`${path}/hoan-tac`, {})).statusCode).toBe(303);
    await app.drain();
    expect((await drafter.get(`/en${path}`)).body).toContain('Undone');
    const [row] = await db.reader.raw<{ valid_to: string | null }>(
      'select valid_to from organisations.unit_version where unit_id = $1',
      [east.unitId],
    );
    expect(row?.valid_to).toBeNull();
  });

  test('comes back with what was typed and says what is wrong', async () => {
    const [east] = await twoCommunes();
    const wrong = await drafter.post(
      `${LIST}/moi?loai=merge`,
      decision({
        kind: 'merge',
        fromUnits: `${east.code}, Xã Không Có`,
        toUnit: 'H41.1',
        effectiveOn: '31/2/2026',
        title: '<b>x</b>',
      }),
    );
    expect(wrong.statusCode).toBe(422);
    for (const text of ['Xã Không Có', 'Nhập ngày như 01/07/2025', 'Không tìm thấy đơn vị', '&lt;b>x&lt;/b>'])
      expect(wrong.body).toContain(text);
    expect(
      (
        await drafter.post(
          `${LIST}/moi?loai=split`,
          decision({ kind: 'split', fromUnit: east.code, newNames: 'Chỉ một' }),
        )
      ).statusCode,
    ).toBe(422);
    expect((await drafter.post(`${LIST}/moi?loai=found`, decision({ kind: 'found' }))).statusCode).toBe(422);
    for (const kind of ['rename', 'dissolve', 'move', 'found', 'split', 'x" onload="'])
      expect((await drafter.get(`${LIST}/moi?loai=${encodeURIComponent(kind)}`)).statusCode).toBe(200);
  });

  test('leaves open questions to a person, unit by unit, and takes the answers', async () => {
    const [east, west] = await twoCommunes();
    const made = await drafter.post(`${LIST}/moi?loai=dissolve`, decision({ kind: 'dissolve', fromUnits: east.code }));
    const path = locationOf(made);
    const page = await drafter.get(path);
    expect(page.body).toContain('1 trong 1 điểm chưa quyết định');
    expect((await act(checker, path, 'check')).statusCode).toBe(409);
    const answered = await drafter.post(`${path}/quyet-dinh`, {
      version: versionIn(page.body),
      [`target:${east.unitId}`]: west.code,
      'target:evil': 'x',
    });
    expect(answered.statusCode).toBe(303);
    expect((await drafter.get(path)).body).toContain('0 trong 1 điểm chưa quyết định');
    expect((await drafter.post(`${path}/quyet-dinh`, { version: versionIn(page.body) })).statusCode).toBe(409);
    expect((await act(checker, path, 'check')).statusCode).toBe(303);
    const more = await drafter.get(path);
    await drafter.post(`${path}/thay-doi?loai=rename`, {
      version: versionIn(more.body),
      kind: 'rename',
      unit: west.code,
      nameVi: 'Xã Tây Mới',
    });
    expect((await drafter.get(path)).body).toContain('Bản nháp');
  });

  test('is for whoever manages every unit it names, and for nobody else', async () => {
    const [east, west] = await twoCommunes();
    const made = await drafter.post(
      `${LIST}/moi?loai=merge`,
      decision({ kind: 'merge', fromUnits: east.code, toUnit: west.code }),
    );
    const local = await signedInOfficial(app, manage, { unitId: west.unitId });
    expect((await local.get(locationOf(made))).statusCode).toBe(403);
    const clerk = await signedInOfficial(app, ['dossiers.view']);
    expect((await clerk.get(LIST)).statusCode).toBe(403);
    expect((await drafter.get(`${LIST}/khong-co`)).statusCode).toBe(404);
  });
});

describe('a file', () => {
  const upload = (content: string | Buffer, name: string, fields: Record<string, string> = {}) => {
    const boundary = 'ranh-gioi';
    const session = drafter.session()!;
    const all = { _csrf: session.csrf(app.context.config.secret), ...fields };
    const parts = Object.entries(all).map(
      ([key, value]) => `--${boundary}\r\ncontent-disposition: form-data; name="${key}"\r\n\r\n${value}\r\n`,
    );
    const head = `--${boundary}\r\ncontent-disposition: form-data; name="file"; filename="${name}"\r\ncontent-type: text/csv\r\n\r\n`;
    return app.app.inject({
      method: 'POST',
      url: `${LIST}/nhap`,
      headers: { cookie: session.cookie, 'content-type': `multipart/form-data; boundary=${boundary}` },
      payload: Buffer.concat([
        Buffer.from(parts.join('') + head),
        Buffer.from(content),
        Buffer.from(`\r\n--${boundary}--\r\n`),
      ]),
    });
  };

  test('of mappings becomes a plan; what no row resolves is reported, who takes over from the rest is left to a person', async () => {
    const [east, west] = await twoCommunes();
    const csv = [
      'Loại thay đổi,Từ đơn vị,Đến đơn vị,Tên mới,Mã định danh',
      `nhập,${east.code},X1,Xã Hợp Nhất ${serial},H41.7${serial}9`,
      `giải thể,${west.code},,,`,
      'nhập,H41.99999,X1,,',
      `nhập,${east.code},X1,,`,
    ].join('\n');
    const made = await upload(`\uFEFF${csv}`, 'thay-doi.csv', { effectiveOn: '23/11/2026', decisionNumber: '7/NQ' });
    expect(made.statusCode).toBe(303);
    const page = (await drafter.get(String(made.headers.location))).body;
    for (const text of [
      `Xã Hợp Nhất ${serial}`,
      'H41.99999',
      'Không nguồn nào cho biết',
      'bị nhập hoặc chia hai lần',
      'Ai nhận nhiệm vụ',
    ])
      expect(page).toContain(text);
  });

  test.each([
    ['', 'rong.csv'],
    ['a,b\n1,2', 'sai.csv'],
    ['{"rows":[{"change":"explode"}]}', 'sai.json'],
    ['{"rows":', 'hong.json'],
    ['PK\u0003\u0004khong phai xlsx', 'hong.xlsx'],
    ['{"rows":[],"__proto__":{"x":1}}', 'rong.json'],
  ])('that is none (%s) is refused with a reason', async (content, name) => {
    const refused = await upload(content, name, { effectiveOn: '23/11/2026' });
    expect(refused.statusCode).toBe(422);
    expect(refused.body).toContain('govuk-error-summary');
  });
});
