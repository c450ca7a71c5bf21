import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { newId } from '../platform/ids.ts';
import { testApp } from '../testing/app.ts';
import { contractCaller, operationsOf, type Operation } from '../testing/contract/contract-caller.ts';
import { contractCases, ONLY_FAILURES } from '../testing/contract/contract-cases.ts';
import { contractWorld, type Given } from '../testing/contract/contract-world.ts';

/* Every operation as the document describes it: whoever programs against the document gets what it says, and nothing else. */

const app = await testApp();
const document = (await app.app.inject({ url: '/api/openapi.json' })).json<Record<string, unknown>>();
const world = await contractWorld(app);
const cases = contractCases(app, world);
const { call } = contractCaller(app, world, document);
const operations = operationsOf(document).map((operation) => [operation.id, operation] as const);
const given = (id: string): Promise<Given> => cases[id]?.() ?? Promise.resolve({});
const has = (operation: Operation, header: string) => operation.parameters.some(({ name }) => name === header);
const codeOf = (answer: { json(): unknown }) => (answer.json() as { code?: string }).code;
const NOBODY = newId();

test('cases are of operations that are there', () => {
  const ids = operations.map(([id]) => id);
  expect([...Object.keys(cases), ...Object.keys(ONLY_FAILURES)].filter((id) => !ids.includes(id))).toEqual([]);
});

const those = (may: (operation: Operation) => boolean) => operations.filter(([, operation]) => may(operation));
const inPathOf = ({ parameters }: Operation) => parameters.filter((each) => each.in === 'path').map(({ name }) => name);
const withHeaders = (what: Given, headers: Record<string, string>): Given => ({
  ...what,
  headers: { ...what.headers, ...headers },
});

describe('an operation', () => {
  test.each(those(({ id }) => !ONLY_FAILURES[id]))('%s does what its example says', async (id, operation) => {
    const answer = await call(operation, await given(id));
    expect(answer.statusCode, answer.body.slice(0, 500)).toBeLessThan(300);
    const documented = Object.keys(operation.responses[String(answer.statusCode)]?.headers ?? {});
    for (const name of documented.filter((each) => each !== 'Idempotent-Replayed'))
      expect(answer.headers[name.toLowerCase()], name).toBeDefined();
  });

  test.each(those((operation) => has(operation, 'If-None-Match')))('%s is not sent twice', async (id, operation) => {
    const what = await given(id);
    const etag = String((await call(operation, what)).headers.etag);
    const again = await call(operation, withHeaders(what, { 'if-none-match': etag }));
    expect([again.statusCode, again.body]).toEqual([304, '']);
  });

  test.each(those(({ isOpen }) => !isOpen))('%s is closed without its scope', async (id, operation) => {
    const what = await given(id);
    for (const token of [null, 'sen_wrong', ''])
      expect((await call(operation, what, token)).statusCode, String(token)).toBe(401);
    const other = operation.scopes.includes('webhooks.manage') ? 'dossiers.read' : 'webhooks.manage';
    const answer = await call(operation, what, await world.tokenWith([other]));
    expect([answer.statusCode, codeOf(answer)]).toEqual([403, 'platform.forbidden']);
    expect(answer.headers['www-authenticate']).toContain('insufficient_scope');
  });

  test.each(operations)('%s refuses what its schemas do not allow', async (id, operation) => {
    const what = await given(id);
    for (const [why, body] of wrongBodies(operation, what.body ?? operation.body?.example)) {
      const answer = await call(operation, { ...what, body });
      expect([400, 413, 422], `${why}: ${answer.statusCode}`).toContain(answer.statusCode);
    }
    for (const [name, value] of wrongQueries(operation)) {
      const answer = await call(operation, { ...what, query: { ...what.query, [name]: value } });
      expect(answer.statusCode, `${name}=${value}`).toBe(422);
    }
  });

  test.each(those((operation) => inPathOf(operation).length > 0))(
    '%s finds nothing for nobody',
    async (id, operation) => {
      const what = await given(id);
      for (const name of inPathOf(operation)) {
        const answer = await call(operation, { ...what, params: { ...what.params, [name]: NOBODY } });
        expect(answer.statusCode, name).toBe(404);
      }
    },
  );

  test.each(those((operation) => has(operation, 'If-Match')))(
    '%s wants the version that stands',
    async (id, operation) => {
      const what = await given(id);
      const statusOf = async (tag: string) =>
        (await call(operation, withHeaders(what, { 'if-match': tag }))).statusCode;
      expect(await statusOf('')).toBe(428);
      for (const stale of ['"999"', '"abc"', 'W/"x"']) expect(await statusOf(stale), stale).toBe(412);
    },
  );

  test.each(those((operation) => has(operation, 'Idempotency-Key')))(
    '%s is done once for a key',
    async (id, operation) => {
      const what = await given(id);
      const keyed = (key: string) => withHeaders(what, { 'idempotency-key': key });
      expect(codeOf(await call(operation, keyed('short')))).toBe('platform.idempotency-key-missing');
      const key = newId();
      const answers = await Promise.all([1, 2, 3].map(() => call(operation, keyed(key))));
      const contents = answers.map((answer) => JSON.stringify({ ...answer.json<object>(), isNew: null }));
      expect(new Set(contents).size, 'one answer for one key').toBe(1);
    },
  );

  const ofDossiers = those((operation) => has(operation, 'Idempotency-Key') && operation.path.includes('{code}'));
  test.each(ofDossiers)('%s takes no key for two things', async (id, operation) => {
    const what = await given(id);
    const keyed = withHeaders(what, { 'idempotency-key': newId() });
    await call(operation, keyed);
    expect((await call(operation, keyed)).headers['idempotent-replayed']).toBe('true');
    const other = { ...keyed, params: { code: (await world.dossierIn(1)).id } };
    expect(codeOf(await call(operation, other))).toBe('platform.idempotency-key-reused');
  });
});

