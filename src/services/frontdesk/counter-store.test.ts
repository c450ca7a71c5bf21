import { expect, test } from 'vitest';
import { fileKinds, storeBytes } from '../../foundation/files/index.ts';
import { newId } from '../../platform/ids.ts';
import { paths } from '../../ui/paths.ts';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen } from '../../testing/people.ts';
import { keepPaper } from '../paperstore/index.ts';
import { openDesk } from './testing.ts';

const app = await testApp();
app.db.clock.set('2026-11-23T09:00:00+07:00');
const { place, clerk, stranger } = await openDesk(app);
const paper = {
  key: 'giay-chung-sinh',
  name: { vi: 'Giấy chứng sinh' },
  originals: 1,
  copies: 0,
  required: true,
  when: null,
  template: null,
  nationalCode: null,
  presentOnly: false,
};
const content = { channels: [], papers: [{ key: 'chung', title: null, papers: [paper] }], legalBases: [], steps: null };
const { code, offerId } = await app.db.write(async (tx) => {
  const offerId = newId();
  await tx.raw('update procedures.procedure_version set content = $2, form_version_id = null where id = $1', [
    place.procedureVersionId,
    JSON.stringify(content),
  ]);
  await tx.raw(
    `insert into procedures.offer (id, unit_id, procedure_id, receiving_unit_id, valid_from, created_at) values ($1, $2, $3, $4, '2025-07-01', now())`,
    [offerId, place.competentUnitId, place.procedureId, place.receivingUnitId],
  );
  const [row] = await tx.raw<{ code: string }>('select code from procedures.procedure where id = $1', [
    place.procedureId,
  ]);
  return { code: row!.code, offerId };
});
const applicant = {
  offerId,
  name: 'Hồ Thị Sen',
  identity: '040190001234',
  phone: '0912 345 678',
  kind: 'citizen',
  channel: 'counter',
  delivery: 'counter',
};

test('papers of a person’s store are taken with the code they read out: once, by this clerk, recorded', async () => {
  const person = await signedInCitizen(app);
  const kept = await app.db.write(async (tx) => {
    const kind = fileKinds.find((each) => each.kind === 'pdf')!;
    const bytes = Buffer.from('%PDF-1.4 chung sinh');
    const blob = await storeBytes(app.context.config.filesFolder, bytes, { kind, fileName: 'cs.pdf' });
    const facts = { number: null, issuer: null, issuedOn: null, validUntil: null };
    return keepPaper(tx, person.account.id, { ...facts, kind: 'giay-chung-sinh', name: 'Giấy chứng sinh' }, blob);
  });
  const made = await person.post('/tai-khoan/giay-to/nhieu', { 'giay-to': kept!, _do: 'code' });
  const digits = /(\d{4}) (\d{4})</.exec(made.body)!.slice(1).join('');
  const begun = await clerk.post(paths.counterProcedure({ code }), { ...applicant, name: 'Người Có Kho' });
  const intakeId = /ho-so\/([0-9a-f-]{36})/.exec(begun.headers.location!)![1]!;
  const store = paths.counterStore({ intakeId });
  for (const ma of ['', '12', '00000000', "' or 1=1", '٠١٢٣٤٥٦٧', 'x'.repeat(3_000)])
    expect((await clerk.post(store, { ma })).statusCode, ma.slice(0, 12)).toBe(422);
  expect((await stranger.post(store, { ma: digits })).statusCode).toBe(404);
  expect((await person.post(store, { ma: digits })).statusCode).toBe(403);
  expect((await clerk.post(store, { 'giay-to': kept!, muc: 'giay-chung-sinh' })).statusCode, 'no code yet').toBe(404);
  expect((await clerk.post(store, { ma: `${digits.slice(0, 4)} ${digits.slice(4)}` })).statusCode).toBe(303);
  expect((await clerk.post(store, { ma: digits })).statusCode, 'a code works once').toBe(422);
  const opened = await clerk.get(store);
  expect(opened.body).toContain('Giấy chứng sinh');
  expect((await clerk.get(paths.counterStoreFile({ intakeId, paperId: kept! }))).body).toContain('chung sinh');
  expect((await clerk.post(store, { 'giay-to': kept!, muc: '' })).statusCode).toBe(422);
  expect((await clerk.post(store, { 'giay-to': kept!, muc: 'giay-chung-sinh' })).statusCode).toBe(303);
  expect((await clerk.get(paths.counterPapers({ intakeId }))).body).toContain('Đã có: cs.pdf');
  const seen = await person.get(`/tai-khoan/giay-to/${kept}`);
  for (const part of ['Lấy giấy tờ trong kho vào hồ sơ tại quầy', 'Mở giấy tờ bạn cho lấy', 'Xem giấy tờ bạn cho lấy'])
    expect(seen.body).toContain(part);
  expect((await person.get('/tai-khoan/giay-to/ma')).body).toContain('Đã dùng');
  app.db.clock.set('2026-11-23T10:05:00+07:00');
  expect((await clerk.get(store)).body).not.toContain('Giấy chứng sinh</h3>');
});
