import type { AssuranceLevel } from './assurance.ts';
import type { ActorReference } from './database.ts';
import { forbidden, problem, type LocalText } from './problems.ts';

/**
 * Over what a right holds. `unit`: over the units that the post reaches, and nothing else. `counter`: over whoever comes, at whichever counter
 * of the province the post is. `province`: over something that the province has once, whichever unit holds the right.
 * Reasons: docs/adr/rights-by-unit.md.
 */
export type PermissionField = 'unit' | 'counter' | 'province';

/** A right that a post can hold: `module.verb`. */
export interface Permission {
  readonly name: string;
  readonly title: LocalText;
  readonly field: PermissionField;
}

const defined = new Map<string, Permission>();

/** Declares a right; the catalogue of roles offers it from then on. */
export function definePermission(name: string, title: LocalText, field: PermissionField = 'unit'): Permission {
  const permission = { name, title, field };
  defined.set(name, permission);
  return permission;
}

/** Every right that the loaded modules declare, by name. */
export const definedPermissions = (): Permission[] => [...defined.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

/** What an application may be let do over the public API. */
export interface Scope {
  readonly name: string;
  readonly title: LocalText;
  /** Holds over units that the application is registered for; they must be named. */
  readonly needsUnits: boolean;
  /** The right that it stands for, over those units where it is one over units, as a post would hold it. */
  readonly permission: Permission | null;
}

const scopes = new Map<string, Scope>();

/** Declares a scope of the public API: `module.verb`. One that stands for a right over units holds over the application's units only. */
export function defineScope(
  name: string,
  title: LocalText,
  more: { permission?: Permission; needsUnits?: boolean } = {},
): Scope {
  const permission = more.permission ?? null;
  const isOverUnits = permission !== null && permission.field === 'unit';
  const scope = { name, title, permission, needsUnits: more.needsUnits ?? isOverUnits };
  scopes.set(name, scope);
  return scope;
}

/** Every scope that the loaded modules declare, by name. */
export const definedScopes = (): Scope[] => [...scopes.values()].sort((a, b) => (a.name < b.name ? -1 : 1));

/** Over which units a right holds: everywhere, or the listed units (already unfolded to every unit below them). */
export type Reach = 'all' | readonly string[];

/** Whoever sends a request. `grants` are the rights of the post in use, keyed by permission name. */
export interface Actor extends ActorReference {
  /** The account behind the session, or null for anonymous visitors, clients and the system. */
  accountId: string | null;
  grants: ReadonlyMap<string, Reach>;
  /** Scopes of an API client. */
  scopes: readonly string[];
  /** Facts identity knows and pages show; never used to decide a right. */
  unitName?: string;
  postName?: string;
  /** The person behind a session that acts for a business. */
  personId?: string;
  /** A member of a business who may look and not act. */
  seesOnly?: boolean;
  /** How sure we are of the person: 0 nobody, else the session's level of assurance. */
  assurance: 0 | AssuranceLevel;
}

const NO_GRANTS: ReadonlyMap<string, Reach> = new Map();

export const anonymous: Actor = {
  kind: 'anonymous',
  id: null,
  label: 'anonymous',
  accountId: null,
  grants: NO_GRANTS,
  scopes: [],
  assurance: 0,
};

/** What the right is asked over: a unit, and the owner where a person may act on what is theirs. */
export interface AccessSubject {
  unitId?: string | null | undefined;
}

/** Whether the actor holds the right over the subject. Without a subject: whether they hold it anywhere at all. */
export function can(actor: Actor, permission: Permission, subject?: AccessSubject): boolean {
  const reach = actor.grants.get(permission.name);
  if (reach === undefined) return false;
  if (subject === undefined) return reach === 'all' || reach.length > 0;
  if (reach === 'all') return true;
  return subject.unitId !== undefined && subject.unitId !== null && reach.includes(subject.unitId);
}

/** Throws `forbidden` unless `can`. */
export function demand(actor: Actor, permission: Permission, subject?: AccessSubject): void {
  if (!can(actor, permission, subject)) throw problem(forbidden, { permission: permission.name });
}

/**
 * The unit in whose name an actor does what the right allows: their post's own where the right reaches it, else the first that it reaches
 * (a post acted for). Null for whoever holds it everywhere without a post. @throws forbidden without the right
 */
export function unitActedFor(actor: Actor, permission: Permission): string | null {
  const own = actor.unitId ?? null;
  const reach = actor.grants.get(permission.name);
  if (reach === 'all') return own;
  const unit = own !== null && reach?.includes(own) ? own : reach?.[0];
  if (unit === undefined) throw problem(forbidden, { permission: permission.name });
  return unit;
}

/** The units over which the actor holds the right: an indexable condition for lists (`unit_id = any($1)`), or 'all'. */
export function reachOf(actor: Actor, permission: Permission): Reach {
  return actor.grants.get(permission.name) ?? [];
}

/** The same for a query: the units, or null for everywhere (`$1::uuid[] is null or unit_id = any($1)`). */
export function unitsOf(actor: Actor, permission: Permission): readonly string[] | null {
  const reach = reachOf(actor, permission);
  return reach === 'all' ? null : reach;
}
