import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import {
  findAccount,
  findAccountByLogin,
  insertAccount,
  insertBusiness,
  insertLogin,
  insertNotice,
  insertPerson,
  insertSignIn,
} from './account-queries.ts';
import { accountCreated } from './identity-events.ts';
import { identityNumberAgrees } from './login-name.ts';
import { nationalConflict, nationalLinked, nationalRenamed, nationalTakenOver } from './oidc-events.ts';
import { endSignOnsOf } from './oidc-logout.ts';
import type { NationalPerson } from './oidc-national-claims.ts';
import {
  clearOtherWays,
  findBusinessByTaxCode,
  findNationalLink,
  findNationalOf,
  renamePerson,
  saveNationalLink,
  saveRepresentative,
} from './oidc-national-queries.ts';
import { NOTICE_VERSION } from './register-account.ts';
import { deleteSessionsOf } from './session-queries.ts';

/** What stands before the person: nothing, a question, or an end with a reason. */
export type NationalCase =
  | { kind: 'known'; accountId: string }
  | { kind: 'new'; needsBirthDate: boolean }
  /** An account with this number was opened here before, by whoever knew the number. */
  | { kind: 'first-link'; accountId: string; name: string }
  | { kind: 'changed-name'; accountId: string; name: string }
  | { kind: 'too-weak' | 'no-number' | 'closed' | 'conflict' };

export interface NationalAnswers {
  birthDate: string | null;
  /** To an account found under the number: `mine`, or `not-mine` when somebody else opened it. */
  account: 'mine' | 'not-mine' | null;
  /** To a changed name: take the new one over, or keep the one here for now. */
  name: 'new' | 'keep' | null;
}

const fold = (name: string): string => name.normalize('NFC').toLocaleLowerCase('vi').replaceAll(/\s+/g, ' ').trim();

/**
 * Whose account a proven person is. The identity number decides; the provider's subject only remembers. Two accounts (the subject
 * remembers one, the number says another) end here: only people can find out which is right.
 */
export async function judgeNational(
  reader: Reader,
  issuer: string,
  minimumLevel: number,
  person: NationalPerson,
): Promise<NationalCase> {
  if (person.level < minimumLevel) return { kind: 'too-weak' };
  if (!person.identityNumber || !person.fullName || !person.subject) return { kind: 'no-number' };
  const [link, owner] = await Promise.all([
    findNationalLink(reader, issuer, person.subject),
    findAccountByLogin(reader, person.identityNumber),
  ]);
  if (link && owner?.id !== link.accountId) return { kind: 'conflict' };
  if (!owner) return { kind: 'new', needsBirthDate: person.birthDate === null };
  if (owner.kind !== 'citizen') return { kind: 'conflict' };
  if (owner.status !== 'active') return { kind: 'closed' };
  if (!link && (await findNationalOf(reader, owner.id, issuer))) return { kind: 'conflict' };
  if (!link) return { kind: 'first-link', accountId: owner.id, name: owner.name };
  return fold(owner.name) === fold(person.fullName)
    ? { kind: 'known', accountId: owner.id }
    : { kind: 'changed-name', accountId: owner.id, name: owner.name };
}

/** Whether the answers settle the case. */
export function isAnswered(found: NationalCase, person: NationalPerson, answers: NationalAnswers): boolean {
  switch (found.kind) {
    case 'known':
      return true;
    case 'new':
      return (
        !found.needsBirthDate ||
        (answers.birthDate !== null &&
          identityNumberAgrees(person.identityNumber ?? '', answers.birthDate, person.gender ?? 'other'))
      );
    case 'first-link':
      return answers.account !== null;
    case 'changed-name':
      return answers.name !== null;
    case 'too-weak':
    case 'no-number':
    case 'closed':
    case 'conflict':
      return false;
  }
}

async function createAccount(tx: Tx, person: NationalPerson, birthDate: string): Promise<string> {
  const id = newId();
  const name = person.fullName ?? '';
  const identityNumber = person.identityNumber ?? '';
  await insertAccount(tx, { id, kind: 'citizen', name, passwordHash: null });
  await insertPerson(tx, id, {
    identityNumber,
    fullName: name,
    birthDate,
    gender: person.gender ?? 'other',
    addressUnitId: null,
    addressLine: null,
  });
  await insertLogin(tx, id, 'identity-number', identityNumber);
  await insertNotice(tx, id, NOTICE_VERSION);
  publish(tx, accountCreated, { subject: { kind: 'account', id }, payload: { accountKind: 'citizen' } });
  return id;
}

