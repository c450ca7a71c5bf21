import { describe, expect, test } from 'vitest';
import { testApp } from '../src/testing/app.ts';
import { addressOf, realIds } from './harness/addresses.ts';
import { visitors, type Role } from './harness/people.ts';

/* Route × role × unit: whatever names a dossier, a draft, a file or a message is closed to another citizen and to officials of another unit, and says no word of it. */

const app = await testApp({ demo: true });
const people = await visitors(app);
const ids = await realIds(app);

const OWNED =
  /^\/(tai-khoan\/(ho-so|thong-bao)|nop-ho-so|lam-viec\/(ho-so|mot-cua\/ho-so|mau-cau))\/.*:|^\/tai-khoan\/(ho-so|thong-bao)\/:/;
/** Lists of what the caller may see anyway. */
const LISTS = /\/ho-so\/(xuat|hang-loat|cach-xem)/;
/** Sends everybody on to the dossier's page, which asks. */
const BARE = /\/so-dinh-danh$/;
const owned = (
  await Promise.all(
    app.routes
      .filter(({ pattern }) => OWNED.test(`${pattern}/`) && !LISTS.test(pattern))
      .map(async (route) => ({ route, address: await addressOf(route, ids) })),
  )
).flatMap(({ route, address }) =>
  address === null ? [] : [{ name: `${route.method} ${route.pattern}`, route, address }],
);

interface Secret {
  name: string;
  phone: string | null;
  identity: string | null;
  code: string | null;
}
async function secretsOf(address: string): Promise<string[]> {
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}/.exec(address)?.[0];
  const [row] = await app.db.reader.raw<Secret>(
    'select applicant_name as name, applicant_phone as phone, applicant_identity as identity, code from dossiers.dossier where id = $1',
    [id ?? null],
  );
  return row ? [row.name, row.phone, row.identity, row.code].filter((value): value is string => value !== null) : [];
}

const strangers: readonly Role[] = ['anonymous', 'other citizen', 'business', 'other front desk', 'other leader'];

test('there are routes to hold to this', () => {
  expect(owned.length).toBeGreaterThan(0);
});

describe.each(owned)('$name', ({ route, address }) => {
  test.each(strangers)('tells nothing to %s', async (role) => {
    const visitor = people[role];
    const before = await app.db.reader.raw('select version, state from dossiers.dossier where id = any($1)', [
      [...ids.byState.values(), ids.ownDossier],
    ]);
    const answer = await app.app.inject({
      method: route.method,
      url: address,
      remoteAddress: `10.77.${strangers.indexOf(role)}.1`,
      headers: {
        ...visitor.headers,
        'sec-fetch-site': 'same-origin',
        accept: 'text/html',
        ...(route.method === 'GET' ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
      },
      ...(route.method === 'GET'
        ? {}
        : {
            payload: new URLSearchParams({ _csrf: visitor.csrf, version: '1', reason: 'x', 'ly-do': 'x' }).toString(),
          }),
    });
    const refusals =
      visitor.actor === null ? [302, 303, 401, 403, 404] : [403, 404, 422, ...(BARE.test(route.pattern) ? [303] : [])];
    expect(refusals, `${role} at ${address}`).toContain(answer.statusCode);
    for (const secret of await secretsOf(address)) expect(answer.body).not.toContain(secret);
    expect(
      await app.db.reader.raw('select version, state from dossiers.dossier where id = any($1)', [
        [...ids.byState.values(), ids.ownDossier],
      ]),
    ).toEqual(before);
  });
});
