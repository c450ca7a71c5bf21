// oxlint-disable vitest/no-conditional-expect -- a property asks different things of different plans
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { grantsOf, provideUnitMove } from '../../foundation/organisations/index.ts';
import { findOperation } from '../../foundation/organisations/operation-queries.ts';
import type { Change, ReorganisationPlan } from '../../foundation/organisations/reorganisation.ts';
import { runOperation, stepOperation } from '../../foundation/organisations/run-operation.ts';
import { changeOperation, createOperation } from '../../foundation/organisations/save-operation.ts';
import {
  checkOperation,
  contradictionsOf,
  startOperation,
  startUndo,
} from '../../foundation/organisations/start-operation.ts';
import { anOfficial } from '../../foundation/organisations/testing.ts';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { isProblem } from '../../platform/problems.ts';
import { inTransaction } from '../../platform/transaction.ts';
import { testApp } from '../../testing/app.ts';
import { receiveDossier } from './receive-dossier.ts';
import { submitDossier } from './submit-dossier.ts';
import { aCitizen, aDossier, anOfficer, insertDossier, TEST_SECRET } from './testing.ts';
import { insertCommune, insertSharedProcedure, type Commune } from './testing/communes.ts';

const app = await testApp();
const { db } = app;
const admin = { ...anOfficial(), label: 'Người lập' };
const second = { ...anOfficial(), label: 'Người kiểm tra' };
const DAY = '2026-11-23'; // the day of the tests' clock
const BEFORE = '2026-11-22';
const context = { db, clock: db.clock };

const shared = await db.write((tx) => insertSharedProcedure(tx));
const aCommune = (tx: Tx, dossiers: number): Promise<Commune> => insertCommune(tx, shared, dossiers);
let serial = 0;
const founded = (id: string, name: string): Change => ({
  kind: 'found',
  unit: {
    id,
    nameVi: name,
    nameEn: name,
    shortName: name,
    kind: 'commune',
    tier: 2,
    parentId: null,
    gsoCode: null,
    agencyCode: `H41.${9000 + ++serial}`,
  },
});
const everything: Record<string, string> = {
  'all:leader': 'keep-all',
  'all:post': 'main',
  'all:two-posts': 'first',
  'all:dossiers': 'main',
  'all:offers': 'all',
  'all:calendar': 'carry',
};
const draft = (plan: ReorganisationPlan) =>
  db.write(
    (tx) =>
      createOperation(tx, admin, {
        title: 'Sắp xếp',
        decisionNumber: '1678/NQ',
        issuingBody: 'UBTVQH',
        effectiveOn: DAY,
        decisionFileId: null,
        plan,
      }),
    admin,
  );
async function started(plan: ReorganisationPlan): Promise<string> {
  const id = await draft(plan);
  await db.write((tx) => checkOperation(tx, second, { id, version: null }), second);
  await db.write((tx) => startOperation(tx, second, id), second);
  return id;
}

const TABLES = [
  'dossiers.dossier',
  'dossiers.step',
  'dossiers.unit_move',
  'dossiers.unit_move_step',
  'dossiers.code_counter',
  'organisations.unit',
  'organisations.unit_version',
  'organisations.unit_ancestor',
  'organisations.unit_succession',
  'organisations.unit_forward',
  'organisations.agency_identifier',
  'organisations.post',
  'organisations.post_role',
  'organisations.post_role_unit',
  'organisations.appointment',
  'organisations.substitution',
  'procedures.offer',
  'procedures.offer_move',
  'calendar.entry',
  'calendar.entry_move',
  'identity.address_move',
];
/** What every table says, without the counters of changes. */
async function picture(): Promise<Record<string, string>> {
  const entries = await Promise.all(
    TABLES.map(async (table) => {
      const [row] = await db.reader.raw<{ sum: string }>(
        `select count(*) || ' ' || coalesce(md5(string_agg(line, '|' order by line)), '') as sum
         from (select (to_jsonb(t) - 'version' - 'row_version')::text as line from ${table} t) l`,
      );
      return [table, row!.sum] as const;
    }),
  );
  return Object.fromEntries(entries);
}
const count = async (sql: string, values: unknown[] = []) => (await db.reader.raw<{ n: number }>(sql, values))[0]!.n;

