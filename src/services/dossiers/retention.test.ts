import { readFileSync } from 'node:fs';
import { beforeAll, expect, test } from 'vitest';
import { getFile, hasBlob, kindNamed, registerFile, storeBytes } from '../../foundation/files/index.ts';
import { loadProvinceRules, someBytes } from '../../foundation/files/testing.ts';
import { testApp } from '../../testing/app.ts';
import { signedInOfficial, type SignedIn } from '../../testing/people.ts';
import { aDossier, insertDossier, insertPlace, type TestPlace } from './testing.ts';

const app = await testApp();
app.db.clock.set('2026-11-28T09:00:00+07:00');
const folder = app.context.config.filesFolder;
const STORE = '/quan-tri/kho-tep';
let keeper: SignedIn;
let approver: SignedIn;
let place: TestPlace;

beforeAll(async () => {
  await loadProvinceRules(app.context);
  await loadProvinceRules(app.context);
  place = await app.db.write((tx) => insertPlace(tx));
  keeper = await signedInOfficial(app, ['files.manage', 'files.approve-disposals'], { reach: 'all' });
  approver = await signedInOfficial(app, ['files.approve-disposals'], { reach: 'all' });
}, 120_000);

const rows = <Row extends object>(sql: string, values: unknown[] = []): Promise<Row[]> =>
  app.db.reader.raw<Row>(sql, values);

/** A dossier that ended so many days ago, with one file. */
async function ended(state: number, daysAgo: number, bytes = someBytes()) {
  const { dossierId } = await app.db.write((tx) => insertDossier(tx, place, aDossier(place)));
  const blob = await storeBytes(folder, bytes, { kind: kindNamed('pdf')!, fileName: 'Đơn.pdf' });
  const fileId = await app.db.write((tx) => registerFile(tx, blob, { kind: 'dossier', id: dossierId }));
  await rows(
    `update dossiers.dossier set state = $2::smallint, finished_at = $3, returned_at = case when $2 = 10 then $3::timestamptz end,
       received_at = case when $2 = 10 then submitted_at end, code = case when $2 = 10 then 'T-' || id end, code_agency = case when $2 = 10 then 'T' end,
       code_date = case when $2 = 10 then current_date end, code_sequence = case when $2 = 10 then (random() * 1e9)::int end, rule_pack = case when $2 = 10 then 'vn-2026' end
     where id = $1`,
    [dossierId, state, new Date(app.db.clock.now().getTime() - daysAgo * 86_400_000)],
  );
  const [row] = await rows<{ number: string }>('select tracking_number as number from dossiers.dossier where id = $1', [
    dossierId,
  ]);
  return { dossierId, fileId, sha256: blob.sha256, number: row!.number };
}
const idIn = (location: string | undefined): string => /huy\/([0-9a-f-]{36})/.exec(location ?? '')?.[1] ?? '';
const isErased = async (fileId: string): Promise<boolean> => (await getFile(app.db.reader, fileId)).erasedAt !== null;
const states = (id: string) =>
  rows<{ fileId: string; state: string }>(
    'select file_id as "fileId", state from files.disposal_item where disposal_id = $1',
    [id],
  );
const stateOf = async (id: string, fileId: string) =>
  (await states(id)).find((row) => row.fileId === fileId)?.state ?? 'not listed';
const rule = { class: 'dossier-withdrawn', keepDays: '100', basis: 'Quy chế 5, Điều 3', validFrom: '2026-06-01' };

test('the province states its times by data; a new one ends the one before; a wrong one is told', async () => {
  const shipped = JSON.parse(readFileSync('province/nghe-an/retention.json', 'utf8')) as { class: string }[];
  const known = await rows<{ class: string }>('select class from files.keeping_rule');
  expect(known.map((row) => row.class).toSorted()).toEqual(shipped.map((row) => row.class).toSorted());
  const page = await keeper.get(`${STORE}/thoi-han`);
  for (const part of ['Hồ sơ người nộp đã rút', 'ngày rút hồ sơ', '730 ngày', 'Căn cứ cần kiểm tra lại'])
    expect(page.body).toContain(part);
  for (const wrong of [
    { keepDays: '0' },
    { keepDays: '99999' },
    { keepDays: 'abc' },
    { basis: '' },
    { basis: 'x'.repeat(501) },
    { class: 'khong-co' },
    { class: '__proto__' },
    { validFrom: '2026-02-30' },
    { validFrom: "2026-01-01'; --" },
    { validFrom: '2025-01-01' },
  ]) {
    const sent = await keeper.post(`${STORE}/thoi-han`, { ...rule, ...wrong });
    expect(sent.statusCode, JSON.stringify(wrong).slice(0, 60)).toBe(422);
  }
  expect((await keeper.post(`${STORE}/thoi-han`, rule)).statusCode).toBe(303);
  expect(
    await rows(
      `select keep_days as d, valid_to::text as t from files.keeping_rule where class = 'dossier-withdrawn' order by valid_from`,
    ),
  ).toEqual([
    { d: 730, t: '2026-05-31' },
    { d: 100, t: null },
  ]);
  expect((await approver.post(`${STORE}/thoi-han`, rule)).statusCode).toBe(403);
});

