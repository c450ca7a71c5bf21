import { newId } from '../../platform/ids.ts';
import type { Reach } from '../../platform/access.ts';
import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { PostRole, Role, RoleReach } from './role.ts';

const grants = statement(
  'organisations.grants_of',
  'select permission, everywhere, unit_ids as "unitIds" from organisations.grants_of($1, $2, $3)',
);
const ROLE = `r.id, r.key, r.name_vi as "nameVi", r.name_en as "nameEn", r.description_vi as "descriptionVi", r.description_en as "descriptionEn",
  r.sort_order as "sortOrder", r.version,
  coalesce(array(select rp.permission from organisations.role_permission rp where rp.role_id = r.id order by rp.permission), '{}') as permissions`;
const all = statement(
  'organisations.list_roles',
  `select ${ROLE} from organisations.role r order by r.sort_order, r.key`,
);
const one = statement('organisations.find_role', `select ${ROLE} from organisations.role r where r.id = $1`);
const insert = statement(
  'organisations.insert_role',
  `insert into organisations.role (id, key, name_vi, name_en, description_vi, description_en, sort_order, created_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8)`,
);
const update = statement(
  'organisations.update_role',
  `update organisations.role set name_vi = $3, name_en = $4, description_vi = $5, description_en = $6, version = version + 1
   where id = $1 and version = $2 returning version`,
);
const clear = statement(
  'organisations.clear_role_permissions',
  'delete from organisations.role_permission where role_id = $1',
);
const fill = statement(
  'organisations.fill_role_permissions',
  'insert into organisations.role_permission (role_id, permission) select $1, unnest($2::text[]) on conflict do nothing',
);
const ofPosts = statement(
  'organisations.list_roles_of_posts',
  `select pr.post_id as "postId", pr.role_id as "roleId", r.key as "roleKey", r.name_vi as "nameVi", r.name_en as "nameEn", pr.reach,
     coalesce(array(select l.unit_id from organisations.post_role_unit l where l.post_role_id = pr.id), '{}') as "unitIds"
   from organisations.post_role pr join organisations.role r on r.id = pr.role_id where pr.post_id = any($1) order by r.sort_order, r.key`,
);
const clearPost = statement('organisations.clear_post_roles', 'delete from organisations.post_role where post_id = $1');
const insertPostRole_ = statement(
  'organisations.insert_post_role',
  'insert into organisations.post_role (id, post_id, role_id, reach, created_at) values ($1, $2, $3, $4, $5)',
);
const insertPostRoleUnits_ = statement(
  'organisations.insert_post_role_units',
  'insert into organisations.post_role_unit (post_role_id, unit_id) select $1, unnest($2::uuid[]) on conflict do nothing',
);
const entitled = statement(
  'organisations.list_holders_of_permission',
  `select "officerId", "postId", "fullName", "titleVi", "titleEn", "unitId" from (
   select distinct a.officer_id as "officerId", a.post_id as "postId", o.full_name as "fullName", o.given_name, p.title_vi as "titleVi", p.title_en as "titleEn", p.unit_id as "unitId"
   from organisations.role_permission rp
   join organisations.post_role pr on pr.role_id = rp.role_id
   join organisations.post p on p.id = pr.post_id
   join organisations.appointment a on a.post_id = p.id
   join organisations.officer o on o.id = a.officer_id
   where rp.permission = $1
     and a.valid_from <= $3 and (a.valid_to is null or a.valid_to >= $3)
     and p.valid_from <= $3 and (p.valid_to is null or p.valid_to >= $3)
     and (o.left_on is null or o.left_on >= $3)
     and ($2::uuid is null or pr.reach = 'all' or (pr.reach = 'unit' and p.unit_id = $2)
       or (pr.reach = 'unit-and-below' and exists (select 1 from organisations.unit_ancestor n
            where n.ancestor_id = p.unit_id and n.unit_id = $2 and n.valid_from <= $3 and (n.valid_to is null or n.valid_to >= $3)))
       or (pr.reach = 'listed' and exists (select 1 from organisations.post_role_unit l where l.post_role_id = pr.id and l.unit_id = $2)))
   ) h order by given_name collate "vi-x-icu", "fullName" collate "vi-x-icu", "officerId", "postId"`,
);

/**
 * The rights of an officer working at a post on a day, with those of posts acted at by substitution: permission name → everywhere or
 * the units, unfolded. Empty when the officer neither holds the post nor acts at it that day. One round trip.
 */
export async function grantsOf(
  reader: Reader,
  officerId: string,
  postId: string,
  on: string,
): Promise<Map<string, Reach>> {
  const rows = await reader.run<{ permission: string; everywhere: boolean; unitIds: string[] }>(grants, [
    officerId,
    postId,
    on,
  ]);
  return new Map(rows.map((row): [string, Reach] => [row.permission, row.everywhere ? 'all' : row.unitIds]));
}

export interface Holder {
  officerId: string;
  postId: string;
  fullName: string;
  titleVi: string;
  titleEn: string;
  unitId: string;
}
/**
 * Who holds a permission over a unit on a day by a post of their own, by given name: for choosing whom to assign to. Without a unit: who holds
 * it at all, which is what counts for rights that are not over units (`PermissionField`).
 */
export const holdersOf = (reader: Reader, permission: string, unitId: string | null, on: string): Promise<Holder[]> =>
  reader.run<Holder>(entitled, [permission, unitId, on]);

/** The catalogue of roles with their permissions. */
export const listRoles = (reader: Reader): Promise<Role[]> => reader.run<Role>(all);
export const findRole = async (reader: Reader, id: string): Promise<Role | undefined> =>
  (await reader.run<Role>(one, [id]))[0];
/** Roles that posts hold, with their reach. */
export const rolesOfPosts = (reader: Reader, postIds: readonly string[]): Promise<PostRole[]> =>
  reader.run<PostRole>(ofPosts, [postIds]);

export const insertRole = (tx: Tx, r: Omit<Role, 'version' | 'permissions'>) =>
  tx.run(insert, [r.id, r.key, r.nameVi, r.nameEn, r.descriptionVi, r.descriptionEn, r.sortOrder, tx.now]);
export const updateRole = async (tx: Tx, r: Omit<Role, 'permissions' | 'key' | 'sortOrder'>): Promise<boolean> =>
  (await tx.run(update, [r.id, r.version, r.nameVi, r.nameEn, r.descriptionVi, r.descriptionEn])).length === 1;
export async function replacePermissions(tx: Tx, roleId: string, permissions: readonly string[]): Promise<void> {
  await tx.run(clear, [roleId]);
  await tx.run(fill, [roleId, permissions]);
}
export async function replacePostRoles(
  tx: Tx,
  postId: string,
  roles: readonly { roleId: string; reach: RoleReach; unitIds: readonly string[] }[],
): Promise<void> {
  await tx.run(clearPost, [postId]);
  for (const { roleId, reach, unitIds } of roles) {
    const id = newId();
    await tx.run(insertPostRole_, [id, postId, roleId, reach, tx.now]);
    if (reach === 'listed') await tx.run(insertPostRoleUnits_, [id, unitIds]);
  }
}
