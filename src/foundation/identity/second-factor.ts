import type { Config } from '../../platform/config.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { formatDateTime } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { insertSignIn } from './account-queries.ts';
import type { Method } from './assurance.ts';
import {
  claimFactorTry,
  clearFactorTries,
  countRecoveryCodes,
  deleteFactor,
  insertFactor,
  listFactors,
  replaceRecoveryCodes,
  useRecoveryCode,
  useTotpStep,
} from './factor-queries.ts';
import { factorAddedMessage, factorRemovedMessage, recoveryUsedMessage } from './factor-messages.ts';
import {
  looksLikeRecoveryCode,
  newRecoveryCodes,
  recoveryHash,
  recoveryHashes,
  sealTotpSecret,
  unsealTotpSecret,
} from './factor-secrets.ts';
import { factorAdded, factorRemoved, recoveryCodesMade, recoveryCodeUsed, signInFailed } from './identity-events.ts';
import { policy } from './identity-policy.ts';
import type { Io } from './prove-password.ts';
import { askNewPassword } from './recovery-queries.ts';
import { tellPerson } from './tell-person.ts';
import { matchingStep } from './totp.ts';

const subjectOf = (accountId: string) => ({ kind: 'account', id: accountId });

export interface CodeTry {
  accountId: string;
  code: string;
  clientId: string;
  address: string | null;
  userAgent: string | null;
  /** What a right code is written down as. */
  outcome: 'second-factor' | 'stepped-up';
}

/**
 * Whether a code is right: of an authenticator app (RFC 6238, one step of drift, each step once) or a recovery code (each once).
 * Tries are counted before they are checked; five wrong ones lock codes for a while, doubling, apart from the password's lock. The methods
 * proven, or null without saying why.
 */
export async function proveCodeOfFactor(io: Io, config: Config, now: Date, attempt: CodeTry): Promise<Method[] | null> {
  const { accountId } = attempt;
  const mayTry = await io.command((tx) => claimFactorTry(tx, accountId, policy.lockoutFailures, policy.lockoutMinutes));
  const isRight =
    mayTry && ((await isAppCode(io, config, now, attempt)) || (await isRecoveryCode(io, config, attempt)));
  await io.command(async (tx) => {
    const outcome = isRight ? attempt.outcome : mayTry ? 'wrong-code' : 'refused-locked';
    await insertSignIn(tx, newId(), { ...attempt, outcome });
    if (isRight) await clearFactorTries(tx, accountId);
    else
      publish(tx, signInFailed, {
        subject: subjectOf(accountId),
        payload: { reason: mayTry ? 'wrong-code' : 'locked' },
      });
  });
  return isRight ? ['otp'] : null;
}

async function isAppCode(io: Io, config: Config, now: Date, { accountId, code }: CodeTry): Promise<boolean> {
  const digits = code.replaceAll(/\s/g, '');
  if (digits.length !== 6) return false;
  for (const factor of await listFactors(io.reader, accountId)) {
    const secret = factor.kind === 'app' ? unsealTotpSecret(config, factor.secret) : null;
    const step = secret && matchingStep(secret, digits, now);
    if (step !== null && (await io.command((tx) => useTotpStep(tx, factor.id, step)))) return true;
  }
  return false;
}

async function isRecoveryCode(io: Io, config: Config, { accountId, code }: CodeTry): Promise<boolean> {
  if (!looksLikeRecoveryCode(code)) return false;
  return io.command(async (tx) => {
    if (!(await useRecoveryCode(tx, accountId, recoveryHashes(config, accountId, code)))) return false;
    const { unused } = await countRecoveryCodes(tx, accountId);
    publish(tx, recoveryCodeUsed, { subject: subjectOf(accountId), payload: { left: unused } });
    await tellPerson(tx, accountId, {
      template: recoveryUsedMessage,
      values: (locale) => ({ left: String(unused), time: formatDateTime(tx.now, locale) }),
      key: `identity/recovery-code/${accountId}/${newId()}`,
      link: paths.accountSecurity(),
    });
    return true;
  });
}

/** New recovery codes in the place of all earlier ones; shown once, kept as hashes. */
export async function makeRecoveryCodes(tx: Tx, config: Config, accountId: string): Promise<string[]> {
  const codes = newRecoveryCodes();
  await replaceRecoveryCodes(
    tx,
    accountId,
    codes.map((code) => recoveryHash(config, accountId, code)),
  );
  publish(tx, recoveryCodesMade, { subject: subjectOf(accountId), payload: { count: codes.length } });
  return codes;
}

/** Says that a factor was added, and gives recovery codes with the first one. Returns them, or null when there are some already. */
export async function welcomeFactor(
  tx: Tx,
  config: Config,
  factor: { id: string; accountId: string; kind: 'app' | 'passkey'; name: string },
): Promise<string[] | null> {
  const { accountId, kind, name } = factor;
  publish(tx, factorAdded, { subject: subjectOf(accountId), payload: { factorId: factor.id, kind } });
  await tellPerson(tx, accountId, {
    template: factorAddedMessage,
    values: (locale) => ({ name, time: formatDateTime(tx.now, locale) }),
    key: `identity/factor-added/${factor.id}`,
    link: paths.accountSecurity(),
  });
  const { unused } = await countRecoveryCodes(tx, accountId);
  return unused > 0 ? null : makeRecoveryCodes(tx, config, accountId);
}

/** Adds an authenticator app whose first code was right; `step` is that code's, so that it works no second time. */
export async function addApp(
  tx: Tx,
  config: Config,
  input: { accountId: string; name: string; secret: Buffer; step: number },
): Promise<string[] | null> {
  const id = newId();
  await insertFactor(tx, {
    id,
    accountId: input.accountId,
    kind: 'app',
    name: input.name,
    secret: sealTotpSecret(config, input.secret),
    lastStep: input.step,
  });
  return welcomeFactor(tx, config, { id, accountId: input.accountId, kind: 'app', name: input.name });
}

/** Takes a factor away; with the last one go the recovery codes. False when it is not the account's. */
export async function removeFactor(tx: Tx, accountId: string, id: string): Promise<boolean> {
  const factors = await listFactors(tx, accountId);
  const factor = factors.find((one) => one.id === id);
  if (!factor || !(await deleteFactor(tx, accountId, id))) return false;
  if (factors.length === 1) {
    await replaceRecoveryCodes(tx, accountId, []);
    await askNewPassword(tx, accountId);
  }
  publish(tx, factorRemoved, { subject: subjectOf(accountId), payload: { kind: factor.kind, how: 'owner' } });
  await tellPerson(tx, accountId, {
    template: factorRemovedMessage,
    values: (locale) => ({ name: factor.name, time: formatDateTime(tx.now, locale) }),
    key: `identity/factor-removed/${id}`,
    link: paths.accountSecurity(),
  });
  return true;
}
