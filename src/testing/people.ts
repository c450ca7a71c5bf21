import type { RoleReach } from '../foundation/organisations/role.ts';
import { insertTestOfficer, insertTestPost, insertTestUnit } from '../foundation/organisations/testing.ts';
import {
  browserOf,
  insertCitizen,
  insertOfficialAccount,
  sessionFor,
  type Browser,
  type TestAccount,
} from '../foundation/identity/testing.ts';
import { SESSION_COOKIE } from '../platform/session.ts';
import type { TestApp } from './app.ts';

export interface SignedIn extends Browser {
  account: TestAccount;
  unitId: string;
  postId: string;
  officerId: string;
}

/** A browser in which an official of a unit of their own is signed in, holding `permissions` over that unit (or everywhere). */
export async function signedInOfficial(
  app: TestApp,
  permissions: readonly string[],
  options: { unitId?: string; name?: string; reach?: RoleReach } = {},
): Promise<SignedIn> {
  const made = await app.db.write(async (tx) => {
    const unitId = options.unitId ?? (await insertTestUnit(tx));
    const postId = await insertTestPost(tx, {
      unitId,
      permissions,
      ...(options.reach ? { reach: options.reach } : {}),
    });
    const officer = await insertTestOfficer(tx, { postIds: [postId], ...(options.name ? { name: options.name } : {}) });
    const account = await insertOfficialAccount(tx, { officerId: officer.id, postId, name: officer.name });
    return { unitId, postId, officerId: officer.id, account };
  });
  return { ...(await signedIn(app, made.account)), ...made };
}

/** A browser in which a citizen is signed in. */
export async function signedInCitizen(
  app: TestApp,
  facts: { name?: string } = {},
): Promise<Browser & { account: TestAccount }> {
  const account = await app.db.write((tx) => insertCitizen(tx, facts));
  return { ...(await signedIn(app, account)), account };
}

async function signedIn(app: TestApp, account: TestAccount): Promise<Browser> {
  const browser = browserOf(app);
  browser.cookies.set(SESSION_COOKIE, (await sessionFor(app.db, account)).token);
  return browser;
}
