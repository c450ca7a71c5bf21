import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import {
  claimAttempt,
  findAccount,
  findAccountByLogin,
  insertSignIn,
  notePasswordProven,
  type AccountRow,
} from './account-queries.ts';
import { signInFailed } from './identity-events.ts';
import { policy } from './identity-policy.ts';
import { normaliseLogin } from './login-name.ts';
import { hashPassword, verifyPassword } from './password-hash.ts';

/** A request as the use cases see it: reads, and transactions that commit before the next step. */
export interface Io {
  reader: Reader;
  command<R>(work: (tx: Tx) => Promise<R>): Promise<R>;
  /** For a write that is one statement: it is the whole transaction. */
  commandInOne<R>(work: (tx: Tx) => Promise<R>): Promise<R>;
}

export interface PasswordTry {
  /** What was typed as login name, or the account of an open session. */
  login: string | { accountId: string };
  password: string;
  clientId: string;
  address: string | null;
  userAgent: string | null;
  outcome: 'succeeded' | 'unlocked' | 'stepped-up';
}

/** Longer texts are never hashed: they are not passwords of ours, and hashing them would be work for nothing. */
const MAX_PASSWORD = 1_000;

/**
 * Whether the password is the account's; the account, or null without saying why. Unknown, locked and wrong take the same
 * steps: one attempt claimed, one argon2 run, one event. Five wrong ones in a row lock the account for a while (doubling), and
 * attempts are counted before the check, so that parallel guesses get no more tries.
 */
export async function provePassword(io: Io, attempt: PasswordTry): Promise<AccountRow | null> {
  const { login } = attempt;
  const account =
    typeof login === 'string'
      ? await findAccountByLogin(io.reader, normaliseLogin(login).value)
      : await findAccount(io.reader, login.accountId);
  const claimed = await io.commandInOne((tx) =>
    claimAttempt(tx, account?.id ?? newId(), policy.lockoutFailures, policy.lockoutMinutes),
  );
  const mayTry =
    account !== undefined &&
    account.status === 'active' &&
    claimed !== undefined &&
    attempt.password.length <= MAX_PASSWORD;
  const { isRight, isOutdated } = await verifyPassword(
    attempt.password.slice(0, MAX_PASSWORD),
    mayTry ? account.passwordHash : null,
  );
  if (mayTry && isRight) {
    const rehash = isOutdated ? await hashPassword(attempt.password) : null;
    await io.commandInOne((tx) => notePasswordProven(tx, newId(), { ...attempt, accountId: account.id }, rehash));
    return account;
  }
  await io.command(async (tx) => {
    if (account)
      await insertSignIn(tx, newId(), {
        ...attempt,
        accountId: account.id,
        outcome: claimed ? 'wrong-password' : 'refused-locked',
      });
    publish(tx, signInFailed, {
      subject: { kind: 'account', id: account?.id ?? 'unknown' },
      payload: { reason: account === undefined ? 'unknown' : claimed ? 'wrong-password' : 'locked' },
    });
  });
  return null;
}
