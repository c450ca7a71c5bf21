import { can, type Actor } from '../access.ts';
import { forbidden, problem, signInRequired } from '../problems.ts';
import type { Access } from './web.ts';

/** Throws `sign-in-required` or `forbidden` unless the actor may call a route with this access. */
export function checkAccess(access: Access, actor: Actor): void {
  if (access === 'public') return;
  if (actor.kind === 'anonymous') throw problem(signInRequired);
  if (!isAllowed(access, actor)) throw problem(forbidden, scopeAsked(access));
}

function isAllowed(access: Exclude<Access, 'public'>, actor: Actor): boolean {
  if (access === 'signed-in') return actor.kind !== 'client';
  if (access === 'person') return actor.kind === 'citizen' || actor.kind === 'business';
  if (access === 'submitter') return (actor.kind === 'citizen' || actor.kind === 'business') && !actor.seesOnly;
  if (access === 'official') return actor.kind === 'official';
  if ('permission' in access) return can(actor, access.permission);
  if ('anyOf' in access) return access.anyOf.some((permission) => can(actor, permission));
  const scopes = 'scope' in access ? [access.scope] : access.anyScope;
  return actor.kind === 'client' && scopes.some((scope) => actor.scopes.includes(scope));
}

/** Which scope an API client lacks (RFC 6750 §3.1). */
const scopeAsked = (access: Access): Record<string, unknown> =>
  typeof access === 'object' && 'scope' in access
    ? { scope: access.scope }
    : typeof access === 'object' && 'anyScope' in access
      ? { scope: access.anyScope.join(' ') }
      : {};
