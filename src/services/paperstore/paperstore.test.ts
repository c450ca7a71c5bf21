import { beforeAll, describe, expect, test } from 'vitest';
import { fileKinds, registerFile, storeBytes } from '../../foundation/files/index.ts';
import { insertCitizen, sessionFor, browserOf, type TestAccount } from '../../foundation/identity/testing.ts';
import { SESSION_COOKIE } from '../../platform/session.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen, signedInOfficial } from '../../testing/people.ts';
import { fillBirth, loadProvince, postFiles, smallPdf, startAt } from '../portal/testing.ts';
import { actTakenBack, resultReturned, submitDossier } from '../dossiers/index.ts';
import { publish } from '../../platform/events.ts';
import { aCitizen, aDossier, insertPlace, TEST_SECRET } from '../dossiers/testing.ts';
import { eraseOverdue } from './delete-paper.ts';
import { mergePapers } from './merge-papers.ts';
import { checkPaperKinds } from './paper-kinds.ts';
import { dayIn } from './paper-form.ts';
import { remindOfExpiry } from './remind-of-expiry.ts';
import { fitsComponent, guessKind, validityOf } from './stored-paper.ts';

const app = await testApp();
const START = '2026-11-23T09:00:00+07:00';
app.db.clock.set(START);
const inJob = { ...app.context, requestId: 'test' };
type Person = Awaited<ReturnType<typeof signedInCitizen>>;
const STORE = '/tai-khoan/giay-to';
const days = (n: number): void => app.db.clock.set(new Date(Date.parse(START) + n * 86_400_000).toISOString());

beforeAll(async () => {
  await loadProvince(app);
}, 120_000);

const rows = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  app.db.reader.raw<Row>(sql, values);
const one = async (sql: string, values: unknown[] = []): Promise<number> =>
  (await rows<{ n: number }>(`select count(*)::int as n from ${sql}`, values))[0]!.n;

/** Adds a paper as a browser does; returns the answer and, when it was taken, the paper's id. */
async function addPaper(
  person: Person,
  facts: Record<string, string> = {},
  file: { name: string; content: Buffer } | null = { name: 'can-cuoc.pdf', content: smallPdf('giấy') },
) {
  const fields = { loai: 'can-cuoc', ten: '', so: '', 'noi-cap': '', 'ngay-cap': '', 'het-han': '', ...facts };
  const answer = await postFiles(app, person, `${STORE}/moi`, [
    ...Object.entries(fields).map(([name, value]) => ({ name, value })),
    ...(file ? [{ name: 'tep', fileName: file.name, content: file.content }] : []),
  ]);
  return { answer, id: /giay-to\/([0-9a-f-]{36})/.exec(answer.headers.location ?? '')?.[1] ?? '' };
}

describe('what fits and what holds', () => {
  const kinds = checkPaperKinds([
    { key: 'can-cuoc', name: { vi: 'Căn cước', en: 'Identity card' }, words: ['căn cước', 'có ảnh'] },
    { key: 'khai-sinh', name: { vi: 'Giấy khai sinh', en: 'Birth certificate' }, words: ['khai sinh'] },
  ]);
  test('a component is met by its words, without regard to tones and case', () => {
    expect(fitsComponent(kinds[0], 'CAN CUOC hoặc hộ chiếu')).toBe(true);
    expect(fitsComponent(kinds[0], 'Ảnh 4 cm × 6 cm')).toBe(false);
    expect(fitsComponent(undefined, 'Căn cước')).toBe(false);
    expect(guessKind(kinds, 'Bản sao Giấy khai sinh')).toBe('khai-sinh');
    expect(guessKind(kinds, 'Thư mời')).toBe('khac');
  });
  test('a list of kinds is held to its form', () => {
    expect(kinds.at(-1)?.key).toBe('khac');
    for (const wrong of [
      null,
      {},
      [null],
      [{ key: 'A b', name: { vi: 'x', en: 'x' }, words: [] }],
      [kinds[0], kinds[0]],
    ])
      expect(() => checkPaperKinds(wrong)).toThrow(/paper-kinds/);
  });
  test('validity counts its last day', () => {
    const until = (validUntil: string | null) => validityOf({ validUntil }, '2026-11-23', 30);
    expect([until(null), until('2026-11-22'), until('2026-11-23'), until('2026-12-23'), until('2026-12-24')]).toEqual([
      'unlimited',
      'expired',
      'soon',
      'soon',
      'valid',
    ]);
    expect([dayIn('2026-02-30'), dayIn('30/01/2026'), dayIn('2024-02-29')]).toEqual([null, null, '2024-02-29']);
  });
});

