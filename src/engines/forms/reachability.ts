/** Whether conditions can hold at all, found by trying answers: every option, and numbers and days around those that are compared. */
import { addDays, holds, readsOf, type LogicData } from './logic.ts';
import { resolveRead, type Entry, type Outline } from './outline.ts';
import type { FieldValue, Logic } from './definition.ts';

/** `possible` when an answer was found, `impossible` when there is none, `unlikely` when only samples were tried, `unknown` when it was not tried. */
export type Reach = 'possible' | 'impossible' | 'unlikely' | 'unknown';

const maxTries = 1_500;
const today = '2026-01-01';

/** Can all of these conditions hold together? They stand outside rows. */
export function reachOf(outline: Outline, conditions: readonly Logic[]): Reach {
  if (conditions.length === 0) return 'possible';
  const entries = entriesRead(outline, conditions);
  if (entries === null) return 'unknown';
  const literals = literalsIn([...conditions, ...entries.flatMap((entry) => entry.showWhen)]);
  const domains = entries.map((entry) => domainOf(entry, literals));
  const tries = domains.reduce((product, domain) => product * domain.values.length, 1);
  if (tries > maxTries) return 'unknown';
  for (let number = 0; number < tries; number += 1) {
    const data: LogicData = { today };
    let rest = number;
    entries.forEach((entry, i) => {
      const { values } = domains[i]!;
      const value = values[rest % values.length];
      rest = Math.floor(rest / values.length);
      if (value !== undefined) data[entry.name] = value;
    });
    // What is hidden has no value: entries stand in the order in which they are settled.
    for (const entry of entries) if (!entry.showWhen.every((logic) => holds(logic, data))) delete data[entry.name];
    if (conditions.every((logic) => holds(logic, data))) return 'possible';
  }
  return domains.every((domain) => domain.isWhole) ? 'impossible' : 'unlikely';
}

/** Every field that decides, also through the conditions of others; null when something else does (rows, calculations, facts of the caller). */
function entriesRead(outline: Outline, conditions: readonly Logic[]): Entry[] | null {
  const found = new Set<string>();
  const queue = [...conditions];
  while (queue.length > 0) {
    for (const read of readsOf(queue.shift()!)) {
      if (read === 'today') continue;
      const key = resolveRead(outline, read, null);
      const entry = key === null || key === undefined ? undefined : outline.byKey.get(key);
      if (!entry || entry.list !== null || entry.field.calculate !== undefined || outline.lists.has(entry.key))
        return null;
      if (entry.field.type === 'address' || entry.field.type === 'file') return null;
      if (found.has(entry.key)) continue;
      found.add(entry.key);
      queue.push(...entry.showWhen);
    }
    if (found.size > 8) return null;
  }
  return outline.order.filter((key) => found.has(key)).map((key) => outline.byKey.get(key)!);
}

function literalsIn(conditions: readonly Logic[]): (string | number)[] {
  const found = new Set<string | number>();
  const walk = (node: Logic): void => {
    if (typeof node === 'string' || typeof node === 'number') found.add(node);
    else if (Array.isArray(node)) node.forEach(walk);
    else if (node !== null && typeof node === 'object' && !Object.hasOwn(node, 'var'))
      Object.values(node).forEach(walk);
  };
  conditions.forEach(walk);
  return [...found];
}

type Domain = { values: (FieldValue | undefined)[]; isWhole: boolean };

function domainOf(entry: Entry, literals: readonly (string | number)[]): Domain {
  const { field } = entry;
  const texts = literals.filter((literal) => typeof literal === 'string');
  const numbers = literals.filter((literal) => typeof literal === 'number');
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- all other types hold words
  switch (field.type) {
    case 'yesNo':
      return { values: [undefined, true, false], isWhole: true };
    case 'declaration':
      return { values: [undefined, true], isWhole: true };
    case 'radios':
    case 'select': {
      const options = field.options?.map((option) => option.value);
      // Options that no condition names are alike: one of them stands for all.
      const other = options?.find((option) => !texts.includes(option));
      const named = options?.filter((option) => texts.includes(option));
      return { values: [undefined, ...(named ?? texts), ...(other ? [other] : [])], isWhole: options !== undefined };
    }
    case 'checkboxes': {
      const options = field.options?.map((option) => option.value) ?? texts;
      return { values: [undefined, ...options.map((option) => [option]), options], isWhole: false };
    }
    case 'integer':
    case 'decimal':
    case 'money': {
      const around = numbers.flatMap((number) => [number - 1, number, number + 1]);
      return { values: [undefined, ...new Set([0, 1, 1_000_000, ...around])], isWhole: false };
    }
    case 'date': {
      const days = texts.flatMap((text) => [addDays(text, -1), addDays(text, 0), addDays(text, 1)]);
      const lives = [-1, 1, -3_650, -7_000, -25_000].map((shift) => addDays(today, shift));
      const all = [today, ...lives, ...days].filter((day): day is string => day !== null);
      return { values: [undefined, ...new Set(all)], isWhole: false };
    }
    default:
      return { values: [undefined, 'Nguyễn Văn An', ...texts], isWhole: false };
  }
}
