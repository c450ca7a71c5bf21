/** The shape of a form file as JSON Schema draft-07: what `check-definition.ts` holds a form against first. */
import { columnTypes, fileKinds, formLimits, prefillSources, type FieldType } from './definition.ts';

type Schema = Record<string, unknown>;

const closed = (required: string[], properties: Schema): Schema => ({
  type: 'object',
  additionalProperties: false,
  required,
  properties,
});
const words = (max: number): Schema =>
  closed(['vi', 'en'], {
    vi: { type: 'string', pattern: '\\S', maxLength: max },
    en: { type: 'string', pattern: '\\S', maxLength: max },
  });
const label = words(formLimits.labelLength);
const prose = words(formLimits.contentLength);
/** Expressions are checked by `logicDefect`, with better messages than a schema gives. */
const logic: Schema = {};
const flag: Schema = { type: 'boolean' };
const fieldName: Schema = { type: 'string', pattern: '^[a-z][A-Za-z0-9]{0,39}$' };
const kebab: Schema = { type: 'string', pattern: '^[a-z0-9]+(-[a-z0-9]+)*$', maxLength: 80 };
const whole = (minimum: number, maximum: number): Schema => ({ type: 'integer', minimum, maximum });
const width: Schema = { type: 'integer', enum: [2, 3, 4, 5, 10, 20, 30] };
const dateBound: Schema = {
  type: 'string',
  pattern: '^(\\d{4}-\\d{2}-\\d{2}|today([+-]\\d{1,4}[dmy])?)$',
};

const common: Schema = {
  name: fieldName,
  label,
  hint: label,
  help: prose,
  basis: prose,
  required: flag,
  requiredWhen: logic,
  showWhen: logic,
  prefill: closed(['source'], { source: { type: 'string', enum: [...prefillSources] }, locked: flag }),
  calculate: logic,
  sensitive: flag,
};

const choices: Schema = {
  options: {
    type: 'array',
    minItems: 1,
    maxItems: formLimits.options,
    items: closed(['value', 'label'], {
      value: { type: 'string', pattern: '^[A-Za-z0-9._-]{1,60}$' },
      label,
      hint: label,
    }),
  },
  optionsFrom: { type: 'string', pattern: '^[a-z0-9][a-z0-9.-]{0,79}$' },
};

const field = (types: FieldType[], extra: Schema = {}, required: string[] = []): [FieldType[], Schema] => [
  types,
  closed(['name', 'type', 'label', ...required], { ...common, type: { enum: types }, ...extra }),
];

const branches: [FieldType[], Schema][] = [
  field(['text'], { width, autocomplete: { type: 'string', pattern: '^[a-z -]{1,60}$' } }),
  field(['longText'], { rows: whole(2, 30) }),
  field(['integer', 'decimal'], { suffix: words(20), width }),
  field(['money', 'yesNo']),
  field(['date'], { earliest: dateBound, latest: dateBound }),
  field(['identityNumber'], { allowOld: flag }),
  field(['taxCode', 'businessNumber', 'phone', 'email'], { allowLandline: flag }),
  field(['radios', 'select', 'checkboxes'], choices),
  field(['address'], {
    on: { anyOf: [dateBound, closed(['field'], { field: fieldName })] },
    province: { type: 'string', pattern: '^[0-9A-Za-z.]{1,20}$' },
    detail: flag,
  }),
  field(
    ['file'],
    {
      accept: { type: 'array', minItems: 1, uniqueItems: true, items: { type: 'string', enum: [...fileKinds] } },
      maxMegabytes: whole(1, 100),
      maxFiles: whole(1, 20),
    },
    ['accept'],
  ),
  field(['declaration'], { text: prose }, ['text']),
];

const content: Schema = closed(['name', 'type', 'text'], {
  name: fieldName,
  type: { enum: ['content'] },
  text: prose,
  style: { type: 'string', enum: ['text', 'inset', 'warning'] },
  showWhen: logic,
});

const columnBranches = branches.filter(([types]) => types.some((type) => columnTypes.includes(type)));
const columnChoice = columnBranches.map(([types, schema]) => {
  const kept = types.filter((type) => columnTypes.includes(type));
  return { ...schema, properties: { ...(schema['properties'] as Schema), type: { enum: kept } } };
});

const oneByType = (schemas: Schema[]): Schema => ({
  type: 'object',
  properties: { type: {} },
  required: ['type'],
  discriminator: { propertyName: 'type' },
  oneOf: schemas,
});

const table = field(
  ['table'],
  {
    columns: { type: 'array', minItems: 1, maxItems: 12, items: oneByType(columnChoice) },
    min: whole(0, formLimits.rows),
    max: whole(1, formLimits.rows),
    addLabel: label,
  },
  ['columns'],
)[1];

const repeat = closed(['name', 'itemTitle'], {
  name: fieldName,
  itemTitle: label,
  addLabel: label,
  min: whole(0, formLimits.rows),
  max: whole(1, formLimits.rows),
});

const group = closed(['id', 'fields'], {
  id: kebab,
  title: label,
  hint: label,
  showWhen: logic,
  repeat,
  fields: {
    type: 'array',
    minItems: 1,
    maxItems: formLimits.fieldsPerGroup,
    items: oneByType([...branches.map(([, schema]) => schema), table, content]),
  },
});

const page = closed(['id', 'title', 'groups'], {
  id: kebab,
  title: label,
  intro: prose,
  showWhen: logic,
  groups: { type: 'array', minItems: 1, maxItems: formLimits.groupsPerPage, items: group },
});

const crossCheck = closed(['id', 'field', 'test', 'message'], {
  id: kebab,
  field: fieldName,
  test: logic,
  message: label,
});

const signer = closed(['id', 'title'], {
  id: kebab,
  title: label,
  pages: { type: 'array', minItems: 1, maxItems: formLimits.pages, uniqueItems: true, items: kebab },
  when: logic,
  nameField: fieldName,
  identityField: fieldName,
  contactField: fieldName,
});

const narrowing: Schema = {
  minLength: whole(0, formLimits.longText),
  maxLength: whole(1, formLimits.longText),
  pattern: { type: 'string', minLength: 1, maxLength: 200 },
  minimum: { type: 'number' },
  maximum: { type: 'number' },
  exclusiveMinimum: { type: 'number' },
  exclusiveMaximum: { type: 'number' },
  multipleOf: { type: 'number', exclusiveMinimum: 0 },
  minItems: whole(0, 500),
  maxItems: whole(1, 500),
  uniqueItems: flag,
  description: { type: 'string', maxLength: 500 },
};
const narrowed = (inner: Schema): Schema => ({
  type: 'object',
  propertyNames: fieldName,
  additionalProperties: closed([], { ...narrowing, ...inner }),
});

/** JSON Schema draft-07 of a form file. */
export const definitionSchema: Schema = {
  $schema: 'http://json-schema.org/draft-07/schema#',
  ...closed(['code', 'title', 'schema', 'ui'], {
    code: kebab,
    title: label,
    schema: closed(['type'], {
      $schema: { const: 'http://json-schema.org/draft-07/schema#' },
      type: { const: 'object' },
      properties: narrowed({
        items: closed([], { type: { const: 'object' }, properties: narrowed({}) }),
      }),
    }),
    ui: closed(['pages'], {
      pages: { type: 'array', minItems: 1, maxItems: formLimits.pages, items: page },
      checks: { type: 'array', maxItems: formLimits.checks, items: crossCheck },
      signers: { type: 'array', minItems: 2, maxItems: formLimits.signers, items: signer },
    }),
  }),
};
