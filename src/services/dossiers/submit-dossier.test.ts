import { expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { testDatabase } from '../../testing/database.ts';
import { trackDossier } from './read-dossier.ts';
import { receiveDossier } from './receive-dossier.ts';
import { submissionQueue, submitDossier } from './submit-dossier.ts';
import { aCitizen, aDossier, anOfficer, insertDossier, insertPlace, TEST_SECRET } from './testing.ts';

const db = await testDatabase();
const place = await db.write((tx) => insertPlace(tx));
const count = async (sql: string, values: unknown[] = []) => (await db.reader.raw<{ n: number }>(sql, values))[0]!.n;

test('a submission is a dossier in state 1 without a code, with its papers, one event and its key', async () => {
  const { dossierId, trackingSecret } = await db.write((tx) => insertDossier(tx, place));
  const [row] = await db.reader.raw<Record<string, unknown>>('select * from dossiers.dossier where id = $1', [
    dossierId,
  ]);
  expect(row).toMatchObject({
    state: 1,
    stage: 1,
    code: null,
    handling_unit_id: place.receivingUnitId,
    applicant_identity_masked: '••••••••1234',
    applicant_name_folded: 'nguyen thi anh nguyet',
  });
  expect(await count('select count(*) as n from dossiers.paper where dossier_id = $1', [dossierId])).toBe(1);
  expect(
    await count(
      `select count(*) as n from platform.event where name = 'dossiers.submitted' and subject_id = $1 and unit_id = $2`,
      [dossierId, place.receivingUnitId],
    ),
  ).toBe(1);
  expect(trackingSecret).toMatch(/^[2-9A-Z]{8}$/);
  expect(JSON.stringify(row)).not.toContain(trackingSecret);
});

test('what is sent to a unit that was merged goes to the unit it became, in the dossier and in its event', async () => {
  const [old, successor] = [newId(), newId()];
  await db.write(async (tx) => {
    await tx.raw('insert into organisations.unit (id, created_at) select id, $2 from unnest($1::uuid[]) as id', [
      [old, successor],
      tx.now,
    ]);
    await tx.raw(
      `with merger as (
         insert into organisations.operation (id, title, state, decision_number, issuing_body, effective_on, plan, created_by, created_at, changed_at)
         values ($1, 'Sáp nhập', 'done', '1/QĐ', 'UBND', $2::timestamptz::date, '{}', 'test', $2, $2) returning id
       ) insert into organisations.unit_forward (unit_id, to_unit_id, operation_id) select $3, $4, id from merger`,
      [newId(), tx.now, old, successor],
    );
  });
  const ids = { receivingUnitId: old, competentUnitId: old };
  const input = { ...aDossier(place), ...ids, offerId: null };
  const { dossierId } = await db.write((tx) => submitDossier(tx, aCitizen(), input, TEST_SECRET));
  const [row] = await db.reader.raw<object>(
    `select d.receiving_unit_id, d.competent_unit_id, d.handling_unit_id, e.unit_id, e.payload->>'receivingUnitId' as told, e.payload->>'competentUnitId' as told_competent
     from dossiers.dossier d join platform.event e on e.subject_id = d.id::text where d.id = $1`,
    [dossierId],
  );
  expect(new Set(Object.values(row!))).toEqual(new Set([successor]));
});

test('the event names nobody', async () => {
  const { dossierId } = await db.write((tx) => insertDossier(tx, place));
  const [event] = await db.reader.raw<{ payload: object }>('select payload from platform.event where subject_id = $1', [
    dossierId,
  ]);
  expect(JSON.stringify(event!.payload)).not.toMatch(/Nguyệt|040190001234|0912345678|nguyet@/);
});

test('sent from 50 connections with one key it is one dossier, acknowledged alike', async () => {
  const citizen = aCitizen();
  const input = aDossier(place);
  const queue = submissionQueue(db, db.clock, TEST_SECRET);
  const alone = () => db.write((tx) => submitDossier(tx, citizen, input, TEST_SECRET));
  const answers = await Promise.all(
    Array.from({ length: 50 }, (_, i) => (i % 2 ? queue(citizen, input, `r${i}`) : alone())),
  );
  expect(new Set(answers.map((a) => `${a.dossierId} ${a.trackingSecret}`)).size).toBe(1);
  expect(answers.filter((a) => a.isNew)).toHaveLength(1);
  expect(await count('select count(*) as n from dossiers.submission_key where key = $1', [input.key])).toBe(1);
  expect(await count(`select count(*) as n from platform.event where subject_id = $1`, [answers[0]!.dossierId])).toBe(
    1,
  );
});

test('the same key with another content is refused; the same key of another person is another dossier', async () => {
  const [citizen, input] = [aCitizen(), aDossier(place)];
  const first = await db.write((tx) => submitDossier(tx, citizen, input, TEST_SECRET));
  const other = { ...input, delivery: 'post' as const };
  await expect(db.write((tx) => submitDossier(tx, citizen, other, TEST_SECRET))).rejects.toThrow(
    'dossiers.key-used-for-other-content',
  );
  const second = await db.write((tx) => submitDossier(tx, aCitizen(), input, TEST_SECRET));
  expect(second.dossierId).not.toBe(first.dossierId);
});

test('a bad submission fails alone, its neighbours in the batch are written', async () => {
  const queue = submissionQueue(db, db.clock, TEST_SECRET);
  const citizen = aCitizen();
  const results = await Promise.allSettled(
    Array.from({ length: 20 }, (_, i) => queue(citizen, aDossier(place, i === 7 ? { procedureId: newId() } : {}), 'r')),
  );
  expect(results.map((r) => r.status === 'fulfilled')).toEqual(results.map((_, i) => i !== 7));
});

test('anybody with code or id and the secret sees the degree of completion and nothing else; a wrong secret finds nothing', async () => {
  const { dossierId, trackingSecret } = await db.write((tx) => insertDossier(tx, place));
  expect(await trackDossier(db.reader, dossierId, ` ${trackingSecret.toLowerCase()} `)).toEqual({
    code: null,
    state: 1,
    completionPercent: 5,
  });
  const { code } = await db.write((tx) => receiveDossier(tx, anOfficer('all'), { dossierId, version: 1 }));
  expect(await trackDossier(db.reader, code!.toLowerCase(), trackingSecret)).toEqual({
    code,
    state: 2,
    completionPercent: 15,
  });
  for (const [name, secret] of [
    [code!, 'AAAAAAAA'],
    [code!, ''],
    ['H41.99-20261123-0000009', trackingSecret],
    ["' or 1=1", 'x'.repeat(5_000)],
  ] as const)
    await expect(trackDossier(db.reader, name, secret)).rejects.toThrow('dossiers.not-found');
});
