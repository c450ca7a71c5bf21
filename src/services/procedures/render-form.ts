import {
  getFormVersion,
  loadOptionBook,
  printForm,
  type Books,
  type Filled,
  type FormVersion,
  type Values,
} from '../../engines/forms/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { formNotThere, versionNotFound } from './procedure-problems.ts';
import { findVersion } from './procedure-queries.ts';
import { wordsIn, type Procedure } from './procedure.ts';

type Locale = 'vi' | 'en';

const blanks = new Map<string, Buffer>();
/** About 40 kB each. */
const MOST_BLANKS = 200;

/**
 * The blank e-form of a version as PDF (A4), to fill in by hand: a template to download (TT 32/2017/TT-BTTTT, Điều 5). Kept in
 * memory: what a version says of its name and form never changes once it is published, and drafts are set anew.
 * @throws versionNotFound, formNotThere when the version has no e-form
 */
export async function renderBlankForm(reader: Reader, versionId: string, locale: Locale): Promise<Buffer> {
  const procedure = await findVersion(reader, versionId);
  if (!procedure) throw problem(versionNotFound);
  if (procedure.formVersionId === null) throw problem(formNotThere);
  const key = `${versionId} ${procedure.formVersionId} ${procedure.rowVersion} ${locale}`;
  const known = blanks.get(key);
  if (known) return known;
  const form = await getFormVersion(reader, procedure.formVersionId);
  const options = await loadOptionBook(reader, form.definition);
  const pdf = printForm(form.definition, {
    ...headOf(procedure, form, locale, procedure.validFrom),
    books: { options },
  });
  if (blanks.size >= MOST_BLANKS) blanks.delete(blanks.keys().next().value ?? '');
  blanks.set(key, pdf);
  return pdf;
}

/** What somebody entered, on the way or submitted. */
export interface FilledForm {
  /** Version of the procedure, and of the form the values were entered into. */
  versionId: string;
  formVersionId: string;
  values: Values;
  /** Instant of submission, or now for a draft: decides dates and maps. */
  at: Date;
  locale: Locale;
  books?: Books;
  context?: NonNullable<Filled['context']>;
  /** Where it goes ("Kính gửi"). */
  addressee?: string | null;
  /** Hide the middle of sensitive numbers. */
  masked?: boolean;
}

/**
 * What was entered as PDF, to keep or to print (TT 32/2017/TT-BTTTT, Điều 5). Set on read; the caller has checked the right.
 * @throws versionNotFound
 */
export async function renderFilledForm(reader: Reader, filled: FilledForm): Promise<Buffer> {
  const procedure = await findVersion(reader, filled.versionId);
  if (!procedure) throw problem(versionNotFound);
  const form = await getFormVersion(reader, filled.formVersionId);
  const { addressee = null, books, context, masked = false } = filled;
  return printForm(
    form.definition,
    { ...headOf(procedure, form, filled.locale, localDate(filled.at)), addressee, ...(books ? { books } : {}) },
    { values: filled.values, masked, ...(context ? { context } : {}) },
  );
}

const headOf = (procedure: Procedure, form: FormVersion, locale: Locale, today: string) => ({
  locale,
  today,
  subtitle: `${wordsIn(procedure.name, locale)} (${procedure.code})`,
  footer: `${procedure.code} · ${form.code} · ${{ vi: 'phiên bản', en: 'version' }[locale]} ${form.version}`,
});
