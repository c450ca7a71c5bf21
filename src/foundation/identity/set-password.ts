import { createHash } from 'node:crypto';
import type { Config } from '../../platform/config.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import type { Locale } from '../../platform/http/web.ts';
import { newId, newSecret } from '../../platform/ids.ts';
import { formatDateTime } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import {
  findAccountByLogin,
  listLogins,
  listPasswordHistory,
  updatePassword,
  type AccountRow,
} from './account-queries.ts';
import { passwordChangedMessage } from './factor-messages.ts';
import { listFactors } from './factor-queries.ts';
import { passwordChanged, passwordLinkIssued } from './identity-events.ts';
import { policy } from './identity-policy.ts';
import { normaliseLogin } from './login-name.ts';
import { endSignOnsOf } from './oidc-logout.ts';
import { verifyPassword } from './password-hash.ts';
import { passwordFault, type PasswordFault } from './password-rules.ts';
import { deleteSessionsOf } from './session-queries.ts';
import { tellPerson } from './tell-person.ts';
import { requestCode } from './verification.ts';
import {
  findVerification,
  insertVerification,
  retireVerifications,
  useVerification,
  type CodeChannel,
} from './verification-queries.ts';

/** What is wrong with a new password for this account, or null; officials may not use one of their last ten again. */
export async function faultOfNewPassword(
  reader: Reader,
  account: AccountRow,
  password: string,
): Promise<PasswordFault | 'used-before' | null> {
  const logins = (await listLogins(reader, account.id)).map((login) => login.value);
  const hasFactor = account.kind === 'official' && (await listFactors(reader, account.id)).length > 0;
  const fault = passwordFault(password, account.kind, logins, hasFactor);
  if (fault || account.kind !== 'official') return fault;
  const used = [account.passwordHash, ...(await listPasswordHistory(reader, account.id, policy.rememberedPasswords))];
  for (const hash of used) if (hash && (await verifyPassword(password, hash)).isRight) return 'used-before';
  return null;
}

/** Sets the password and ends every session but `keep`, the provider's included: whoever knew the old one is out. */
export async function setPassword(
  tx: Tx,
  accountId: string,
  hash: string,
  how: 'changed' | 'reset' | 'link',
  keep: Buffer | null = null,
): Promise<void> {
  await updatePassword(tx, accountId, hash, false);
  await retireVerifications(tx, accountId, ['reset-password', 'set-password']);
  await deleteSessionsOf(tx, accountId, keep);
  await endSignOnsOf(tx, accountId);
  publish(tx, passwordChanged, { subject: { kind: 'account', id: accountId }, payload: { how } });
  await tellPerson(tx, accountId, {
    template: passwordChangedMessage,
    values: (locale) => ({ time: formatDateTime(tx.now, locale) }),
    key: `identity/password-changed/${accountId}/${tx.now.getTime()}`,
    link: paths.accountSecurity(),
  });
}

/**
 * Starts resetting a forgotten password: a code goes to the account's proven e-mail or phone. The answer is the same when there
 * is no such account. Officials are reset by an administrator.
 */
export async function beginReset(tx: Tx, config: Config, login: string, locale: Locale): Promise<string> {
  const { value } = normaliseLogin(login);
  const account = await findAccountByLogin(tx, value);
  const logins = account ? await listLogins(tx, account.id) : [];
  const target =
    logins.find((one) => one.value === value && (one.kind === 'email' || one.kind === 'phone')) ??
    logins.find((one) => one.kind === 'email') ??
    logins.find((one) => one.kind === 'phone');
  const mayReset = account?.status === 'active' && account.kind !== 'official' && target !== undefined;
  return requestCode(tx, config, {
    purpose: 'reset-password',
    accountId: mayReset ? account.id : null,
    channel: mayReset ? (target.kind as CodeChannel) : 'none',
    address: mayReset ? target.value : 'nobody',
    locale,
  });
}

const hashOfToken = (token: string): Buffer => createHash('sha256').update(token).digest();

/** Makes a link, good once and for 24 hours, with which the account's owner sets a password. Earlier links are void. Returns its token. */
export async function issuePasswordLink(tx: Tx, accountId: string): Promise<string> {
  const id = newId();
  const secret = newSecret();
  const expiresAt = new Date(tx.now.getTime() + policy.resetLinkHours * 3_600_000);
  await retireVerifications(tx, accountId, ['reset-password', 'set-password']);
  await insertVerification(tx, {
    id,
    purpose: 'set-password',
    accountId,
    channel: 'link',
    address: 'link',
    codeHash: hashOfToken(secret),
    draft: null,
    locale: 'vi',
    expiresAt,
  });
  publish(tx, passwordLinkIssued, {
    subject: { kind: 'account', id: accountId },
    payload: { expiresAt: expiresAt.toISOString() },
  });
  return `${id}.${secret}`;
}

const TOKEN = /^([0-9a-f-]{36})\.([A-Za-z0-9_-]{43})$/;

/** The account whose password a link may set; null when it is wrong, used or too old. */
export async function accountOfLink(
  reader: Reader,
  token: string,
  now: Date,
): Promise<{ accountId: string; id: string } | null> {
  const [, id, secret] = TOKEN.exec(token) ?? [];
  if (!id || !secret) return null;
  const row = await findVerification(reader, id, 'set-password', now);
  return row?.accountId && row.codeHash.equals(hashOfToken(secret)) ? { accountId: row.accountId, id } : null;
}

/** Uses a link up. False when somebody was faster. */
export const useLink = (tx: Tx, id: string): Promise<boolean> => useVerification(tx, id);
