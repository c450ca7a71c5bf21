/** Finds what is wrong with a form before anybody meets it. */
import { Ajv, type ErrorObject, type ValidateFunction } from 'ajv';
import { definitionSchema } from './definition-schema.ts';
import {
  formLimits,
  reservedNames,
  fieldTypes,
  type AnswerField,
  type Field,
  type FieldSchema,
  type FormDefinition,
  type Logic,
  type Option,
} from './definition.ts';
import { evaluate, isDay, logicDefect, readsOf } from './logic.ts';
import { circlesOf, hasValue, outlineOf, resolveRead, type Entry, type Outline } from './outline.ts';

/** One thing that is wrong: where (a JSON pointer into the file), a permanent code, and a sentence for the author. */
export type Defect = { path: string; code: DefectCode; message: string };
export type DefectCode =
  | 'shape'
  | 'unknown-property'
  | 'missing-words'
  | 'unknown-type'
  | 'too-large'
  | 'duplicate-name'
  | 'reserved-name'
  | 'unknown-field'
  | 'unknown-option'
  | 'unknown-source'
  | 'bad-logic'
  | 'circle'
  | 'later-page'
  | 'never-shown'
  | 'never-answered'
  | 'bad-limit'
  | 'bad-options'
  | 'required-twice'
  | 'calculated-and-asked'
  | 'not-calculable'
  | 'prefill-in-row'
  | 'table-in-group'
  | 'bad-signer';

let shapeValidator: ValidateFunction | undefined;

function shapeDefects(definition: unknown): Defect[] {
  shapeValidator ??= new Ajv({ allErrors: true, strict: true, ownProperties: true, discriminator: true }).compile(
    definitionSchema,
  );
  if (shapeValidator(definition)) return [];
  const seen = new Set<string>();
  return (shapeValidator.errors ?? [])
    .filter((error) => error.keyword !== 'oneOf' && error.keyword !== 'anyOf')
    .map(shapeDefect)
    .filter(({ path, message }) => !seen.has(`${path} ${message}`) && seen.add(`${path} ${message}`))
    .slice(0, 200);
}

function shapeDefect(error: ErrorObject): Defect {
  const path = error.instancePath;
  const params = error.params as Record<string, unknown>;
  if (error.keyword === 'additionalProperties') {
    return {
      path,
      code: 'unknown-property',
      message: `"${String(params['additionalProperty'])}" is not a property here`,
    };
  }
  if (error.keyword === 'required') {
    const missing = String(params['missingProperty']);
    if (missing === 'vi' || missing === 'en') {
      return { path, code: 'missing-words', message: `has no words in ${missing === 'vi' ? 'Vietnamese' : 'English'}` };
    }
    return { path, code: 'shape', message: `"${missing}" is missing` };
  }
  if (error.keyword === 'pattern' && /\/(vi|en)$/.test(path)) {
    return {
      path,
      code: 'missing-words',
      message: `has no words in ${path.endsWith('vi') ? 'Vietnamese' : 'English'}`,
    };
  }
  if (error.keyword === 'discriminator') {
    return {
      path,
      code: 'unknown-type',
      message: `${JSON.stringify(params['tagValue'])} is not a field type here; there are ${fieldTypes.join(', ')}`,
    };
  }
  const allowed = Array.isArray(params['allowedValues'])
    ? `: ${(params['allowedValues'] as unknown[]).join(', ')}`
    : '';
  return { path, code: 'shape', message: `${error.message ?? 'is wrong'}${allowed}` };
}

/**
 * Checks a form definition as a whole. An empty list means it may be published. When the shape is wrong only that is
 * reported, for the rest cannot be judged yet. Never throws, whatever it is given (JSON values).
 */
