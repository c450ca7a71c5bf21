import { describe, expect, test } from 'vitest';
import { isProblem, type ProblemDefinition, forbidden, staleVersion } from '../../platform/problems.ts';
import type { Tx } from '../../platform/database.ts';
import { testDatabase } from '../../testing/database.ts';
import { appointOfficer, endAppointment } from './appoint-officer.ts';
import { assignIdentifier } from './assign-identifier.ts';
import { changeOfficer } from './change-officer.ts';
import { changeUnit } from './change-unit.ts';
import { closeUnit } from './close-unit.ts';
import { createOfficer } from './create-officer.ts';
import { createUnit } from './create-unit.ts';
import { findUnit, getUnit } from './get-unit.ts';
import { createPost, setPostRoles } from './manage-post.ts';
import { changeRole } from './manage-role.ts';
import { holdsPostThroughout, listAppointments, listOfficers, postsOf } from './officer-queries.ts';
import * as problems from './organisation-problems.ts';
import { listPosts } from './post-queries.ts';
import { grantsOf, holdersOf, listRoles } from './role-queries.ts';
import { revokeSubstitution, substituteOfficer } from './substitute-officer.ts';
import { anOfficial, aUnit, insertTestOfficer, insertTestPost, insertTestRole, insertTestUnit } from './testing.ts';
import { agencyCodesOf, ancestorsOf, descendantsOf, findByAgencyCode, listChildren, namesOf, searchUnits } from './unit-queries.ts';
import { listSuccession, listUnitVersions } from './unit-write-queries.ts';

const db = await testDatabase();
const admin = anOfficial();
const TODAY = '2026-11-23';

async function refused(work: (tx: Tx) => Promise<unknown>, definition: ProblemDefinition): Promise<void> {
  const error: unknown = await db.write(work).then(
    () => null,
    (thrown: unknown) => thrown,
  );
  expect(isProblem(error) ? error.definition.code : error).toBe(definition.code);
}