test('a list is drawn up, a second person approves, and each file goes with its certificate; nothing on hold or needed goes', async () => {
  const old = await ended(7, 200);
  const young = await ended(7, 50);
  const held = await ended(7, 200);
  const lateHeld = await ended(7, 200);
  const named = await ended(7, 200);
  const back = await ended(7, 200);
  const returned = await ended(10, 400);
  const twin = await ended(7, 30, someBytes(5_000));
  const other = await ended(7, 10);
  await rows(
    `insert into dossiers.paper (id, dossier_id, position, name, originals, copies, is_electronic, file_id) values (gen_random_uuid(), $1, 90, 'Giấy', 0, 0, true, $2)`,
    [other.dossierId, named.fileId],
  );
  const hold = (code: string, reason = 'Đơn khiếu nại số 12/KN') =>
    keeper.post(`${STORE}/tam-dung-huy`, { dossier: code, reason });
  expect((await hold('khong-co-ma-nay')).statusCode).toBe(422);
  expect((await hold(held.number, '')).statusCode).toBe(422);
  expect((await hold(held.number)).statusCode).toBe(303);
  expect((await hold(held.number)).statusCode, 'once').toBe(422);
  expect((await keeper.get(`${STORE}/tam-dung-huy`)).body).toContain(held.number);

  expect((await keeper.post(`${STORE}/huy`, { cutOff: '28/11/2026' })).statusCode).toBe(422);
  expect((await approver.post(`${STORE}/huy`, { cutOff: '2026-11-28' })).statusCode).toBe(403);
  const drawn = await keeper.post(`${STORE}/huy`, { cutOff: '2026-11-28' });
  const id = idIn(drawn.headers.location);
  expect((await keeper.post(`${STORE}/huy`, { cutOff: '2026-11-28' })).statusCode, 'one at a time').toBe(422);
  expect((await keeper.get(`${STORE}/huy/${id}`)).headers['refresh']).toBe('5');
  await app.drain();
  const local = await signedInOfficial(app, ['files.manage', 'files.approve-disposals']);
  for (const address of [`${STORE}/huy`, `${STORE}/huy/${id}`, `${STORE}/huy/${id}/tai-ve/csv`])
    expect((await local.get(address)).statusCode, 'a right that ends at a unit').toBe(403);
  const page = await keeper.get(`${STORE}/huy/${id}`);
  for (const part of ['Chờ duyệt', 'Hồ sơ người nộp đã rút', old.number, 'không được tự duyệt'])
    expect(page.body).toContain(part);
  expect(await stateOf(id, old.fileId)).toBe('due');
  expect(await stateOf(id, held.fileId)).toBe('held');
  for (const { fileId } of [young, returned, twin]) expect(await stateOf(id, fileId)).toBe('not listed');

  const path = `${STORE}/huy/${id}/viec`;
  expect((await keeper.post(`${path}/duyet`, { decision: 'QĐ 1' })).statusCode, 'not oneself').toBe(422);
  expect((await approver.post(`${path}/duyet`, { decision: '' })).statusCode).toBe(422);
  expect((await approver.post(`${path}/bo`, {})).statusCode).toBe(403);
  expect((await approver.post(`${path}/__proto__`, { decision: 'x' })).statusCode).toBe(404);
  await hold(lateHeld.number);
  await rows(`update dossiers.dossier set state = 1, finished_at = null where id = $1`, [back.dossierId]);
  expect((await approver.post(`${path}/duyet`, { decision: 'QĐ số 15/QĐ-UBND' })).statusCode).toBe(303);
  expect((await approver.post(`${path}/duyet`, { decision: 'QĐ số 15/QĐ-UBND' })).statusCode, 'once').toBe(422);
  await app.drain();
  expect(await stateOf(id, old.fileId)).toBe('erased');
  expect(await stateOf(id, lateHeld.fileId), 'a hold after the list').toBe('held');
  expect(await stateOf(id, named.fileId)).toBe('needed');
  expect(await stateOf(id, back.fileId), 'the event does not hold any more').toBe('stays');
  expect(await isErased(old.fileId)).toBe(true);
  expect(await hasBlob(folder, old.sha256)).toBe(false);
  for (const { fileId } of [held, lateHeld, named, back, young, returned]) expect(await isErased(fileId)).toBe(false);
  const [certificate] = await rows<{ basis: string; gone: Date | null }>(
    'select basis, bytes_gone_at as gone from files.erasure where file_id = $1',
    [old.fileId],
  );
  expect(certificate?.basis).toMatch(/^DH-20261128-[0-9A-F]{6} \(QĐ số 15\/QĐ-UBND\): Quy chế 5, Điều 3$/);
  expect(certificate?.gone).not.toBeNull();
  const csv = await approver.get(`${STORE}/huy/${id}/tai-ve/csv`);
  expect(csv.body).toContain('Đã hủy');
  expect(csv.body).toContain('XT-');
  expect((await approver.get(`${STORE}/huy/${id}/tai-ve/xlsx`)).statusCode).toBe(200);
  expect((await approver.get(`/en${STORE}/huy/${id}?tinh-trang=held&loai=dossier-withdrawn`)).body).toContain(
    'On hold',
  );
});

