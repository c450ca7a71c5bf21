/** Values that registers and the account already know. */
import type { Prefilled } from './books.ts';
import { compiledContract } from './contract.ts';
import { outlineOf, type Entry } from './outline.ts';
import type { FieldValue, FormDefinition, Values } from './definition.ts';

/** The value a source gives a field, when it is one the field can hold; undefined otherwise. */
export function prefilledValue(definition: FormDefinition, entry: Entry, prefilled: Prefilled): FieldValue | undefined {
  const source = entry.field.prefill?.source;
  const told = source !== undefined && Object.hasOwn(prefilled, source) ? prefilled[source] : undefined;
  if (told === undefined || entry.list !== null) return undefined;
  // A register may hold what the form would refuse (an old number, a missing accent): the person types it then.
  return compiledContract(definition)({ [entry.name]: told.value }) ? told.value : undefined;
}

/** Is the field shown, not typed, because a locked source gave its value? */
export function isLocked(definition: FormDefinition, entry: Entry, prefilled: Prefilled): boolean {
  return entry.field.prefill?.locked === true && prefilledValue(definition, entry, prefilled) !== undefined;
}

/**
 * Fills what is still empty, and puts back what may not be changed. Call it when a page is first shown and on submission. With
 * `'locked'` only the latter: after a post, what a person emptied stays empty.
 */
export function applyPrefill(
  definition: FormDefinition,
  values: Values,
  prefilled: Prefilled,
  which: 'all' | 'locked' = 'all',
): Values {
  const filled: Values = { ...values };
  for (const entry of outlineOf(definition).entries) {
    const told = prefilledValue(definition, entry, prefilled);
    if (told === undefined) continue;
    const isOpen = which === 'all' && !Object.hasOwn(filled, entry.name);
    if (entry.field.prefill?.locked === true || isOpen) filled[entry.name] = told;
  }
  return filled;
}
