import { type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { forbidden, problem, staleVersion } from '../../platform/problems.ts';
import { roleChanged } from './organisation-events.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { roleMissing } from './organisation-problems.ts';
import { findRole, insertRole, replacePermissions, updateRole } from './role-queries.ts';

export interface RoleInput {
  nameVi: string;
  nameEn: string;
  descriptionVi: string;
  descriptionEn: string;
  permissions: readonly string[];
}

/** Roles hold for the whole province, so only an administrator of the whole province changes them. */
function demandEverywhere(actor: Actor): void {
  if (actor.grants.get(manageOrganisations.name) !== 'all')
    throw problem(forbidden, { permission: manageOrganisations.name });
}

/** Adds a role to the catalogue and returns its id. @throws Problem `role-key-taken` */
export async function createRole(tx: Tx, actor: Actor, input: RoleInput & { key: string }): Promise<string> {
  demandEverywhere(actor);
  const id = newId();
  await insertRole(tx, { id, ...input, sortOrder: 100 });
  await replacePermissions(tx, id, input.permissions);
  publish(tx, roleChanged, {
    subject: { kind: 'role', id },
    payload: { roleId: id, key: input.key, permissions: [...input.permissions] },
  });
  return id;
}

/** Changes a role's words and permissions; holders of it gain and lose them with their next request. @throws Problem `role-missing`, `stale-version` */
export async function changeRole(
  tx: Tx,
  actor: Actor,
  roleId: string,
  version: number,
  input: RoleInput,
): Promise<void> {
  demandEverywhere(actor);
  const role = await findRole(tx, roleId);
  if (!role) throw problem(roleMissing);
  if (!(await updateRole(tx, { id: roleId, version, ...input })))
    throw problem(staleVersion, { given: version, stored: role.version });
  await replacePermissions(tx, roleId, input.permissions);
  publish(tx, roleChanged, {
    subject: { kind: 'role', id: roleId },
    payload: { roleId, key: role.key, permissions: [...input.permissions] },
  });
}
