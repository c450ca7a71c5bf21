import {
  validateAnswers,
  type AddressBook,
  type FieldValue,
  type FormDefinition,
  type PrefillSource,
  type Values,
} from '../../engines/forms/index.ts';
import type { Dice } from './dice.ts';
import { answerWords } from './answer-words.ts';
import { businessOf, personOf, type Person } from './people.ts';

/* Believable answers to any e-form of the province, held to the form's own rules before they are used. */

type Group = FormDefinition['ui']['pages'][number]['groups'][number];
type Field = Group['fields'][number];
type FieldRules = NonNullable<FormDefinition['schema']['properties']>[string];

/** Where and when a form is filled in. */
export interface AnswerPlace {
  today: string;
  /** Code of the province whose addresses are drawn. */
  province: string;
  addresses: AddressBook;
  versionId: string;
}

const TRIES = 60;
const NAME = /name$|Name$|^(fullName|representative|director|author|performer|translator|supervisor|seller)$/i;
const ORGANISATION = /org|business|employer|advertiser|certifier|printer|seller/i;

const shiftYears = (day: string, years: number): string => `${Number(day.slice(0, 4)) + years}${day.slice(4)}`;
const addDays = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

function textOf(name: string, dice: Dice): string {
  const known = answerWords[name];
  if (known) return dice.pick(known);
  if (ORGANISATION.test(name)) return businessOf(dice).name;
  if (NAME.test(name)) return personOf(dice, dice.between(1, 900_000), '').name;
  if (/number|serial|licence|certificate|diploma|series|code|passport|declaration|decision/i.test(name))
    return `${dice.between(100, 9_999)}/${dice.pick(['GCN', 'QĐ', 'GP'])}-${dice.between(2016, 2025)}`;
  return dice.pick(['Theo giấy tờ kèm theo', 'Như hồ sơ đã nộp', 'Đúng như kê khai']);
}

/** A place within the province on the map of the day. */
function addressOf(
  { today, province, addresses }: AnswerPlace,
  dice: Dice,
  wantsDetail: boolean,
): FieldValue | undefined {
  const units = addresses.unitsOn(today);
  const districts = units.children(province);
  if (districts.length === 0) return undefined;
  const first = dice.pick(districts);
  const communes = units.hasDistricts ? units.children(first.code) : [];
  const detail = wantsDetail ? { detail: `${dice.pick(['Số', 'Xóm', 'Khối'])} ${dice.between(1, 40)}` } : {};
  if (!units.hasDistricts) return { province, commune: first.code, ...detail };
  return communes.length === 0
    ? undefined
    : { province, district: first.code, commune: dice.pick(communes).code, ...detail };
}

/** `2014-01-01`, `today`, `today-18y`, `today+30d` as a day. */
function boundOf(bound: string | undefined, today: string): string | null {
  const [, sign, amount, unit] = /^today(?:([+-])(\d+)([dmy]))?$/.exec(bound ?? '') ?? [];
  if (bound === undefined || !bound.startsWith('today')) return bound ?? null;
  if (amount === undefined) return today;
  const count = Number(amount) * (sign === '-' ? -1 : 1);
  return unit === 'y' ? shiftYears(today, count) : addDays(today, count * (unit === 'm' ? 30 : 1));
}

/** A day within a field's bounds: lately or soon, and where it is a birthday long ago. */
function dateOf(field: Field & { type: 'date' }, dice: Dice, today: string): string {
  const latest = boundOf(field.latest, today);
  const earliest = boundOf(field.earliest, today);
  const isAhead = (latest === null || latest > today) && /until|end|to$|expire|valid/i.test(field.name);
  const usual = /birth/i.test(field.name)
    ? addDays(shiftYears(today, /child|pupil/i.test(field.name) ? 0 : -dice.between(24, 60)), -dice.between(1, 300))
    : addDays(today, isAhead ? dice.between(20, 200) : -dice.between(1, 400));
  if (latest !== null && usual > latest) return addDays(latest, -dice.between(0, 60));
  if (earliest !== null && usual < earliest) return addDays(earliest, dice.between(0, 20));
  return usual;
}

function numberOf(field: Field, rules: FieldRules | undefined, dice: Dice): number {
  const low = rules?.minimum ?? (rules?.exclusiveMinimum === undefined ? 1 : rules.exclusiveMinimum + 1);
  const high = Math.min(rules?.maximum ?? low + 200, low + 400);
  const step = rules?.multipleOf ?? 1;
  if (field.type === 'money') return Math.max(low, dice.between(5, 900) * 100_000);
  if (/birth/i.test(field.name)) return dice.between(1965, 2000);
  if (low >= 1900) return dice.between(Math.max(low, 2012), Math.max(low, Math.min(rules?.maximum ?? 2024, 2024)));
  const whole = dice.between(Math.ceil(low / step), Math.max(Math.ceil(low / step), Math.floor(high / step))) * step;
  return field.type === 'decimal' && dice.chance(0.6) && whole + 0.5 <= high ? whole + 0.5 : whole;
}

