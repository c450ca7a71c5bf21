import { describe, expect, test } from 'vitest';
import { isProblem, forbidden } from '../../platform/problems.ts';
import type { Tx } from '../../platform/database.ts';
import { testDatabase } from '../../testing/database.ts';
import { appointOfficer, endAppointment } from './appoint-officer.ts';
import { changeOfficer } from './change-officer.ts';
import { changeUnit } from './change-unit.ts';
import { createOfficer } from './create-officer.ts';
import { createUnit } from './create-unit.ts';
import { setPostRoles } from './manage-post.ts';
import { changeRole } from './manage-role.ts';
import { holdsPostThroughout, listAppointments, listOfficers, postsOf } from './officer-queries.ts';
import * as problems from './organisation-problems.ts';
import { grantsOf, holdersOf, listRoles } from './role-queries.ts';
import { revokeSubstitution, substituteOfficer } from './substitute-officer.ts';
import { anOfficial, aUnit, insertTestOfficer, insertTestPost, insertTestRole, insertTestUnit } from './testing.ts';

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
  const plain = (grants: Map<string, unknown>) =>
    Object.fromEntries(
      [...grants].map(([name, reach]) => [
        name,
        Array.isArray(reach) ? (reach as string[]).toSorted((a, b) => (a < b ? -1 : 1)) : reach,
      ]),
    );

  test('are those of the post in use, unfolded to units', async () => {
    const s = await scene();
    expect(plain(await grantsOf(db.reader, s.worker.id, s.desk, TODAY))).toEqual({
      'dossiers.process': [s.division],
      'dossiers.view': [s.division],
    });
    const both = [s.agency, s.division].sort();
    expect(plain(await grantsOf(db.reader, s.boss.id, s.lead, TODAY))).toEqual({
      'dossiers.approve': both,
      'dossiers.view': both,
    });
  });

  test('are none at a post the officer does not hold, before it begins, after it ends and after leaving', async () => {
    const s = await scene();
    expect(await grantsOf(db.reader, s.worker.id, s.lead, TODAY)).toEqual(new Map());
    expect(await grantsOf(db.reader, s.worker.id, s.desk, '2025-06-30')).toEqual(new Map());
    const [held] = await listAppointments(db.reader, s.worker.id);
    await db.write((tx) =>
      endAppointment(tx, admin, { appointmentId: held?.appointmentId ?? '', lastDay: TODAY, decisionNumber: '3/QĐ' }),
    );
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
    expect(await refusalOf((tx) => substituteOfficer(tx, admin, lend))).toBe(problems.substitutionOverlap.code);
    await db.write((tx) => revokeSubstitution(tx, admin, id));
    expect((await grantsOf(db.reader, s.worker.id, s.desk, TODAY)).has('dossiers.approve')).toBe(false);
    expect(await refusalOf((tx) => revokeSubstitution(tx, admin, id))).toBe(problems.substitutionMissing.code);
    expect(
      await refusalOf((tx) =>
        substituteOfficer(tx, admin, { ...lend, fromOfficerId: s.worker.id, toOfficerId: s.boss.id }),
      ),
    ).toBe(problems.substitutionWithoutPost.code);
    expect(await refusalOf((tx) => substituteOfficer(tx, admin, { ...lend, toOfficerId: s.boss.id }))).toBe(
      problems.officerMissing.code,
    );
    expect(await refusalOf((tx) => substituteOfficer(tx, admin, { ...lend, validTo: '2026-11-01' }))).toBe(
      problems.periodWrong.code,
    );
  });

  test('of a substitute end when the person replaced leaves the post', async () => {
    const s = await scene();
    const facts = {
      scopeNote: null,
      documentNumber: '6/GUQ',
      validFrom: '2026-11-20',
      validTo: '2026-11-30',
      permissions: null,
    };
    await db.write((tx) =>
      substituteOfficer(tx, admin, { ...facts, postId: s.lead, fromOfficerId: s.boss.id, toOfficerId: s.worker.id }),
    );
    const [held] = await listAppointments(db.reader, s.boss.id);
    await db.write((tx) =>
      endAppointment(tx, admin, {
        appointmentId: held?.appointmentId ?? '',
        lastDay: '2026-11-22',
        decisionNumber: null,
      }),
    );
    expect((await grantsOf(db.reader, s.worker.id, s.desk, TODAY)).has('dossiers.approve')).toBe(false);
  });

  test('who holds a permission over a unit is found for assigning', async () => {
    const s = await scene();
    const here = async (permission: string, unitId: string) =>
      (await holdersOf(db.reader, permission, unitId, TODAY))
        .map((holder) => holder.officerId)
        .filter((id) => id === s.boss.id || id === s.worker.id);
    expect(await here('dossiers.approve', s.division)).toEqual([s.boss.id]);
    expect(await here('dossiers.process', s.division)).toEqual([s.worker.id]);
    expect(await here('dossiers.process', s.agency)).toEqual([]);
  });

  test('nobody manages beyond their reach, or hands out more than they have', async () => {
    const s = await scene();
    const local = anOfficial({
      'organisations.manage': [s.division],
      'dossiers.view': [s.division],
      'dossiers.process': [s.division],
    });
    expect(await refusalOf((tx) => createUnit(tx, local, aUnit({ parentId: s.agency })))).toBe(forbidden.code);
    expect(await refusalOf((tx) => createUnit(tx, local, aUnit()))).toBe(forbidden.code);
    expect(await refusalOf((tx) => changeUnit(tx, local, s.elsewhere, 1, aUnit()))).toBe(forbidden.code);
    expect(await refusalOf((tx) => changeUnit(tx, local, s.division, 1, aUnit({ parentId: s.elsewhere })))).toBe(
      forbidden.code,
    );
    expect(
      await refusalOf((tx) => setPostRoles(tx, local, s.desk, [{ roleId: s.process, reach: 'all', unitIds: [] }])),
    ).toBe(forbidden.code);
    expect(
      await refusalOf((tx) =>
        setPostRoles(tx, local, s.desk, [{ roleId: s.process, reach: 'listed', unitIds: [s.elsewhere] }]),
      ),
    ).toBe(forbidden.code);
    expect(
      await refusalOf((tx) => setPostRoles(tx, local, s.desk, [{ roleId: s.approve, reach: 'unit', unitIds: [] }])),
    ).toBe(forbidden.code);
    expect(
      await refusalOf((tx) =>
        changeRole(tx, local, s.process, 1, {
          nameVi: 'x',
          nameEn: 'x',
          descriptionVi: 'x',
          descriptionEn: 'x',
          permissions: [],
        }),
      ),
    ).toBe(forbidden.code);
    // A post of one's own unit whose role reaches further is not a way around it.
    const strong = await db.write((tx) => insertTestPost(tx, { unitId: s.division, roleId: s.process, reach: 'all' }));
    const entry = { postId: strong, isPrimary: false, decisionNumber: null, validFrom: TODAY, validTo: null };
    expect(await refusalOf((tx) => appointOfficer(tx, local, { ...entry, officerId: s.worker.id }))).toBe(
      forbidden.code,
    );
    await db.write((tx) => appointOfficer(tx, admin, { ...entry, officerId: s.worker.id }));
    const takeover = {
      staffCode: s.worker.staffCode,
      fullName: s.worker.name,
      email: 'mine@example.vn',
      phone: null,
      leftOn: null,
    };
    expect(await refusalOf((tx) => changeOfficer(tx, local, s.worker.id, 1, takeover))).toBe(forbidden.code);
    expect(
      await refusalOf((tx) =>
        substituteOfficer(tx, local, {
          postId: strong,
          fromOfficerId: s.worker.id,
          toOfficerId: s.boss.id,
          permissions: null,
          scopeNote: null,
          documentNumber: '1',
          validFrom: TODAY,
          validTo: TODAY,
        }),
      ),
    ).toBe(forbidden.code);
    const facts = { staffCode: 'X1', fullName: 'X', email: null, phone: null, leftOn: null };
    expect(await refusalOf((tx) => changeOfficer(tx, local, s.boss.id, 1, facts))).toBe(forbidden.code);
    await db.write((tx) => setPostRoles(tx, local, s.desk, [{ roleId: s.process, reach: 'unit', unitIds: [] }]));
  });

  test('the permissions of a role change for its holders at once', async () => {
    const s = await scene();
    const role = (await listRoles(db.reader)).find((each) => each.id === s.process);
    await db.write((tx) =>
      changeRole(tx, admin, s.process, role?.version ?? 0, {
        nameVi: 'x',
        nameEn: 'x',
        descriptionVi: 'x',
        descriptionEn: 'x',
        permissions: ['events.view'],
      }),
    );
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
    expect(await refusalOf((tx) => appointOfficer(tx, admin, { ...post, officerId: id }))).toBe(
      problems.appointmentOverlap.code,
    );
    expect(await refusalOf((tx) => createOfficer(tx, admin, { ...input, email: null }, post))).toBe(
      problems.staffCodeTaken.code,
    );
    expect(
      await refusalOf((tx) =>
        createOfficer(tx, admin, { ...input, staffCode: 'NV.002', email: 'ANH@example.vn' }, post),
      ),
    ).toBe(problems.officerEmailTaken.code);
    expect(
      await refusalOf((tx) => appointOfficer(tx, admin, { ...post, officerId: id, validFrom: '2020-01-01' })),
    ).toBe(problems.postNotValid.code);
    expect(await refusalOf((tx) => appointOfficer(tx, admin, { ...post, officerId: id, validTo: '2025-01-01' }))).toBe(
      problems.periodWrong.code,
    );
    expect(await refusalOf((tx) => appointOfficer(tx, admin, { ...post, officerId: unit }))).toBe(
      problems.officerMissing.code,
    );
  });

  test('are listed by given name in Vietnamese order, page after page without a gap', async () => {
    const names = [
      'Trần Văn Út',
      'Lê Thị Ánh',
      'Nguyễn Văn An',
      'Đỗ Thị Bích',
      'Hoàng Văn Đức',
      'Bùi Thị Dung',
      'Cao Văn Anh',
      'Phan Thị Ân',
      'Nguyễn Văn An',
    ];
    const unit = await db.write(async (tx) => {
      const id = await insertTestUnit(tx);
      const post = await insertTestPost(tx, { unitId: id });
      for (const name of names) await insertTestOfficer(tx, { name, postIds: [post] });
      return id;
    });
    const seen: string[] = [];
    let after: { givenName: string; fullName: string; id: string } | null = null;
    for (;;) {
      const page: Awaited<ReturnType<typeof listOfficers>> = await listOfficers(db.reader, {
        unitIds: [unit],
        on: TODAY,
        text: null,
        after,
        limit: 2,
      });
      if (page.length === 0) break;
      seen.push(...page.map((officer) => officer.fullName));
      after = page.at(-1) ?? null;
    }
    expect(seen).toEqual([
      'Nguyễn Văn An',
      'Nguyễn Văn An',
      'Cao Văn Anh',
      'Lê Thị Ánh',
      'Phan Thị Ân',
      'Đỗ Thị Bích',
      'Bùi Thị Dung',
      'Hoàng Văn Đức',
      'Trần Văn Út',
    ]);
    const found = await listOfficers(db.reader, { unitIds: [unit], on: TODAY, text: 'duc', after: null, limit: 10 });
    expect(found.map((officer) => officer.fullName)).toEqual(['Hoàng Văn Đức']);
  });
});
