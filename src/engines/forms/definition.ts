/**
 * The contract of an e-form: what a form file may say. A form is data of a province (`province/<name>/forms/*.json`);
 * nothing in it is code. `schema` narrows the values by JSON Schema draft-07, `ui` says how people meet them.
 * Pure types and constants, without imports, so that the browser and every floor above can share them.
 */

/** The two languages every word on screen is written in. */
export type Locale = 'vi' | 'en';

/** Words in both languages; neither may be empty. */
export type Text = { vi: string; en: string };

/**
 * A JsonLogic expression. Only the operators of `logicOperators` are accepted. `{"var": "name"}` reads another field;
 * `{"var": "row.name"}` a field of the same row (inside a repeated group or a table); `{"var": "today"}` is the date of
 * filling in, `{"var": "context.x"}` a fact the caller passes (the case of the procedure, the channel…).
 */
export type Logic = string | number | boolean | null | Logic[] | { [operator: string]: Logic };

/** Operators a form may use; everything else is refused when the form is checked and again when it runs. */
export const logicOperators = [
  'var',
  '==',
  '===',
  '!=',
  '!==',
  '!',
  '!!',
  'and',
  'or',
  'if',
  '>',
  '>=',
  '<',
  '<=',
  '+',
  '-',
  '*',
  '/',
  '%',
  'min',
  'max',
  'in',
  'cat',
  'map',
  'filter',
  'all',
  'some',
  'none',
  // Ours:
  'sum', // {"sum": [list of numbers]} → number; anything that is not a number counts as 0
  'count', // {"count": list} → how many
  'round', // {"round": [number, digits]} → half away from zero, digits default 0
  'empty', // {"empty": value} → true for nothing, '', [] and false-like absence; 0 and false are values
  'age', // {"age": [birthDate, onDate]} → full years, null when a date is missing
  'daysBetween', // {"daysBetween": [from, to]} → whole days, negative when to is earlier
  'addDays', // {"addDays": [date, n]} → date
  'addMonths', // {"addMonths": [date, n]} → date, the last day of a shorter month when needed
  'year', // {"year": date} → number
] as const;

/** What a form may be: one JSON file. */
export type FormDefinition = {
  /** Permanent code, kebab-case without diacritics, the same as the file name: `dang-ky-ket-hon`. */
  code: string;
  title: Text;
  /** Narrows the fields below; a field that needs no narrowing is left out. */
  schema: FormSchema;
  ui: UiSchema;
};

/**
 * JSON Schema draft-07 of the values, as far as a form author writes it: limits of single fields. Type, format and default
 * limits of every field come from its `type` in `ui`; what stands here is added to them (`contractOf` gives the whole).
 */
export type FormSchema = {
  $schema?: 'http://json-schema.org/draft-07/schema#';
  type: 'object';
  properties?: { [fieldName: string]: FieldSchema };
};

/** Limits of one field. For a repeated group or a table: `minItems`, `maxItems` and `items.properties` for its columns. */
export type FieldSchema = {
  minLength?: number;
  maxLength?: number;
  /** ECMA-262, checked against the whole value with the `u` flag. At most 200 characters, no nested repeats. */
  pattern?: string;
  minimum?: number;
  maximum?: number;
  exclusiveMinimum?: number;
  exclusiveMaximum?: number;
  multipleOf?: number;
  minItems?: number;
  maxItems?: number;
  uniqueItems?: boolean;
  items?: { type?: 'object'; properties?: { [fieldName: string]: FieldSchema } };
  description?: string;
};

export type UiSchema = {
  /** In the order people see them. At most 30. */
  pages: Page[];
  /** Rules over several fields (an end after its beginning). At most 50. */
  checks?: CrossCheck[];
  /** People who have to confirm the same answers before the form is sent; absent when one person signs alone. At most 10. */
  signers?: Signer[];
};

/** Somebody who confirms the form beside (or as) the person who fills it in: both spouses of a marriage registration. */
export type Signer = {
  /** kebab-case, unique in the form. */
  id: string;
  title: Text;
  /** Pages they confirm, by id; the whole form when absent. */
  pages?: string[];
  /** Asked only when this holds; may read all fields. */
  when?: Logic;
  /** Text field with their name, and the field with their identity number: an account that confirms must have this number. */
  nameField?: string;
  identityField?: string;
  /** Phone or e-mail field that the invitation is sent to. */
  contactField?: string;
};

/** One thing per page: a page asks about one subject. */
export type Page = {
  /** kebab-case, unique in the form; part of the address of the page. */
  id: string;
  title: Text;
  /** Shown above the fields: what is needed at hand, why it is asked. */
  intro?: Text;
  /** The page is left out when this is not true. May read fields of earlier pages only. */
  showWhen?: Logic;
  groups: Group[];
};

