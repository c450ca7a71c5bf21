import { describe, expect, test } from 'vitest';
import { isProblem, staleVersion } from '../../platform/problems.ts';
import type { Tx } from '../../platform/database.ts';
import { testDatabase } from '../../testing/database.ts';
import { endAppointment } from './appoint-officer.ts';
import { assignIdentifier } from './assign-identifier.ts';
import { changeUnit } from './change-unit.ts';
import { closeUnit } from './close-unit.ts';
import { createUnit } from './create-unit.ts';
import { findUnit, getUnit } from './get-unit.ts';
import { createPost } from './manage-post.ts';
import { listAppointments } from './officer-queries.ts';
import * as problems from './organisation-problems.ts';
import { listPosts } from './post-queries.ts';
import { anOfficial, aUnit, insertTestOfficer, insertTestUnit } from './testing.ts';
import {
  agencyCodesOf,
  ancestorsOf,
  descendantsOf,
  findByAgencyCode,
  listChildren,
  namesOf,
  searchUnits,
} from './unit-queries.ts';
import { listSuccession, listUnitVersions } from './unit-write-queries.ts';

const db = await testDatabase();
const admin = anOfficial();
const TODAY = '2026-11-23';

/** The code of the Problem that the work ends in; 'done' when it does not. */
async function refusalOf(work: (tx: Tx) => Promise<unknown>): Promise<string> {
  return db.write(work).then(
    () => 'done',
    (thrown: unknown) => (isProblem(thrown) ? thrown.definition.code : String(thrown)),
  );
}

describe('a unit through time', () => {
  test('is found as it was on each day of its life, and on no other', async () => {
    const id = await db.write((tx) => createUnit(tx, admin, aUnit({ nameVi: 'Sở Khoa học', validFrom: '2015-01-01' })));
    await db.write((tx) =>
      changeUnit(
        tx,
        admin,
        id,
        1,
        aUnit({ nameVi: 'Sở Khoa học và Công nghệ', validFrom: '2020-06-01', decisionNumber: '9/QĐ' }),
      ),
    );
    expect(await findUnit(db.reader, id, '2014-12-31')).toBeUndefined();
    expect((await getUnit(db.reader, id, '2020-05-31')).nameVi).toBe('Sở Khoa học');
    expect((await getUnit(db.reader, id, '2020-06-01')).nameVi).toBe('Sở Khoa học và Công nghệ');
    expect((await namesOf(db.reader, [id], '2010-01-01')).get(id)?.nameVi).toBe('Sở Khoa học');
    expect(await findUnit(db.reader, 'not-an-id', TODAY)).toBeUndefined();
  });

  test('corrected on its own first day keeps one period; a stale form is refused', async () => {
    const id = await db.write((tx) => createUnit(tx, admin, aUnit({ nameVi: 'Sở Y Té' })));
    await db.write((tx) => changeUnit(tx, admin, id, 1, aUnit({ nameVi: 'Sở Y tế' })));
    expect(await listUnitVersions(db.reader, id)).toHaveLength(1);
    expect(await refusalOf((tx) => changeUnit(tx, admin, id, 1, aUnit({ nameVi: 'Sở khác' })))).toBe(staleVersion.code);
    expect(await refusalOf((tx) => changeUnit(tx, admin, id, 2, aUnit({ validFrom: '2001-01-01' })))).toBe(
      problems.unitMissing.code,
    );
  });

  test('leaves an event with who, what and the decision', async () => {
    const id = await db.write((tx) => createUnit(tx, admin, aUnit({ nameVi: 'A' })));
    await db.write(
      (tx) =>
        changeUnit(
          tx,
          admin,
          id,
          1,
          aUnit({ nameVi: 'B', phone: '1022', validFrom: '2026-01-01', decisionNumber: '7/QĐ' }),
        ),
      admin,
    );
    const events = await db.reader.raw<{ name: string; payload: Record<string, unknown> }>(
      'select name, payload from platform.event where subject_id = $1 order by id',
      [id],
    );
    expect(events.map((event) => event.name)).toEqual([
      'organisations.unit-created',
      'organisations.unit-renamed',
      'organisations.unit-changed',
    ]);
    expect(events[1]?.payload).toMatchObject({ from: 'A', to: 'B', decisionNumber: '7/QĐ' });
    expect(events[2]?.payload).toMatchObject({ changed: ['phone'] });
  });
});

