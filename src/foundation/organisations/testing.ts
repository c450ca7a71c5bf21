import type { Actor, Reach } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { insertAppointments, insertOfficers } from './officer-queries.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { insertPost } from './post-queries.ts';
import { insertRole, replacePermissions, replacePostRoles } from './role-queries.ts';
import type { RoleReach } from './role.ts';
import { insertIdentifier, insertUnit, insertUnitVersion, rebuildAncestry } from './unit-write-queries.ts';
import type { UnitInput } from './unit.ts';

/* Builders for tests of this and other modules. Everything is valid since 1 July 2025 unless the test says otherwise. */

let serial = 0;
const SINCE = '2025-07-01';

export const aUnit = (facts: Partial<UnitInput> = {}): UnitInput => ({
  nameVi: 'Sở Nội vụ',
  nameEn: 'Department of Home Affairs',
  shortName: 'SNV',
  kind: 'department',
  tier: 1,
  parentId: null,
  gsoCode: null,
  address: null,
  phone: null,
  email: null,
  sortOrder: 0,
  decisionNumber: null,
  validFrom: SINCE,
  ...facts,
});

/** A unit with its ancestry; `agencyCode` gives it an identifier of QĐ 20/2020. Returns its id. */
export async function insertTestUnit(
  tx: Tx,
  facts: Partial<UnitInput> & { key?: string; validTo?: string | null; agencyCode?: string } = {},
): Promise<string> {
  const id = newId();
  const { key = null, validTo = null, agencyCode, ...input } = facts;
  const unit = aUnit({ nameVi: `Đơn vị ${++serial}`, ...input });
  await insertUnit(tx, id, key, false);
  await insertUnitVersion(tx, id, unit, validTo);
  await rebuildAncestry(tx, [id]);
  if (agencyCode) {
    const scheme = /^\d/.test(agencyCode) ? 'qcvn102' : 'qd20';
    await insertIdentifier(tx, {
      unitId: id,
      scheme,
      code: agencyCode,
      isExample: true,
      validFrom: unit.validFrom,
      validTo,
    });
  }
  return id;
}

/** A role with permissions; returns its id. */
export async function insertTestRole(
  tx: Tx,
  permissions: readonly string[],
  key = `role-${++serial}`,
): Promise<string> {
  const id = newId();
  const name = { nameVi: key, nameEn: key, descriptionVi: key, descriptionEn: key };
  await insertRole(tx, { id, key, ...name, sortOrder: ++serial });
  await replacePermissions(tx, id, permissions);
  return id;
}

/** A post at a unit that holds `permissions` over `reach`; returns its id. */
export async function insertTestPost(
  tx: Tx,
  facts: {
    unitId: string;
    title?: string;
    permissions?: readonly string[];
    roleId?: string;
    reach?: RoleReach;
    reachUnitIds?: readonly string[];
    validFrom?: string;
    validTo?: string | null;
  },
): Promise<string> {
  const id = newId();
  const title = facts.title ?? 'Chuyên viên';
  await insertPost(tx, {
    id,
    key: null,
    unitId: facts.unitId,
    titleVi: title,
    titleEn: title,
    isLeader: false,
    sortOrder: 0,
    isExample: false,
    validFrom: facts.validFrom ?? SINCE,
    validTo: facts.validTo ?? null,
  });
  const roleId = facts.roleId ?? (facts.permissions ? await insertTestRole(tx, facts.permissions) : null);
  if (roleId !== null)
    await replacePostRoles(tx, id, [{ roleId, reach: facts.reach ?? 'unit', unitIds: facts.reachUnitIds ?? [] }]);
  return id;
}

/** An officer, appointed to `postIds` (the first is the main one). */
export async function insertTestOfficer(
  tx: Tx,
  facts: {
    name?: string;
    staffCode?: string;
    postIds?: readonly string[];
    validFrom?: string;
    validTo?: string | null;
  } = {},
): Promise<{ id: string; name: string; staffCode: string }> {
  const id = newId();
  const name = facts.name ?? 'Trần Thị Hoa';
  const staffCode = facts.staffCode ?? `T${String(++serial).padStart(5, '0')}`;
  await insertOfficers(tx, [{ id, staffCode, fullName: name, email: null, phone: null }], false);
  await insertAppointments(
    tx,
    (facts.postIds ?? []).map((postId, i) => ({
      officerId: id,
      postId,
      isPrimary: i === 0,
      decisionNumber: null,
      validFrom: facts.validFrom ?? SINCE,
      validTo: facts.validTo ?? null,
    })),
  );
  return { id, name, staffCode };
}

/** An official for calling use cases directly, with the rights given (default: manages every unit). */
export const anOfficial = (
  grants: Record<string, Reach> = { [manageOrganisations.name]: 'all' },
  id = newId(),
): Actor => ({
  kind: 'official',
  id,
  label: 'Cán bộ thử',
  accountId: newId(),
  grants: new Map(Object.entries(grants)),
  scopes: [],
  assurance: 2,
});
