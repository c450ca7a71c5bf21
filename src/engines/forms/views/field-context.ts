import type { ComponentChildren } from 'preact';
import type { Books, Prefilled } from '../books.ts';
import type { Evaluation } from '../evaluate-form.ts';
import type { FormError } from '../validate-answers.ts';
import type { FileField, FormDefinition, FieldValue, Locale, RowValue, Values } from '../definition.ts';
import { controlName, type Typed } from '../form-post.ts';
import type { FormWords } from './form-words.ts';

/** A stored paper that a file question may take at once. */
export type StoreOffer = { id: string; name: string; note: ComponentChildren };
/** The signed-in person's store of papers, for the file questions of a page. */
export type StoreBook = { offersFor(at: string, field: FileField): readonly StoreOffer[] };

/** What the parts of a form page share. */
export type FieldContext = {
  definition: FormDefinition;
  locale: Locale;
  words: FormWords;
  evaluation: Evaluation;
  values: Values;
  today: string;
  books: Books | undefined;
  /** Absent where nobody's store is open: at the counter, in a preview. */
  store?: StoreBook | undefined;
  prefilled: Prefilled;
  typed: Typed | undefined;
  errors: ReadonlyMap<string, FormError>;
  /** Render what is hidden too, for the script that shows it. */
  live: boolean;
};

/** The row that a place stands in; undefined outside lists. */
export function rowAt(values: Values, at: string): RowValue | undefined {
  const [list = '', index] = at.split('.');
  const rows = index === undefined ? undefined : values[list];
  return Array.isArray(rows) ? (rows as RowValue[])[Number(index)] : undefined;
}

/** The settled value at a place. */
export function valueAt(values: Values, at: string): FieldValue | undefined {
  const [top = '', index, name = ''] = at.split('.');
  if (index === undefined) return Object.hasOwn(values, top) ? values[top] : undefined;
  const row = rowAt(values, at);
  return row && Object.hasOwn(row, name) ? row[name] : undefined;
}

/** What was typed into a control of the posted page; undefined when the page was not posted. */
export function typedAt(context: FieldContext, at: string, part = ''): string | undefined {
  return context.typed?.get(controlName(at, part))?.at(-1);
}