describe('the tree', () => {
  test('knows what is below and above on a day, also after a move', async () => {
    const [a, b, child, grandchild] = await db.write(async (tx) => {
      const first = await insertTestUnit(tx, { nameVi: 'A' });
      const second = await insertTestUnit(tx, { nameVi: 'B' });
      const third = await insertTestUnit(tx, { nameVi: 'C', parentId: first });
      return [first, second, third, await insertTestUnit(tx, { nameVi: 'D', parentId: third })] as const;
    });
    await db.write((tx) =>
      changeUnit(tx, admin, child, 1, aUnit({ nameVi: 'C', parentId: b, validFrom: '2026-01-01' })),
    );
    expect((await descendantsOf(db.reader, [a], '2025-12-31')).sort()).toEqual([a, child, grandchild].sort());
    expect(await descendantsOf(db.reader, [a], '2026-01-01')).toEqual([a]);
    expect((await descendantsOf(db.reader, [b], TODAY)).sort()).toEqual([b, child, grandchild].sort());
    expect((await ancestorsOf(db.reader, grandchild, TODAY)).map((unit) => unit.nameVi)).toEqual(['B', 'C', 'D']);
    expect((await listChildren(db.reader, b, TODAY)).map((unit) => [unit.nameVi, unit.hasChildren])).toEqual([
      ['C', true],
    ]);
  });

  test('refuses circles, also across periods, and parents that do not exist that day', async () => {
    const [top, below] = await db.write(async (tx) => {
      const id = await insertTestUnit(tx, { validFrom: '2020-01-01' });
      return [id, await insertTestUnit(tx, { parentId: id, validFrom: '2020-01-01' })] as const;
    });
    expect(
      await refusalOf((tx) => changeUnit(tx, admin, top, 1, aUnit({ parentId: below, validFrom: '2020-01-01' }))),
    ).toBe(problems.unitInCircle.code);
    expect(
      await refusalOf((tx) => changeUnit(tx, admin, top, 1, aUnit({ parentId: below, validFrom: '2026-01-01' }))),
    ).toBe(problems.unitInCircle.code);
    expect(
      await refusalOf((tx) => changeUnit(tx, admin, top, 1, aUnit({ parentId: top, validFrom: '2020-01-01' }))),
    ).toBe(problems.unitInCircle.code);
    expect(await refusalOf((tx) => createUnit(tx, admin, aUnit({ parentId: below, validFrom: '2010-01-01' })))).toBe(
      problems.parentNotValid.code,
    );
    expect(await descendantsOf(db.reader, [top], TODAY)).toHaveLength(2);
  });

  test('closing a unit ends its posts and identifiers and names who takes over', async () => {
    const [old, next] = await db.write(
      async (tx) =>
        [
          await insertTestUnit(tx, { nameVi: 'Sở Du lịch', agencyCode: 'H41.914' }),
          await insertTestUnit(tx, { nameVi: 'Sở Văn hóa, Thể thao và Du lịch' }),
        ] as const,
    );
    const post = await db.write((tx) =>
      createPost(tx, admin, old, {
        titleVi: 'Chuyên viên',
        titleEn: 'Specialist',
        isLeader: false,
        sortOrder: 1,
        validFrom: '2025-07-01',
      }),
    );
    const closing = { unitId: old, version: 1, lastDay: '2026-06-30', decisionNumber: '1/NQ', successorIds: [next] };
    const officer = await db.write((tx) => insertTestOfficer(tx, { postIds: [post] }));
    expect(await refusalOf((tx) => closeUnit(tx, admin, closing))).toBe(problems.unitHasStaff.code);
    const [held] = await listAppointments(db.reader, officer.id);
    await db.write((tx) =>
      endAppointment(tx, admin, {
        appointmentId: held?.appointmentId ?? '',
        lastDay: '2026-06-30',
        decisionNumber: null,
      }),
    );
    await db.write((tx) => closeUnit(tx, admin, closing));
    expect(await findUnit(db.reader, old, '2026-06-30')).toBeDefined();
    expect(await findUnit(db.reader, old, '2026-07-01')).toBeUndefined();
    expect(await findByAgencyCode(db.reader, 'H41.914', '2026-07-01')).toBeUndefined();
    expect(await listPosts(db.reader, old, '2026-07-01')).toEqual([]);
    expect(await listSuccession(db.reader, next)).toMatchObject([
      { predecessorId: old, effectiveOn: '2026-07-01', decisionNumber: '1/NQ' },
    ]);
    expect((await namesOf(db.reader, [old], TODAY)).get(old)?.nameVi).toBe('Sở Du lịch');
  });

  test('a unit with open units below is not closed', async () => {
    const id = await db.write(async (tx) => {
      const parent = await insertTestUnit(tx);
      await insertTestUnit(tx, { parentId: parent });
      return parent;
    });
    expect(
      await refusalOf((tx) =>
        closeUnit(tx, admin, { unitId: id, version: 1, lastDay: TODAY, decisionNumber: '1', successorIds: [] }),
      ),
    ).toBe(problems.unitHasChildren.code);
  });

  test('is searched without marks and by identifier; wildcards of SQL are plain letters', async () => {
    const id = await db.write((tx) =>
      insertTestUnit(tx, { nameVi: 'Sở Giáo dục và Đào tạo đặc biệt', agencyCode: 'H41.777' }),
    );
    expect((await searchUnits(db.reader, 'giao duc va dao tao DAC BIET', TODAY)).map((unit) => unit.id)).toEqual([id]);
    expect((await searchUnits(db.reader, 'h41.777', TODAY)).map((unit) => unit.id)).toEqual([id]);
    expect(await searchUnits(db.reader, '%', TODAY)).toEqual([]);
    expect(await searchUnits(db.reader, String.raw`\'; drop table`, TODAY)).toEqual([]);
  });
});

