import {
  ancestorsOf,
  listPostsByIds,
  listUnitsByIds,
  staffOf,
  type StaffMember,
} from '../../foundation/organisations/index.ts';
import type { Actor } from '../../platform/access.ts';
import type { Reader } from '../../platform/database.ts';
import { offersOf, offersReceivedAt, type Offer } from '../procedures/index.ts';

export { listUnitsByIds, staffOf };

/**
 * Who holds these posts on a day, wherever the posts are: a dossier whose turn is at a commune is often with somebody of an office below it.
 * Two reads, however many posts.
 */
export async function holdersOfPosts(reader: Reader, postIds: readonly string[], day: string): Promise<StaffMember[]> {
  if (postIds.length === 0) return [];
  const wanted = new Set(postIds);
  const posts = await listPostsByIds(reader, [...wanted]);
  const staff = await staffOf(reader, [...new Set(posts.map((post) => post.unitId))], day);
  return staff.filter((member) => wanted.has(member.postId));
}

/** One offer per procedure that the official's unit receives, or that it or a unit above it is competent for, by name. */
export async function offersByUnitLine(reader: Reader, actor: Actor, day: string): Promise<Offer[]> {
  if (!actor.unitId) return [];
  const line = await ancestorsOf(reader, actor.unitId, day);
  const found = new Map<string, Offer>();
  for (const offer of await offersReceivedAt(reader, actor.unitId, day)) found.set(offer.procedureId, offer);
  for (const unit of line)
    for (const offer of await offersOf(reader, unit.id, day))
      if (!found.has(offer.procedureId)) found.set(offer.procedureId, offer);
  return [...found.values()].sort((a, b) => a.name.vi.localeCompare(b.name.vi, 'vi'));
}
