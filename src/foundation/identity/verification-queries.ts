import { statement, type Reader, type Tx } from '../../platform/database.ts';

export type Purpose = 'register' | 'reset-password' | 'change-contact' | 'set-password';
export type CodeChannel = 'email' | 'phone';

export interface VerificationRow {
  id: string;
  purpose: Purpose;
  accountId: string | null;
  channel: CodeChannel | 'link' | 'none';
  address: string;
  codeHash: Buffer;
  draft: Record<string, unknown> | null;
  attempts: number;
  expiresAt: Date;
}
const COLUMNS = `id, purpose, account_id as "accountId", channel, address, code_hash as "codeHash", draft, attempts, expires_at as "expiresAt"`;

const insert = statement(
  'identity.insert_verification',
  `insert into identity.verification (id, purpose, account_id, channel, address, code_hash, draft, locale, created_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)`,
);
const find = statement(
  'identity.find_verification',
  `select ${COLUMNS} from identity.verification where id = $1 and purpose = $2 and used_at is null and expires_at > $3`,
);
// The attempt is counted before the code is compared, so that parallel guesses get no more of them.
const claim = statement(
  'identity.claim_verification_attempt',
  `update identity.verification set attempts = attempts + 1
   where id = $1 and purpose = $2 and used_at is null and expires_at > $3 and attempts < $4 returning ${COLUMNS}`,
);
const use = statement(
  'identity.use_verification',
  'update identity.verification set used_at = $2, draft = null where id = $1 and used_at is null returning id',
);
const retire = statement(
  'identity.retire_verifications',
  `update identity.verification set used_at = $3, draft = null where account_id = $1 and purpose = any($2) and used_at is null`,
);
const recent = statement(
  'identity.count_recent_codes',
  'select count(*)::int as count from identity.verification where address = $1 and created_at > $2',
);
const sweep = statement(
  'identity.sweep_verifications',
  `delete from identity.verification where expires_at < $1::timestamptz - interval '1 day'`,
);

export interface NewVerification {
  id: string;
  purpose: Purpose;
  accountId: string | null;
  channel: VerificationRow['channel'];
  address: string;
  codeHash: Buffer;
  draft: object | null;
  locale: string;
  expiresAt: Date;
}
export const insertVerification = (tx: Tx, v: NewVerification) =>
  tx.run(insert, [
    v.id,
    v.purpose,
    v.accountId,
    v.channel,
    v.address,
    v.codeHash,
    v.draft && JSON.stringify(v.draft),
    v.locale,
    tx.now,
    v.expiresAt,
  ]);
export async function findVerification(
  reader: Reader,
  id: string,
  purpose: Purpose,
  now: Date,
): Promise<VerificationRow | undefined> {
  return (await reader.run<VerificationRow>(find, [id, purpose, now]))[0];
}
export async function claimVerification(
  tx: Tx,
  id: string,
  purpose: Purpose,
  maxAttempts: number,
): Promise<VerificationRow | undefined> {
  return (await tx.run<VerificationRow>(claim, [id, purpose, tx.now, maxAttempts]))[0];
}
export async function useVerification(tx: Tx, id: string): Promise<boolean> {
  return (await tx.run(use, [id, tx.now])).length === 1;
}
export const retireVerifications = (tx: Tx, accountId: string, purposes: readonly Purpose[]) =>
  tx.run(retire, [accountId, purposes, tx.now]);
export async function countRecentCodes(reader: Reader, address: string, since: Date): Promise<number> {
  return (await reader.run<{ count: number }>(recent, [address, since]))[0]?.count ?? 0;
}
export const sweepVerifications = (tx: Tx) => tx.run(sweep, [tx.now]);
