import { describe, expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { publishForm } from './publish-form.ts';
import { aForm, textField } from './testing.ts';
import type { Field } from './definition.ts';

const app = await testApp();
const code = 'bieu-api';
await app.db.write((tx) =>
  publishForm(tx, {
    definition: {
      ...aForm([[textField('a'), { ...textField('n'), type: 'integer', required: false } as Field]]),
      code,
    },
  }),
);
const get = (url: string) => app.app.inject({ method: 'GET', url });
const judge = (answers: unknown, query = '') =>
  app.app.inject({
    method: 'POST',
    url: `/api/v1/forms/${code}/validation${query}`,
    headers: { 'content-type': 'application/json' },
    payload: JSON.stringify(answers),
  });

describe('the API of forms', () => {
  test('tells the form in force with the schema of its answers, and its versions', async () => {
    const form = (await get(`/api/v1/forms/${code}`)).json();
    expect(form).toMatchObject({
      code,
      version: 1,
      definition: { code },
      answersSchema: { properties: { a: { type: 'string' } } },
    });
    expect((await get(`/api/v1/forms/${code}/versions`)).json().items).toHaveLength(1);
    for (const wrong of [
      '/api/v1/forms/khong-co',
      '/api/v1/forms/khong-co/versions',
      `/api/v1/forms/${code}?on=1999-01-01`,
    ])
      expect((await get(wrong)).statusCode).toBe(404);
    expect((await get(`/api/v1/forms/${code}?on=2026-02-31`)).statusCode).toBe(422);
    expect((await get('/api/v1/procedures/9.999999/form')).statusCode).toBe(404);
  });
  test('judges answers and stores nothing', async () => {
    expect((await judge({ answers: { a: 'x', n: 3 } })).json()).toMatchObject({
      isValid: true,
      answers: { a: 'x', n: 3 },
    });
    const wrong = (await judge({ answers: { n: 'ba' } })).json();
    expect(wrong.isValid).toBe(false);
    expect(wrong.errors.map((error: { at: string }) => error.at).sort()).toEqual(['a', 'n']);
    for (const hostile of [{}, { answers: [] }, { answers: 'x' }, []])
      expect((await judge(hostile)).statusCode).toBe(422);
    expect((await judge({ answers: { constructor: 2, a: { toString: 1 } } })).json().isValid).toBe(false);
    expect((await judge({ answers: {} }, '?version=99')).statusCode).toBe(404);
  });
});
