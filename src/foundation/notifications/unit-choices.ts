import { reachOf, type Actor, type Permission } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { descendantsOf, listChildren, namesOf } from '../organisations/index.ts';

const MAX_UNITS = 1_500;

/** The units over which the actor holds a right, by name, for a choice in a form. */
export async function unitChoices(
  reader: Reader,
  actor: Actor,
  permission: Permission,
  now: Date,
  locale: 'vi' | 'en',
): Promise<{ id: string; name: string }[]> {
  const day = localDate(now);
  const reach = reachOf(actor, permission);
  const roots = reach === 'all' ? (await listChildren(reader, null, day)).map((unit) => unit.id) : [];
  const ids = reach === 'all' ? await descendantsOf(reader, roots, day) : reach;
  const names = await namesOf(reader, ids.slice(0, MAX_UNITS), day);
  return [...names.values()]
    .map((unit) => ({ id: unit.id, name: locale === 'en' ? unit.nameEn : unit.nameVi }))
    .sort((a, b) => a.name.localeCompare(b.name, 'vi'));
}