/** Rows that point to a unit which does not exist on the day, by sort. */
async function homeless(): Promise<Record<string, number>> {
  const [row] = await db.reader.raw<Record<string, number>>(
    `with living as (select unit_id from organisations.unit_version where valid_from <= $1 and (valid_to is null or valid_to >= $1))
     select (select count(*) from dossiers.dossier where handling_unit_id not in (select unit_id from living)) as handling,
       (select count(*) from dossiers.dossier where stage < 6 and (receiving_unit_id not in (select unit_id from living) or competent_unit_id not in (select unit_id from living))) as named,
       (select count(*) from dossiers.step s join dossiers.dossier d on d.id = s.dossier_id where d.stage < 6 and s.finished_at is null and s.unit_id not in (select unit_id from living)) as steps,
       (select count(*) from organisations.post where (valid_to is null or valid_to >= $1) and unit_id not in (select unit_id from living)) as posts,
       (select count(*) from procedures.offer where (valid_to is null or valid_to >= $1) and (unit_id not in (select unit_id from living) or receiving_unit_id not in (select unit_id from living))) as offers`,
    [DAY],
  );
  return row!;
}
const nobody = { handling: 0, named: 0, steps: 0, posts: 0, offers: 0 };
const working = (on: string) =>
  count(
    `select count(distinct a.officer_id) as n from organisations.appointment a join organisations.post p on p.id = a.post_id
     where a.valid_from <= $1 and (a.valid_to is null or a.valid_to >= $1) and p.valid_from <= $1 and (p.valid_to is null or p.valid_to >= $1)`,
    [on],
  );

describe('whatever the plan', () => {
  test('nothing is lost, everything has a living unit, and undoing restores exactly what was', async () => {
    const fate = fc.constantFrom('found', 'into', 'split', 'part', 'dissolve', 'rename', 'stay');
    await fc.assert(
      fc.asyncProperty(
        fc.array(fate, { minLength: 2, maxLength: 5 }),
        fc.integer({ min: 0, max: 7 }),
        async (fates, many) => {
          const communes = await db.write(async (tx) => {
            const made: Commune[] = [];
            for (const _ of fates) made.push(await aCommune(tx, many));
            return made;
          });
          const host = await db.write((tx) => aCommune(tx, 1));
          const [newUnit, other] = [newId(), newId()];
          const changes: Change[] = [founded(newUnit, 'Xã mới'), founded(other, 'Xã khác')];
          const rules: ReorganisationPlan['rules'][number][] = [];
          fates.forEach((kind, i) => {
            const { unitId } = communes[i]!;
            if (kind === 'found') changes.push({ kind: 'merge', fromUnitId: unitId, toUnitId: newUnit });
            else if (kind === 'into') changes.push({ kind: 'merge', fromUnitId: unitId, toUnitId: host.unitId });
            else if (kind === 'rename')
              changes.push({ kind: 'rename', unitId, nameVi: 'Tên mới', nameEn: 'New', shortName: 'Mới' });
            else if (kind === 'dissolve') changes.push({ kind: 'dissolve', fromUnitId: unitId, toUnitId: host.unitId });
            else if (kind === 'split' || kind === 'part') {
              const ends = kind === 'split';
              changes.push({
                kind: 'split',
                fromUnitId: unitId,
                toUnitIds: [newUnit, other],
                mainUnitId: ends ? newUnit : unitId,
                ends,
              });
              rules.push({ fromUnitId: unitId, by: 'address', values: ['xom dong'], toUnitId: other });
            }
          });
          const before = await picture();
          const staff = await working(BEFORE);
          const dossiers = await count('select count(*) as n from dossiers.dossier');
          const id = await started({ changes, decisions: everything, rules });
          expect((await runOperation(context, id))?.state).toBe('done');
          expect(await homeless()).toEqual(nobody);
          expect(await count('select count(*) as n from dossiers.dossier')).toBe(dossiers);
          expect(await working(DAY)).toBe(staff);
          await db.write((tx) => startUndo(tx, second, id), second);
          expect((await runOperation(context, id))?.state).toBe('undone');
          expect(await picture()).toEqual(before);
        },
      ),
      { numRuns: 12, seed: 20250701, endOnFailure: true },
    );
  }, 120_000);
});

