import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem, staleVersion } from '../../platform/problems.ts';
import { getUnit } from './get-unit.ts';
import { demandHandout } from './hand-out-rights.ts';
import { postChanged, postCreated, postRolesChanged } from './organisation-events.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { postMissing, roleMissing, unitHasStaff } from './organisation-problems.ts';
import { countHoldersAfter, findPost, insertPost, updatePost } from './post-queries.ts';
import { listRoles, replacePostRoles, rolesOfPosts } from './role-queries.ts';
import type { RoleReach } from './role.ts';

export interface PostInput {
  titleVi: string;
  titleEn: string;
  isLeader: boolean;
  sortOrder: number;
}

/** Makes a post at a unit from a day on and returns its id. @throws Problem `unit-missing` */
export async function createPost(
  tx: Tx,
  actor: Actor,
  unitId: string,
  input: PostInput & { validFrom: string },
): Promise<string> {
  demand(actor, manageOrganisations, { unitId });
  await getUnit(tx, unitId, input.validFrom);
  const id = newId();
  await insertPost(tx, { id, key: null, unitId, ...input, validTo: null, isExample: false });
  publish(tx, postCreated, {
    subject: { kind: 'post', id },
    unitId,
    payload: { postId: id, unitId, title: input.titleVi },
  });
  return id;
}

/** Renames a post or ends it on a day. @throws Problem `post-missing`, `stale-version`, `unit-has-staff` when people hold it later */
export async function changePost(
  tx: Tx,
  actor: Actor,
  postId: string,
  version: number,
  input: PostInput & { validTo: string | null },
): Promise<void> {
  const post = await findPost(tx, postId);
  if (!post) throw problem(postMissing);
  demand(actor, manageOrganisations, { unitId: post.unitId });
  if (input.validTo !== null && (await countHoldersAfter(tx, postId, input.validTo)) > 0) throw problem(unitHasStaff);
  if (!(await updatePost(tx, { id: postId, version, ...input })))
    throw problem(staleVersion, { given: version, stored: post.version });
  publish(tx, postChanged, {
    subject: { kind: 'post', id: postId },
    unitId: post.unitId,
    payload: { postId, unitId: post.unitId, title: input.titleVi, validTo: input.validTo },
  });
}

export interface RoleAssignment {
  roleId: string;
  reach: RoleReach;
  /** For reach `listed`. */
  unitIds: readonly string[];
}

/**
 * Says which roles a post holds and over which units. Nobody hands out more than they have: over every unit the roles would reach,
 * the actor must hold `organisations.manage` and each permission of the role.
 * @throws Problem `post-missing`, `role-missing`, `forbidden`
 */
export async function setPostRoles(
  tx: Tx,
  actor: Actor,
  postId: string,
  assignments: readonly RoleAssignment[],
): Promise<void> {
  const post = await findPost(tx, postId);
  if (!post) throw problem(postMissing);
  demand(actor, manageOrganisations, { unitId: post.unitId });
  const catalogue = new Map((await listRoles(tx)).map((role) => [role.id, role]));
  for (const assignment of assignments) {
    const role = catalogue.get(assignment.roleId);
    if (!role) throw problem(roleMissing);
    await demandHandout(tx, actor, post.unitId, { ...assignment, permissions: role.permissions });
  }
  const before = (await rolesOfPosts(tx, [postId])).map(({ roleKey, reach }) => ({ role: roleKey, reach }));
  await replacePostRoles(tx, postId, assignments);
  publish(tx, postRolesChanged, {
    subject: { kind: 'post', id: postId },
    unitId: post.unitId,
    payload: {
      postId,
      before,
      roles: assignments.map((each) => ({ role: catalogue.get(each.roleId)?.key ?? '', reach: each.reach })),
    },
  });
}
