import { globSync, readFileSync } from 'node:fs';
import { registerSchema, unregisterSchema, validate } from '@hyperjump/json-schema/draft-07';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { compiledContract, contractOf } from './contract.ts';
import { exampleForm } from './example-form.ts';
import { aForm, textField } from './testing.ts';
import type { Field, FieldSchema, FormDefinition } from './definition.ts';

/*
 * Another implementation of JSON Schema judges the same contracts over the same values. Formats are ours alone (`vn-…`), so both judge without them:
 * what is compared is our use of types, limits, lists and closed objects.
 */

const withoutFormats = (node: unknown): unknown => {
  if (Array.isArray(node)) return node.map(withoutFormats);
  if (node === null || typeof node !== 'object') return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key, value]) => !(key === 'format' && typeof value === 'string'))
      .map(([key, value]) => [key, withoutFormats(value)]),
  );
};

let number = 0;
/** What the oracle says of a value; a schema is registered under an address of its own. */
async function oracleFor(schema: object): Promise<{ judge: (value: unknown) => boolean; end: () => void }> {
  number += 1;
  const address = `https://sen.example/form-${number}`;
  registerSchema(withoutFormats(schema) as never, address);
  const check = await validate(address);
  return { judge: (value) => check(value as never).valid, end: () => unregisterSchema(address) };
}

const isFormatOnly = (form: FormDefinition, value: unknown): boolean => {
  const check = compiledContract(form);
  return !check(value) && (check.errors ?? []).every((error) => error.keyword === 'format');
};

/** The values over which the two differ. */
async function disagreements(form: FormDefinition, values: readonly unknown[]): Promise<unknown[]> {
  const oracle = await oracleFor(contractOf(form));
  const check = compiledContract(form);
  try {
    return values.filter((value) => oracle.judge(value) !== (check(value) || isFormatOnly(form, value)));
  } finally {
    oracle.end();
  }
}

const anyValue = fc.oneof(
  fc.constantFrom<unknown>(
    '',
    'Nguyễn Thị Ánh',
    0,
    1,
    -5,
    1.5,
    1_250_000,
    true,
    false,
    null,
    [],
    ['a'],
    ['a', 'a'],
    [{}],
    {},
  ),
  fc.string({ maxLength: 12 }),
  fc.integer(),
  fc.jsonValue({ maxDepth: 2 }),
);

/** Values of the right names and others, right and wrong. */
const valuesFor = (form: FormDefinition): fc.Arbitrary<unknown> => {
  const names = Object.keys((contractOf(form) as { properties: object }).properties);
  return fc.oneof(
    fc.dictionary(fc.constantFrom(...names, 'khongCo'), anyValue, { maxKeys: 6, noNullPrototype: true }),
    anyValue,
  );
};

describe('our contracts and another implementation of JSON Schema', () => {
  const forms = globSync('province/*/forms/*.json').map(
    (file) => JSON.parse(readFileSync(file, 'utf8')) as FormDefinition,
  );
  test.each([...forms, exampleForm].map((form) => [form.code, form] as const))(
    '%s: the same answers',
    async (_, form) => {
      expect(await disagreements(form, fc.sample(valuesFor(form), { numRuns: 60, seed: 20_261_123 }))).toEqual([]);
    },
  );

  test('over generated fields with generated limits', async () => {
    const limit = fc.record(
      {
        minLength: fc.nat(4),
        maxLength: fc.integer({ min: 4, max: 9 }),
        pattern: fc.constantFrom('^[a-z]+$', '^\\d{2}$'),
      },
      { requiredKeys: [] },
    );
    const range = fc.record(
      {
        minimum: fc.integer({ min: -9, max: 3 }),
        maximum: fc.integer({ min: 3, max: 99 }),
        multipleOf: fc.constantFrom(1, 2, 5),
      },
      { requiredKeys: [] },
    );
    const kinds = fc.array(
      fc.oneof(
        limit.map((limits) => ({ type: 'text', limits })),
        range.map((limits) => ({ type: 'integer', limits })),
        range.map((limits) => ({ type: 'decimal', limits })),
        fc.constant({ type: 'yesNo', limits: {} }),
      ),
      { minLength: 1, maxLength: 4 },
    );
    for (const fields of fc.sample(kinds, { numRuns: 60, seed: 7 })) {
      const form = aForm([fields.map(({ type }, i) => ({ ...textField(`f${i}`), type }) as Field)]);
      form.schema = {
        type: 'object',
        properties: Object.fromEntries(fields.map(({ limits }, i) => [`f${i}`, limits as FieldSchema])),
      };
      expect(await disagreements(form, fc.sample(valuesFor(form), { numRuns: 25, seed: 11 }))).toEqual([]);
    }
  });
});
