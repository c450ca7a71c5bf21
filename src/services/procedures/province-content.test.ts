import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { checkFormDefinition, validateAnswers, type FormDefinition } from '../../engines/forms/index.ts';
import { answersFor, answerCircumstances } from '../../engines/forms/testing/answer-maker.ts';
import { factsOf } from './load-province.ts';
import { checkProcedureFile, type ProcedureFile } from './procedure-file.ts';
import { readProvinceProcedures } from './province-folder.ts';

/** What the province ships has to be right as a whole: its procedures, its forms, and that each form can be filled in. */
const folder = 'province/nghe-an';
const filesIn = (part: string) => readdirSync(join(folder, part)).filter((name) => name.endsWith('.json'));
const jsonOf = (part: string, name: string): unknown => JSON.parse(readFileSync(join(folder, part, name), 'utf8'));
const procedures = filesIn('procedures').map((name) => [name, jsonOf('procedures', name) as ProcedureFile] as const);
const forms = filesIn('forms').map((name) => [name, jsonOf('forms', name) as FormDefinition] as const);
const fields = jsonOf('.', 'fields.json') as { code: string; listed: boolean }[];
const departments = new Set(
  (jsonOf('.', 'units.json') as { units: { key: string; validTo?: string }[] }).units
    .filter((unit) => unit.validTo === undefined)
    .map((unit) => unit.key),
);

/** Working hours of a time limit: 8 a day; of calendar days the working ones. */
function workingHoursOf({ amount, unit }: ProcedureFile['channels'][number]['time']): number {
  if (unit === 'workingDay') return amount * 8;
  if (unit === 'day') return Math.floor((amount * 5) / 7) * 8;
  if (unit === 'month') return amount * 22 * 8;
  return amount;
}

test('the folder reads without a defect', () => {
  expect(readProvinceProcedures(folder).defects).toEqual([]);
});

test('two procedures in each of the fourteen fields of the list, each with an e-form of its own', () => {
  const listed = fields.filter((field) => field.listed).map((field) => field.code);
  expect(listed).toHaveLength(14);
  for (const field of listed)
    expect([field, procedures.filter(([, file]) => file.field === field).length]).toEqual([field, 2]);
  const used = procedures.map(([, file]) => file.form);
  expect(used.every((form) => form !== undefined)).toBe(true);
  expect(new Set(used).size).toBe(procedures.length);
  expect(new Set(used)).toEqual(new Set(forms.map(([, form]) => form.code)));
});

describe.each(procedures)('procedure %s', (name, file) => {
  test('is a right file, named after its code', () => {
    expect(checkProcedureFile(file)).toEqual([]);
    expect(name).toBe(`${file.code}.json`);
    expect(file.intakeChannel).toBe('local');
  });
  test('its steps share out the time limit of its first channel', () => {
    expect(file.steps.reduce((sum, step) => sum + step.hours, 0)).toBe(workingHoursOf(file.channels[0]!.time));
  });
  test('somebody in the province offers it, and people find it by their own words', () => {
    expect(file.offeredBy === 'communes' || departments.has(file.offeredBy.department)).toBe(true);
    expect(file.keywords.vi.length).toBeGreaterThanOrEqual(4);
    expect(file.keywords.en.length).toBeGreaterThanOrEqual(2);
    expect(file.keywords.vi).toEqual([...new Set(file.keywords.vi)]);
  });
});

describe.each(forms)('form %s', (name, form) => {
  test('has no defect and is named after its code', () => {
    expect(checkFormDefinition(form)).toEqual([]);
    expect(name).toBe(`${form.code}.json`);
  });
  test('asks one thing per page and ends with a declaration', () => {
    expect(form.ui.pages.length).toBeGreaterThanOrEqual(4);
    const last = form.ui.pages.at(-1)!.groups.flatMap((group) => group.fields);
    expect(last.some((field) => field.type === 'declaration')).toBe(true);
  });
  test('says everything in two languages', () => {
    for (const words of wordsOf(form)) {
      expect(words.vi).toBe(words.vi.normalize('NFC'));
      expect(`${words.vi} ${words.en}`).not.toMatch(/ {2}|\bTODO\b| \| /);
    }
  });
  test.each([0, 1, 2, 3])('can be filled in, choosing otherwise each time (%i)', (choice) => {
    const answers = answersFor(form, choice);
    const judged = validateAnswers(form, answers, answerCircumstances);
    expect(judged.errors).toEqual([]);
    expect(JSON.stringify(judged.values)).not.toMatch(/null|NaN|Infinity/);
  });
  test('refuses an empty set of answers', () => {
    expect(validateAnswers(form, {}, answerCircumstances).errors.length).toBeGreaterThan(0);
  });
});

describe('what the authors do not know', () => {
  const file = procedures.find(([, one]) => one.channels.every((channel) => channel.feesKnown === false))![1];
  const free = procedures.find(([, one]) =>
    one.channels.every((channel) => channel.fees.length === 0 && channel.feesKnown !== false),
  )![1];
  const places = (change: object) => checkProcedureFile({ ...file, ...change }).map((defect) => defect.place);

  test('an unknown fee stays unknown and is not taken for none', () => {
    expect(factsOf(file, null).content.channels.map((channel) => channel.feesKnown)).toEqual([false, false, false]);
    expect(factsOf(free, null).content.channels.every((channel) => channel.feesKnown)).toBe(true);
    expect(factsOf({ ...file, online: { scope: 'full' } }, 'a-form-version').serviceLevel).toBe(3);
    expect(factsOf({ ...free, online: { scope: 'full' } }, 'a-form-version').serviceLevel).toBe(4);
  });
  test('a fee that is listed and unknown at once is refused, and so is a note about nothing', () => {
    const fee = { key: 'phi', kind: 'fee', name: { vi: 'Lệ phí', en: 'Fee' }, amountDong: 10_000 };
    expect(places({ channels: [{ ...file.channels[0], fees: [fee] }, ...file.channels.slice(1)] })).toEqual([
      '/channels/0/feesKnown',
    ]);
    expect(places({ notes: [{ about: 'nothing', certainty: 'recalled', text: { vi: 'x', en: 'x' } }] })).toEqual([
      '/notes/0/about',
    ]);
    expect(places({ notes: [{ about: 'channels', certainty: 'sure', text: { vi: 'x', en: 'x' } }] })).toEqual([
      '/notes/0/certainty',
    ]);
  });
});

function* wordsOf(value: unknown): Generator<{ vi: string; en: string }> {
  if (value === null || typeof value !== 'object') return;
  if ('vi' in value && 'en' in value) yield value as { vi: string; en: string };
  for (const inner of Object.values(value)) yield* wordsOf(inner);
}