/** Fields that belong together. With `repeat` the group is asked once per thing and its value is a list. */
export type Group = {
  /** kebab-case, unique in the form. */
  id: string;
  title?: Text;
  hint?: Text;
  showWhen?: Logic;
  repeat?: Repeat;
  fields: Field[];
};

export type Repeat = {
  /** Name of the list in the values, like a field name. */
  name: string;
  /** Title of one row, followed by its number: "Người con 1". */
  itemTitle: Text;
  /** Words of the button; "Thêm …" with the item title when absent. */
  addLabel?: Text;
  /** Rows shown and required at least; default 1. */
  min?: number;
  /** At most 50; default 10. */
  max?: number;
};

export type CrossCheck = {
  /** kebab-case, unique in the form. */
  id: string;
  /** The field the message is shown at (a top-level name). Checked only when that field is shown. */
  field: string;
  /** True when the answers are right. Not evaluated while one of the fields it reads is missing or wrong. */
  test: Logic;
  message: Text;
};

/** Where a value was taken from, and whether the person may change it. */
export type Prefill = {
  /** One of `prefillSources`. */
  source: PrefillSource;
  /** True: shown, not editable when the source gave a value. Default false. */
  locked?: boolean;
};

/** What a register or an account can tell us. The caller supplies those it has; a missing one leaves the field empty. */
export const prefillSources = [
  'person.fullName',
  'person.identityNumber',
  'person.identityIssuedOn',
  'person.identityIssuedBy',
  'person.dateOfBirth',
  'person.gender',
  'person.ethnicity',
  'person.nationality',
  'person.phone',
  'person.email',
  'person.permanentAddress',
  'person.currentAddress',
  'business.name',
  'business.taxCode',
  'business.businessNumber',
  'business.address',
  'business.phone',
  'business.email',
  'business.representative',
] as const;
export type PrefillSource = (typeof prefillSources)[number];

/** What every field may say. */
export type FieldCommon = {
  /** camelCase, latin letters and digits, at most 40, unique among its neighbours. It is the key in the values. */
  name: string;
  label: Text;
  /** One sentence under the label, for everybody. */
  hint?: Text;
  /** A longer explanation behind a "Trợ giúp" disclosure. */
  help?: Text;
  /** Why we ask and by which clause; shown with the help. */
  basis?: Text;
  /** Default true; default false when `requiredWhen` is given. */
  required?: boolean;
  requiredWhen?: Logic;
  /** The field is left out, and its answer dropped, when this is not true. */
  showWhen?: Logic;
  prefill?: Prefill;
  /** The value is worked out from other fields and shown, never typed. Recomputed on the server. */
  calculate?: Logic;
  /** Masked where a person need not see all of it (lists, print-outs for others). */
  sensitive?: boolean;
};

export type TextField = FieldCommon & {
  type: 'text';
  /** Width in characters, a hint about the length of the answer. */
  width?: 2 | 3 | 4 | 5 | 10 | 20 | 30;
  autocomplete?: string;
};
export type LongTextField = FieldCommon & { type: 'longText'; rows?: number };
/** `suffix` is the unit: "m²", "người". */
export type NumberField = FieldCommon & { type: 'integer' | 'decimal'; suffix?: Text; width?: 2 | 3 | 4 | 5 | 10 | 20 };
/** Whole đồng, 0 to 999 999 999 999 999; the amount in words is shown beside it. */
export type MoneyField = FieldCommon & { type: 'money' };
/**
 * Day, month and year in three boxes; value `YYYY-MM-DD`. A bound is a date (`2014-01-01`) or `today` with an
 * optional shift: `today-18y`, `today+30d`, `today-6m`.
 */
export type DateField = FieldCommon & { type: 'date'; earliest?: string; latest?: string };
/** 12 digits of the personal identity number, structure checked (Nghị định 137/2015/NĐ-CP, điều 13); `allowOld` also takes 9 digits (CMND). */
export type IdentityField = FieldCommon & { type: 'identityNumber'; allowOld?: boolean };
/**
 * taxCode: 10 digits or 10-3 with the check digit, or a personal identity number. businessNumber: 10 digits with the check
 * digit. phone: a Vietnamese mobile number, 10 digits from 0; `allowLandline` also takes 11 digits from 02.
 */
