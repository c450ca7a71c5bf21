import { beforeAll, describe, expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import { signedInCitizen } from '../../testing/people.ts';
import { loadProvince, startAt } from './testing.ts';

const app = await testApp();

beforeAll(async () => {
  await loadProvince(app);
}, 120_000);

describe('a draft meets a new version of its form', () => {
  test('nobody else sees or moves it', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    const other = await signedInCitizen(app);
    for (const page of ['phien-ban-moi', 'may-khac', 'xac-nhan']) {
      expect((await other.get(`/nop-ho-so/${id}/${page}`)).statusCode).toBe(404);
      expect((await other.post(`/nop-ho-so/${id}/${page}`, { do: 'move' })).statusCode).toBe(404);
    }
  });
});

describe('going on with another device', () => {
  test('the same account scans and is at its form; another one is not', async () => {
    const person = await signedInCitizen(app);
    const id = await startAt(app, person);
    const shown = await person.post(`/nop-ho-so/${id}/may-khac`, {});
    expect(shown.body).toContain('<svg class="sen-qr"');
    const token = /\/lam-tiep\/([\w-]{20,60})/.exec(shown.body)![1]!;
    expect((await person.get(`/lam-tiep/${token}`)).headers.location).toBe(`/nop-ho-so/${id}`);
    const other = await signedInCitizen(app);
    expect((await other.get(`/lam-tiep/${token}`)).statusCode).toBe(404);
    await person.post(`/nop-ho-so/${id}/may-khac`, {});
    expect((await person.get(`/lam-tiep/${token}`)).statusCode).toBe(404);
  });
});
