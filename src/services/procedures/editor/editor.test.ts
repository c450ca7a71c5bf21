import { beforeAll, describe, expect, test } from 'vitest';
import { loadProvinceUnits } from '../../../foundation/organisations/index.ts';
import { testApp } from '../../../testing/app.ts';
import { signedInOfficial, type SignedIn } from '../../../testing/people.ts';
import { loadProvinceProcedures } from '../load-province.ts';
import { findProcedure, listVersions } from '../procedure-queries.ts';
import { findOpenRevision } from './revision-queries.ts';

const app = await testApp();
const code = '1.001193';
const at = `/quan-tri/thu-tuc/${code}`;
let author: SignedIn;
let second: SignedIn;
let reviewer: SignedIn;
let admin: SignedIn;

beforeAll(async () => {
  await loadProvinceUnits(app.context);
  await loadProvinceProcedures(app.context);
  author = await signedInOfficial(app, ['procedures.edit', 'procedures.review'], { name: 'Lê Thị Soạn' });
  second = await signedInOfficial(app, ['procedures.edit'], { name: 'Trần Văn Cùng' });
  reviewer = await signedInOfficial(app, ['procedures.review'], { name: 'Phạm Thị Duyệt', unitId: author.unitId });
  admin = await signedInOfficial(app, ['procedures.manage'], { name: 'Võ Văn Quản' });
});

const draft = async () => (await findOpenRevision(app.db.reader, code))!;
const newest = async () => (await listVersions(app.db.reader, code))[0]!;
const rowVersion = async () => String((await newest()).rowVersion);
const save = async (who: SignedIn, section: string, values: Record<string, string>, version?: string) =>
  who.post(`${at}/soan/phan/${section}`, { act: 'save', version: version ?? (await rowVersion()), ...values });
const state = (who: SignedIn, act: string, more: Record<string, string> = {}) =>
  who.post(`${at}/soan/chuyen`, { act, ...more });
/** What a page of a section would send if nothing were changed. */
async function fieldsOf(section: string): Promise<Record<string, string>> {
  const { body } = await author.get(`${at}/soan/phan/${section}`);
  const decode = (text: string) =>
    text.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&#39;', "'").replaceAll('&amp;', '&'); // prettier-ignore
  const fields: Record<string, string> = {};
  for (const [input] of body.matchAll(/<input[^>]*>/g)) {
    const name = /name="([^"]*)"/.exec(input)?.[1];
    if (name && /^[fr]\.|^rows$/.test(name) && !/checkbox/.test(input))
      fields[name] = decode(/value="([^"]*)"/.exec(input)?.[1] ?? '');
  }
  for (const match of body.matchAll(/<textarea[^>]*name="([^"]*)"[^>]*>([^<]*)</g))
    if (/^[fr]\./.test(match[1]!)) fields[match[1]!] = decode(match[2]!);
  for (const match of body.matchAll(/<select[^>]*name="([^"]*)"[^>]*>(.*?)<\/select>/gs))
    fields[match[1]!] = /<option value="([^"]*)"[^>]*selected/.exec(match[2]!)?.[1] ?? '';
  return fields;
}

