import { loadCatalogueOptions } from '../../foundation/catalogues/index.ts';
import type { Reader } from '../../platform/database.ts';
import type { OptionBook } from './books.ts';
import type { FormDefinition } from './definition.ts';

const known = new WeakMap<FormDefinition, readonly string[]>();

/** Codes of the shared catalogues that fields of a form, or columns of its tables, offer (`optionsFrom`). */
export function cataloguesOf(definition: FormDefinition): readonly string[] {
  const before = known.get(definition);
  if (before) return before;
  const codes = new Set<string>();
  const visit = (value: unknown): void => {
    if (typeof value !== 'object' || value === null) return;
    for (const [key, inner] of Object.entries(value))
      if (key === 'optionsFrom' && typeof inner === 'string') codes.add(inner);
      else visit(inner);
  };
  visit(definition.schema);
  visit(definition.ui);
  const found = [...codes].sort();
  known.set(definition, found);
  return found;
}

/** What a form may offer from shared catalogues, for any day. Costs nothing for a form that offers none. */
export const loadOptionBook = (reader: Reader, definition: FormDefinition | null): Promise<OptionBook> =>
  loadCatalogueOptions(reader, definition ? cataloguesOf(definition) : []);
