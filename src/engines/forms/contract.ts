/** The values of a form as one complete JSON Schema draft-07: what Ajv checks and what partners may read. */
import { Ajv, type ValidateFunction } from 'ajv';
import {
  isBusinessNumber,
  isEmail,
  isIdentityNumber,
  isLandline,
  isMobilePhone,
  isOldIdentityNumber,
  isTaxCode,
} from './codes.ts';
import { formLimits, type AnswerField, type FieldSchema, type FormDefinition } from './definition.ts';
import { isDay } from './logic.ts';
import { outlineOf, hasValue } from './outline.ts';
import { hasControlCharacters } from './answers.ts';

type Schema = { [keyword: string]: unknown };

/** A file id as it stands in the values: opaque to the engine. */
const fileId: Schema = { type: 'string', minLength: 1, maxLength: 64, pattern: '^[A-Za-z0-9-]+$' };

function schemaOfField(field: AnswerField, limits: FieldSchema | undefined): Schema {
  const { items: _items, ...own } = limits ?? {};
  switch (field.type) {
    case 'text':
      return { type: 'string', minLength: 1, maxLength: formLimits.text, format: 'vn-text', ...own };
    case 'longText':
      return { type: 'string', minLength: 1, maxLength: formLimits.longText, format: 'vn-text', ...own };
    case 'integer':
      return { type: 'integer', minimum: -formLimits.moneyDong, maximum: formLimits.moneyDong, ...own };
    case 'decimal':
      return { type: 'number', minimum: -formLimits.moneyDong, maximum: formLimits.moneyDong, ...own };
    case 'money':
      return { type: 'integer', minimum: 0, maximum: formLimits.moneyDong, ...own };
    case 'date':
      return { type: 'string', maxLength: 10, format: 'vn-day' };
    case 'identityNumber':
      return { type: 'string', maxLength: 12, format: field.allowOld ? 'vn-identity-or-old' : 'vn-identity' };
    case 'taxCode':
      return { type: 'string', maxLength: 14, format: 'vn-tax-code' };
    case 'businessNumber':
      return { type: 'string', maxLength: 10, format: 'vn-business-number' };
    case 'phone':
      return { type: 'string', maxLength: 11, format: field.allowLandline ? 'vn-phone' : 'vn-mobile' };
    case 'email':
      return { type: 'string', maxLength: 254, format: 'vn-email' };
    case 'yesNo':
      return { type: 'boolean' };
    case 'radios':
    case 'select':
      return field.options
        ? { type: 'string', enum: field.options.map((option) => option.value) }
        : { type: 'string', minLength: 1, maxLength: 60 };
    case 'checkboxes':
      return {
        type: 'array',
        uniqueItems: true,
        minItems: 1,
        maxItems: field.options?.length ?? 100,
        ...own,
        items: field.options
          ? { type: 'string', enum: field.options.map((option) => option.value) }
          : { type: 'string', minLength: 1, maxLength: 60 },
      };
    case 'address':
      return addressSchema;
    case 'file':
      return { type: 'array', uniqueItems: true, minItems: 1, maxItems: field.maxFiles ?? 1, ...own, items: fileId };
    case 'table':
      return rowsSchema(field.columns.filter(hasValue), field.max ?? 10, limits);
    case 'declaration':
      return { type: 'boolean', const: true };
    default:
      return field satisfies never;
  }
}

const unitCode: Schema = { type: 'string', maxLength: 20, pattern: '^[0-9A-Za-z.]*$' };
const addressSchema: Schema = {
  type: 'object',
  additionalProperties: false,
  required: ['province', 'commune'],
  properties: {
    province: unitCode,
    district: unitCode,
    commune: unitCode,
    detail: { type: 'string', maxLength: formLimits.text, format: 'vn-text' },
  },
};

function rowsSchema(fields: AnswerField[], max: number, limits: FieldSchema | undefined): Schema {
  const { items, ...own } = limits ?? {};
  return {
    type: 'array',
    maxItems: max,
    ...own,
    items: {
      type: 'object',
      additionalProperties: false,
      properties: Object.fromEntries(
        fields.map((field) => [field.name, schemaOfField(field, items?.properties?.[field.name])]),
      ),
    },
  };
}

/**
 * The whole contract of a form's values as JSON Schema draft-07. It says what each value may be, not which must be there:
 * that depends on the conditions and is judged by `validateAnswers`. Formats that start with `vn-` are ours.
 */
export function contractOf(definition: FormDefinition): Schema {
  const outline = outlineOf(definition);
  const limits = definition.schema.properties ?? {};
  const limitsOf = (name: string): FieldSchema | undefined => (Object.hasOwn(limits, name) ? limits[name] : undefined);
  const properties: { [name: string]: Schema } = {};
  for (const entry of outline.entries) {
    if (entry.list === null) properties[entry.name] = schemaOfField(entry.field, limitsOf(entry.name));
  }
  for (const list of outline.lists.values()) {
    if (list.kind === 'group')
      properties[list.name] = rowsSchema(list.rowFields.filter(hasValue), list.max, limitsOf(list.name));
  }
  return {
    $schema: 'http://json-schema.org/draft-07/schema#',
    title: definition.title.vi,
    type: 'object',
    additionalProperties: false,
    properties,
  };
}

function makeAjv(): Ajv {
  const ajv = new Ajv({ allErrors: true, strict: true, ownProperties: true, addUsedSchema: false, $data: false });
  const formats: Record<string, (text: string) => boolean> = {
    'vn-text': (text) => !hasControlCharacters(text) && text === text.normalize('NFC') && text.trim() !== '',
    'vn-day': isDay,
    'vn-identity': (text) => isIdentityNumber(text),
    'vn-identity-or-old': (text) => isIdentityNumber(text) || isOldIdentityNumber(text),
    'vn-tax-code': isTaxCode,
    'vn-business-number': isBusinessNumber,
    'vn-mobile': isMobilePhone,
    'vn-phone': (text) => isMobilePhone(text) || isLandline(text),
    'vn-email': isEmail,
  };
  for (const [name, validate] of Object.entries(formats)) ajv.addFormat(name, { type: 'string', validate });
  return ajv;
}

const maxCompiled = 200;
const byVersion = new Map<string, ValidateFunction>();
const byDefinition = new WeakMap<FormDefinition, ValidateFunction>();

/**
 * The compiled contract, made once per form version (`versionId`), or per definition object without one. Each has an Ajv of
 * its own, so that what is forgotten is really freed; at most 200 are kept.
 */
export function compiledContract(definition: FormDefinition, versionId?: string): ValidateFunction {
  const known = byDefinition.get(definition) ?? (versionId === undefined ? undefined : byVersion.get(versionId));
  const found = known ?? makeAjv().compile(contractOf(definition));
  byDefinition.set(definition, found);
  if (versionId !== undefined && !byVersion.has(versionId)) {
    if (byVersion.size >= maxCompiled) byVersion.delete(byVersion.keys().next().value ?? '');
    byVersion.set(versionId, found);
  }
  return found;
}
