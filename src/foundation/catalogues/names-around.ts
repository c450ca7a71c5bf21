import type { Reader } from '../../platform/database.ts';
import { itemsOf, listVersions } from './version-queries.ts';

/**
 * Names of the codes of a list for reading old and new ones side by side: those of the version in force on the day, and of the versions
 * before for codes that it no longer has.
 */
export async function namesAround(
  reader: Reader,
  catalogueId: string,
  day: string,
): Promise<Map<string, { vi: string; en: string | null }>> {
  const versions = (await listVersions(reader, catalogueId)).filter((version) => version.state === 'published');
  const near = versions.filter((version) => (version.validFrom ?? '') <= day).slice(0, 5);
  const names = new Map<string, { vi: string; en: string | null }>();
  for (const version of near)
    for (const item of await itemsOf(reader, version.id))
      if (!names.has(item.code)) names.set(item.code, { vi: item.nameVi, en: item.nameEn });
  return names;
}