describe('the store of a person', () => {
  test('a paper is added, found, described anew, replaced, deleted and had back', async () => {
    const person = await signedInCitizen(app);
    expect((await person.get(STORE)).body).toContain('Kho của bạn chưa có giấy tờ nào');
    const { answer, id } = await addPaper(person, {
      so: '040190000017',
      'noi-cap': 'Bộ Công an',
      'het-han': '2026-12-01',
    });
    expect(answer.statusCode).toBe(303);
    const shown = await person.get(`${STORE}/${id}`);
    for (const part of [
      'Căn cước',
      '040190000017',
      'Bộ Công an',
      'Sắp hết hạn: 01/12/2026',
      'Chưa xác thực',
      'Ngoài bạn, chưa có ai xem',
    ])
      expect(shown.body).toContain(part);
    expect((await person.get(`${STORE}/${id}/tep`)).rawPayload.equals(smallPdf('giấy'))).toBe(true);
    await addPaper(person, { loai: 'khai-sinh', ten: 'Giấy khai sinh của bé Khôi' });

    for (const [query, has] of [
      ['tim=be+khoi', false],
      ['tim=can+cuoc', true],
      ['loai=khai-sinh', false],
      ['han=sap', true],
      ['han=het', false],
      ['nguon=uploaded', true],
      ['nguon=result', false],
      ['xep=ten', true],
      ['tim=%25', false],
      ['sau=x~y&loai=%27&han=9', true],
    ] as const)
      expect((await person.get(`${STORE}?${query}`)).body.includes(`giay-to/${id}"`), query).toBe(has);

    const version = /name="version" value="(\d+)"/.exec((await person.get(`${STORE}/${id}/sua`)).body)?.[1] ?? '';
    const facts = { loai: 'can-cuoc', ten: 'Căn cước mới', so: '', 'noi-cap': '', 'ngay-cap': '', 'het-han': '' };
    const parts = Object.entries({ ...facts, version }).map(([name, value]) => ({ name, value }));
    expect((await postFiles(app, person, `${STORE}/${id}/sua`, parts)).statusCode).toBe(303);
    expect((await postFiles(app, person, `${STORE}/${id}/sua`, parts)).statusCode, 'a page of before').toBe(409);
    const next = String(Number(version) + 1);
    const replaced = await postFiles(app, person, `${STORE}/${id}/sua`, [
      ...Object.entries({ ...facts, version: next }).map(([name, value]) => ({ name, value })),
      { name: 'tep', fileName: 'moi.pdf', content: smallPdf('bản mới') },
    ]);
    const newId = /giay-to\/([0-9a-f-]{36})/.exec(replaced.headers.location ?? '')?.[1] ?? '';
    expect(newId).not.toBe(id);
    expect((await person.get(`${STORE}/${id}`)).statusCode).toBe(404);
    expect((await person.get(`${STORE}/da-xoa`)).body).toContain('đã thay bằng bản mới');

    expect((await person.post(`${STORE}/${id}/viec/khoi-phuc`, {})).statusCode).toBe(303);
    expect((await person.get(`${STORE}/${id}`)).statusCode).toBe(200);
    const gone = await person.post(`${STORE}/nhieu`, { 'giay-to': id, _do: 'delete' });
    expect(gone.headers.location).toContain('xong=deleted');
    expect((await person.post(`${STORE}/nhieu`, { _do: 'delete' })).statusCode).toBe(422);
    expect((await person.post(`${STORE}/${id}/viec/xoa-han`, {})).statusCode).toBe(303);
    expect(await one('paperstore.paper where id = $1', [id])).toBe(0);
    expect((await person.post(`${STORE}/${newId}/viec/xoa-han`, {})).statusCode, 'it is not deleted').toBe(404);
    const list = await person.get(`${STORE}/xuat/csv`);
    expect(list.body).toContain('Giấy khai sinh của bé Khôi');
  });

  test('wrong and hostile input is told, with what was typed kept', async () => {
    const person = await signedInCitizen(app);
    const { answer } = await addPaper(
      person,
      { 'ngay-cap': '2026-05-01', 'het-han': '2026-04-01', ten: '<b>đậm</b>' },
      null,
    );
    expect(answer.statusCode).toBe(422);
    for (const part of ['Ngày hết hạn phải sau ngày cấp', 'Chọn tệp ảnh', '&lt;b>đậm&lt;/b>', '2026-04-01'])
      expect(answer.body).toContain(part);
    for (const facts of [
      { loai: 'không-có' },
      { loai: '' },
      { ten: 'x'.repeat(201) },
      { so: 'x'.repeat(101) },
      { 'het-han': '2026-13-45' },
      { loai: 'khac', ten: ' ' },
    ] as Record<string, string>[])
      expect((await addPaper(person, facts)).answer.statusCode, JSON.stringify(facts).slice(0, 40)).toBe(422);
    const script = await addPaper(person, {}, { name: 'a.exe', content: Buffer.from('MZ') });
    expect(script.answer.statusCode).toBe(422);
    expect(await one('paperstore.paper where account_id = $1', [person.account.id])).toBe(0);
    const long = await addPaper(person, { ten: 'x'.repeat(200), so: "'); drop table x; --" });
    expect(long.answer.statusCode).toBe(303);
  });

  test('nobody else sees, changes or opens it, and officials have no page of it', async () => {
    const person = await signedInCitizen(app);
    const stranger = await signedInCitizen(app);
    const { id } = await addPaper(person);
    for (const path of ['', '/sua', '/tep', '/xem'])
      expect((await stranger.get(`${STORE}/${id}${path}`)).statusCode).toBe(404);
    for (const act of ['xoa', 'khoi-phuc', 'xoa-han', 'khac'])
      expect((await stranger.post(`${STORE}/${id}/viec/${act}`, {})).statusCode).toBe(404);
    await stranger.post(`${STORE}/nhieu`, { 'giay-to': id, _do: 'delete' });
    expect((await stranger.post(`${STORE}/nhieu`, { 'giay-to': id, _do: 'code' })).statusCode).toBe(404);
    expect((await person.get(`${STORE}/${id}`)).statusCode).toBe(200);
    expect((await browserOf(app).get(STORE)).statusCode).toBe(303);
    expect((await stranger.get(`${STORE}/x' or 1=1`)).statusCode).toBe(404);
  });

  test('what was deleted is erased after its days, with a certificate; bytes of a dossier stay', async () => {
    days(0);
    const person = await signedInCitizen(app);
    const { id } = await addPaper(person, {}, { name: 'a.pdf', content: smallPdf('chỉ một bản') });
    const [{ fileId } = { fileId: '' }] = await rows<{ fileId: string }>(
      'select file_id as "fileId" from paperstore.paper where id = $1',
      [id],
    );
    await person.post(`${STORE}/${id}/viec/xoa`, {});
    days(29);
    await eraseOverdue(inJob);
    expect(await one('paperstore.paper where id = $1', [id])).toBe(1);
    days(31);
    await eraseOverdue(inJob);
    expect(await one('paperstore.paper where id = $1', [id])).toBe(0);
    expect(await one('files.erasure where file_id = $1', [fileId])).toBe(1);
    days(0);
  });

  test('reminded once before the end, by the person’s own choice of days', async () => {
    days(0);
    const person = await signedInCitizen(app);
    const { id } = await addPaper(person, { 'het-han': '2026-12-20' });
    const told = () =>
      one(`notifications.message where template = 'paperstore.expires' and recipient_id = $1 and channel = 'in-app'`, [
        person.account.id,
      ]);
    await person.post(`${STORE}/cach-nhac`, { nhac: '7', 'tu-luu': 'co' });
    await remindOfExpiry(inJob);
    expect(await told()).toBe(0);
    days(21);
    await remindOfExpiry(inJob);
    await remindOfExpiry(inJob);
    expect(await told()).toBe(1);
    days(0);
    await person.post(`${STORE}/cach-nhac`, { nhac: 'khong' });
    await person.post(`${STORE}/${id}/viec/xoa`, {});
    await person.post(`${STORE}/cach-nhac`, { nhac: '99999' });
    expect(
      await rows('select remind_days as d, keep_results as k from paperstore.choice where account_id = $1', [
        person.account.id,
      ]),
    ).toEqual([{ d: null, k: false }]);
  });
});