describe('a procedure is written by one person and approved by another', () => {
  test('a draft is opened with a reason, once; others may not', async () => {
    expect((await author.get(`${at}/soan`)).body).toContain('Chưa ai soạn bản mới');
    const { versionId: from } = await newest();
    expect((await author.post(`${at}/soan`, { from, reason: ' ' })).statusCode).toBe(422);
    expect((await author.post(`${at}/soan`, { from: 'x', reason: 'y' })).statusCode).toBe(404);
    expect((await reviewer.post(`${at}/soan`, { from, reason: 'y' })).statusCode).toBe(403);
    const opened = await author.post(`${at}/soan`, { from, reason: 'Giảm thời hạn', muc: 'cach-thuc' });
    expect(opened.headers.location).toContain('/soan/phan/cach-thuc');
    expect((await second.post(`${at}/soan`, { from, reason: 'Cũng sửa' })).statusCode).toBe(409);
    expect(await draft()).toMatchObject({ state: 'writing', author: 'Lê Thị Soạn', reason: 'Giảm thời hạn' });
    expect((await newest()).source).toBe('office');
  });

  test.each(['thong-tin-chung', 'trinh-tu', 'cach-thuc', 'phi-le-phi', 'thanh-phan-ho-so', 'ket-qua', 'can-cu-phap-ly', 'cac-buoc-xu-ly', 'truc-tuyen'])(
    'a section saved as it was changes nothing: %s',
    async (section) => {
      const before = await newest();
      const fields = await fieldsOf(section);
      const more = new URLSearchParams({ ...fields, act: 'save', version: String(before.rowVersion) });
      for (const level of before.levels) more.append('f.levels', level);
      for (const one of before.audiences) more.append('f.audiences', one);
      for (const kind of before.content.files.accept) more.append('f.accept', kind);
      const saved = await author.post(`${at}/soan/phan/${section}`, [...more.entries()]);
      expect(saved.statusCode).toBe(303);
      const { rowVersion: _a, ...now } = await newest();
      const { rowVersion: _b, ...was } = before;
      expect(now).toEqual(was);
    },
  ); // prettier-ignore

  test('fields are checked, kept, and a row is added, moved and removed', async () => {
    const fields = await fieldsOf('can-cu-phap-ly');
    const rows = Number(fields['rows']);
    const wrong = await save(author, 'can-cu-phap-ly', {
      ...fields,
      'r.0.date': '31/02/2026',
      'r.0.link': 'javascript:alert(1)',
      'r.0.article': '<script>x</script>',
    });
    expect(wrong.statusCode).toBe(422);
    expect(wrong.body).toContain('31/02/2026');
    expect(wrong.body).toContain('&lt;script');
    expect(wrong.body).not.toContain('<script>x');
    const added = {
      ...fields,
      rows: String(rows + 1),
      [`r.${rows}.number`]: '224/2026/NĐ-CP',
      [`r.${rows}.date`]: '1/7/2026',
      [`r.${rows}.titleVi`]: 'Thủ tục hành chính trên môi trường điện tử',
      [`r.${rows}.article`]: 'Điều 14',
      [`r.${rows}.link`]: 'https://vanban.chinhphu.vn/',
    };
    expect((await save(author, 'can-cu-phap-ly', added)).statusCode).toBe(303);
    expect((await newest()).content.legalBases.at(-1)).toEqual({
      number: '224/2026/NĐ-CP',
      date: '2026-07-01',
      title: { vi: 'Thủ tục hành chính trên môi trường điện tử' },
      article: 'Điều 14',
      link: 'https://vanban.chinhphu.vn/',
    });
    const order = (await newest()).content.legalBases.map((one) => one.number);
    await save(author, 'can-cu-phap-ly', { ...(await fieldsOf('can-cu-phap-ly')), act: `up:${order.length - 1}` });
    expect((await newest()).content.legalBases.at(-2)!.number).toBe('224/2026/NĐ-CP');
    await save(author, 'can-cu-phap-ly', { ...(await fieldsOf('can-cu-phap-ly')), act: 'remove:0' });
    expect((await newest()).content.legalBases).toHaveLength(order.length - 1);
  });

  test('who saves over somebody else is told and loses nothing', async () => {
    const fields = await fieldsOf('ket-qua');
    const stale = await rowVersion();
    expect((await save(second, 'ket-qua', { ...fields, 'r.0.nameVi': 'Giấy khai sinh (bản chính)' })).statusCode).toBe(
      303,
    );
    const refused = await save(author, 'ket-qua', { ...fields, 'r.0.nameVi': 'Bản của tôi' }, stale);
    expect(refused.statusCode).toBe(409);
    expect(refused.body).toContain('Bản của tôi');
  });

  test('nobody who wrote in it approves it; remarks go back and forth', async () => {
    const fields = await fieldsOf('cach-thuc');
    await save(author, 'cach-thuc', { ...fields, 'r.0.amount': '2,5', 'r.0.unit': 'workingDay' });
    expect((await state(reviewer, 'approve')).statusCode).toBe(409);
    expect((await state(reviewer, 'send')).statusCode).toBe(403);
    expect((await state(author, 'send')).statusCode).toBe(303);
    expect((await save(author, 'ket-qua', await fieldsOf('ket-qua'))).statusCode).toBe(409);
    expect((await state(author, 'approve')).statusCode).toBe(403);
    expect((await state(second, 'approve')).statusCode).toBe(403);
    await app.drain();
    expect((await reviewer.get('/lam-viec/thong-bao')).body).toContain(`Thủ tục ${code} chờ duyệt`);
    expect((await author.get('/lam-viec/thong-bao')).body).not.toContain('chờ duyệt');
    const page = await reviewer.get(`${at}/soan`);
    expect(page.body).toContain('Trả lại để sửa');
    expect((await reviewer.post(`${at}/soan/gop-y`, { section: 'channels', body: '' })).statusCode).toBe(422);
    expect((await reviewer.post(`${at}/soan/gop-y`, { section: 'channels', body: 'Ghi rõ ngày làm việc' })).statusCode).toBe(303); // prettier-ignore
    expect((await reviewer.get(`${at}/soan`)).body).toContain('1 góp ý chưa giải quyết');
    expect((await state(reviewer, 'return')).statusCode).toBe(422);
    expect((await state(reviewer, 'return', { note: 'Xem góp ý' })).statusCode).toBe(303);
    expect((await draft()).state).toBe('sent-back');
    expect((await author.get('/lam-viec/thong-bao')).body).toContain(`Bản soạn ${code} bị trả lại`);
    const remarks = (await author.get(`${at}/soan/phan/cach-thuc`)).body;
    const id = /name="settle" value="([^"]+)"/.exec(remarks)![1]!;
    await author.post(`${at}/soan/gop-y`, { section: 'channels', settle: id });
    expect((await author.get(`${at}/soan/phan/cach-thuc`)).body).toContain('Đã giải quyết (Lê Thị Soạn)');
    await state(author, 'send');
    expect((await admin.post(`${at}/phien-ban/${(await newest()).versionId}/cong-bo`, { validFrom: '1/12/2026', version: await rowVersion() })).statusCode).toBe(409); // prettier-ignore
    expect((await state(reviewer, 'approve', { note: 'Đồng ý' })).statusCode).toBe(303);
  });

  test('a publication to come takes effect by itself, and can be taken back until then', async () => {
    const before = (await findProcedure(app.db.reader, code, '2026-11-23'))!;
    const { versionId } = await newest();
    const publish = async (day: string) =>
      admin.post(`${at}/phien-ban/${versionId}/cong-bo`, { validFrom: day, version: await rowVersion() });
    expect((await publish('01/12/2026')).statusCode).toBe(303);
    expect((await findProcedure(app.db.reader, code, '2026-11-30'))!.versionId).toBe(before.versionId);
    expect((await findProcedure(app.db.reader, code, '2026-12-01'))!.versionId).toBe(versionId);
    expect((await admin.get(at)).body).toContain('Sắp áp dụng');
    const undo = async (reason: string) =>
      admin.post(`${at}/phien-ban/${versionId}/rut-cong-bo`, { reason, version: await rowVersion() });
    expect((await undo('')).statusCode).toBe(422);
    expect((await undo('Chờ quyết định')).statusCode).toBe(303);
    expect((await findProcedure(app.db.reader, code, '2027-01-01'))!.versionId).toBe(before.versionId);
    expect((await findProcedure(app.db.reader, code, '2027-01-01'))!.validTo).toBe(before.validTo);
    expect((await draft()).state).toBe('approved');
    expect((await publish('01/12/2026')).statusCode).toBe(303);
    app.db.clock.set('2026-12-02T08:00:00+07:00');
    const late = await signedInOfficial(app, ['procedures.manage']);
    const sent = { reason: 'Muộn', version: await rowVersion() };
    expect((await late.post(`${at}/phien-ban/${versionId}/rut-cong-bo`, sent)).statusCode).toBe(409);
    app.db.clock.set('2026-11-23T08:00:00+07:00');
    expect(await findOpenRevision(app.db.reader, code)).toBeUndefined();
  });

  test('versions are compared side by side, and the history says who, when and why', async () => {
    const [now, was] = await listVersions(app.db.reader, code);
    const compared = await reviewer.get(`${at}/so-sanh?tu=${was!.versionId}&den=${now!.versionId}`);
    expect(compared.body).toContain('2,5 ngày làm việc');
    expect(compared.body).toContain('<ins');
    expect(compared.body).toContain('Căn cứ pháp lý');
    expect((await reviewer.get(`${at}/so-sanh?tu=x&den=%00`)).statusCode).toBe(200);
    const english = await reviewer.get(`/en${at}/so-sanh?tu=${was!.versionId}&den=${now!.versionId}`);
    expect(english.body).toContain('2.5 working days');
    const history = await reviewer.get(`${at}/lich-su`);
    for (const text of ['Rút lại công bố', 'Chờ quyết định', 'Trả lại bản soạn', 'Xem góp ý', 'Phạm Thị Duyệt'])
      expect(history.body).toContain(text);
  });

  test('a text that has lost force is warned of wherever it is cited', async () => {
    const saved = await admin.post('/quan-tri/thu-tuc/van-ban', {
      number: '224/2026/NĐ-CP',
      titleVi: 'Thủ tục hành chính trên môi trường điện tử',
      issuedOn: '01/07/2026',
      lostForceOn: '20/11/2026',
      replacedBy: '300/2026/NĐ-CP',
    });
    expect(saved.statusCode).toBe(303);
    app.db.clock.set('2026-12-02T08:00:00+07:00');
    const late = await signedInOfficial(app, ['procedures.manage']);
    expect((await late.get(at)).body).toContain('224/2026/NĐ-CP hết hiệu lực từ 20/11/2026, thay bằng 300/2026/NĐ-CP');
    const list = await late.get('/quan-tri/thu-tuc/van-ban?hieu-luc=het');
    expect(list.body).toContain('224/2026/NĐ-CP');
    app.db.clock.set('2026-11-23T08:00:00+07:00');
    const wrong = { number: '', titleVi: '', issuedOn: 'x', link: 'ftp://x' };
    expect((await admin.post('/quan-tri/thu-tuc/van-ban', wrong)).statusCode).toBe(422);
    expect((await author.post('/quan-tri/thu-tuc/van-ban', { number: '1', titleVi: 'x' })).statusCode).toBe(403);
    expect((await admin.get('/quan-tri/thu-tuc/van-ban/xuat/csv')).body).toContain('300/2026/NĐ-CP');
  });

  test('a new procedure begins as a draft, cannot be sent while parts are missing, and goes when discarded', async () => {
    const make = (values: Record<string, string>) => author.post('/quan-tri/thu-tuc/moi', values);
    expect((await make({ code: 'abc', nameVi: '', reason: '' })).statusCode).toBe(422);
    expect((await make({ code, nameVi: 'Trùng', reason: 'x' })).statusCode).toBe(422);
    expect((await make({ code: '9.000777', nameVi: 'Thủ tục mới', reason: 'Luật mới' })).statusCode).toBe(303);
    expect((await author.get('/quan-tri/thu-tuc/9.000777/soan')).body).toContain('Chưa gửi duyệt được vì còn thiếu');
    const to = '/quan-tri/thu-tuc/9.000777/soan/chuyen';
    expect((await author.post(to, { act: 'send' })).statusCode).toBe(422);
    expect((await author.get('/quan-tri/thu-tuc/ban-soan')).body).toContain('9.000777');
    expect((await author.post(to, { act: 'discard' })).statusCode).toBe(422);
    expect((await author.post(to, { act: 'discard', discard: 'yes' })).statusCode).toBe(303);
    expect((await author.get('/quan-tri/thu-tuc/9.000777')).statusCode).toBe(404);
  });

  test('a publication may have a last day', async () => {
    const [version] = await listVersions(app.db.reader, '1.001612');
    const at2 = `/quan-tri/thu-tuc/1.001612/phien-ban/${version!.versionId}`;
    await admin.post(`${at2}/bai-bo`, { reason: 'thử', version: String(version!.rowVersion) });
    const [retired] = await listVersions(app.db.reader, '1.001612');
    const publish = (validTo: string) =>
      admin.post(`${at2}/cong-bo`, { validFrom: '23/11/2026', validTo, version: String(retired!.rowVersion) });
    expect((await publish('22/11/2026')).statusCode).toBe(422);
    expect((await publish('30/11/2026')).statusCode).toBe(303);
    expect(await findProcedure(app.db.reader, '1.001612', '2026-11-30')).toBeDefined();
    expect(await findProcedure(app.db.reader, '1.001612', '2026-12-01')).toBeUndefined();
  });

  test('an abolished procedure holds until its last day', async () => {
    const version = (await findProcedure(app.db.reader, '2.000720', '2026-11-23'))!;
    const to = `/quan-tri/thu-tuc/2.000720/phien-ban/${version.versionId}/bai-bo`;
    const sent = (lastDay: string) =>
      admin.post(to, { reason: 'Luật bãi bỏ', lastDay, version: String(version.rowVersion) });
    expect((await sent('01/01/2020')).statusCode).toBe(422);
    expect((await sent('31/12/2026')).statusCode).toBe(303);
    expect(await findProcedure(app.db.reader, '2.000720', '2026-12-31')).toBeDefined();
    expect(await findProcedure(app.db.reader, '2.000720', '2027-01-01')).toBeUndefined();
  });
});
