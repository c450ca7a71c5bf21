import { statement, type Reader } from '../../platform/database.ts';

const heirs = statement(
  'organisations.list_heirs',
  `with recursive way as (
     select u.id as origin, u.id as unit_id, 0 as depth from unnest($1::uuid[]) as u (id)
     union
     select w.origin, s.successor_id, w.depth + 1 from way w join organisations.unit_succession s on s.predecessor_id = w.unit_id and s.effective_on <= $2
     where w.depth < 12 and not exists (
       select from organisations.unit_version v where v.unit_id = w.unit_id and v.valid_from <= $2 and (v.valid_to is null or v.valid_to >= $2))
   )
   select distinct w.origin, w.unit_id as heir from way w
   where exists (select from organisations.unit_version v where v.unit_id = w.unit_id and v.valid_from <= $2 and (v.valid_to is null or v.valid_to >= $2))`,
);
const forebears = statement(
  'organisations.list_forebears',
  `with recursive way as (
     select u.id, 0 as depth from unnest($1::uuid[]) as u (id)
     union
     select s.predecessor_id, w.depth + 1 from way w join organisations.unit_succession s on s.successor_id = w.id where w.depth < 12
   )
   select distinct id from way`,
);

/**
 * Which units stand in for others on a day: a living unit for itself, a closed one for whoever took over, through as many changes as there
 * were. A unit whose things went to several has all of them; one that nobody took over from is absent.
 */
export async function heirsOf(reader: Reader, unitIds: readonly string[], on: string): Promise<Map<string, string[]>> {
  const found = new Map<string, string[]>();
  for (const { origin, heir } of await reader.run<{ origin: string; heir: string }>(heirs, [[...new Set(unitIds)], on]))
    found.set(origin, [...(found.get(origin) ?? []), heir]);
  return found;
}

/** Things of closed units under the one unit that took over; those of a unit that went to several, or to nobody, stay under its own id. */
export async function broughtForward<Row extends { unitId: string }>(
  reader: Reader,
  rows: readonly Row[],
  on: string,
): Promise<Row[]> {
  const found = await heirsOf(
    reader,
    rows.map((row) => row.unitId),
    on,
  );
  return rows.map((row) => {
    const [heir, ...others] = found.get(row.unitId) ?? [];
    return heir === undefined || others.length > 0 ? row : { ...row, unitId: heir };
  });
}

/** The units themselves and every unit whose things came to them, through as many changes as there were. */
export const forebearsOf = async (reader: Reader, unitIds: readonly string[]): Promise<string[]> =>
  (await reader.run<{ id: string }>(forebears, [unitIds])).map((row) => row.id);