/** The business a representative signed in for: made at the first time, theirs from then on. Null when it is closed, or there is none. */
async function representedBusiness(tx: Tx, person: NationalPerson, personId: string): Promise<string | null> {
  if (!person.taxCode || !person.businessName) return null;
  const known = await findBusinessByTaxCode(tx, person.taxCode);
  if (known && known.status !== 'active') return null;
  const id = known?.id ?? newId();
  if (!known) {
    await insertAccount(tx, { id, kind: 'business', name: person.businessName, passwordHash: null });
    await insertBusiness(tx, id, {
      taxCode: person.taxCode,
      name: person.businessName,
      representativeName: person.fullName ?? '',
      addressUnitId: null,
      addressLine: null,
    });
    await insertLogin(tx, id, 'tax-code', person.taxCode);
    publish(tx, accountCreated, { subject: { kind: 'account', id }, payload: { accountKind: 'business' } });
  }
  await saveRepresentative(tx, id, personId);
  return id;
}

/**
 * Settles an answered case in one transaction: account, link, name, business. Returns whose account it is; null when the case has
 * changed meanwhile and has to be looked at again.
 */
export async function settleNational(
  tx: Tx,
  input: { issuer: string; minimumLevel: number; person: NationalPerson; answers: NationalAnswers },
  device: { address: string | null; userAgent: string | null },
): Promise<string | null> {
  const { issuer, person, answers } = input;
  const found = await judgeNational(tx, issuer, input.minimumLevel, person);
  if (!isAnswered(found, person, answers)) return null;
  let accountId: string;
  if (found.kind === 'new') accountId = await createAccount(tx, person, person.birthDate ?? answers.birthDate ?? '');
  else if ('accountId' in found) accountId = found.accountId;
  else return null;
  const subject = { kind: 'account', id: accountId };
  if (found.kind === 'first-link' && answers.account === 'not-mine') {
    await clearOtherWays(tx, accountId);
    await deleteSessionsOf(tx, accountId, null);
    await endSignOnsOf(tx, accountId);
    publish(tx, nationalTakenOver, { subject, payload: {} });
  }
  const takesName =
    (found.kind === 'first-link' && fold(found.name) !== fold(person.fullName ?? '')) ||
    (found.kind === 'changed-name' && answers.name === 'new');
  if (takesName) {
    await renamePerson(tx, accountId, person.fullName ?? '');
    publish(tx, nationalRenamed, { subject, payload: {} });
  }
  const businessId = await representedBusiness(tx, person, accountId);
  await saveNationalLink(tx, accountId, { ...person, issuer, businessId });
  if (found.kind === 'new' || found.kind === 'first-link')
    publish(tx, nationalLinked, { subject, payload: { isNew: found.kind === 'new', level: person.level } });
  await insertSignIn(tx, newId(), { accountId, outcome: 'succeeded', clientId: 'portal', ...device });
  return accountId;
}

/** Leaves a trace of a conflict for the administrators, without number or name. Returns nothing to the person but the page. */
export async function noteConflict(tx: Tx, issuer: string, person: NationalPerson): Promise<void> {
  const link = await findNationalLink(tx, issuer, person.subject);
  const owner = person.identityNumber ? await findAccountByLogin(tx, person.identityNumber) : undefined;
  publish(tx, nationalConflict, {
    subject: { kind: 'account', id: owner?.id ?? link?.accountId ?? 'unknown' },
    payload: { linkedTo: link?.accountId ?? null, numberOf: owner?.id ?? null },
  });
}

/** The business that the person represented when they last signed in through the provider. */
export async function representedBy(reader: Reader, accountId: string, issuer: string): Promise<string | null> {
  const [account, link] = await Promise.all([
    findAccount(reader, accountId),
    findNationalOf(reader, accountId, issuer),
  ]);
  return account?.kind === 'citizen' ? (link?.businessId ?? null) : null;
}
