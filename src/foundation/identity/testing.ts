import type { AssuranceLevel } from '../../platform/assurance.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { csrfTokenOf, hashToken, SESSION_COOKIE, startSession } from '../../platform/session.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import type { Clock } from '../../platform/clock.ts';
import { hashPassword } from './password-hash.ts';
import type { AccountKind } from './account.ts';
import {
  insertAccount,
  insertBusiness,
  insertLogin,
  insertMember,
  insertOfficial,
  insertPerson,
} from './account-queries.ts';

/** An account as tests need it. */
export interface TestAccount {
  id: string;
  kind: AccountKind;
  name: string;
  /** The post a session of this official starts in. */
  postId?: string | null;
}

type WithClock = Database & { clock: Clock };
let serial = 0;
const digits = (length: number): string => String(++serial).padStart(length, '0');

/** A citizen's account without a password: for tests that only need somebody signed in. */
export async function insertCitizen(
  tx: Tx,
  facts: { name?: string; identityNumber?: string; password?: string; email?: string; phone?: string } = {},
): Promise<TestAccount> {
  const id = newId();
  const name = facts.name ?? 'Nguyễn Thị Lan';
  const identityNumber = facts.identityNumber ?? `096190${digits(6)}`;
  await insertAccount(tx, {
    id,
    kind: 'citizen',
    name,
    passwordHash: facts.password ? await hashPassword(facts.password) : null,
  });
  await insertPerson(tx, id, {
    identityNumber,
    fullName: name,
    birthDate: '1990-05-12',
    gender: 'female',
    addressUnitId: null,
    addressLine: null,
  });
  await insertLogin(tx, id, 'identity-number', identityNumber);
  if (facts.email) await insertLogin(tx, id, 'email', facts.email);
  if (facts.phone) await insertLogin(tx, id, 'phone', facts.phone);
  return { id, kind: 'citizen', name };
}

/** A business; `owner` may act for it. */
export async function insertBusinessAccount(
  tx: Tx,
  owner: TestAccount,
  facts: { name?: string; taxCode?: string } = {},
): Promise<TestAccount> {
  const id = newId();
  const name = facts.name ?? 'Công ty TNHH Sông Lam';
  const taxCode = facts.taxCode ?? `99${digits(8)}`;
  await insertAccount(tx, { id, kind: 'business', name, passwordHash: null });
  await insertBusiness(tx, id, {
    taxCode,
    name,
    representativeName: owner.name,
    addressUnitId: null,
    addressLine: null,
  });
  await insertMember(tx, id, owner.id, 'owner');
  await insertLogin(tx, id, 'tax-code', taxCode);
  return { id, kind: 'business', name };
}

/** The account of an officer (made with organisations' testing helpers) who starts in `postId`. */
export async function insertOfficialAccount(
  tx: Tx,
  official: { officerId: string; postId: string; name: string; userName?: string; password?: string },
): Promise<TestAccount> {
  const id = newId();
  await insertAccount(tx, {
    id,
    kind: 'official',
    name: official.name,
    passwordHash: official.password ? await hashPassword(official.password) : null,
  });
  await insertOfficial(tx, id, official.officerId);
  await insertLogin(tx, id, 'user-name', official.userName ?? `canbo${digits(4)}`);
  return { id, kind: 'official', name: official.name, postId: official.postId };
}

/** An open session for `app.inject`: `headers: { cookie: s.cookie }`, and `_csrf: s.csrf` in every form that is posted. */
export interface TestSession {
  token: string;
  cookie: string;
  /** Value of the `_csrf` field; `secret` is the config's. */
  csrf(secret: string): string;
}

/** Opens a session for an account without the sign-in journey: cheap, for other modules' tests. */
export async function sessionFor(
  db: WithClock,
  account: TestAccount,
  assurance: AssuranceLevel = 1,
): Promise<TestSession> {
  const token = await inTransaction(db, { actor: systemActor('test'), clock: db.clock }, (tx) =>
    startSession(tx, {
      accountKind: account.kind,
      accountId: account.id,
      postId: account.postId ?? null,
      clientId: account.kind === 'official' ? 'workspace' : 'portal',
      assurance,
      methods: assurance === 1 ? ['pwd'] : ['pwd', 'otp', 'mfa'],
    }),
  );
  return sessionOfToken(token);
}

/** The same for a token that a journey ended with. */
export const sessionOfToken = (token: string): TestSession => ({
  token,
  cookie: `${SESSION_COOKIE}=${token}`,
  csrf: (secret) => csrfTokenOf(secret, hashToken(token)),
});

type Inject = TestAppLike['app']['inject'];
interface TestAppLike {
  app: import('fastify').FastifyInstance;
  context: { config: { secret: string; publicUrl: string } };
}

/** A browser without a script: keeps cookies by name and path, follows redirects, posts forms. */
export interface Browser {
  cookies: Map<string, string>;
  get(url: string): Promise<Awaited<ReturnType<Inject>>>;
  post(
    url: string,
    /** Pairs where a field repeats. */
    fields: Record<string, string> | readonly [string, string][],
    headers?: Record<string, string>,
  ): Promise<Awaited<ReturnType<Inject>>>;
  /** Follows up to ten redirects; returns the last answer and the addresses on the way. */
  follow(url: string): Promise<{ answer: Awaited<ReturnType<Inject>>; trail: string[] }>;
  session(): TestSession | null;
}

