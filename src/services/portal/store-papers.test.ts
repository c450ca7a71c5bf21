import { expect, test } from 'vitest';
import { fileKinds, storeBytes } from '../../foundation/files/index.ts';
import { insertCitizen } from '../../foundation/identity/testing.ts';
import { testApp } from '../../testing/app.ts';
import { answerDelegation, proposeDelegation, withdrawDelegation } from '../delegations/index.ts';
import { aCitizen } from '../dossiers/testing.ts';
import { keepPaper } from '../paperstore/index.ts';
import type { PaperSlot } from './application.ts';
import type { OpenApplication } from './open-application.ts';
import { storesOf, suggestionsFor, takeForSlot } from './store-papers.ts';

const app = await testApp();
app.db.clock.set('2026-11-23T09:00:00+07:00');
const { config } = app.context;
const limits = { kinds: ['pdf'], maxBytes: 1_000_000, maxFiles: 10, maxTotalBytes: 10_000_000 };
const slot: PaperSlot = {
  key: 'giay-chung-sinh',
  name: { vi: 'Giấy chứng sinh' },
  group: null,
  note: null,
  isRequired: true,
  template: null,
  replacesPaperId: null,
  componentCode: 'giay-chung-sinh',
  files: [],
};

/** A giver with two stored papers, a delegate with these rights, and an application that the delegate makes for the giver. */
async function onBehalf(rights: { submit: boolean; see: boolean; receive: boolean }) {
  const [giver, delegate] = await app.db.write(async (tx) => [
    await insertCitizen(tx, { name: 'Người Giao' }),
    await insertCitizen(tx, { name: 'Người Nhận' }),
  ]);
  const kind = fileKinds.find((each) => each.kind === 'pdf')!;
  const blob = await storeBytes(config.filesFolder, Buffer.from(`%PDF ${giver!.id}`), { kind, fileName: 'a.pdf' });
  const facts = { number: null, issuer: null, issuedOn: null, validUntil: null };
  const [fitting, other] = await app.db.write(async (tx) => [
    await keepPaper(tx, giver!.id, { ...facts, kind: 'giay-chung-sinh', name: 'Giấy chứng sinh' }, blob),
    await keepPaper(tx, giver!.id, { ...facts, kind: 'hoc-ba', name: 'Học bạ' }, blob),
  ]);
  const delegationId = await app.db.write(async (tx) => {
    const id = await proposeDelegation(tx, aCitizen(giver!.id), {
      otherAccountId: delegate!.id,
      ward: null,
      kind: 'relative',
      relation: 'con',
      scope: 'procedure',
      scopeValues: ['1.001193'],
      rights,
      validFrom: '2026-11-23',
      validTo: null,
      papers: [],
      initiator: 'giver',
    });
    await answerDelegation(tx, aCitizen(delegate!.id), id, true);
    return id;
  });
  const open = {
    application: { id: giver!.id },
    applicant: { accountId: giver!.id, delegationId, name: 'Người Giao' },
    procedure: { code: '1.001193', fieldCode: null, name: { vi: 'Đăng ký khai sinh' } },
    dossier: null,
  } as unknown as OpenApplication;
  const actor = { ...aCitizen(delegate!.id), label: 'Người Nhận' };
  return { giver: giver!, actor, open, fitting: fitting!, other: other!, delegationId };
}

const now = () => app.db.clock.now();

test('a delegate who may submit and see takes what the checklist asks for, nothing else, and the giver sees that', async () => {
  const { giver, actor, open, fitting, other, delegationId } = await onBehalf({
    submit: true,
    see: true,
    receive: false,
  });
  const stores = await storesOf(app.db.reader, actor, open, now());
  expect(stores.map((store) => store.ownerName)).toEqual(['Người Giao', null]);
  const { bySlot } = await suggestionsFor(app.db.reader, config, stores, [slot], limits);
  expect(bySlot.get(slot.key)?.map((paper) => paper.id)).toEqual([fitting]);
  const take = (paperId: string) =>
    app.db.write((tx) => takeForSlot(tx, config, actor, open, stores, { slot, paperId, limits }));
  await expect(take(other)).rejects.toThrow('paperstore.not-found');
  expect((await take(fitting)).isFromStore).toBe(true);
  const readings = await app.db.reader.raw<{ work: string }>(
    `select work from readings.reading where account_id = $1 and subject_kind = 'paper'`,
    [giver.id],
  );
  expect(readings).toEqual([{ work: 'delegate' }]);
  await app.db.write((tx) => withdrawDelegation(tx, aCitizen(giver.id), delegationId, null));
  expect((await storesOf(app.db.reader, actor, open, now())).map((store) => store.ownerName)).toEqual([null]);
});

test('without the right to see, or for another procedure, the giver’s store stays shut', async () => {
  const submitOnly = await onBehalf({ submit: true, see: false, receive: false });
  expect(await storesOf(app.db.reader, submitOnly.actor, submitOnly.open, now())).toHaveLength(1);
  const wide = await onBehalf({ submit: true, see: true, receive: true });
  const elsewhere = { ...wide.open, procedure: { ...wide.open.procedure, code: '1.012783' } };
  expect(await storesOf(app.db.reader, wide.actor, elsewhere, now())).toHaveLength(1);
});