describe('a unit through time', () => {
  test('is found as it was on each day of its life, and on no other', async () => {
    const id = await db.write((tx) => createUnit(tx, admin, aUnit({ nameVi: 'Sở Khoa học', validFrom: '2015-01-01' })));
    await db.write((tx) => changeUnit(tx, admin, id, 1, aUnit({ nameVi: 'Sở Khoa học và Công nghệ', validFrom: '2020-06-01', decisionNumber: '9/QĐ' })));
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
    await refused((tx) => changeUnit(tx, admin, id, 1, aUnit({ nameVi: 'Sở khác' })), staleVersion);
    await refused((tx) => changeUnit(tx, admin, id, 2, aUnit({ validFrom: '2001-01-01' })), problems.unitMissing);
  });

  test('leaves an event with who, what and the decision', async () => {
    const id = await db.write((tx) => createUnit(tx, admin, aUnit({ nameVi: 'A' })));
    await db.write((tx) => changeUnit(tx, admin, id, 1, aUnit({ nameVi: 'B', phone: '1022', validFrom: '2026-01-01', decisionNumber: '7/QĐ' })), admin);
    const events = await db.reader.raw<{ name: string; payload: Record<string, unknown> }>(
      'select name, payload from platform.event where subject_id = $1 order by id',
      [id],
    );
    expect(events.map((event) => event.name)).toEqual(['organisations.unit-created', 'organisations.unit-renamed', 'organisations.unit-changed']);
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
    await db.write((tx) => changeUnit(tx, admin, child, 1, aUnit({ nameVi: 'C', parentId: b, validFrom: '2026-01-01' })));
    expect((await descendantsOf(db.reader, [a], '2025-12-31')).sort()).toEqual([a, child, grandchild].sort());
    expect(await descendantsOf(db.reader, [a], '2026-01-01')).toEqual([a]);
    expect((await descendantsOf(db.reader, [b], TODAY)).sort()).toEqual([b, child, grandchild].sort());
    expect((await ancestorsOf(db.reader, grandchild, TODAY)).map((unit) => unit.nameVi)).toEqual(['B', 'C', 'D']);
    expect((await listChildren(db.reader, b, TODAY)).map((unit) => [unit.nameVi, unit.hasChildren])).toEqual([['C', true]]);
  });

  test('refuses circles, also across periods, and parents that do not exist that day', async () => {
    const [top, below] = await db.write(async (tx) => {
      const id = await insertTestUnit(tx, { validFrom: '2020-01-01' });
      return [id, await insertTestUnit(tx, { parentId: id, validFrom: '2020-01-01' })] as const;
    });
    await refused((tx) => changeUnit(tx, admin, top, 1, aUnit({ parentId: below, validFrom: '2020-01-01' })), problems.unitInCircle);
    await refused((tx) => changeUnit(tx, admin, top, 1, aUnit({ parentId: below, validFrom: '2026-01-01' })), problems.unitInCircle);
    await refused((tx) => changeUnit(tx, admin, top, 1, aUnit({ parentId: top, validFrom: '2020-01-01' })), problems.unitInCircle);
    await refused((tx) => createUnit(tx, admin, aUnit({ parentId: below, validFrom: '2010-01-01' })), problems.parentNotValid);
    expect(await descendantsOf(db.reader, [top], TODAY)).toHaveLength(2);
  });

  test('closing a unit ends its posts and identifiers and names who takes over', async () => {
    const [old, next] = await db.write(async (tx) => [
      await insertTestUnit(tx, { nameVi: 'Sở Du lịch', agencyCode: 'H41.914' }),
      await insertTestUnit(tx, { nameVi: 'Sở Văn hóa, Thể thao và Du lịch' }),
    ] as const);
    const post = await db.write((tx) => createPost(tx, admin, old, { titleVi: 'Chuyên viên', titleEn: 'Specialist', isLeader: false, sortOrder: 1, validFrom: '2025-07-01' }));
    const closing = { unitId: old, version: 1, lastDay: '2026-06-30', decisionNumber: '1/NQ', successorIds: [next] };
    const officer = await db.write((tx) => insertTestOfficer(tx, { postIds: [post] }));
    await refused((tx) => closeUnit(tx, admin, closing), problems.unitHasStaff);
    const [held] = await listAppointments(db.reader, officer.id);
    await db.write((tx) => endAppointment(tx, admin, { appointmentId: held?.appointmentId ?? '', lastDay: '2026-06-30', decisionNumber: null }));
    await db.write((tx) => closeUnit(tx, admin, closing));
    expect(await findUnit(db.reader, old, '2026-06-30')).toBeDefined();
    expect(await findUnit(db.reader, old, '2026-07-01')).toBeUndefined();
    expect(await findByAgencyCode(db.reader, 'H41.914', '2026-07-01')).toBeUndefined();
    expect(await listPosts(db.reader, old, '2026-07-01')).toEqual([]);
    expect(await listSuccession(db.reader, next)).toMatchObject([{ predecessorId: old, effectiveOn: '2026-07-01', decisionNumber: '1/NQ' }]);
    expect((await namesOf(db.reader, [old], TODAY)).get(old)?.nameVi).toBe('Sở Du lịch');
  });

  test('a unit with open units below is not closed', async () => {
    const id = await db.write(async (tx) => {
      const parent = await insertTestUnit(tx);
      await insertTestUnit(tx, { parentId: parent });
      return parent;
    });
    await refused((tx) => closeUnit(tx, admin, { unitId: id, version: 1, lastDay: TODAY, decisionNumber: '1', successorIds: [] }), problems.unitHasChildren);
  });

  test('is searched without marks and by identifier; wildcards of SQL are plain letters', async () => {
    const id = await db.write((tx) => insertTestUnit(tx, { nameVi: 'Sở Giáo dục và Đào tạo đặc biệt', agencyCode: 'H41.777' }));
    expect((await searchUnits(db.reader, 'giao duc va dao tao DAC BIET', TODAY)).map((unit) => unit.id)).toEqual([id]);
    expect((await searchUnits(db.reader, 'h41.777', TODAY)).map((unit) => unit.id)).toEqual([id]);
    expect(await searchUnits(db.reader, '%', TODAY)).toEqual([]);
    expect(await searchUnits(db.reader, String.raw`\'; drop table`, TODAY)).toEqual([]);
  });
});

