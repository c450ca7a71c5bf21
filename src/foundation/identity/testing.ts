import type { Database, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { csrfTokenOf, hashToken, SESSION_COOKIE, startSession } from '../../platform/session.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import type { Clock } from '../../platform/clock.ts';
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
  facts: { name?: string; identityNumber?: string } = {},
): Promise<TestAccount> {
  const id = newId();
  const name = facts.name ?? 'Nguyễn Thị Lan';
  const identityNumber = facts.identityNumber ?? `040190${digits(6)}`;
  await insertAccount(tx, { id, kind: 'citizen', name, passwordHash: null });
  await insertPerson(tx, id, {
    identityNumber,
    fullName: name,
    birthDate: '1990-05-12',
    gender: 'female',
    addressUnitId: null,
    addressLine: null,
  });
  await insertLogin(tx, id, 'identity-number', identityNumber);
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
  const taxCode = facts.taxCode ?? `29${digits(8)}`;
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
  official: { officerId: string; postId: string; name: string; userName?: string },
): Promise<TestAccount> {
  const id = newId();
  await insertAccount(tx, { id, kind: 'official', name: official.name, passwordHash: null });
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
export async function sessionFor(db: WithClock, account: TestAccount): Promise<TestSession> {
  const token = await inTransaction(db, { actor: systemActor('test'), clock: db.clock }, (tx) =>
    startSession(tx, {
      accountKind: account.kind,
      accountId: account.id,
      postId: account.postId ?? null,
      clientId: account.kind === 'official' ? 'workspace' : 'portal',
      assurance: 1,
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
