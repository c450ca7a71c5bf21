import { descendantsOf, listChildren } from '../../foundation/organisations/index.ts';
import { reachOf, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { mayView } from '../dossiers/index.ts';

/** The units whose dossiers the official may see; "everywhere" is unfolded to every unit of the day. */
export async function unitsInReach(reader: Reader, actor: Actor, now: Date): Promise<readonly string[]> {
  const reach = reachOf(actor, mayView);
  if (reach !== 'all') return reach;
  const day = localDate(now);
  const roots = await listChildren(reader, null, day);
  return descendantsOf(
    reader,
    roots.map((unit) => unit.id),
    day,
  );
}
