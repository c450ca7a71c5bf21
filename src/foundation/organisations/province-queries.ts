import { newId } from '../../platform/ids.ts';
import { statement, type Tx } from '../../platform/database.ts';
import type { PlannedSuccession, PlannedUnit } from './province-units.ts';

const units = statement(
  'organisations.load_units',
  `insert into organisations.unit (id, key, is_example, created_at)
   select r.id, r.key, r.is_example, $2 from jsonb_to_recordset($1) as r (id uuid, key text, is_example boolean)
   on conflict (key) do nothing returning id`,
);
const versions = statement(
  'organisations.load_unit_versions',
  `insert into organisations.unit_version (id, unit_id, name_vi, name_en, short_name, kind, tier, parent_id, gso_code, address, sort_order, decision_number, valid_from, valid_to, created_at)
   select r.version_id, r.id, r.name_vi, r.name_en, r.short_name, r.kind, r.tier, p.id, r.gso_code, r.address, r.sort_order, r.decision_number, r.valid_from, r.valid_to, $2
   from jsonb_to_recordset($1) as r (version_id uuid, id uuid, name_vi text, name_en text, short_name text, kind text, tier smallint, parent_key text, gso_code text,
     address text, sort_order int, decision_number text, valid_from date, valid_to date)
   left join organisations.unit p on p.key = r.parent_key`,
);
const codes = statement(
  'organisations.load_identifiers',
  `insert into organisations.agency_identifier (id, unit_id, scheme, code, is_example, valid_from, valid_to, created_at)
   select r.id, r.unit_id, r.scheme, r.code, r.is_example, r.valid_from, r.valid_to, $2
   from jsonb_to_recordset($1) as r (id uuid, unit_id uuid, scheme text, code text, is_example boolean, valid_from date, valid_to date)`,
);
const successions = statement(
  'organisations.load_successions',
  `insert into organisations.unit_succession (predecessor_id, successor_id, effective_on, decision_number, is_partial, note, created_at)
   select p.id, s.id, r.effective_on, r.decision_number, r.is_partial, r.note, $2
   from jsonb_to_recordset($1) as r (from_key text, to_key text, effective_on date, decision_number text, is_partial boolean, note text)
   join organisations.unit p on p.key = r.from_key join organisations.unit s on s.key = r.to_key
   on conflict do nothing`,
);
const roles = statement(
  'organisations.load_roles',
  `with added as (
     insert into organisations.role (id, key, name_vi, name_en, description_vi, description_en, sort_order, created_at)
     select r.id, r.key, r.name_vi, r.name_en, r.description_vi, r.description_en, r.sort_order, $2
     from jsonb_to_recordset($1) as r (id uuid, key text, name_vi text, name_en text, description_vi text, description_en text, sort_order int)
     on conflict (key) do nothing returning id)
   insert into organisations.role_permission (role_id, permission)
   select a.id, p.permission from added a
   join jsonb_to_recordset($1) as r (id uuid, permissions jsonb) on r.id = a.id
   cross join lateral jsonb_array_elements_text(r.permissions) as p (permission)
   returning role_id`,
);
const posts = statement(
  'organisations.load_posts',
  `insert into organisations.post (id, key, unit_id, title_vi, title_en, is_leader, sort_order, is_example, valid_from, valid_to, created_at)
   select r.id, r.key, r.unit_id, r.title_vi, r.title_en, r.is_leader, r.sort_order, true, r.valid_from, r.valid_to, $2
   from jsonb_to_recordset($1) as r (id uuid, key text, unit_id uuid, title_vi text, title_en text, is_leader boolean, sort_order int, valid_from date, valid_to date)
   on conflict (key) do nothing returning id`,
);
const postRoles = statement(
  'organisations.load_post_roles',
  `insert into organisations.post_role (id, post_id, role_id, reach, created_at)
   select r.id, r.post_id, o.id, r.reach, $2
   from jsonb_to_recordset($1) as r (id uuid, post_id uuid, role_key text, reach text) join organisations.role o on o.key = r.role_key`,
);
const postRoleUnits = statement(
  'organisations.load_post_role_units',
  `insert into organisations.post_role_unit (post_role_id, unit_id)
   select r.post_role_id, r.unit_id from jsonb_to_recordset($1) as r (post_role_id uuid, unit_id uuid)`,
);

