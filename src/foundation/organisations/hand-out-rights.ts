import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { forbidden, problem } from '../../platform/problems.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { listPostsByIds } from './post-queries.ts';
import { listRoles, rolesOfPosts } from './role-queries.ts';
import type { RoleReach } from './role.ts';
import { descendantsOf } from './unit-queries.ts';

/** What a role gives at a post: permissions over the post's unit, its subtree, listed units or everywhere. */
export interface Handout {
  reach: RoleReach;
  unitIds: readonly string[];
  permissions: readonly string[];
}

/**
 * Nobody hands out more than they have: over every unit reached, the actor must hold `organisations.manage` and each permission given.
 * Who manages the whole province hands out every role. @throws Problem `forbidden`
 */
export async function demandHandout(tx: Tx, actor: Actor, unitId: string, handout: Handout): Promise<void> {
  if (actor.grants.get(manageOrganisations.name) === 'all') return;
  if (handout.reach === 'all') throw problem(forbidden);
  const reached =
    handout.reach === 'listed'
      ? handout.unitIds
      : handout.reach === 'unit'
        ? [unitId]
        : await descendantsOf(tx, [unitId], localDate(tx.now));
  for (const permission of [manageOrganisations.name, ...handout.permissions]) {
    const own = actor.grants.get(permission);
    if (own !== 'all' && !reached.every((id) => own?.includes(id))) throw problem(forbidden, { permission });
  }
}

/**
 * The same for everything that posts already hold: putting somebody into a post, or changing the address to which the holder's password
 * goes, gives its rights away. @throws Problem `forbidden`
 */
export async function demandPostHandout(tx: Tx, actor: Actor, postIds: readonly string[]): Promise<void> {
  if (postIds.length === 0 || actor.grants.get(manageOrganisations.name) === 'all') return;
  const posts = new Map((await listPostsByIds(tx, postIds)).map((post) => [post.id, post]));
  const permissionsOf = new Map((await listRoles(tx)).map((role) => [role.id, role.permissions]));
  for (const held of await rolesOfPosts(tx, postIds)) {
    const { reach, unitIds, postId, roleId } = held;
    await demandHandout(tx, actor, posts.get(postId)?.unitId ?? '', {
      reach,
      unitIds,
      permissions: permissionsOf.get(roleId) ?? [],
    });
  }
}