describe('a merger', () => {
  test('hands over rights with the posts: over the new unit and nowhere else, substitutions too', async () => {
    const [a, b] = await db.write(async (tx) => [await aCommune(tx, 3), await aCommune(tx, 3)] as const);
    const target = newId();
    const before = await grantsOf(db.reader, a.clerk.id, a.clerkPost, BEFORE);
    expect(Object.fromEntries(before)).toMatchObject({
      'dossiers.receive': [a.unitId],
      'dossiers.approve': [a.unitId],
    });
    const id = await started({
      changes: [
        founded(target, 'Xã hợp nhất'),
        ...[a, b].map(({ unitId }) => ({ kind: 'merge' as const, fromUnitId: unitId, toUnitId: target })),
      ],
      decisions: everything,
      rules: [],
    });
    const operation = await runOperation(context, id);
    const postOf = new Map(operation!.resolved!.posts.map((post) => [post.fromPostId, post.toPostId!]));
    for (const each of [a, b]) {
      const grants = Object.fromEntries(await grantsOf(db.reader, each.clerk.id, postOf.get(each.clerkPost)!, DAY));
      expect(grants).toEqual({ 'dossiers.view': [target], 'dossiers.receive': [target], 'dossiers.approve': [target] });
      expect((await grantsOf(db.reader, each.clerk.id, each.clerkPost, DAY)).size).toBe(0);
      expect((await grantsOf(db.reader, each.clerk.id, each.clerkPost, BEFORE)).size).toBe(3);
    }
    const assigned = await db.reader.raw<{ assignee_post_id: string }>(
      'select distinct assignee_post_id from dossiers.dossier where handling_unit_id = $1 and stage < 6 and assignee_post_id is not null',
      [target],
    );
    expect(assigned.map((row) => row.assignee_post_id).sort()).toEqual(
      [a, b].map((each) => postOf.get(each.clerkPost)!).sort(),
    );
  });

  test('keeps numbers unique and old codes as they were; own opening hours hold at the successor when it was decided so', async () => {
    const a = await db.write((tx) => aCommune(tx, 2));
    const host = await db.write((tx) => aCommune(tx, 2));
    const codes = await db.reader.raw('select id, code from dossiers.dossier where code is not null order by id');
    const id = await started({
      changes: [{ kind: 'merge', fromUnitId: a.unitId, toUnitId: host.unitId }],
      decisions: { ...everything, [`calendar:${a.unitId}`]: 'leave' },
      rules: [],
    });
    await runOperation(context, id);
    expect(await db.reader.raw('select id, code from dossiers.dossier where code is not null order by id')).toEqual(
      codes,
    );
    const waiting = await db.reader.raw<{ id: string }>(
      'select id from dossiers.dossier where handling_unit_id = $1 and state = 1',
      [host.unitId],
    );
    const received = await db.write(async (tx) => {
      const list: (string | null)[] = [];
      for (const { id: dossierId } of waiting)
        list.push((await receiveDossier(tx, anOfficer('all'), { dossierId, version: null })).code);
      return list;
    });
    expect(new Set(received).size).toBe(waiting.length);
    expect(waiting.length).toBeGreaterThan(1);
    expect(await count('select count(*) as n from calendar.entry where unit_id = $1', [host.unitId])).toBe(1);
  });

  test('is not undone when the founded unit has taken in dossiers, and says so', async () => {
    const a = await db.write((tx) => aCommune(tx, 2));
    const target = newId();
    const id = await started({
      changes: [founded(target, 'Xã mới'), { kind: 'merge', fromUnitId: a.unitId, toUnitId: target }],
      decisions: everything,
      rules: [],
    });
    await runOperation(context, id);
    await db.write((tx) => insertDossier(tx, { ...a.place, receivingUnitId: target, competentUnitId: target }));
    const { blocks } = await contradictionsOf(db.reader, (await findOperation(db.reader, id))!);
    expect(blocks.map((each) => each.text.en)).toEqual(['The new unit has taken in 1 dossiers']);
    const refusal = await db
      .write((tx) => startUndo(tx, second, id), second)
      .then(
        () => 'done',
        (thrown: unknown) => (isProblem(thrown) ? thrown.definition.code : String(thrown)),
      );
    expect(refusal).toBe('organisations.undo-contradicted');
    expect((await findOperation(db.reader, id))?.state).toBe('done');
  });
});