test('text of any kind in addresses and queries never breaks an operation that anybody may ask', async () => {
  const open = operations.map(([, operation]) => operation).filter(({ isOpen, method }) => isOpen && method === 'GET');
  const text = fc.oneof(fc.string({ maxLength: 60 }), fc.string({ unit: 'binary', maxLength: 20 }));
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...open), text, text, async (operation, first, second) => {
      const names = operation.parameters.filter((parameter) => parameter.in === 'query').map(({ name }) => name);
      const name = names[first.length % Math.max(1, names.length)];
      const params = Object.fromEntries(
        operation.parameters.filter((each) => each.in === 'path').map((each) => [each.name, inAddress(first)]),
      );
      const answer = await call(
        operation,
        { params, ...(name ? { query: { [name]: second.toWellFormed() } } : {}) },
        null,
      );
      expect(answer.statusCode).toBeLessThan(500);
    }),
    { numRuns: 150 },
  );
});

/** One segment of an address: dots alone would lead elsewhere. */
const inAddress = (text: string): string => (/^\.*$/.test(text) ? 'x' : text.toWellFormed());

type Schema = {
  type?: string;
  properties?: Record<string, Schema>;
  required?: string[];
  additionalProperties?: unknown;
  $ref?: string;
  anyOf?: Schema[];
};

/** Bodies that the schema forbids: no object at all, a field missing, of another type, one that nobody knows. */
function* wrongBodies(operation: Operation, example: unknown): Generator<[string, unknown]> {
  if (operation.bodyType !== 'application/json' || ONLY_FAILURES[operation.id]) return;
  const schema = operation.body?.schema as Schema | undefined;
  if (!schema) return;
  yield ['a list', []];
  yield ['a text', 'x'];
  const whole = example as Record<string, unknown>;
  for (const name of schema.required ?? []) {
    const { [name]: _gone, ...rest } = whole;
    yield [`no ${name}`, rest];
  }
  for (const [name, part] of Object.entries(schema.properties ?? {})) {
    const isObject = [part, ...(part.anyOf ?? [])].some((each) => each.$ref !== undefined || each.type === 'object');
    yield [`${name} is of another type`, { ...whole, [name]: isObject ? 'x' : { '\u0000': 1 } }];
  }
  if (schema.additionalProperties === false) yield ['an unknown field', { ...whole, unknownField: 1 }];
  yield ['a prototype', JSON.parse('{"__proto__": {"state": 10}, "constructor": 1}')];
}

/** Query values that the schema forbids. */
function* wrongQueries(operation: Operation): Generator<[string, string]> {
  for (const { name, in: place, schema } of operation.parameters) {
    if (place !== 'query') continue;
    if (schema['type'] === 'integer') yield [name, 'x'];
    if (schema['type'] === 'integer' && schema['minimum'] === 1) yield [name, '0'];
    if (schema['enum']) yield [name, 'no-such-value'];
    if (schema['format'] === 'date-time') yield [name, 'yesterday'];
    if (schema['pattern']) yield [name, 'x y'];
    if (name === 'cursor' && operation.id !== 'searchProcedures') yield [name, 'bm90LWEtY3Vyc29y'];
  }
}