export type CodeField = FieldCommon & {
  type: 'taxCode' | 'businessNumber' | 'phone' | 'email';
  allowLandline?: boolean;
};
/** Value true or false. */
export type YesNoField = FieldCommon & { type: 'yesNo' };
/** Value: the chosen `value`; for checkboxes a list of them. Give `options`, or `optionsFrom`: a catalogue's code. */
export type ChoiceField = FieldCommon & {
  type: 'radios' | 'select' | 'checkboxes';
  options?: Option[];
  optionsFrom?: string;
};
/** `value`: letters, digits, `.`, `_` and `-`, at most 60. */
export type Option = { value: string; label: Text; hint?: Text };
/**
 * Province → (district, only on dates before 1 July 2025) → commune + house and street. Value
 * `{province, district?, commune, detail}` with unit codes. `on` is the date whose map is used: a date, `today`
 * (default) or `{"field": "name"}` of a date field asked earlier.
 */
export type AddressField = FieldCommon & {
  type: 'address';
  on?: string | { field: string };
  /** Start with this province chosen. */
  province?: string;
  /** Ask for house number and street; default true. */
  detail?: boolean;
};
/** Value: a list of file ids. The caller stores the files; the engine checks kinds, size and count. */
export type FileField = FieldCommon & {
  type: 'file';
  accept: FileKind[];
  /** Size of one file at most, in megabytes; 1–100, default 10. */
  maxMegabytes?: number;
  /** At most this many files; 1–20, default 1. */
  maxFiles?: number;
};
export const fileKinds = ['pdf', 'jpg', 'png', 'docx', 'xlsx', 'xml', 'zip', 'dwg'] as const;
export type FileKind = (typeof fileKinds)[number];
/** Rows of short answers. Value: a list of rows. `min` default 1, `max` default 10, at most 50. */
export type TableField = FieldCommon & {
  type: 'table';
  columns: ColumnField[];
  min?: number;
  max?: number;
  addLabel?: Text;
};
/** An oath: a box that has to be ticked; `text` is what is sworn. Value true. */
export type DeclarationField = FieldCommon & { type: 'declaration'; text: Text };
/** Words only, no value. Paragraphs are separated by an empty line. */
export type ContentField = {
  type: 'content';
  name: string;
  text: Text;
  style?: 'text' | 'inset' | 'warning';
  showWhen?: Logic;
};

/** What may stand in a column of a table. */
export type ColumnField = TextField | NumberField | MoneyField | DateField | IdentityField | CodeField | ChoiceField;

/** What may stand in a group (a repeated group takes no table). */
export type Field =
  | TextField
  | LongTextField
  | NumberField
  | MoneyField
  | DateField
  | IdentityField
  | CodeField
  | YesNoField
  | ChoiceField
  | AddressField
  | FileField
  | TableField
  | DeclarationField
  | ContentField;

/** Every field that has a value. */
export type AnswerField = Exclude<Field, ContentField>;
export type FieldType = Field['type'];

export const fieldTypes: readonly FieldType[] = [
  'text',
  'longText',
  'integer',
  'decimal',
  'money',
  'date',
  'identityNumber',
  'taxCode',
  'businessNumber',
  'phone',
  'email',
  'yesNo',
  'radios',
  'select',
  'checkboxes',
  'address',
  'file',
  'table',
  'declaration',
  'content',
];

/** What a column of a table may be. */
export const columnTypes: readonly FieldType[] = [
  'text',
  'integer',
  'decimal',
  'money',
  'date',
  'identityNumber',
  'taxCode',
  'businessNumber',
  'phone',
  'email',
  'radios',
  'select',
];

/** Names a field may not have: variables of the logic, and names every object inherits. */
export const reservedNames: readonly string[] = [
  'today',
  'now',
  'row',
  'context',
  'constructor',
  'prototype',
  'toString',
  'toLocaleString',
  'valueOf',
  'hasOwnProperty',
  'isPrototypeOf',
  'propertyIsEnumerable',
];

/** An address as stored: codes of units, and the words typed. */
export type AddressValue = { province: string; district?: string; commune: string; detail?: string };
export type RowValue = { [name: string]: FieldValue };
/** What a field may hold once it is right; while a draft is being filled in, also the text that was typed. */
export type FieldValue = string | number | boolean | string[] | AddressValue | RowValue[];
/** Answers by field name. Own keys only; a field without an answer is absent. */
export type Values = { [name: string]: FieldValue };

/** Limits that hold whatever a definition says. */
export const formLimits = {
  definitionBytes: 512 * 1024,
  pages: 30,
  groupsPerPage: 20,
  fieldsPerGroup: 60,
  fields: 400,
  options: 500,
  checks: 50,
  signers: 10,
  rows: 50,
  logicDepth: 12,
  logicNodes: 200,
  text: 200,
  longText: 4000,
  labelLength: 300,
  contentLength: 5000,
  moneyDong: 999_999_999_999_999,
  valuesBytes: 256 * 1024,
} as const;