describe('using papers again', () => {
  test('a paper of the checklist is taken from the store without a second copy, and the dossier keeps it', async () => {
    const person = await signedInCitizen(app);
    const content = smallPdf('chứng sinh trong kho');
    const { id: paperId } = await addPaper(
      person,
      { loai: 'giay-chung-sinh', 'het-han': '2020-01-01' },
      { name: 'cs.pdf', content },
    );
    await addPaper(person, { loai: 'hoc-ba' });
    const id = await startAt(app, person);
    await fillBirth(app, person, id);
    const papers = await person.get(`/nop-ho-so/${id}/giay-to`);
    expect(papers.body).toContain(`take:giay-chung-sinh:${paperId}`);
    expect(papers.body).toContain('Giấy tờ đã hết hạn');
    const choice = await person.get(`/nop-ho-so/${id}/kho-giay-to/giay-chung-sinh`);
    expect(choice.body.indexOf('Giấy chứng sinh')).toBeLessThan(choice.body.indexOf('Học bạ'));
    expect((await person.post(`/nop-ho-so/${id}/kho-giay-to/giay-chung-sinh`, {})).statusCode).toBe(422);
    expect((await person.get(`/nop-ho-so/${id}/kho-giay-to/khong-co`)).statusCode).toBe(404);

    const stranger = await signedInCitizen(app);
    const foreign = (await addPaper(stranger, { loai: 'giay-chung-sinh' })).id;
    const stolen = await person.post(`/nop-ho-so/${id}/kho-giay-to/giay-chung-sinh`, { 'giay-to': foreign });
    expect(stolen.statusCode).toBe(422);
    expect(stolen.body).toContain('không còn trong kho');

    const taken = await postFiles(app, person, `/nop-ho-so/${id}/giay-to`, [
      { name: '_do', value: 'continue' },
      { name: '_do', value: `take:giay-chung-sinh:${paperId}` },
    ]);
    expect(taken.statusCode).toBe(303);
    expect((await person.get(`/nop-ho-so/${id}/giay-to`)).body).toContain('lấy từ kho giấy tờ');
    expect(
      await one('files.file f join files.file g on g.sha256 = f.sha256 where f.owner_kind = $1 and f.owner_id = $2', [
        'paper',
        paperId,
      ]),
    ).toBe(2);
    await person.post(`/nop-ho-so/${id}/nhan-ket-qua`, { delivery: 'counter' });
    const sent = await person.post(`/nop-ho-so/${id}/gui`, { declare: 'yes', key: id });
    expect(sent.statusCode).toBe(303);
    const [dossier] = await rows<{ id: string; fileId: string; fromStore: boolean }>(
      `select p.dossier_id as id, p.file_id as "fileId", p.is_from_data_store as "fromStore" from dossiers.paper p join portal.application a on a.dossier_id = p.dossier_id where a.id = $1`,
      [id],
    );
    expect(dossier?.fromStore).toBe(true);
    const [at] = await rows<{ unit: string }>('select receiving_unit_id as unit from dossiers.dossier where id = $1', [
      dossier?.id,
    ]);
    const clerk = await signedInOfficial(app, ['dossiers.view', 'dossiers.receive'], { unitId: at!.unit });
    for (const page of ['', '/tiep-nhan'])
      expect((await clerk.get(`/lam-viec/ho-so/${dossier?.id}${page}`)).body).toMatch(
        /từ kho dữ liệu điện tử cá nhân · do người dân tải lên · lưu ngày \d\d\/11\/2026 · chưa xác thực/,
      );
    expect((await person.get(`${STORE}/${paperId}`)).body).toContain('Đăng ký khai sinh');

    await person.post(`${STORE}/${paperId}/viec/xoa`, {});
    await person.post(`${STORE}/${paperId}/viec/xoa-han`, {});
    await app.drain();
    const file = await person.get(`/tai-khoan/ho-so/${dossier?.id}/tep/${dossier?.fileId}`);
    expect(file.rawPayload.equals(content)).toBe(true);

    // And back again: what was handed in can be kept.
    const keep = `${STORE}/tu-ho-so/${dossier?.id}`;
    const [paper] = await rows<{ id: string }>('select id from dossiers.paper where dossier_id = $1', [dossier?.id]);
    expect((await person.get(keep)).body).toContain('Chứng sinh'.toLowerCase());
    expect((await person.post(keep, {})).statusCode).toBe(422);
    expect((await person.post(keep, { 'giay-to': paper!.id })).headers.location).toContain('xong=kept');
    expect((await person.post(keep, { 'giay-to': paper!.id })).statusCode, 'once').toBe(422);
    expect((await stranger.get(keep)).statusCode).toBe(404);
  }, 120_000);

  test('a returned result comes by itself with its code, once, and goes again when the return is taken back', async () => {
    const place = await app.db.write((tx) => insertPlace(tx, { agencyCode: 'H41.989' }));
    const account: TestAccount = await app.db.write((tx) => insertCitizen(tx, {}));
    const browser = browserOf(app);
    browser.cookies.set(SESSION_COOKIE, (await sessionFor(app.db, account)).token);
    const input = aDossier(place);
    const { dossierId } = await app.db.write((tx) =>
      submitDossier(
        tx,
        aCitizen(account.id),
        { ...input, applicant: { ...input.applicant, accountId: account.id } },
        TEST_SECRET,
      ),
    );
    const kind = fileKinds.find((each) => each.kind === 'pdf')!;
    const blob = await storeBytes(app.context.config.filesFolder, smallPdf('kết quả'), {
      kind,
      fileName: 'ket-qua.pdf',
    });
    await app.db.write(async (tx) => {
      const fileId = await registerFile(tx, blob, { kind: 'dossier', id: dossierId });
      await tx.raw(
        `insert into dossiers.result (dossier_id, number, code, outcome, title, file_id, decided_at, decided_by) values ($1, 1, 'G09-1-KQ', 'granted', 'Giấy khai sinh', $2, now(), 'x')`,
        [dossierId, fileId],
      );
    });
    const facts = (extra: object) => ({ applicantAccountId: account.id, ...extra }) as never;
    const say = (type: typeof resultReturned, extra: object = {}) =>
      app.db.write(async (tx) =>
        publish(tx, type, { subject: { kind: 'dossier', id: dossierId }, payload: facts(extra) }),
      );
    await say(resultReturned);
    await say(resultReturned);
    await app.drain();
    const list = (await browser.get(STORE)).body;
    expect(list).toContain('Giấy khai sinh');
    expect(list).toContain('Đã xác thực');
    const found = await rows<{ code: string; kind: string; verified: boolean }>(
      'select result_code as code, kind, is_verified as verified from paperstore.paper where account_id = $1',
      [account.id],
    );
    expect(found).toEqual([{ code: 'G09-1-KQ', kind: 'khai-sinh', verified: true }]);
    await say(actTakenBack as never, { act: 'complete' });
    await app.drain();
    expect(await one('paperstore.paper where account_id = $1', [account.id])).toBe(1);
    await say(actTakenBack as never, { act: 'returnResult' });
    await app.drain();
    expect(await one('paperstore.paper where account_id = $1', [account.id])).toBe(0);
  });

  test('merging accounts carries the papers over and back; the export and an erased account hold to it', async () => {
    const from = await signedInCitizen(app);
    const to = await signedInCitizen(app);
    const { id } = await addPaper(from, { ten: 'Bằng tốt nghiệp', loai: 'van-bang' });
    const plan = { sourceId: from.account.id, targetId: to.account.id };
    expect((await mergePapers.preview(app.db.reader, plan)).lines[0]?.count).toBe(1);
    const moved = await app.db.write((tx) => mergePapers.apply(tx, plan));
    expect((await to.get(`${STORE}/${id}`)).statusCode).toBe(200);
    const data = (await to.get('/tai-khoan/du-lieu/tai-ve/json')).json<{ papers: { name: string }[] }>();
    expect(data.papers.map((paper) => paper.name)).toEqual(['Bằng tốt nghiệp']);
    expect((await to.get('/tai-khoan/du-lieu/tai-ve/trang')).body).toContain('Bằng tốt nghiệp');
    await app.db.write((tx) => mergePapers.undo(tx, plan, moved));
    expect((await from.get(`${STORE}/${id}`)).statusCode).toBe(200);
    expect((await to.get(`${STORE}/${id}`)).statusCode).toBe(404);
  });
});