export function browserOf({ app, context }: TestAppLike): Browser {
  const cookies = new Map<string, string>();
  // Every browser comes from an address of its own, or the limits per address would see one busy office.
  const remoteAddress = `10.${(++serial >> 8) & 255}.${serial & 255}.1`;
  const keep = (answer: Awaited<ReturnType<Inject>>) => {
    for (const cookie of answer.cookies) {
      const isGone =
        cookie.maxAge === 0 ||
        cookie.value === '' ||
        (cookie.expires !== undefined && cookie.expires.getTime() < Date.now());
      if (isGone) cookies.delete(cookie.name);
      else cookies.set(cookie.name, cookie.value);
    }
    return answer;
  };
  const headers = () => ({
    cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
    host: new URL(context.config.publicUrl).host,
  });
  const browser: Browser = {
    cookies,
    get: async (url) =>
      keep(await app.inject({ method: 'GET', url, remoteAddress, headers: { ...headers(), accept: 'text/html' } })),
    async post(url, fields, extra = {}) {
      const session = browser.session();
      const body = new URLSearchParams(session ? { _csrf: session.csrf(context.config.secret) } : {});
      const pairs = Array.isArray(fields) ? (fields as readonly [string, string][]) : Object.entries(fields);
      // A field given by the test stands in place of the usual one.
      for (const name of new Set(pairs.map(([key]) => key))) body.delete(name);
      for (const [name, value] of pairs) body.append(name, value);
      return keep(
        await app.inject({
          method: 'POST',
          url,
          remoteAddress,
          headers: {
            ...headers(),
            'content-type': 'application/x-www-form-urlencoded',
            'sec-fetch-site': 'same-origin',
            accept: 'text/html',
            ...extra,
          },
          payload: body.toString(),
        }),
      );
    },
    async follow(url) {
      const trail = [url];
      let answer = await browser.get(url);
      for (let hop = 0; hop < 10 && answer.headers.location; hop++) {
        trail.push(answer.headers.location);
        answer = await browser.get(answer.headers.location);
      }
      return { answer, trail };
    },
    session: () => {
      const token = cookies.get(SESSION_COOKIE);
      return token ? sessionOfToken(token) : null;
    },
  };
  return browser;
}

/** Goes the whole way a person goes: sign-in page, password, callback. The browser then holds the session. */
export async function signInWith(browser: Browser, login: string, password: string, start = '/dang-nhap') {
  const { trail } = await browser.follow(start);
  const step = trail.at(-1) ?? '';
  const answer = await browser.post(step, { login, password });
  if (!answer.headers.location) return { answer, trail };
  return browser.follow(answer.headers.location);
}

/** Signs in through the real journey and returns the session's cookie. @throws when the sign-in is refused */
export async function signIn(app: TestAppLike, login: string, password: string): Promise<TestSession> {
  const browser = browserOf(app);
  await signInWith(browser, login, password);
  const session = browser.session();
  if (!session) throw new Error(`Signing in as ${login} was refused`);
  return session;
}

/** A unit, an officer and a post there with the given permissions, written straight into organisations' tables: tests only. */
export async function insertOfficer(
  tx: Tx,
  facts: {
    name?: string;
    permissions?: readonly string[];
    unitName?: string;
    posts?: number;
    reach?: 'unit' | 'all';
  } = {},
): Promise<{ officerId: string; postId: string; unitId: string; postIds: string[]; name: string }> {
  const [unitId, officerId] = [newId(), newId()];
  const name = facts.name ?? 'Lê Văn Hùng';
  await tx.raw('insert into organisations.unit (id, created_at) values ($1, now())', [unitId]);
  await tx.raw(
    `insert into organisations.unit_version (id, unit_id, name_vi, name_en, short_name, kind, tier, valid_from, created_at)
     values ($1, $2, $3, 'Commune', 'Xã', 'commune', 2, '2025-07-01', now())`,
    [newId(), unitId, facts.unitName ?? 'UBND xã Kim Liên'],
  );
  await tx.raw('insert into organisations.officer (id, staff_code, full_name, created_at) values ($1, $2, $3, now())', [
    officerId,
    `TEST-${digits(8)}`, // never one of the demonstration's `CB…`
    name,
  ]);
  const postIds: string[] = [];
  for (let at = 0; at < (facts.posts ?? 1); at++) {
    const [postId, roleId] = [newId(), newId()];
    postIds.push(postId);
    await tx.raw(
      `insert into organisations.post (id, unit_id, title_vi, title_en, sort_order, valid_from, created_at) values ($1, $2, $3, 'Specialist', $4, '2025-07-01', now())`,
      [postId, unitId, at === 0 ? 'Chuyên viên' : `Chuyên viên ${at + 1}`, at],
    );
    await tx.raw(
      `insert into organisations.appointment (id, officer_id, post_id, is_primary, valid_from, created_at) values ($1, $2, $3, $4, '2025-07-01', now())`,
      [newId(), officerId, postId, at === 0],
    );
    if (at > 0) continue;
    await tx.raw(
      `insert into organisations.role (id, key, name_vi, name_en, description_vi, description_en, created_at) values ($1, $2, 'a', 'b', 'c', 'd', now())`,
      [roleId, `role-${digits(6)}`],
    );
    for (const permission of facts.permissions ?? ['dossiers.process'])
      await tx.raw('insert into organisations.role_permission (role_id, permission) values ($1, $2)', [
        roleId,
        permission,
      ]);
    await tx.raw(
      `insert into organisations.post_role (id, post_id, role_id, reach, created_at) values ($1, $2, $3, $4, now())`,
      [newId(), postId, roleId, facts.reach ?? 'unit'],
    );
  }
  return { officerId, postId: postIds[0] ?? '', unitId, postIds, name };
}
