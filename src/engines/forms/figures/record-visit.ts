import { localDate } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database.ts';
import type { FormDefinition, Values } from '../definition.ts';
import { evaluateForm, type Evaluation } from '../evaluate-form.ts';
import { outlineOf } from '../outline.ts';
import type { FormError } from '../validate-answers.ts';
import { isRequired } from '../validate-answers.ts';
import { insertVisit, type Outcome } from './figure-queries.ts';

/** Longer than this a page was not being filled in: the person was away. */
const longestSeconds = 7_200;

/** Hidden field of a page with the moment it was shown, for `recordVisit`. */
export const shownName = '_shown';

/** The hidden field of a page shown now. */
export const shownNow = (now: Date): Record<string, string> => ({ [shownName]: now.getTime().toString(36) });

/**
 * Counts one post of a page: no person, no answer, no time of day. A moment that was tampered with, or lies in the future or too far
 * back, counts as not known.
 */
export async function recordVisit(
  tx: Tx,
  visit: {
    formVersionId: string;
    page: string;
    outcome: Outcome;
    errors?: readonly FormError[];
    shown?: string | null;
  },
): Promise<void> {
  const then = Number.parseInt((visit.shown ?? '').slice(0, 12), 36);
  const seconds = Number.isFinite(then) ? Math.round((tx.now.getTime() - then) / 1_000) : -1;
  await insertVisit(tx, {
    formVersionId: visit.formVersionId,
    day: localDate(tx.now),
    page: visit.page,
    outcome: visit.outcome,
    seconds: seconds >= 0 && seconds <= longestSeconds ? seconds : null,
    questions: [...new Set((visit.errors ?? []).map((error) => questionOf(error.at)).filter((at) => at !== ''))].slice(
      0,
      60,
    ),
  });
}

/** The place of an answer without the number of its row: `members.0.capital` → `members.capital`. */
export const questionOf = (at: string): string => at.replace(/\.\d+(?=\.|$)/, '');

/** The first question in the order of the form that has to be answered and is not; null when none is left. */
export function stoppedAt(definition: FormDefinition, values: Values, today: string): string | null {
  const evaluation: Evaluation = evaluateForm(definition, values, { today });
  const open = outlineOf(definition).entries.find((entry) => {
    if (entry.list !== null || !evaluation.shown.has(entry.key) || evaluation.values[entry.name] !== undefined)
      return false;
    return isRequired(entry.field, evaluation);
  });
  return open?.key ?? null;
}