describe('agency identifiers', () => {
  test('of both shapes live side by side, one unit per code at a time', async () => {
    const [a, b] = await db.write(async (tx) => [await insertTestUnit(tx), await insertTestUnit(tx)] as const);
    await db.write((tx) => assignIdentifier(tx, admin, { unitId: a, code: '000.00.91.H41', validFrom: '2025-07-01', validTo: '2025-12-31' }));
    await db.write((tx) => assignIdentifier(tx, admin, { unitId: a, code: 'H41.91', validFrom: '2025-07-01' }));
    await refused((tx) => assignIdentifier(tx, admin, { unitId: b, code: 'H41.91', validFrom: '2026-01-01' }), problems.codeTaken);
    await refused((tx) => assignIdentifier(tx, admin, { unitId: a, code: 'H41.92', validFrom: '2026-01-01' }), problems.codeOverlap);
    await db.write((tx) => assignIdentifier(tx, admin, { unitId: b, code: '000.00.91.H41', validFrom: '2026-01-01' }));
    expect((await findByAgencyCode(db.reader, '000.00.91.H41', '2025-12-31'))?.id).toBe(a);
    expect((await findByAgencyCode(db.reader, '000.00.91.H41', '2026-01-01'))?.id).toBe(b);
    expect((await agencyCodesOf(db.reader, [a, b], 'qd20', TODAY)).get(a)).toBe('H41.91');
  });
  test.each(['h41.1', 'H41', 'Z41.1', 'H41..1', '000.00.00.Z41', "H41.1' or 1=1", 'H41.' + '1'.repeat(40)])('%s is refused or taken by its shape alone', async (code) => {
    const id = await db.write((tx) => insertTestUnit(tx));
    if (code === 'H41') await db.write((tx) => assignIdentifier(tx, admin, { unitId: id, code, validFrom: '2025-07-01' }));
    else await refused((tx) => assignIdentifier(tx, admin, { unitId: id, code, validFrom: '2025-07-01' }), problems.codeWrong);
  });
});

