import { expect, test } from 'vitest';
import { testApp } from '../../testing/app.ts';
import forms from './module.ts';

const app = await testApp({ modules: [forms] });
const host = new URL(app.context.config.publicUrl).host;
const get = (url: string) => app.app.inject({ method: 'GET', url, headers: { host } });

test('what lies in a province is two tiers today and three before July 2025; browsers keep it for a day', async () => {
  const now = await get('/dia-danh/2026-11-22/40');
  expect(now.headers['cache-control']).toContain('public');
  expect(now.json()).toHaveLength(130);
  expect(now.json()[0]).toEqual([expect.stringMatching(/^\d{5}$/), expect.stringMatching(/^(Phường|Xã) /)]);
  const before = (await get('/dia-danh/2025-06-30/40')).json();
  expect(before[0][0]).toMatch(/^\d{3}$/);
  expect((await get(`/dia-danh/2025-06-30/${before[0][0]}`)).json()[0][0]).toMatch(/^\d{5}$/);
});

test('anything else is not there', async () => {
  for (const wrong of [
    '2026-11-22/99',
    '2026-02-30/40',
    'today/40',
    '2026-11-22/__proto__',
    "2026-11-22/4'0",
    '2026-11-22/00040',
  ])
    expect([wrong, (await get(`/dia-danh/${wrong}`)).statusCode]).toEqual([wrong, 404]);
});
