import {
  insertBusinessAccount,
  insertCitizen,
  insertOfficialAccount,
  type TestAccount,
} from '../src/foundation/identity/testing.ts';
import { createClient, endClient } from '../src/foundation/identity/api-clients.ts';
import { insertTestOfficer, insertTestPost, insertTestUnit } from '../src/foundation/organisations/testing.ts';
import type { Tx } from '../src/platform/database.ts';
import { cookieName } from '../src/platform/http/cookies.ts';
import { csrfTokenOf, hashToken, SESSION_COOKIE, startSession } from '../src/platform/session.ts';

/*
 * The people of the rigs about security: every role at four places, everybody whom a dossier can concern, and everybody whose right has
 * ended. What each may see is written down here and in `_rights.ts` from what the province says of its roles, not asked of the product.
 */

/** Whose things are planted: 1 to 3 are citizens at three agencies, 4 is a business at the first. */
export const houses = [1, 2, 3, 4] as const;
export type House = (typeof houses)[number];

export interface Visitor {
  name: string;
  kind: 'nobody' | 'citizen' | 'business' | 'official' | 'client';
  headers: Record<string, string>;
  csrf: string;
  /** Whose account it is. */
  self: House | null;
  /** May look and not act (a member of a business). */
  looksOnly: boolean;
  /** Whose dossiers a mandate in force shows. */
  mandates: ReadonlySet<House>;
  /** For whom a mandate in force lets them hand in, answer and withdraw. */
  acts: ReadonlySet<House>;
  /** Whose name is known from a delegation of any time, or from the same business. */
  knows: ReadonlySet<House>;
  /** At which houses' agencies the post is. */
  places: ReadonlySet<House>;
  permissions: ReadonlySet<string>;
  /** The rights hold over the whole province, not over the units of the post. */
  everywhere: boolean;
  scopes: ReadonlySet<string>;
}

export interface Places {
  agencies: Record<1 | 2 | 3, string>;
  centre: string;
  sibling: string;
}

export interface Town {
  visitors: Visitor[];
  places: Places;
  owners: Record<House, TestAccount>;
  /** Accounts by what became of them, for whoever plants things about them. */
  others: Record<string, TestAccount>;
}

/** The town is looked at as over https. */
export const COOKIE = cookieName('https://', SESSION_COOKIE);

interface RoleFile {
  roles: { key: string; permissions: string[] }[];
}

const nothing = { self: null, looksOnly: false, everywhere: false, csrf: '', headers: {} } as const;
const none = <T>(): ReadonlySet<T> => new Set<T>();
const visitor = (facts: Partial<Visitor> & Pick<Visitor, 'name' | 'kind'>): Visitor => ({
  ...nothing,
  mandates: none(),
  acts: none(),
  knows: none(),
  places: none(),
  permissions: none(),
  scopes: none(),
  ...facts,
});

/** Agencies of the province to work at: the demonstration's commune with its centre, another commune, a department. */
async function choosePlaces(tx: Tx): Promise<Places> {
  const rows = await tx.raw<{ key: string; id: string; kind: string }>(
    `select u.key, u.id, v.kind from organisations.unit u join organisations.unit_version v on v.unit_id = u.id and v.valid_to is null
     where u.key is not null and (v.kind in ('commune', 'department') or u.key like '%/ttpvhcc') order by u.key`,
  );
  const [home] = await tx.raw<{ key: string; id: string }>(
    `select u.key, u.id from organisations.officer o join organisations.appointment a on a.officer_id = o.id join organisations.post p on p.id = a.post_id
     join organisations.unit u on u.id = p.unit_id where o.staff_code = 'DEMO-LANHDAO'`,
  );
  if (!home) throw new Error('The demonstration has no leader');
  const centre = rows.find((row) => row.key === `${home.key}/ttpvhcc`)!;
  const commune = rows.find((row) => row.kind === 'commune' && row.id !== home.id)!;
  const department = rows.find((row) => row.kind === 'department')!;
  const sibling = await insertTestUnit(tx, { nameVi: 'Phòng thử quyền', kind: 'division', parentId: home.id });
  return { agencies: { 1: home.id, 2: commune.id, 3: department.id }, centre: centre.id, sibling };
}

interface Opened {
  headers: Record<string, string>;
  csrf: string;
  tokenHash: Buffer;
}