describe('rights', () => {
  /** agency ─ division; a post of each reach. */
  async function scene() {
    return db.write(async (tx) => {
      const agency = await insertTestUnit(tx);
      const division = await insertTestUnit(tx, { parentId: agency });
      const elsewhere = await insertTestUnit(tx);
      const process = await insertTestRole(tx, ['dossiers.process', 'dossiers.view']);
      const approve = await insertTestRole(tx, ['dossiers.approve', 'dossiers.view']);
      const desk = await insertTestPost(tx, { unitId: division, roleId: process });
      const lead = await insertTestPost(tx, { unitId: agency, roleId: approve, reach: 'unit-and-below' });
      const worker = await insertTestOfficer(tx, { postIds: [desk] });
      const boss = await insertTestOfficer(tx, { postIds: [lead] });
      return { agency, division, elsewhere, desk, lead, worker, boss, process, approve };
    });
  }
  const plain = (grants: Map<string, unknown>) => Object.fromEntries([...grants].map(([name, reach]) => [name, Array.isArray(reach) ? reach.toSorted() : reach]));

  test('are those of the post in use, unfolded to units', async () => {
    const s = await scene();
    expect(plain(await grantsOf(db.reader, s.worker.id, s.desk, TODAY))).toEqual({ 'dossiers.process': [s.division], 'dossiers.view': [s.division] });
    const both = [s.agency, s.division].sort();
    expect(plain(await grantsOf(db.reader, s.boss.id, s.lead, TODAY))).toEqual({ 'dossiers.approve': both, 'dossiers.view': both });
  });

  test('are none at a post the officer does not hold, before it begins, after it ends and after leaving', async () => {
    const s = await scene();
    expect(await grantsOf(db.reader, s.worker.id, s.lead, TODAY)).toEqual(new Map());
    expect(await grantsOf(db.reader, s.worker.id, s.desk, '2025-06-30')).toEqual(new Map());
    const [held] = await listAppointments(db.reader, s.worker.id);
    await db.write((tx) => endAppointment(tx, admin, { appointmentId: held?.appointmentId ?? '', lastDay: TODAY, decisionNumber: '3/QĐ' }));
    expect((await grantsOf(db.reader, s.worker.id, s.desk, TODAY)).size).toBe(2);
    expect(await grantsOf(db.reader, s.worker.id, s.desk, '2026-11-24')).toEqual(new Map());
    const facts = { staffCode: s.boss.staffCode, fullName: s.boss.name, email: null, phone: null };
    await db.write((tx) => changeOfficer(tx, admin, s.boss.id, 1, { ...facts, leftOn: '2026-11-22' }));
    expect(await grantsOf(db.reader, s.boss.id, s.lead, TODAY)).toEqual(new Map());
  });

  test('everywhere wins over listed units', async () => {
    const s = await scene();
    await db.write((tx) =>
      setPostRoles(tx, admin, s.desk, [
        { roleId: s.process, reach: 'all', unitIds: [] },
        { roleId: s.approve, reach: 'listed', unitIds: [s.elsewhere] },
      ]),
    );
    expect(plain(await grantsOf(db.reader, s.worker.id, s.desk, TODAY))).toEqual({
      'dossiers.process': 'all',
      'dossiers.view': 'all',
      'dossiers.approve': [s.elsewhere],
    });
  });

  test('of a post acted at are lent from–to, in the scope given, and end with a revocation or with the holder’s post', async () => {
    const s = await scene();
    const lend = {
      postId: s.lead,
      fromOfficerId: s.boss.id,
      toOfficerId: s.worker.id,
      permissions: ['dossiers.approve'],
      scopeNote: null,
      documentNumber: '5/GUQ',
      validFrom: '2026-11-20',
      validTo: '2026-11-30',
    };
    const id = await db.write((tx) => substituteOfficer(tx, admin, lend));
    const both = [s.agency, s.division].sort();
    expect(plain(await grantsOf(db.reader, s.worker.id, s.desk, TODAY))).toEqual({
      'dossiers.process': [s.division],
      'dossiers.view': [s.division],
      'dossiers.approve': both,
    });
    expect(plain(await grantsOf(db.reader, s.worker.id, s.lead, TODAY))).toEqual({ 'dossiers.approve': both });
    expect((await grantsOf(db.reader, s.worker.id, s.desk, '2026-12-01')).has('dossiers.approve')).toBe(false);
    expect((await grantsOf(db.reader, s.worker.id, s.desk, '2026-11-19')).has('dossiers.approve')).toBe(false);
    await refused((tx) => substituteOfficer(tx, admin, lend), problems.substitutionOverlap);
    await db.write((tx) => revokeSubstitution(tx, admin, id));
    expect((await grantsOf(db.reader, s.worker.id, s.desk, TODAY)).has('dossiers.approve')).toBe(false);
    await refused((tx) => revokeSubstitution(tx, admin, id), problems.substitutionMissing);
    await refused((tx) => substituteOfficer(tx, admin, { ...lend, fromOfficerId: s.worker.id, toOfficerId: s.boss.id }), problems.substitutionWithoutPost);
    await refused((tx) => substituteOfficer(tx, admin, { ...lend, toOfficerId: s.boss.id }), problems.officerMissing);
    await refused((tx) => substituteOfficer(tx, admin, { ...lend, validTo: '2026-11-01' }), problems.periodWrong);
  });

  test('of a substitute end when the person replaced leaves the post', async () => {
    const s = await scene();
    const facts = { scopeNote: null, documentNumber: '6/GUQ', validFrom: '2026-11-20', validTo: '2026-11-30', permissions: null };
    await db.write((tx) => substituteOfficer(tx, admin, { ...facts, postId: s.lead, fromOfficerId: s.boss.id, toOfficerId: s.worker.id }));
    const [held] = await listAppointments(db.reader, s.boss.id);
    await db.write((tx) => endAppointment(tx, admin, { appointmentId: held?.appointmentId ?? '', lastDay: '2026-11-22', decisionNumber: null }));
    expect((await grantsOf(db.reader, s.worker.id, s.desk, TODAY)).has('dossiers.approve')).toBe(false);
  });

  test('who holds a permission over a unit is found for assigning', async () => {
    const s = await scene();
    const here = async (permission: string, unitId: string) =>
      (await holdersOf(db.reader, permission, unitId, TODAY)).map((holder) => holder.officerId).filter((id) => id === s.boss.id || id === s.worker.id);
    expect(await here('dossiers.approve', s.division)).toEqual([s.boss.id]);
    expect(await here('dossiers.process', s.division)).toEqual([s.worker.id]);
    expect(await here('dossiers.process', s.agency)).toEqual([]);
  });

  test('nobody manages beyond their reach, or hands out more than they have', async () => {
    const s = await scene();
    const local = anOfficial({ 'organisations.manage': [s.division], 'dossiers.view': [s.division], 'dossiers.process': [s.division] });
    await refused((tx) => createUnit(tx, local, aUnit({ parentId: s.agency })), forbidden);
    await refused((tx) => createUnit(tx, local, aUnit()), forbidden);
    await refused((tx) => changeUnit(tx, local, s.elsewhere, 1, aUnit()), forbidden);
    await refused((tx) => changeUnit(tx, local, s.division, 1, aUnit({ parentId: s.elsewhere })), forbidden);
    await refused((tx) => setPostRoles(tx, local, s.desk, [{ roleId: s.process, reach: 'all', unitIds: [] }]), forbidden);
    await refused((tx) => setPostRoles(tx, local, s.desk, [{ roleId: s.process, reach: 'listed', unitIds: [s.elsewhere] }]), forbidden);
    await refused((tx) => setPostRoles(tx, local, s.desk, [{ roleId: s.approve, reach: 'unit', unitIds: [] }]), forbidden);
    await refused((tx) => changeRole(tx, local, s.process, 1, { nameVi: 'x', nameEn: 'x', descriptionVi: 'x', descriptionEn: 'x', permissions: [] }), forbidden);
    const facts = { staffCode: 'X1', fullName: 'X', email: null, phone: null, leftOn: null };
    await refused((tx) => changeOfficer(tx, local, s.boss.id, 1, facts), forbidden);
    await db.write((tx) => setPostRoles(tx, local, s.desk, [{ roleId: s.process, reach: 'unit', unitIds: [] }]));
  });

  test('the permissions of a role change for its holders at once', async () => {
    const s = await scene();
    const role = (await listRoles(db.reader)).find((each) => each.id === s.process);
    await db.write((tx) => changeRole(tx, admin, s.process, role?.version ?? 0, { nameVi: 'x', nameEn: 'x', descriptionVi: 'x', descriptionEn: 'x', permissions: ['events.view'] }));
    expect([...(await grantsOf(db.reader, s.worker.id, s.desk, TODAY)).keys()]).toEqual(['events.view']);
  });
});

