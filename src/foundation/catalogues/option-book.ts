import type { Reader } from '../../platform/database.ts';
import { isChoosable, type Item } from './catalogue.ts';
import { itemsOfVersions, publishedOf } from './version-queries.ts';

/** What forms offer of a list. */
export interface CatalogueOption {
  value: string;
  label: { vi: string; en: string };
}
/** Lookups over lists already read: what may be chosen from a list on a day, undefined for an unknown list. */
export interface CatalogueOptions {
  optionsOf(catalogue: string, date: string): readonly CatalogueOption[] | undefined;
}

/** A list of which a person chooses one: longer ones are searched, not chosen from. */
const MAX_OPTIONS = 5_000;
const MAX_KEPT = 200;
/** Items of published versions, which never change: the versions used last. */
const kept = new Map<string, readonly Item[]>();

async function itemsFor(reader: Reader, ids: readonly string[]): Promise<Map<string, readonly Item[]>> {
  const missing = ids.filter((id) => !kept.has(id));
  const found = missing.length === 0 ? [] : await itemsOfVersions(reader, missing);
  const read = Map.groupBy(found, (item) => item.versionId);
  const items = new Map(ids.map((id): [string, readonly Item[]] => [id, kept.get(id) ?? read.get(id) ?? []]));
  for (const [id, list] of items) {
    kept.delete(id);
    kept.set(id, list);
  }
  for (const id of kept.keys()) {
    if (kept.size <= MAX_KEPT) break;
    kept.delete(id);
  }
  return items;
}

/**
 * Reads lists for choosing from: two round trips, one when they were read before. A day before the first version has no options; a
 * withdrawn item can be chosen up to its last day and is still named when an old answer is read on its own day.
 */
export async function loadCatalogueOptions(reader: Reader, codes: readonly string[]): Promise<CatalogueOptions> {
  if (codes.length === 0) return { optionsOf: () => undefined };
  const versions = await publishedOf(reader, codes);
  const items = await itemsFor(
    reader,
    versions.map((version) => version.id),
  );
  return {
    optionsOf(catalogue, date) {
      if (!versions.some((version) => version.code === catalogue)) return undefined;
      const version = versions.find((one) => one.code === catalogue && one.validFrom <= date);
      return (version ? (items.get(version.id) ?? []) : [])
        .filter((item) => isChoosable(item, date))
        .slice(0, MAX_OPTIONS)
        .map((item) => ({ value: item.code, label: { vi: item.nameVi, en: item.nameEn ?? item.nameVi } }));
    },
  };
}
