import fc from 'fast-check';
import { beforeAll, describe, expect, test } from 'vitest';
import { newId } from '../../platform/ids.ts';
import { testDatabase } from '../../testing/database.ts';
import { assignDossier } from './assign-dossier.ts';
import { startStep } from './process-steps.ts';
import { aDossier, anOfficer, insertDossier, insertOfficers, insertPlace, insertReceivedDossier } from './testing.ts';
import {
  countQueues,
  eachOfWorklist,
  formatCursor,
  listWorklist,
  parseCursor,
  searchDossiers,
  type WorklistCursor,
} from './worklist-queries.ts';

const db = await testDatabase();
const place = await db.write((tx) => insertPlace(tx));
const other = await db.write((tx) => insertPlace(tx));
const { specialist, leader } = await db.write((tx) => insertOfficers(tx, place));
const units = [place.competentUnitId, other.competentUnitId];
const named = (name: string) => ({ applicant: { ...aDossier(place).applicant, name } });

beforeAll(async () => {
  for (let day = 2; day <= 20; day += 1) {
    db.clock.set(`2026-11-${String(day).padStart(2, '0')}T09:00:00+07:00`);
    for (let i = 0; i < 3; i += 1)
      await db.write((tx) => insertReceivedDossier(tx, i === 2 ? other : place, named(`Lê Văn Đức ${day}`)));
  }
  db.clock.set('2026-11-23T09:00:00+07:00');
  await db.write((tx) => insertDossier(tx, place));
});

const list = (facts: object = {}, page: object = {}) =>
  listWorklist(db.reader, { queue: 'in-process', unitIds: units, ...facts }, { now: db.clock.now(), ...page });

test('sorted by appointment over all units asked for, and nothing of other units', async () => {
  const { rows } = await list({}, { size: 500 });
  expect(rows).toHaveLength(57);
  const times = rows.map((row) => row.attentionAt.getTime());
  expect(times).toEqual(times.toSorted((a, b) => a - b));
  expect((await list({ unitIds: [place.competentUnitId] }, { size: 500 })).rows).toHaveLength(38);
  expect((await list({ unitIds: [newId()] })).rows).toEqual([]);
  expect((await list({ unitIds: [] })).rows).toEqual([]);
});

test('walking forth and back through pages of any size shows each row once, in order', async () => {
  const all = (await list({}, { size: 500 })).rows.map((row) => row.id);
  await fc.assert(
    fc.asyncProperty(
      fc.integer({ min: 1, max: 60 }),
      fc.constantFrom('soonest' as const, 'latest' as const),
      async (size, sort) => {
        const forth: string[] = [];
        let after: WorklistCursor | null = null;
        let last = await list({}, { size, sort });
        for (;;) {
          forth.push(...last.rows.map((row) => row.id));
          after = last.next && parseCursor(formatCursor(last.next));
          if (!after) break;
          last = await list({}, { size, sort, after });
        }
        expect(forth).toEqual(sort === 'soonest' ? all : all.toReversed());
        const back = last.rows.map((row) => row.id);
        while (last.previous) {
          last = await list({}, { size, sort, before: last.previous });
          back.unshift(...last.rows.map((row) => row.id));
        }
        expect(back).toEqual(forth);
      },
    ),
    { numRuns: 12 },
  );
});

test('late and due soon are what the clock says, and the badges agree with the lists', async () => {
  const [late, soon] = [await list({ queue: 'late' }, { size: 500 }), await list({ queue: 'due-soon' }, { size: 500 })];
  const now = db.clock.now();
  expect(late.rows.length).toBeGreaterThan(0);
  expect(late.rows.every((row) => row.dueAt! < now)).toBe(true);
  expect(soon.rows.every((row) => row.dueAt! >= now && row.dueAt!.getTime() < now.getTime() + 48 * 3_600_000)).toBe(
    true,
  );
  expect(await countQueues(db.reader, [...units, place.receivingUnitId], now)).toMatchObject({
    'awaiting-receipt': 1,
    'in-process': 57,
    late: late.rows.length,
    'due-soon': soon.rows.length,
    'awaiting-return': 0,
  });
});

test('filters narrow, and mine is what my post has', async () => {
  const [first] = (await list()).rows;
  await db.write((tx) =>
    assignDossier(tx, leader, { dossierId: first!.id, version: null, postId: specialist.postId! }),
  );
  const mine = await list({ queue: 'mine', postId: specialist.postId });
  expect(mine.rows.map((row) => row.id)).toEqual([first!.id]);
  expect((await list({ assigneePostId: specialist.postId })).rows).toHaveLength(1);
  await db.write((tx) => startStep(tx, anOfficer('all'), { dossierId: first!.id, version: null }));
  expect((await list({ state: 4 })).rows).toHaveLength(1);
  expect((await list({ procedureId: other.procedureId }, { size: 100 })).rows).toHaveLength(19);
  expect((await list({ channel: 'post' })).rows).toEqual([]);
  const [from, to] = [new Date('2026-11-09T00:00:00+07:00'), new Date('2026-11-10T00:00:00+07:00')];
  expect((await list({ from, to })).rows.every((row) => row.attentionAt >= from && row.attentionAt < to)).toBe(true);
});

test('an export walks through everything once and stops at its limit', async () => {
  const ids: string[] = [];
  for await (const row of eachOfWorklist(db.reader, { queue: 'in-process', unitIds: units }, { now: db.clock.now() }))
    ids.push(row.id);
  expect(new Set(ids).size).toBe(57);
  let n = 0;
  for await (const _row of eachOfWorklist(
    db.reader,
    { queue: 'in-process', unitIds: units },
    { now: db.clock.now(), limit: 10 },
  ))
    n += 1;
  expect(n).toBe(10);
});

describe('search', () => {
  test('finds by code, its beginning, identity number and the name without accents, within the units only', async () => {
    const [row] = (await list()).rows;
    expect((await searchDossiers(db.reader, units, row!.code!.toLowerCase()))[0]!.id).toBe(row!.id);
    expect((await searchDossiers(db.reader, 'all', row!.code!.slice(0, 6))).length).toBeGreaterThan(1);
    expect((await searchDossiers(db.reader, units, '040190001234')).length).toBe(50);
    expect((await searchDossiers(db.reader, units, 'le van duc 1')).length).toBeGreaterThan(0);
    expect((await searchDossiers(db.reader, units, 'LÊ VĂN ĐỨC')).length).toBe(50);
    expect(await searchDossiers(db.reader, [newId()], row!.code!)).toEqual([]);
  });

  test.each(['', 'x', '%', '_%', "' or true --", 'a'.repeat(10_000), '\\'])(
    'hostile text %j finds nothing and breaks nothing',
    async (text) => {
      expect(await searchDossiers(db.reader, 'all', text)).toEqual([]);
    },
  );

  test.each([
    '',
    'abc',
    '.',
    '1.2',
    'zzzzzzzzzzz.00000000-0000-0000-0000-000000000000x',
    '-.x',
    'zzzzzzzzzzz.00000000-0000-0000-0000-000000000000',
  ])('cursor %j of somebody’s making is no cursor', (text) => {
    expect(parseCursor(text)).toBeNull();
  });
});