export function checkFormDefinition(definition: unknown): Defect[] {
  if (sizeOf(definition) > formLimits.definitionBytes) {
    return [{ path: '', code: 'too-large', message: `is larger than ${formLimits.definitionBytes} bytes` }];
  }
  const shape = shapeDefects(definition);
  if (shape.length > 0) return shape;
  const form = definition as FormDefinition;
  const names = nameDefects(form);
  if (names.length > 0) return names;
  const logic = logicDefects(form);
  if (logic.length > 0) return logic;
  const outline = outlineOf(form);
  return [
    ...readDefects(form, outline),
    ...circlesOf(outline).map((circle): Defect => ({
      path: pathOf(form, circle[0]!),
      code: 'circle',
      message: `goes round in a circle: ${circle.join(' → ')}`,
    })),
    ...fieldDefects(form, outline),
    ...limitDefects(form, outline),
  ];
}

const sizeOf = (value: unknown): number => {
  try {
    return JSON.stringify(value)?.length ?? 0;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
};

type Place = { path: string; logic: Logic; list: string | null; pageIndex: number; earlierOnly: boolean };

function fieldsWithPaths(
  form: FormDefinition,
): { field: Field; path: string; list: string | null; pageIndex: number }[] {
  return form.ui.pages.flatMap((page, pageIndex) =>
    page.groups.flatMap((group, g) =>
      group.fields.flatMap((field, f) => {
        const path = `/ui/pages/${pageIndex}/groups/${g}/fields/${f}`;
        const own = { field, path, list: group.repeat?.name ?? null, pageIndex };
        if (field.type !== 'table') return [own];
        return [
          own,
          ...field.columns.map((column, c) => ({
            field: column,
            path: `${path}/columns/${c}`,
            list: field.name,
            pageIndex,
          })),
        ];
      }),
    ),
  );
}

function pathOf(form: FormDefinition, key: string): string {
  const found = fieldsWithPaths(form).find(
    ({ field, list }) => (list === null ? field.name : `${list}.${field.name}`) === key,
  );
  if (found) return found.path;
  const pages = form.ui.pages.flatMap((page, p) =>
    page.groups.map((group, g) => ({ group, path: `/ui/pages/${p}/groups/${g}/repeat` })),
  );
  return pages.find(({ group }) => group.repeat?.name === key)?.path ?? '';
}

function nameDefects(form: FormDefinition): Defect[] {
  const defects: Defect[] = [];
  const seen = new Map<string, string>();
  const once = (kind: string, name: string, path: string): void => {
    const first = seen.get(`${kind} ${name}`);
    if (first !== undefined) {
      defects.push({ path, code: 'duplicate-name', message: `"${name}" is already used at ${first}` });
    } else seen.set(`${kind} ${name}`, path);
    if (kind !== 'id' && reservedNames.includes(name)) {
      defects.push({
        path,
        code: 'reserved-name',
        message: `"${name}" is a name with a meaning of its own; choose another`,
      });
    }
  };
  form.ui.pages.forEach((page, p) => {
    once('id', page.id, `/ui/pages/${p}`);
    page.groups.forEach((group, g) => {
      const path = `/ui/pages/${p}/groups/${g}`;
      once('id', group.id, path);
      if (group.repeat) once('field', group.repeat.name, `${path}/repeat`);
      group.fields.forEach((field, f) => {
        if (group.repeat && field.type === 'table') {
          defects.push({
            path: `${path}/fields/${f}`,
            code: 'table-in-group',
            message: 'a table cannot stand inside a repeated group',
          });
        }
      });
    });
  });
  for (const { field, path, list } of fieldsWithPaths(form))
    once(list === null ? 'field' : `row of ${list}`, field.name, path);
  form.ui.checks?.forEach((check, c) => once('check', check.id, `/ui/checks/${c}`));
  form.ui.signers?.forEach((signer, s) => once('signer', signer.id, `/ui/signers/${s}`));
  if (fieldsWithPaths(form).length > formLimits.fields) {
    defects.push({ path: '/ui/pages', code: 'too-large', message: `has more than ${formLimits.fields} fields` });
  }
  return defects;
}

function expressionsOf(form: FormDefinition): Place[] {
  const places: Place[] = [];
  const add = (logic: Logic | undefined, place: Omit<Place, 'logic'>): void => {
    if (logic !== undefined) places.push({ ...place, logic });
  };
  form.ui.pages.forEach((page, pageIndex) => {
    const path = `/ui/pages/${pageIndex}`;
    add(page.showWhen, { path: `${path}/showWhen`, list: null, pageIndex, earlierOnly: true });
    page.groups.forEach((group, g) =>
      add(group.showWhen, { path: `${path}/groups/${g}/showWhen`, list: null, pageIndex, earlierOnly: false }),
    );
  });
  for (const { field, path, list, pageIndex } of fieldsWithPaths(form)) {
    const at = { list, pageIndex, earlierOnly: false };
    add(field.showWhen, { path: `${path}/showWhen`, ...at });
    if (!hasValue(field)) continue;
    add(field.requiredWhen, { path: `${path}/requiredWhen`, ...at });
    add(field.calculate, { path: `${path}/calculate`, ...at });
  }
  const whole = { list: null, pageIndex: Number.POSITIVE_INFINITY, earlierOnly: false };
  form.ui.checks?.forEach((check, c) => add(check.test, { path: `/ui/checks/${c}/test`, ...whole }));
  form.ui.signers?.forEach((signer, s) => add(signer.when, { path: `/ui/signers/${s}/when`, ...whole }));
  return places;
}

function logicDefects(form: FormDefinition): Defect[] {
  return expressionsOf(form).flatMap(({ path, logic }): Defect[] => {
    const message = logicDefect(logic);
    return message === null ? [] : [{ path, code: 'bad-logic', message: `the expression ${message}` }];
  });
}

function readDefects(form: FormDefinition, outline: Outline): Defect[] {
  return expressionsOf(form).flatMap((place) => {
    const defects: Defect[] = [];
    for (const read of readsOf(place.logic)) {
      const key = resolveRead(outline, read, place.list);
      if (key === undefined) {
        defects.push({
          path: place.path,
          code: 'unknown-field',
          message: `reads "${read}", which the form does not have`,
        });
      }
      if (key === null || key === undefined) continue;
      const target = outline.byKey.get(key) ?? outline.lists.get(key);
      const last = place.earlierOnly ? place.pageIndex - 1 : place.pageIndex;
      if (target && target.pageIndex > last) {
        const where = target.pageIndex === place.pageIndex ? 'the same page' : `the later page "${target.page.id}"`;
        defects.push({ path: place.path, code: 'later-page', message: `reads "${read}", which is asked on ${where}` });
      }
    }
    return [...defects, ...optionDefects(place, outline)];
  });
}

/** A comparison with an option that the field does not offer can never be true: nearly always a slip of the pen. */
function optionDefects(place: Place, outline: Outline): Defect[] {
  const defects: Defect[] = [];
  const compare = (variable: Logic, other: Logic): void => {
    if (variable === null || typeof variable !== 'object' || Array.isArray(variable) || !Object.hasOwn(variable, 'var'))
      return;
    const name = variable['var'];
    const key = typeof name === 'string' ? resolveRead(outline, name, place.list) : null;
    const field = key === null || key === undefined ? undefined : outline.byKey.get(key)?.field;
    if (!field || !('options' in field) || !field.options) return;
    const values = field.options.map((option: Option) => option.value);
    for (const literal of Array.isArray(other) ? other : [other]) {
      if (typeof literal !== 'string' || values.includes(literal)) continue;
      defects.push({
        path: place.path,
        code: 'unknown-option',
        message: `compares "${key}" with "${literal}", which it does not offer (${values.join(', ')})`,
      });
    }
  };
  const walk = (node: Logic): void => {
    if (Array.isArray(node)) node.forEach(walk);
    else if (node !== null && typeof node === 'object') {
      const [operator, args] = Object.entries(node)[0] ?? ['', null];
      if (Array.isArray(args) && ['==', '===', '!=', '!==', 'in'].includes(operator)) {
        compare(args[0] ?? null, args[1] ?? null);
        compare(args[1] ?? null, args[0] ?? null);
      }
      // Inside a loop a bare name is the item's own: not resolvable here.
      walk(
        ['map', 'filter', 'all', 'some', 'none'].includes(operator) && Array.isArray(args) ? (args[0] ?? null) : args,
      );
    }
  };
  walk(place.logic);
  return defects;
}

function fieldDefects(form: FormDefinition, outline: Outline): Defect[] {
  const defects: Defect[] = [];
  const add = (path: string, code: DefectCode, message: string): void => void defects.push({ path, code, message });
  for (const { field, path, list } of fieldsWithPaths(form)) {
    if (!hasValue(field)) continue;
    const entry = outline.byKey.get(list === null ? field.name : `${list}.${field.name}`);
    if (entry && field.required !== false && neverShown(entry)) {
      add(path, 'never-shown', `"${field.name}" is required but its conditions can never be true`);
    }
    if (field.required === true && field.requiredWhen !== undefined) {
      add(path, 'required-twice', 'has both "required": true and "requiredWhen"; keep one');
    }
    if (field.calculate !== undefined && (field.prefill || field.requiredWhen !== undefined)) {
      add(path, 'calculated-and-asked', 'is calculated, so it can have neither "prefill" nor "requiredWhen"');
    }
    if (
      field.calculate !== undefined &&
      ['table', 'file', 'address', 'declaration', 'checkboxes'].includes(field.type)
    ) {
      add(path, 'not-calculable', `a field of type ${field.type} cannot be calculated`);
    }
    if (field.prefill && list !== null) add(path, 'prefill-in-row', 'a field of a row cannot be filled in beforehand');
    defects.push(...typeDefects(field, path, outline));
  }
  form.ui.checks?.forEach((check, c) => {
    if (!outline.byKey.has(check.field)) {
      add(`/ui/checks/${c}/field`, 'unknown-field', `"${check.field}" is not a field of the form`);
    }
  });
  form.ui.signers?.forEach((signer, s) => {
    const typeOf = (name: string | undefined) => (name === undefined ? undefined : outline.byKey.get(name)?.field.type);
    const isPage = (id: string): boolean => form.ui.pages.some((page) => page.id === id);
    const fits = (name: string | undefined, types: readonly string[]): boolean =>
      name === undefined || types.includes(typeOf(name) ?? '');
    if (
      (signer.pages ?? []).every(isPage) &&
      fits(signer.nameField, ['text']) &&
      fits(signer.identityField, ['identityNumber']) &&
      fits(signer.contactField, ['phone', 'email'])
    )
      return;
    add(
      `/ui/signers/${s}`,
      'bad-signer',
      `"${signer.id}" names a page or field that the form does not have or that does not fit`,
    );
  });
  for (const list of outline.lists.values()) {
    if (list.min > list.max)
      add(pathOf(form, list.name), 'bad-limit', `"${list.name}" has min ${list.min} above max ${list.max}`);
  }
  return defects;
}

/** Conditions without anything to read are decided already. */
function neverShown(entry: Entry): boolean {
  return entry.showWhen.some((logic) => readsOf(logic).length === 0 && !evaluate(logic, { today: '2026-01-01' }));
}

function typeDefects(field: AnswerField, path: string, outline: Outline): Defect[] {
  const defects: Defect[] = [];
  const add = (code: DefectCode, message: string): void => void defects.push({ path, code, message });
  if (field.type === 'radios' || field.type === 'select' || field.type === 'checkboxes') {
    if ((field.options === undefined) === (field.optionsFrom === undefined)) {
      add('bad-options', 'needs exactly one of "options" and "optionsFrom"');
    }
    const values = field.options?.map((option) => option.value) ?? [];
    const doubled = values.find((value, i) => values.indexOf(value) !== i);
    if (doubled !== undefined) add('bad-options', `offers "${doubled}" twice`);
  }
  if (field.type === 'date') {
    for (const bound of [field.earliest, field.latest]) {
      if (bound !== undefined && !bound.startsWith('today') && !isDay(bound as unknown))
        add('bad-limit', `"${bound}" is not a day that exists`);
    }
  }
  if (field.type === 'address' && typeof field.on === 'object') {
    const source = outline.byKey.get(field.on.field);
    const own = outline.entries.find((entry) => entry.field === field);
    if (source?.field.type !== 'date' || source.list !== null)
      add('unknown-field', `takes its date from "${field.on.field}", which is not a date field`);
    else if (own && source.pageIndex > own.pageIndex)
      add('later-page', `takes its date from "${field.on.field}", which is asked later`);
  }
  if (field.type === 'phone' || !('allowLandline' in field)) return defects;
  add('shape', '"allowLandline" belongs to a phone field');
  return defects;
}

const textTypes = new Set(['text', 'longText']);
const numberTypes = new Set(['integer', 'decimal', 'money']);
const listTypes = new Set(['checkboxes', 'file', 'table', 'group']);

function limitDefects(form: FormDefinition, outline: Outline): Defect[] {
  const defects: Defect[] = [];
  const check = (key: string, limits: FieldSchema, path: string): void => {
    const type = outline.byKey.get(key)?.field.type ?? (outline.lists.has(key) ? 'group' : undefined);
    const add = (code: DefectCode, message: string): void => void defects.push({ path, code, message });
    if (type === undefined) return add('unknown-field', `"${key}" is not a field of the form`);
    for (const name of Object.keys(limits)) {
      if (!limitFits(name, type)) add('bad-limit', `"${name}" does not fit a field of type ${type}`);
    }
    if ((limits.minLength ?? 0) > (limits.maxLength ?? Infinity)) add('bad-limit', 'minLength is above maxLength');
    if ((limits.minimum ?? -Infinity) > (limits.maximum ?? Infinity)) add('bad-limit', 'minimum is above maximum');
    if ((limits.minItems ?? 0) > (limits.maxItems ?? Infinity)) add('bad-limit', 'minItems is above maxItems');
    if (type === 'text' && (limits.maxLength ?? 0) > formLimits.text * 5)
      add('bad-limit', 'is long: use a longText field');
    const wrong = limits.pattern === undefined ? null : patternDefect(limits.pattern);
    if (wrong !== null) add('bad-limit', wrong);
    for (const [column, inner] of Object.entries(limits.items?.properties ?? {})) {
      check(`${key}.${column}`, inner, `${path}/items/properties/${column}`);
    }
  };
  for (const [name, limits] of Object.entries(form.schema.properties ?? {}))
    check(name, limits, `/schema/properties/${name}`);
  return defects;
}

function limitFits(name: string, type: string): boolean {
  if (name === 'description') return true;
  if (['minLength', 'maxLength', 'pattern'].includes(name)) return textTypes.has(type);
  if (['minItems', 'maxItems', 'uniqueItems'].includes(name)) return listTypes.has(type);
  if (name === 'items') return type === 'table' || type === 'group';
  return numberTypes.has(type);
}

/** Refuses what does not compile and what can take for ever: a repeat of something that repeats. */
function patternDefect(pattern: string): string | null {
  try {
    void new RegExp(pattern, 'u');
  } catch {
    return `"${pattern}" is not a regular expression`;
  }
  const bare = pattern.replaceAll(/\\./g, '_').replaceAll(/\[[^\]]*\]/g, '_');
  if (/\)[+*{]/.test(bare) || /\\[1-9k]/.test(pattern) || (bare.match(/[+*]|\{\d+,\d*\}/g) ?? []).length > 3) {
    return `"${pattern}" repeats a group, refers back, or repeats more than three times: it could take for ever`;
  }
  return null;
}