/** A session as after a sign-in with a second factor. */
export async function openSession(tx: Tx, secret: string, account: TestAccount, personId?: string): Promise<Opened> {
  const token = await startSession(tx, {
    accountKind: account.kind,
    accountId: account.id,
    postId: account.postId ?? null,
    clientId: account.kind === 'official' ? 'workspace' : 'portal',
    assurance: 2,
    methods: ['pwd', 'otp', 'mfa'],
  });
  const tokenHash = hashToken(token);
  if (personId)
    await tx.raw('insert into identity.session_detail (token_hash, person_id) values ($1, $2)', [tokenHash, personId]);
  return { headers: { cookie: `${COOKIE}=${token}` }, csrf: csrfTokenOf(secret, tokenHash), tokenHash };
}

async function officials(tx: Tx, secret: string, places: Places, roles: RoleFile['roles']): Promise<Visitor[]> {
  const rows = await tx.raw<{ id: string; key: string }>('select id, key from organisations.role');
  const spots: {
    name: string;
    unitId: string;
    reach: 'unit' | 'unit-and-below' | 'all';
    sees: House[];
    only?: string;
  }[] = [
    { name: 'own agency', unitId: places.agencies[1], reach: 'unit-and-below', sees: [1, 4] },
    { name: 'its centre', unitId: places.centre, reach: 'unit', sees: [1, 4] },
    { name: 'sibling unit', unitId: places.sibling, reach: 'unit', sees: [] },
    { name: 'other commune', unitId: places.agencies[2], reach: 'unit-and-below', sees: [2] },
    { name: 'department', unitId: places.agencies[3], reach: 'unit-and-below', sees: [3] },
    { name: 'the province', unitId: places.agencies[3], reach: 'all', sees: [...houses], only: 'administrator' },
  ];
  const made: Visitor[] = [];
  for (const role of roles)
    for (const spot of spots.filter(({ only }) => only === undefined || only === role.key)) {
      const roleId = rows.find((row) => row.key === role.key)!.id;
      const postId = await insertTestPost(tx, { unitId: spot.unitId, roleId, reach: spot.reach });
      const name = `${role.key} of ${spot.name}`;
      const officer = await insertTestOfficer(tx, { name: `Cán bộ ${name}`, postIds: [postId] });
      const account = await insertOfficialAccount(tx, { officerId: officer.id, postId, name });
      const session = await openSession(tx, secret, { ...account, postId });
      made.push(
        visitor({
          name,
          kind: 'official',
          ...session,
          places: new Set(spot.sees),
          everywhere: spot.reach === 'all',
          permissions: new Set(role.permissions),
        }),
      );
    }
  return made;
}

/** Sessions and posts that are over: each is nobody, whatever it was. */
async function formerOnes(tx: Tx, secret: string, places: Places, leaderRole: string): Promise<Visitor[]> {
  const ended: Visitor[] = [];
  const add = async (name: string, account: TestAccount, spoil: (hash: Buffer) => Promise<unknown>) => {
    const session = await openSession(tx, secret, account);
    await spoil(session.tokenHash);
    ended.push(visitor({ name, kind: 'nobody', ...session }));
  };
  const person = () => insertCitizen(tx, { name: 'Người đã ra' });
  await add('expired session', await person(), (hash) =>
    tx.raw('update platform.session set expires_at = $2 where token_hash = $1', [hash, tx.now]),
  );
  await add('silent session', await person(), (hash) =>
    tx.raw(`update platform.session set seen_at = seen_at - interval '2 hours' where token_hash = $1`, [hash]),
  );
  const closed = await person();
  await add('closed account', closed, () =>
    tx.raw(`update identity.account set status = 'closed' where id = $1`, [closed.id]),
  );
  const locked = await person();
  await add('locked account', locked, () =>
    tx.raw(`update identity.account set status = 'locked' where id = $1`, [locked.id]),
  );
  const appointed = async (facts: { validTo?: string }): Promise<TestAccount> => {
    const postId = await insertTestPost(tx, {
      unitId: places.agencies[1],
      roleId: leaderRole,
      reach: 'unit-and-below',
    });
    const officer = await insertTestOfficer(tx, { name: 'Cán bộ đã thôi', postIds: [postId], ...facts });
    return { ...(await insertOfficialAccount(tx, { officerId: officer.id, postId, name: 'Đã thôi' })), postId };
  };
  await add('locked screen', await appointed({}), (hash) =>
    tx.raw('update platform.session set locked_at = $2 where token_hash = $1', [hash, tx.now]),
  );
  // Whoever has left a post keeps an account of their own, and no right.
  const left = await openSession(tx, secret, await appointed({ validTo: '2025-12-31' }));
  ended.push(visitor({ name: 'left the post', kind: 'official', ...left }));
  return ended;
}

