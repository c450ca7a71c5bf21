import { Ajv, type ValidateFunction } from 'ajv';
import addFormatsModule from 'ajv-formats';
import type { TSchema } from 'typebox';
import { invalidInput, problem } from '../problems.ts';

const addFormats = addFormatsModule as unknown as typeof addFormatsModule.default;
const options = { allErrors: true, ownProperties: true, strict: false, maxItems: 100 } as const;
const strictAjv = addFormats(new Ajv(options));
const coercingAjv = addFormats(new Ajv({ ...options, coerceTypes: 'array' }));
const compiled = new WeakMap<TSchema, ValidateFunction>();

/** Holds machine input to its schema. @throws invalidInput listing each fault with its JSON pointer */
export function validate(schema: TSchema, value: unknown, mode: 'body' | 'query'): unknown {
  let check = compiled.get(schema);
  if (!check) {
    check = (mode === 'query' ? coercingAjv : strictAjv).compile(schema);
    compiled.set(schema, check);
  }
  if (check(value)) return value;
  const errors = (check.errors ?? [])
    .slice(0, 50)
    .map((e) => ({ pointer: e.instancePath || '/', message: e.message ?? e.keyword }));
  throw problem(invalidInput, { errors });
}

/** Holds a query to its schema, and keeps out the one character that the database cannot hold. @throws invalidInput */
export function validateQuery(schema: TSchema, query: URLSearchParams): void {
  const values = Object.fromEntries(query);
  const errors = Object.keys(values)
    .filter((name) => values[name]?.includes('\0'))
    .map((name) => ({ pointer: `/${name}`, message: 'must not hold U+0000' }));
  if (errors.length > 0) throw problem(invalidInput, { errors });
  validate(schema, values, 'query');
}
