/** What kind of value an expression gives, as far as that can be told without answers. */
import { isDay } from './logic.ts';
import { resolveRead, type Outline } from './outline.ts';
import type { AnswerField, Logic } from './definition.ts';

export type Kind = 'number' | 'text' | 'date' | 'yesNo' | 'choice' | 'choices' | 'list' | 'address' | 'any';

const fieldKinds: Record<AnswerField['type'], Kind> = {
  text: 'text',
  longText: 'text',
  integer: 'number',
  decimal: 'number',
  money: 'number',
  date: 'date',
  identityNumber: 'text',
  taxCode: 'text',
  businessNumber: 'text',
  phone: 'text',
  email: 'text',
  yesNo: 'yesNo',
  radios: 'choice',
  select: 'choice',
  checkboxes: 'choices',
  address: 'address',
  file: 'list',
  table: 'list',
  declaration: 'yesNo',
};
export const kindOfField = (field: AnswerField): Kind => fieldKinds[field.type];

const iterators = new Set(['map', 'filter', 'all', 'some', 'none']);
const results: Record<string, Kind> = {
  '+': 'number',
  '-': 'number',
  '*': 'number',
  '/': 'number',
  '%': 'number',
  min: 'number',
  max: 'number',
  sum: 'number',
  count: 'number',
  round: 'number',
  age: 'number',
  daysBetween: 'number',
  year: 'number',
  addDays: 'date',
  addMonths: 'date',
  cat: 'text',
  map: 'list',
  filter: 'list',
  '==': 'yesNo',
  '===': 'yesNo',
  '!=': 'yesNo',
  '!==': 'yesNo',
  '<': 'yesNo',
  '<=': 'yesNo',
  '>': 'yesNo',
  '>=': 'yesNo',
  '!': 'yesNo',
  '!!': 'yesNo',
  in: 'yesNo',
  empty: 'yesNo',
  all: 'yesNo',
  some: 'yesNo',
  none: 'yesNo',
};

const literalKind = (value: Logic): Kind => {
  if (typeof value === 'number') return 'number';
  if (typeof value === 'boolean') return 'yesNo';
  if (typeof value === 'string') return isDay(value) ? 'date' : value === '' ? 'any' : 'text';
  return Array.isArray(value) ? 'list' : 'any';
};

/** The kind of an expression standing in `list` (null outside rows). What cannot be known is `any`. */
export function kindOfLogic(outline: Outline, logic: Logic, list: string | null): Kind {
  if (logic === null || typeof logic !== 'object' || Array.isArray(logic)) return literalKind(logic);
  const [operator = '', args = null] = Object.entries(logic)[0] ?? [];
  if (operator === 'var') return kindOfRead(outline, args, list);
  if (operator === 'if' && Array.isArray(args)) {
    const kinds = new Set(
      args.filter((_, i) => i % 2 === 1 || i === args.length - 1).map((part) => kindOfLogic(outline, part, list)),
    );
    kinds.delete('any');
    return kinds.size === 1 ? [...kinds][0]! : 'any';
  }
  return results[operator] ?? 'any';
}

function kindOfRead(outline: Outline, args: Logic, list: string | null): Kind {
  const path = Array.isArray(args) ? args[0] : args;
  if (typeof path !== 'string') return 'any';
  if (path === 'today') return 'date';
  const key = resolveRead(outline, path, list);
  if (key === null || key === undefined) return 'any';
  if (outline.lists.has(key)) return 'list';
  const field = outline.byKey.get(key)?.field;
  if (!field) return 'any';
  const isPart = field.type === 'address' && path.split('.').length > (path.startsWith('row.') ? 2 : 1);
  if (isPart) return 'text';
  // A whole list of one column, as `members.capital` outside a loop.
  return key.includes('.') && list === null && !path.startsWith('row.') ? 'any' : kindOfField(field);
}

/** Kinds whose values can be equal. */
function comparable(a: Kind, b: Kind): boolean {
  if (a === 'any' || b === 'any' || a === b) return true;
  const texts: Kind[] = ['text', 'choice'];
  return texts.includes(a) && texts.includes(b);
}

/** A pair that cannot go together. */
export type KindClash = { operator: string; left: Kind; right: Kind };

/** Comparisons and sums inside an expression whose parts can never fit together. */
export function clashesIn(outline: Outline, logic: Logic, list: string | null): KindClash[] {
  const clashes: KindClash[] = [];
  const walk = (node: Logic, inLoop: boolean): void => {
    if (Array.isArray(node)) return node.forEach((part) => walk(part, inLoop));
    if (node === null || typeof node !== 'object') return;
    const [operator = '', args = null] = Object.entries(node)[0] ?? [];
    if (operator === 'var') return;
    const parts = Array.isArray(args) ? args : [args];
    // Inside a loop bare names are the item's own.
    const kinds = inLoop
      ? parts.map((part): Kind => (typeof part === 'object' ? 'any' : literalKind(part)))
      : parts.map((part) => kindOfLogic(outline, part, list));
    const [left = 'any', right = 'any'] = kinds;
    if (['==', '===', '!=', '!=='].includes(operator) && !comparable(left, right))
      clashes.push({ operator, left, right });
    if (['<', '<=', '>', '>='].includes(operator)) {
      const wrong = kinds.find((kind) => !['number', 'date', 'any'].includes(kind));
      if (wrong !== undefined || !comparable(left, right)) clashes.push({ operator, left, right });
    }
    if (['+', '-', '*', '/', '%', 'round'].includes(operator)) {
      const wrong = kinds.find((kind) => kind !== 'number' && kind !== 'any');
      if (wrong !== undefined) clashes.push({ operator, left: wrong, right: 'number' });
    }
    if (['age', 'daysBetween', 'addDays', 'addMonths', 'year'].includes(operator)) {
      const dates = operator === 'age' || operator === 'daysBetween' ? kinds.slice(0, 2) : kinds.slice(0, 1);
      const wrong = dates.find((kind) => kind !== 'date' && kind !== 'any');
      if (wrong !== undefined) clashes.push({ operator, left: wrong, right: 'date' });
    }
    if (operator === 'in' && !['list', 'choices', 'text', 'any'].includes(right))
      clashes.push({ operator, left, right });
    if (iterators.has(operator)) {
      if (!['list', 'choices', 'any'].includes(left)) clashes.push({ operator, left, right: 'list' });
      walk(parts[0] ?? null, inLoop);
      walk(parts[1] ?? null, true);
      return;
    }
    parts.forEach((part) => walk(part, inLoop));
  };
  walk(logic, false);
  return clashes;
}

/** Can a calculation that gives `kind` fill this field? */
export function canFill(field: AnswerField, kind: Kind): boolean {
  if (kind === 'any') return true;
  const wanted = kindOfField(field);
  if (wanted === 'text' || wanted === 'choice') return ['text', 'choice', 'number', 'date'].includes(kind);
  return wanted === kind;
}
