import { validate } from '@hyperjump/json-schema/openapi-3-1';
import { expect, test } from 'vitest';
import { testApp } from '../testing/app.ts';
import { isApiRoute, openApiDocument, problemsOf, scopesNeeded } from './document.ts';
import { definedScopes } from '../platform/access.ts';
import { apiTags } from '../platform/http/api-doc.ts';
import { hoist } from './hoist-schemas.ts';
import { problemNamed } from '../platform/problems.ts';

const app = await testApp();
const routes = app.routes.filter(isApiRoute);
const get = (url: string, headers: Record<string, string> = {}) => app.app.inject({ url, headers });

test('the document is valid by the official schema of OpenAPI 3.1, with its dialect of JSON Schema', async () => {
  const { statusCode, body } = await get('/api/openapi.json');
  expect(statusCode).toBe(200);
  const found = await validate('https://spec.openapis.org/oas/3.1/schema-base', JSON.parse(body), 'BASIC');
  expect(found.valid, JSON.stringify(found).slice(0, 2_000)).toBe(true);
  const broken = JSON.parse(body) as { info: { title?: string } };
  delete broken.info.title;
  expect((await validate('https://spec.openapis.org/oas/3.1/schema-base', broken as never)).valid).toBe(false);
});

test('it is answered with an ETag, and not again to whoever has it', async () => {
  const first = await get('/api/openapi.json');
  const { etag } = first.headers;
  expect(etag).toMatch(/^"[\w-]{20,}"$/);
  const again = await get('/api/openapi.json', { 'if-none-match': etag! });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

test('no route of the public API is missing from it', () => {
  const missing = app.routes.filter(({ pattern, options }) => pattern.startsWith('/api/v1') && !options.api);
  expect(missing.map(({ method, pattern }) => `${method} ${pattern}`)).toEqual([]);
  const { paths } = openApiDocument(app.routes, 'https://example.vn') as { paths: Record<string, object> };
  expect(Object.values(paths).flatMap(Object.keys)).toHaveLength(routes.length);
});

test.each(routes.map((route) => [route.options.api.id, route] as const))('%s is described in full', (_id, route) => {
  const { api, query, body, access } = route.options;
  expect(api.id).toMatch(/^[a-z][A-Za-z]+$/);
  expect(Object.keys(apiTags)).toContain(api.tag);
  for (const text of [api.summary, api.description].filter((each) => each !== undefined)) {
    expect(text.vi).toMatch(/[^\u0000-\u007f]/); // Vietnamese has marks
    expect(text.en).not.toBe(text.vi);
  }
  for (const [name, schema] of Object.entries((query as { properties?: object } | undefined)?.properties ?? {}))
    expect(schema, `${name} needs said(vi, en)`).toMatchObject({
      description: expect.any(String),
      'x-vi': expect.any(String),
    });
  const inPath = [...route.pattern.matchAll(/:(\w+)/g)].map(([, name]) => name);
  expect(new Set(Object.keys(api.params ?? {}))).toEqual(new Set(inPath));
  expect(!body || api.bodyExample !== undefined, 'a body needs an example').toBe(true);
  for (const problem of problemsOf(route)) expect(problemNamed(problem.code)).toBe(problem);
  const known = definedScopes().map(({ name }) => name);
  for (const scope of [...scopesNeeded(route), ...(api.moreWith ?? [])]) expect(known).toContain(scope);
  expect(access === 'public' || scopesNeeded(route).length > 0, 'programs have scopes, not sessions').toBe(true);
  expect(route.options.machine).toBe(true);
  // An upload that nobody finishes goes by itself: tus has no keys. A preview writes nothing.
  const isPreview = route.pattern.endsWith('/preview');
  const hasEffect = scopesNeeded(route).length > 0 && route.method === 'POST' && api.tag !== 'uploads' && !isPreview;
  expect(!hasEffect || api.isKeyed, 'an effect needs a key').toBe(true);
});

test('two schemas of one name are refused, examples are left alone', () => {
  const name = { title: 'Name', type: 'string' };
  expect(hoist([name, name])).toEqual({
    value: [{ $ref: '#/components/schemas/Name' }, { $ref: '#/components/schemas/Name' }],
    schemas: { Name: name },
  });
  expect(() => hoist([name, { ...name, maxLength: 1 }])).toThrow('named Name');
  expect(hoist({ example: name }).schemas).toEqual({});
});

test.each(['', '/en'])('the pages %s show every operation and every problem', async (prefix) => {
  const docs = await get(`${prefix}/api/docs`);
  expect(docs.statusCode).toBe(200);
  for (const { options } of routes) expect(docs.body).toContain(`${prefix}/api/docs/${options.api.id}"`);
  const problems = await get(`${prefix}/api/problems`);
  for (const { code } of routes.flatMap(problemsOf)) expect(problems.body).toContain(`/api/problems/${code}"`);
  expect((await get(`${prefix}/api/docs/no-such`)).statusCode).toBe(404);
  expect((await get(`${prefix}/api/problems/__proto__`)).statusCode).toBe(404);
});

test('a problem is told in the language asked for, and leads to its page', async () => {
  const answer = await get('/api/v1/procedures/0.000000', { 'accept-language': 'en-GB,en;q=0.9' });
  expect(answer.statusCode).toBe(404);
  expect(answer.headers['content-type']).toContain('application/problem+json');
  const { title, type } = answer.json<{ title: string; type: string }>();
  expect(title).toBe('There is no such procedure');
  const page = await get(`/en${new URL(type).pathname}`);
  expect(page.statusCode).toBe(200);
  expect(page.body).toContain('procedures.not-found');
  expect((await get('/api/v1/procedures/0.000000')).json<{ title: string }>().title).toBe('Không có thủ tục này');
});