describe('agency identifiers', () => {
  test('of both shapes live side by side, one unit per code at a time', async () => {
    const [a, b] = await db.write(async (tx) => [await insertTestUnit(tx), await insertTestUnit(tx)] as const);
    await db.write((tx) =>
      assignIdentifier(tx, admin, { unitId: a, code: '000.00.91.H41', validFrom: '2025-07-01', validTo: '2025-12-31' }),
    );
    await db.write((tx) => assignIdentifier(tx, admin, { unitId: a, code: 'H41.91', validFrom: '2025-07-01' }));
    expect(
      await refusalOf((tx) => assignIdentifier(tx, admin, { unitId: b, code: 'H41.91', validFrom: '2026-01-01' })),
    ).toBe(problems.codeTaken.code);
    expect(
      await refusalOf((tx) => assignIdentifier(tx, admin, { unitId: a, code: 'H41.92', validFrom: '2026-01-01' })),
    ).toBe(problems.codeOverlap.code);
    await db.write((tx) => assignIdentifier(tx, admin, { unitId: b, code: '000.00.91.H41', validFrom: '2026-01-01' }));
    expect((await findByAgencyCode(db.reader, '000.00.91.H41', '2025-12-31'))?.id).toBe(a);
    expect((await findByAgencyCode(db.reader, '000.00.91.H41', '2026-01-01'))?.id).toBe(b);
    expect((await agencyCodesOf(db.reader, [a, b], 'qd20', TODAY)).get(a)).toBe('H41.91');
  });
  test.each(['h41.1', 'Z41.1', 'H41..1', '000.00.00.Z41', "H41.1' or 1=1", 'H41.' + '1'.repeat(40)])(
    '%s is refused by its shape alone',
    async (code) => {
      const id = await db.write((tx) => insertTestUnit(tx));
      const refusal = await refusalOf((tx) =>
        assignIdentifier(tx, admin, { unitId: id, code, validFrom: '2025-07-01' }),
      );
      expect(refusal).toBe(problems.codeWrong.code);
    },
  );
});