/** Adds the units that are not there yet and returns their ids; those that exist keep what administrators made of them. */
export async function loadUnits(tx: Tx, planned: readonly PlannedUnit[]): Promise<Set<string>> {
  const added = await tx.run<{ id: string }>(units, [
    JSON.stringify(planned.map((u) => ({ id: u.id, key: u.key, is_example: u.isExample }))),
    tx.now,
  ]);
  const ids = new Set(added.map((row) => row.id));
  const fresh = planned.filter((unit) => ids.has(unit.id));
  if (fresh.length === 0) return ids;
  await tx.run(versions, [
    JSON.stringify(
      fresh.map((u) => ({
        version_id: newId(),
        id: u.id,
        name_vi: u.nameVi,
        name_en: u.nameEn,
        short_name: u.shortName,
        kind: u.kind,
        tier: u.tier,
        parent_key: u.parentKey,
        gso_code: u.gsoCode,
        address: u.address,
        sort_order: u.sortOrder,
        decision_number: u.decisionNumber,
        valid_from: u.validFrom,
        valid_to: u.validTo,
      })),
    ),
    tx.now,
  ]);
  await tx.run(codes, [
    JSON.stringify(
      fresh.flatMap((u) =>
        u.codes.map((c) => ({
          id: newId(),
          unit_id: u.id,
          scheme: c.scheme,
          code: c.code,
          is_example: c.isExample,
          valid_from: c.validFrom,
          valid_to: c.validTo,
        })),
      ),
    ),
    tx.now,
  ]);
  return ids;
}

export const loadSuccessions = (tx: Tx, rows: readonly PlannedSuccession[]) =>
  tx.run(successions, [
    JSON.stringify(
      rows.map((r) => ({
        from_key: r.fromKey,
        to_key: r.toKey,
        effective_on: r.effectiveOn,
        decision_number: r.decisionNumber,
        is_partial: r.isPartial,
        note: r.note,
      })),
    ),
    tx.now,
  ]);

export interface LoadedRole {
  id: string;
  key: string;
  nameVi: string;
  nameEn: string;
  descriptionVi: string;
  descriptionEn: string;
  permissions: readonly string[];
}
export const loadRoles = (tx: Tx, rows: readonly LoadedRole[]) =>
  tx.run(roles, [
    JSON.stringify(
      rows.map((r, i) => ({
        id: r.id,
        key: r.key,
        name_vi: r.nameVi,
        name_en: r.nameEn,
        description_vi: r.descriptionVi,
        description_en: r.descriptionEn,
        sort_order: i + 1,
        permissions: r.permissions,
      })),
    ),
    tx.now,
  ]);

export interface LoadedPost {
  id: string;
  key: string;
  unitId: string;
  titleVi: string;
  titleEn: string;
  isLeader: boolean;
  sortOrder: number;
  validFrom: string;
  validTo: string | null;
  roleKey: string;
  reach: 'all' | 'unit-and-below' | 'listed';
  reachUnitIds: readonly string[];
}
/** Adds example posts with their roles; returns the ids of those that were new. */
export async function loadPosts(tx: Tx, rows: readonly LoadedPost[]): Promise<Set<string>> {
  const added = await tx.run<{ id: string }>(posts, [
    JSON.stringify(
      rows.map((p) => ({
        id: p.id,
        key: p.key,
        unit_id: p.unitId,
        title_vi: p.titleVi,
        title_en: p.titleEn,
        is_leader: p.isLeader,
        sort_order: p.sortOrder,
        valid_from: p.validFrom,
        valid_to: p.validTo,
      })),
    ),
    tx.now,
  ]);
  const ids = new Set(added.map((row) => row.id));
  const fresh = rows.filter((row) => ids.has(row.id)).map((row) => ({ ...row, postRoleId: newId() }));
  await tx.run(postRoles, [
    JSON.stringify(fresh.map((p) => ({ id: p.postRoleId, post_id: p.id, role_key: p.roleKey, reach: p.reach }))),
    tx.now,
  ]);
  await tx.run(postRoleUnits, [
    JSON.stringify(
      fresh.flatMap((p) =>
        p.reach === 'listed' ? p.reachUnitIds.map((unitId) => ({ post_role_id: p.postRoleId, unit_id: unitId })) : [],
      ),
    ),
  ]);
  return ids;
}