function valueOf(field: Field, rules: FieldRules | undefined, dice: Dice, place: AnswerPlace): FieldValue | undefined {
  const person = (): Person => personOf(dice, dice.between(1, 900_000), '');
  switch (field.type) {
    case 'text':
    case 'longText': {
      const text = textOf(field.name, dice).slice(0, rules?.maxLength ?? 200);
      return rules?.pattern === undefined ? text : matching(rules.pattern, dice);
    }
    case 'integer':
    case 'decimal':
    case 'money':
      return numberOf(field, rules, dice);
    case 'date':
      return dateOf(field, dice, place.today);
    case 'identityNumber':
      return person().identityNumber;
    case 'taxCode':
    case 'businessNumber':
      return businessOf(dice).taxCode;
    case 'phone':
      return person().phone;
    case 'email':
      return person().email;
    case 'yesNo':
      return dice.chance(0.5);
    case 'radios':
    case 'select':
      return field.options === undefined ? undefined : dice.pick(field.options).value;
    case 'checkboxes': {
      const chosen = (field.options ?? []).filter(() => dice.chance(0.4)).map(({ value }) => value);
      return chosen.length > 0 ? chosen : field.options?.slice(0, 1).map(({ value }) => value);
    }
    case 'address':
      return addressOf(place, dice, field.detail !== false);
    case 'declaration':
      return true;
    case 'table':
      return Array.from({ length: Math.max(field.min ?? 1, dice.between(1, 2)) }, () =>
        rowOf(field.columns, rules?.items?.properties, dice, place),
      );
    case 'content':
    case 'file':
      return undefined; // words only, and files: those come with the papers
  }
}

/** A short answer to a pattern: the shapes that forms of the province ask for. */
function matching(pattern: string, dice: Dice): string {
  const digits = (count: number) => Array.from({ length: count }, () => dice.between(0, 9)).join('');
  const test = new RegExp(pattern, 'u');
  const shapes = [
    () => digits(4),
    () => digits(5),
    () => digits(6),
    () => digits(8),
    () => digits(9),
    () => digits(10),
    () => digits(12),
    () => `${dice.pick(['B', 'C', 'K'])}${digits(7)}`,
    () => `NA-${digits(5)}-TS`,
    () => `${digits(2)}/${digits(4)}`,
    () => `${dice.between(2024, 2025)}-2026`,
    () => `${dice.pick(['AA', 'BK', 'CT'])} ${digits(6)}`,
    () => `${dice.pick(['AA', 'BK', 'CT'])}${digits(6)}`,
    () => `0${dice.between(7, 9)}:30`,
    () => `19:30`,
  ];
  for (const shape of shapes) {
    const text = shape();
    if (test.test(text)) return text;
  }
  return digits(6);
}

const rowOf = (
  fields: readonly Field[],
  rules: { [name: string]: FieldRules } | undefined,
  dice: Dice,
  place: AnswerPlace,
): { [name: string]: FieldValue } =>
  Object.fromEntries(
    fields.flatMap((field): [string, FieldValue][] => {
      if (field.type === 'content' || field.calculate !== undefined) return [];
      const value = valueOf(field, rules?.[field.name], dice, place);
      return value === undefined ? [] : [[field.name, value]];
    }),
  );

/**
 * Answers that the form accepts, or null when chance finds none in some dozens of tries (a form that demands a file, say). Whatever is
 * refused is drawn anew, in the end left out.
 */
export function inventAnswers(definition: FormDefinition, dice: Dice, place: AnswerPlace): Values | null {
  const groups = definition.ui.pages.flatMap((page) => page.groups);
  const rules = definition.schema.properties;
  const draw = (group: Group): [string, FieldValue][] => {
    if (!group.repeat) return Object.entries(rowOf(group.fields, rules, dice, place));
    const { name, min = 1 } = group.repeat;
    const rows = Array.from({ length: Math.max(min, dice.between(1, 2)) }, () =>
      rowOf(group.fields, rules?.[name]?.items?.properties, dice, place),
    );
    return [[name, rows]];
  };
  let values: Values = Object.fromEntries(groups.flatMap(draw));
  for (let round = 0; round < TRIES; round += 1) {
    const judged = validateAnswers(definition, values, {
      today: place.today,
      versionId: place.versionId,
      context: { channel: 'online' },
      books: { addresses: place.addresses },
    });
    if (judged.errors.length === 0) return judged.values;
    const wrong = new Set(judged.errors.map(({ at }) => at.split('.')[0]!));
    const isStubborn = round % 4 === 3;
    const anew = Object.fromEntries(groups.flatMap(draw));
    values = { ...values };
    for (const name of wrong) {
      delete values[name];
      if (!isStubborn && anew[name] !== undefined) values[name] = anew[name];
    }
    if (round % 12 === 11) values = anew;
  }
  return null;
}

/** The same answers by another person: what a form takes from the account is that person's own. */
export function answersOf(
  definition: FormDefinition,
  values: Values,
  known: { readonly [source in PrefillSource]?: FieldValue },
): Values {
  const own = { ...values };
  for (const page of definition.ui.pages)
    for (const group of page.groups)
      for (const field of group.fields) {
        if (group.repeat || field.type === 'content' || !field.prefill || own[field.name] === undefined) continue;
        const value = known[field.prefill.source];
        if (value !== undefined) own[field.name] = value;
      }
  return own;
}
