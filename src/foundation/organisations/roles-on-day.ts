import { instantOf } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { shiftDay } from '../../platform/day.ts';
import { listEvents } from '../../platform/event-log.ts';
import { postRolesChanged } from './organisation-events.ts';
import { listRoles, rolesOfPosts } from './role-queries.ts';
import { roleReaches, type RoleReach } from './role.ts';

/** A role that a post held on a day; `name` is the role's name of today, or its key when the role is gone. */
export interface RoleOnDay {
  key: string;
  name: { vi: string; en: string };
  reach: RoleReach | null;
}
interface Said {
  role: string;
  reach: string;
}

/** Changes of a post's roles looked at to find the first one after a day. */
const LATER = 500;

/** What the record says that a post held at the end of a day; undefined when nothing was written down then. */
async function saidOn(reader: Reader, postId: string, on: string): Promise<readonly Said[] | 'as today' | undefined> {
  const filter = { name: postRolesChanged.name, subjectKind: 'post', subjectId: postId };
  const midnight = instantOf(shiftDay(on, 1));
  const [last] = await listEvents(reader, { ...filter, before: midnight }, null, 1);
  if (last) return last.payload['roles'] as Said[];
  const later = await listEvents(reader, { ...filter, from: midnight }, null, LATER);
  const first = later.at(-1);
  if (!first) return 'as today';
  return later.length < LATER ? (first.payload['before'] as Said[] | undefined) : undefined;
}

/**
 * The roles of posts at the end of a day, from the record of what administrators changed; null for a post of which the record says nothing (its
 * first change was made before changes said what had been there).
 */
export async function rolesOnDay(
  reader: Reader,
  postIds: readonly string[],
  on: string,
): Promise<Map<string, readonly RoleOnDay[] | null>> {
  const catalogue = new Map((await listRoles(reader)).map((role) => [role.key, role]));
  const today = Map.groupBy(await rolesOfPosts(reader, postIds), (held) => held.postId);
  const found = new Map<string, readonly RoleOnDay[] | null>();
  for (const postId of new Set(postIds)) {
    const said = await saidOn(reader, postId, on);
    const held =
      said === 'as today' ? (today.get(postId) ?? []).map(({ roleKey, reach }) => ({ role: roleKey, reach })) : said;
    found.set(
      postId,
      held?.map(({ role, reach }) => ({
        key: role,
        name: { vi: catalogue.get(role)?.nameVi ?? role, en: catalogue.get(role)?.nameEn ?? role },
        reach: roleReaches.find((each) => each === reach) ?? null,
      })) ?? null,
    );
  }
  return found;
}
