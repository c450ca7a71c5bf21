import type { Config } from '../../platform/config.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import type { Locale } from '../../platform/http/web.ts';
import { newId } from '../../platform/ids.ts';
import { saveContact } from '../notifications/index.ts';
import type { BusinessFacts, PersonFacts } from './account.ts';
import {
  findAccountByLogin,
  insertAccount,
  insertBusiness,
  insertLogin,
  insertMember,
  insertNotice,
  insertPerson,
} from './account-queries.ts';
import { accountCreated } from './identity-events.ts';
import { proveCode, requestCode } from './verification.ts';
import type { CodeChannel } from './verification-queries.ts';

/** Changes whenever the text of the privacy notice changes in substance. */
export const NOTICE_VERSION = '2026-11';

interface PersonDraft {
  facts: PersonFacts;
  passwordHash: string;
}

/**
 * First half of registering: nothing but a code request exists until the code comes back. An address that has an account is
 * told so by message; the page never says it.
 */
export async function beginRegistration(
  tx: Tx,
  config: Config,
  input: { facts: PersonFacts; passwordHash: string; channel: CodeChannel; address: string; locale: Locale },
): Promise<string> {
  const draft: PersonDraft = { facts: input.facts, passwordHash: input.passwordHash };
  const known = await findAccountByLogin(tx, input.address);
  return requestCode(tx, config, {
    purpose: 'register',
    accountId: null,
    channel: input.channel,
    address: input.address,
    draft,
    locale: input.locale,
    isKnown: known !== undefined,
  });
}

export type RegistrationResult = 'registered' | 'wrong-code' | 'identity-number-taken';

/**
 * Second half: the right code makes the account, with the notice shown recorded. A person who proved an address may learn that
 * the identity number has an account already; nobody else can.
 */
export async function finishRegistration(
  tx: Tx,
  config: Config,
  id: string,
  code: string,
): Promise<RegistrationResult> {
  const proven = await proveCode(tx, config, id, 'register', code);
  if (!proven?.draft) return 'wrong-code';
  const { facts, passwordHash } = proven.draft as unknown as PersonDraft;
  if (await findAccountByLogin(tx, facts.identityNumber)) return 'identity-number-taken';
  const accountId = newId();
  const channel = proven.channel as CodeChannel;
  await insertAccount(tx, { id: accountId, kind: 'citizen', name: facts.fullName, passwordHash });
  await insertPerson(tx, accountId, facts);
  await insertLogin(tx, accountId, 'identity-number', facts.identityNumber);
  await insertLogin(tx, accountId, channel, proven.address);
  await saveContact(tx, 'account', accountId, {
    channel: channel === 'phone' ? 'sms' : 'email',
    address: proven.address,
    verifiedAt: tx.now,
  });
  await insertNotice(tx, accountId, NOTICE_VERSION);
  publish(tx, accountCreated, { subject: { kind: 'account', id: accountId }, payload: { accountKind: 'citizen' } });
  return 'registered';
}

/**
 * Makes the account of a business; the person who registers it becomes its owner. With a password of its own, people may also
 * sign in by its tax code.
 * @throws loginTaken when the tax code has an account
 */
export async function registerBusiness(
  tx: Tx,
  ownerId: string,
  facts: BusinessFacts,
  passwordHash: string | null,
): Promise<string> {
  const id = newId();
  await insertAccount(tx, { id, kind: 'business', name: facts.name, passwordHash });
  await insertBusiness(tx, id, facts);
  await insertMember(tx, id, ownerId, 'owner');
  await insertLogin(tx, id, 'tax-code', facts.taxCode);
  await insertNotice(tx, id, NOTICE_VERSION);
  publish(tx, accountCreated, { subject: { kind: 'account', id }, payload: { accountKind: 'business' } });
  return id;
}
