import { statement, type Reader, type Tx } from '../../platform/database.ts';

/* What waits between two requests: sign-ins whose second factor is missing, questions put to passkeys in open sessions. */

const saveStep_ = statement(
  'identity.save_sign_in_step',
  `insert into identity.sign_in_step (uid, account_id, methods, created_at, expires_at) values ($1, $2, $3, $4, $5)
   on conflict (uid) do update set account_id = excluded.account_id, methods = excluded.methods, created_at = excluded.created_at,
     expires_at = excluded.expires_at`,
);
const findStep_ = statement(
  'identity.find_sign_in_step',
  `select account_id as "accountId", methods from identity.sign_in_step where uid = $1 and expires_at > $2`,
);
const endStep_ = statement('identity.end_sign_in_step', 'delete from identity.sign_in_step where uid = $1');
const sweepSteps = statement('identity.sweep_sign_in_steps', 'delete from identity.sign_in_step where expires_at < $1');
const ask = statement(
  'identity.insert_passkey_challenge',
  `insert into identity.passkey_challenge (id, account_id, session_hash, purpose, challenge, expires_at) values ($1, $2, $3, $4, $5, $6)`,
);
const take = statement(
  'identity.take_passkey_challenge',
  `delete from identity.passkey_challenge where id = $1 and account_id = $2 and session_hash = $3 and purpose = $4 and expires_at > $5 returning challenge`,
);
const sweepChallenges = statement(
  'identity.sweep_passkey_challenges',
  'delete from identity.passkey_challenge where expires_at < $1',
);

const STEP_MINUTES = 10;
const CHALLENGE_MINUTES = 5;
const later = (tx: Tx, minutes: number): Date => new Date(tx.now.getTime() + minutes * 60_000);

export interface SignInStep {
  accountId: string;
  methods: string[];
}
export const saveSignInStep = (tx: Tx, uid: string, step: SignInStep) =>
  tx.run(saveStep_, [uid, step.accountId, step.methods, tx.now, later(tx, STEP_MINUTES)]);
export async function findSignInStep(reader: Reader, uid: string, now: Date): Promise<SignInStep | undefined> {
  return (await reader.run<SignInStep>(findStep_, [uid, now]))[0];
}
export const endSignInStep = (tx: Tx, uid: string) => tx.run(endStep_, [uid]);

export interface Challenge {
  id: string;
  accountId: string;
  sessionHash: Buffer;
  purpose: 'enrol' | 'step-up';
}
export const insertChallenge = (tx: Tx, c: Challenge, challenge: string) =>
  tx.run(ask, [c.id, c.accountId, c.sessionHash, c.purpose, challenge, later(tx, CHALLENGE_MINUTES)]);
/** The challenge, once: whoever asks again, from another session or for another purpose, gets null. */
export async function takeChallenge(tx: Tx, c: Challenge): Promise<string | null> {
  const rows = await tx.run<{ challenge: string }>(take, [c.id, c.accountId, c.sessionHash, c.purpose, tx.now]);
  return rows[0]?.challenge ?? null;
}
export async function sweepSignInSteps(tx: Tx): Promise<void> {
  await tx.run(sweepSteps, [tx.now]);
  await tx.run(sweepChallenges, [tx.now]);
}
