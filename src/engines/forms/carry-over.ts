/** Answers of a draft taken from one version of a form to another: what stays, what has to be looked at, what has no place any more. */
import { compiledContract } from './contract.ts';
import { answerLines, type Reading } from './display.ts';
import { canonicalJson } from './diff-submissions.ts';
import { evaluateForm } from './evaluate-form.ts';
import { outlineOf, type Entry } from './outline.ts';
import type { Books } from './books.ts';
import type { FieldValue, FormDefinition, Locale, RowValue, Text, Values } from './definition.ts';

/** One answer that did not simply stay. `shown` is the old answer in words, so that nothing is lost silently. */
export type CarriedAnswer = {
  /** `phone`, `members.capital`. */
  key: string;
  label: Text;
  shown: Text;
  reason: 'gone' | 'other-type' | 'not-allowed' | 'now-hidden';
};
export type Carried = {
  values: Values;
  /** How many answers stayed as they were. */
  kept: number;
  /** Answers to look at: the question is there but does not take the old answer, or has no place any more. */
  answers: CarriedAnswer[];
  /** Questions that are new and asked, in words. */
  fresh: Text[];
};

/**
 * Same name and same type stay, as long as the new version accepts the value. Types that hold the same kind of words go into one another (text
 * and long text, radios and select, whole and decimal numbers). Everything else is told with its old words. Rows of lists are taken row by row.
 */
export function carryOver(
  before: FormDefinition,
  after: FormDefinition,
  values: Values,
  circumstances: { today: string; books?: Books | undefined },
): Carried {
  const [old, next] = [outlineOf(before), outlineOf(after)];
  const { today, books } = circumstances;
  const settled = evaluateForm(before, values, { today }).values;
  const validate = compiledContract(after);
  const taken: Values = {};
  const answers: CarriedAnswer[] = [];
  let kept = 0;
  const words = (entry: Entry, value: FieldValue): Text => {
    const reading = (locale: Locale): Reading => ({ locale, today, books, values: settled });
    return {
      vi: answerLines(entry.field, value, reading('vi')).join(', '),
      en: answerLines(entry.field, value, reading('en')).join(', '),
    };
  };
  const tell = (entry: Entry, value: FieldValue, reason: CarriedAnswer['reason']): void =>
    void answers.push({ key: entry.key, label: entry.field.label, shown: words(entry, value), reason });
  /** Why a value cannot go to the new entry, or null. */
  const refusal = (entry: Entry, target: Entry | undefined, probe: Values): CarriedAnswer['reason'] | null => {
    if (!target || (entry.list === null) !== (target.list === null)) return 'gone';
    if (!goesInto(entry.field.type, target.field.type)) return 'other-type';
    if (target.field.calculate !== undefined) return null;
    return validate(probe) ? null : 'not-allowed';
  };
  for (const entry of old.entries) {
    if (entry.field.calculate !== undefined || old.lists.has(entry.key)) continue;
    const target = next.byKey.get(entry.key);
    if (entry.list === null) {
      const value = settled[entry.name];
      if (value === undefined) continue;
      const reason = refusal(entry, target, { [entry.name]: value });
      if (reason) tell(entry, value, reason);
      else {
        taken[entry.name] = value;
        kept += 1;
      }
      continue;
    }
    const rows = settled[entry.list];
    if (!Array.isArray(rows)) continue;
    (rows as RowValue[]).forEach((row, index) => {
      const value = row[entry.name];
      if (value === undefined) return;
      const list = entry.list!;
      const reason =
        index >= (next.lists.get(list)?.max ?? 0)
          ? 'gone'
          : refusal(entry, target, { [list]: [{ [entry.name]: value }] });
      if (reason) return tell(entry, value, reason);
      const into = (taken[list] ??= []) as RowValue[];
      while (into.length <= index) into.push({});
      into[index]![entry.name] = value;
      kept += 1;
    });
  }
  const evaluation = evaluateForm(after, taken, { today });
  // What the new version hides is told too: it would be dropped without a word.
  for (const [name, value] of Object.entries(taken)) {
    const entry = next.byKey.get(name);
    if (!entry || next.lists.has(name) || evaluation.values[name] !== undefined || entry.field.calculate !== undefined)
      continue;
    kept -= 1;
    tell(entry, value, 'now-hidden');
  }
  const fresh = next.entries
    .filter(
      (entry) =>
        !old.byKey.has(entry.key) &&
        entry.field.calculate === undefined &&
        entry.list === null &&
        evaluation.shown.has(entry.key),
    )
    .map((entry) => entry.field.label);
  return { values: evaluation.values, kept, answers: sameOnce(answers), fresh };
}

/** Several rows with the same trouble are one line each; identical lines are said once. */
const sameOnce = (answers: CarriedAnswer[]): CarriedAnswer[] => [
  ...new Map(answers.map((answer) => [canonicalJson(answer), answer])).values(),
];

const alike: readonly (readonly string[])[] = [
  ['text', 'longText'],
  ['radios', 'select'],
  ['integer', 'decimal', 'money'],
];
const goesInto = (from: string, to: string): boolean =>
  from === to || alike.some((types) => types.includes(from) && types.includes(to));