describe('while it runs', () => {
  test('a dossier handed in at the old unit is found by the new one: written before the closing, committed after the sweep, or sent later', async () => {
    const a = await db.write((tx) => aCommune(tx, 2));
    const target = newId();
    const id = await started({
      changes: [founded(target, 'Xã mới'), { kind: 'merge', fromUnitId: a.unitId, toUnitId: target }],
      decisions: everything,
      rules: [],
    });
    const late = Promise.withResolvers<void>();
    const written = Promise.withResolvers<string>();
    const slow = inTransaction(db, { actor: admin, clock: db.clock }, async (tx) => {
      const { dossierId } = await submitDossier(tx, aCitizen(), aDossier(a.place), TEST_SECRET);
      written.resolve(dossierId);
      await late.promise;
    });
    const early = await written.promise;
    let outcome = await stepOperation(context, id);
    while (outcome === 'again') outcome = await stepOperation(context, id);
    expect(outcome).toBe('wait');
    const afterwards = await db.write((tx) => submitDossier(tx, aCitizen(), aDossier(a.place), TEST_SECRET));
    late.resolve();
    await slow;
    expect((await runOperation(context, id))?.state).toBe('done');
    for (const dossierId of [early, afterwards.dossierId])
      expect(
        await db.reader.raw(
          'select handling_unit_id, receiving_unit_id, competent_unit_id from dossiers.dossier where id = $1',
          [dossierId],
        ),
      ).toEqual([{ handling_unit_id: target, receiving_unit_id: target, competent_unit_id: target }]);
    expect(await homeless()).toEqual(nobody);
  });

  test('killed in the middle it says so, loses nothing and goes on', async () => {
    const a = await db.write((tx) => aCommune(tx, 6));
    const target = newId();
    let isBroken = true;
    provideUnitMove({
      name: 'test-fault',
      title: { vi: 'Lỗi thử', en: 'A fault' },
      order: 99,
      preview: async () => ({ kinds: {}, lines: [] }),
      async apply(tx) {
        if (isBroken) await tx.raw('select pg_terminate_backend(pg_backend_pid())');
        return { moved: 0, isDone: true };
      },
      undo: async () => ({ moved: 0, isDone: true }),
    });
    const id = await started({
      changes: [founded(target, 'Xã mới'), { kind: 'merge', fromUnitId: a.unitId, toUnitId: target }],
      decisions: everything,
      rules: [],
    });
    await expect(runOperation(context, id)).rejects.toThrow(/terminat|connection/i);
    const broken = await findOperation(db.reader, id);
    expect(broken).toMatchObject({ state: 'running' });
    expect(broken?.failure).not.toBeNull();
    isBroken = false;
    expect(await runOperation(context, id)).toMatchObject({ state: 'done', failure: null });
    expect(await count('select count(*) as n from dossiers.dossier where handling_unit_id = $1', [target])).toBe(6);
    expect(await homeless()).toEqual(nobody);
  });
});

describe('a plan', () => {
  test('needs a second person, answers to every question, and units that exist', async () => {
    const [a, b] = await db.write(async (tx) => [await aCommune(tx, 1), await aCommune(tx, 1)] as const);
    const target = newId();
    const changes: Change[] = [
      founded(target, 'Xã mới'),
      ...[a, b].map(({ unitId }) => ({ kind: 'merge' as const, fromUnitId: unitId, toUnitId: target })),
    ];
    const id = await draft({ changes, decisions: {}, rules: [] });
    const refusalOf = (work: (tx: Tx) => Promise<unknown>, by = second) =>
      db.write(work, by).then(
        () => 'done',
        (thrown: unknown) => (isProblem(thrown) ? thrown.definition.code : String(thrown)),
      );
    expect(await refusalOf((tx) => checkOperation(tx, admin, { id, version: null }), admin)).toBe(
      'organisations.second-person-needed',
    );
    expect(await refusalOf((tx) => checkOperation(tx, second, { id, version: null }))).toBe(
      'organisations.operation-open-questions',
    );
    expect(await refusalOf((tx) => startOperation(tx, second, id))).toBe('organisations.operation-state');
    const { preview } = (await findOperation(db.reader, id))!;
    expect(preview!.ambiguities.map((each) => each.key.split(':')[0])).toEqual(['leader', 'calendar', 'calendar']);
    const lines = preview!.lines.filter((line) => line.fromUnitId === a.unitId).map((line) => [line.kind, line.count]);
    expect(Object.fromEntries(lines)).toMatchObject({
      posts: 2,
      appointments: 2,
      substitutions: 1,
      'procedures.offers': 1,
      'calendar.entries': 1,
      'dossiers.running': 1,
    });
    await db.write(
      (tx) =>
        changeOperation(tx, admin, { id, version: null }, (operation) => ({
          ...operation,
          plan: { ...operation.plan, decisions: everything },
        })),
      admin,
    );
    expect(
      await refusalOf((tx) => changeOperation(tx, admin, { id, version: 1 }, (operation) => operation), admin),
    ).toBe('platform.stale-version');
    expect(await refusalOf((tx) => checkOperation(tx, second, { id, version: null }))).toBe('done');
    const nowhere = await draft({
      changes: [{ kind: 'merge', fromUnitId: newId(), toUnitId: a.unitId }],
      decisions: {},
      rules: [],
    });
    expect((await findOperation(db.reader, nowhere))!.preview!.obstacles).toHaveLength(1);
    const outsider = anOfficial({ 'organisations.manage': [a.unitId] });
    expect(await refusalOf((tx) => checkOperation(tx, outsider, { id: nowhere, version: null }), outsider)).toBe(
      'platform.forbidden',
    );
  });
});