test('a failure is noted and the work goes on where it stood; a day to come is a preview; a list can be cancelled', async () => {
  const files = [await ended(7, 300), await ended(7, 300), await ended(7, 300)];
  const id = idIn((await keeper.post(`${STORE}/huy`, { cutOff: '2026-11-28' })).headers.location);
  await app.drain();
  await rows(
    `create function files.refuse_erasure() returns trigger language plpgsql as $$ begin raise exception 'no room'; end $$`,
  );
  await rows(
    `create trigger refuse before insert on files.erasure for each row execute function files.refuse_erasure()`,
  );
  await approver.post(`${STORE}/huy/${id}/viec/duyet`, { decision: 'QĐ 16' });
  await app.drain().catch(() => undefined);
  const failed = await keeper.get(`${STORE}/huy/${id}`);
  expect(failed.body).toContain('Dừng vì lỗi');
  expect(failed.body).toContain('no room');
  for (const { fileId } of files) expect(await isErased(fileId), 'nothing half done').toBe(false);
  await rows('drop trigger refuse on files.erasure');
  expect((await keeper.post(`${STORE}/huy/${id}/viec/chay-tiep`, {})).statusCode).toBe(303);
  await app.drain();
  for (const { fileId } of files) expect(await isErased(fileId)).toBe(true);
  expect((await keeper.get(`${STORE}/huy/${id}`)).body).toContain('Đã hủy xong');

  const ahead = idIn((await keeper.post(`${STORE}/huy`, { cutOff: '2030-01-01' })).headers.location);
  await app.drain();
  expect((await keeper.get(`${STORE}/huy/${ahead}`)).body).toContain('Ngày này chưa tới');
  const early = await approver.post(`${STORE}/huy/${ahead}/viec/duyet`, { decision: 'QĐ 17' });
  expect(early.statusCode).toBe(422);
  expect(early.body).toContain('chỉ để xem trước');
  expect((await keeper.post(`${STORE}/huy/${ahead}/viec/bo`, {})).statusCode).toBe(303);
  expect((await keeper.get(`${STORE}/huy`)).body).toContain('Đã bỏ');
});

test('a hold is lifted with a reason', async () => {
  const [open] = await rows<{ id: string }>(
    'select id from files.hold where lifted_at is null order by placed_at limit 1',
  );
  const path = `${STORE}/tam-dung-huy/${open!.id}/bo`;
  expect((await keeper.post(path, { reason: '' })).statusCode).toBe(422);
  expect((await keeper.post(path, { reason: 'Đã giải quyết khiếu nại' })).statusCode).toBe(303);
  expect((await keeper.post(path, { reason: 'Đã giải quyết khiếu nại' })).statusCode).toBe(404);
  expect((await keeper.get(`${STORE}/tam-dung-huy?xem=tat-ca`)).body).toContain('Đã giải quyết khiếu nại');
});
