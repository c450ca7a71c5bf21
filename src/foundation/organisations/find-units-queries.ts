import { statement, type Reader } from '../../platform/database.ts';

const ON = (alias: string) => `${alias}.valid_from <= $2 and (${alias}.valid_to is null or ${alias}.valid_to >= $2)`;
const named = statement(
  'organisations.find_units_by_text',
  `select a.text, u.id from unnest($1::text[]) as a (text)
   cross join lateral (
     select i.unit_id as id from organisations.agency_identifier i where i.code = upper(a.text) and ${ON('i')}
     union select n.id from organisations.unit n where n.key = lower(a.text)
     union select v.unit_id from organisations.unit_version v where v.gso_code = a.text and v.kind <> 'centre' and ${ON('v')}
     union select v.unit_id from organisations.unit_version v where platform.fold(v.name_vi) = platform.fold(a.text) and ${ON('v')}
     union select v.unit_id from organisations.unit_version v where platform.fold(v.short_name) = platform.fold(a.text) and v.gso_code is not null and ${ON('v')}) u
   join organisations.unit_version v on v.unit_id = u.id and ${ON('v')}`,
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