const apiScopes = ['dossiers.submit', 'dossiers.submit-paper', 'dossiers.read'];

async function clients(tx: Tx): Promise<Visitor[]> {
  const made: Visitor[] = [];
  for (const scopes of [[], ...apiScopes.map((scope) => [scope]), apiScopes]) {
    const name = `client with ${scopes.join('+') || 'no scope'}`;
    const token = await createClient(tx, name, scopes);
    made.push(
      visitor({ name, kind: 'client', headers: { authorization: `Bearer ${token}` }, scopes: new Set(scopes) }),
    );
  }
  const revoked = await createClient(tx, 'revoked client', apiScopes);
  await endClient(tx, 'revoked client');
  made.push(visitor({ name: 'revoked client', kind: 'nobody', headers: { authorization: `Bearer ${revoked}` } }));
  return made;
}

/** Makes everybody in one transaction, and what binds them: delegations, memberships, a merged account. */
export async function buildTown(tx: Tx, secret: string, roleFile: RoleFile): Promise<Town> {
  const places = await choosePlaces(tx);
  const citizen = (name: string) => insertCitizen(tx, { name });
  const owners: Record<House, TestAccount> = {
    1: await citizen('Chủ 1'),
    2: await citizen('Chủ 2'),
    3: await citizen('Chủ 3'),
    4: { id: '', kind: 'business', name: '' },
  };
  const boss = await citizen('Chủ doanh nghiệp');
  owners[4] = await insertBusinessAccount(tx, boss, { name: 'Công ty chủ 4' });
  const visitors: Visitor[] = [visitor({ name: 'signed out', kind: 'nobody' })];
  visitors.push(
    visitor({ name: 'made-up cookie', kind: 'nobody', headers: { cookie: `${COOKIE}=${'A'.repeat(43)}` } }),
    visitor({ name: 'made-up token', kind: 'nobody', headers: { authorization: 'Bearer sen_made-up' } }),
  );
  const others: Record<string, TestAccount> = {};
  const add = async (name: string, account: TestAccount, facts: Partial<Visitor> = {}, personId?: string) => {
    const kind = account.kind as 'citizen' | 'business';
    visitors.push(visitor({ name, kind, ...(await openSession(tx, secret, account, personId)), ...facts }));
  };
  for (const house of [1, 2, 3] as const) await add(`citizen ${house}`, owners[house], { self: house });
  await add('owner of business 4', owners[4], { self: 4 }, boss.id);
  const looker = (others['looker'] = await citizen('Người chỉ xem'));
  const former = (others['former member'] = await citizen('Thành viên cũ'));
  const member = `insert into identity.business_member (business_id, person_id, role, since, valid_from, valid_to) values ($1, $2, $3, now(), '2025-01-01', $4)`;
  await tx.raw(member, [owners[4].id, looker.id, 'viewer', null]);
  await tx.raw(member, [owners[4].id, former.id, 'owner', '2026-01-31']);
  await add('looker of business 4', owners[4], { self: 4, looksOnly: true }, looker.id);
  visitors.push(
    visitor({
      name: 'former member of business 4',
      kind: 'nobody',
      ...(await openSession(tx, secret, owners[4], former.id)),
    }),
  );
  const knows = new Set<House>([1]);
  for (const name of [
    'delegate',
    'submit-only delegate',
    'expired delegate',
    'withdrawn delegate',
    'asked delegate',
    'narrow delegate',
  ])
    await add(name, (others[name] = await citizen(`Người được ủy quyền ${name}`)), {
      knows,
      ...(name === 'delegate' ? { mandates: knows } : {}),
      ...(name === 'delegate' || name === 'submit-only delegate' ? { acts: knows } : {}),
    });
  const merged = (others['merged'] = await citizen('Tài khoản đã gộp'));
  visitors.push(visitor({ name: 'merged account', kind: 'nobody', ...(await openSession(tx, secret, merged)) }));
  await tx.raw(`update identity.account set status = 'closed', status_reason = 'merged' where id = $1`, [merged.id]);
  await add('stranger', (others['stranger'] = await citizen('Người lạ')), {});
  const leader = await tx.raw<{ id: string }>(`select id from organisations.role where key = 'leader'`);
  visitors.push(...(await officials(tx, secret, places, roleFile.roles)));
  visitors.push(...(await formerOnes(tx, secret, places, leader[0]!.id)));
  visitors.push(...(await clients(tx)));
  return { visitors, places, owners, others };
}