describe('officers', () => {
  test('are taken on in a first post, hold several, and never the same one twice at a time', async () => {
    const [unit, first, second] = await db.write(async (tx) => {
      const id = await insertTestUnit(tx);
      return [id, await insertTestPost(tx, { unitId: id }), await insertTestPost(tx, { unitId: id })] as const;
    });
    const input = { staffCode: 'NV.001', fullName: 'Nguyễn Thị Ánh', email: 'anh@example.vn', phone: null };
    const post = { postId: first, isPrimary: true, decisionNumber: '1/QĐ', validFrom: '2026-01-01', validTo: null };
    const id = await db.write((tx) => createOfficer(tx, admin, input, post));
    await db.write((tx) => appointOfficer(tx, admin, { ...post, officerId: id, postId: second, isPrimary: false }));
    expect((await postsOf(db.reader, [id], TODAY)).map((held) => held.postId)).toEqual([first, second]);
    expect(await holdsPostThroughout(db.reader, id, first, '2025-12-31', TODAY)).toBe(false);
    await refused((tx) => appointOfficer(tx, admin, { ...post, officerId: id }), problems.appointmentOverlap);
    await refused((tx) => createOfficer(tx, admin, { ...input, email: null }, post), problems.staffCodeTaken);
    await refused((tx) => createOfficer(tx, admin, { ...input, staffCode: 'NV.002', email: 'ANH@example.vn' }, post), problems.officerEmailTaken);
    await refused((tx) => appointOfficer(tx, admin, { ...post, officerId: id, validFrom: '2020-01-01' }), problems.postNotValid);
    await refused((tx) => appointOfficer(tx, admin, { ...post, officerId: id, validTo: '2025-01-01' }), problems.periodWrong);
    await refused((tx) => appointOfficer(tx, admin, { ...post, officerId: unit }), problems.officerMissing);
  });

  test('are listed by given name in Vietnamese order, page after page without a gap', async () => {
    const names = ['Trần Văn Út', 'Lê Thị Ánh', 'Nguyễn Văn An', 'Đỗ Thị Bích', 'Hoàng Văn Đức', 'Bùi Thị Dung', 'Cao Văn Anh', 'Phan Thị Ân', 'Nguyễn Văn An'];
    const unit = await db.write(async (tx) => {
      const id = await insertTestUnit(tx);
      const post = await insertTestPost(tx, { unitId: id });
      for (const name of names) await insertTestOfficer(tx, { name, postIds: [post] });
      return id;
    });
    const seen: string[] = [];
    let after: { givenName: string; fullName: string; id: string } | null = null;
    for (;;) {
      const page: Awaited<ReturnType<typeof listOfficers>> = await listOfficers(db.reader, { unitIds: [unit], on: TODAY, text: null, after, limit: 2 });
      if (page.length === 0) break;
      seen.push(...page.map((officer) => officer.fullName));
      after = page.at(-1) ?? null;
    }
    expect(seen).toEqual(['Nguyễn Văn An', 'Nguyễn Văn An', 'Cao Văn Anh', 'Lê Thị Ánh', 'Phan Thị Ân', 'Đỗ Thị Bích', 'Bùi Thị Dung', 'Hoàng Văn Đức', 'Trần Văn Út']);
    const found = await listOfficers(db.reader, { unitIds: [unit], on: TODAY, text: 'duc', after: null, limit: 10 });
    expect(found.map((officer) => officer.fullName)).toEqual(['Hoàng Văn Đức']);
  });
});
