import { statement, type Reader } from '../../platform/database.ts';

const ON = (alias: string) => `${alias}.valid_from <= $2 and (${alias}.valid_to is null or ${alias}.valid_to >= $2)`;
// Names are folded once for all texts, not once for each.
const named = statement(
  'organisations.find_units_by_text',
  `with asked as materialized (
     select a.text, platform.fold(a.text) as folded from unnest($1::text[]) as a (text)
   ), living as materialized (
     select v.unit_id, v.gso_code, v.kind, platform.fold(v.name_vi) as name, platform.fold(v.short_name) as short_name
     from organisations.unit_version v where ${ON('v')}
   )
   select a.text, u.id from asked a join (
     select code as text, unit_id as id from organisations.agency_identifier i where ${ON('i')}) u on u.text = upper(a.text)
   union select a.text, n.id from asked a join organisations.unit n on n.key = lower(a.text) join living l on l.unit_id = n.id
   union select a.text, l.unit_id from asked a join living l on l.gso_code = a.text and l.kind <> 'centre'
   union select a.text, l.unit_id from asked a join living l on l.name = a.folded
   union select a.text, l.unit_id from asked a join living l on l.short_name = a.folded and l.gso_code is not null`,
);

/**
 * The units that texts mean on a day: an agency identifier, a code of the General Statistics Office, the stable key of the province's data,
 * or the full name. A text that means several units gives all of them.
 */
export async function findUnitsByText(
  reader: Reader,
  texts: readonly string[],
  on: string,
): Promise<Map<string, string[]>> {
  const wanted = [...new Set(texts.map((text) => text.trim()))].filter((text) => text !== '');
  if (wanted.length === 0) return new Map();
  const found = new Map<string, string[]>();
  for (const { text, id } of await reader.run<{ text: string; id: string }>(named, [wanted, on]))
    found.set(text, [...(found.get(text) ?? []), id]);
  return found;
}
