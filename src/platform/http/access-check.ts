import { can, type Actor } from '../access.ts';
import { forbidden, problem, signInRequired } from '../problems.ts';
import type { Access } from './web.ts';

/** Throws `sign-in-required` or `forbidden` unless the actor may call a route with this access. */
export function checkAccess(access: Access, actor: Actor): void {
  if (access === 'public') return;
  if (actor.kind === 'anonymous') throw problem(signInRequired);
  if (!isAllowed(access, actor)) throw problem(forbidden);
}

function isAllowed(access: Exclude<Access, 'public'>, actor: Actor): boolean {
  if (access === 'signed-in') return actor.kind !== 'client';
  if (access === 'person') return actor.kind === 'citizen' || actor.kind === 'business';
  if (access === 'submitter') return (actor.kind === 'citizen' || actor.kind === 'business') && !actor.seesOnly;
  if (access === 'official') return actor.kind === 'official';
  if ('permission' in access) return can(actor, access.permission);
  if ('anyOf' in access) return access.anyOf.some((permission) => can(actor, permission));
  return actor.kind === 'client' && actor.scopes.includes(access.scope);
}
