import { statement, type Reader, type Tx } from '../../platform/database.ts';

export interface FactorRow {
  id: string;
  accountId: string;
  kind: 'app' | 'passkey';
  name: string;
  createdAt: Date;
  lastUsedAt: Date | null;
  secret: Buffer | null;
  credentialId: string | null;
  publicKey: Buffer | null;
  counter: number;
  transports: string[];
  isSynced: boolean;
}

const COLUMNS = `id, account_id as "accountId", kind, name, created_at as "createdAt", last_used_at as "lastUsedAt", secret_sealed as secret,
  credential_id as "credentialId", public_key as "publicKey", counter::float8 as counter, transports, is_synced as "isSynced"`;
const list = statement(
  'identity.list_factors',
  `select ${COLUMNS} from identity.factor where account_id = $1 order by created_at, id limit 50`,
);
const byCredential = statement(
  'identity.find_passkey',
  `select ${COLUMNS} from identity.factor where credential_id = $1`,
);
const insert = statement(
  'identity.insert_factor',
  `insert into identity.factor (id, account_id, kind, name, created_at, secret_sealed, last_step, credential_id, public_key, counter, transports, is_synced)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)`,
);
const rename = statement(
  'identity.rename_factor',
  'update identity.factor set name = $3 where id = $1 and account_id = $2 returning id',
);
const remove = statement(
  'identity.delete_factor',
  'delete from identity.factor where id = $1 and account_id = $2 returning id',
);
// The step moves forward only: a code that was used, seen over a shoulder or sent twice is worth nothing.
const useStep = statement(
  'identity.use_totp_step',
  'update identity.factor set last_step = $2, last_used_at = $3 where id = $1 and last_step < $2 returning id',
);
// The counter of a passkey moves forward only, unless the device keeps none (always zero).
const usePasskey_ = statement(
  'identity.use_passkey',
  `update identity.factor set counter = $2, last_used_at = $3 where id = $1 and (counter < $2 or (counter = 0 and $2 = 0)) returning id`,
);

export const listFactors = (reader: Reader, accountId: string) => reader.run<FactorRow>(list, [accountId]);
export async function findPasskey(reader: Reader, credentialId: string): Promise<FactorRow | undefined> {
  return (await reader.run<FactorRow>(byCredential, [credentialId]))[0];
}
export interface NewFactor {
  id: string;
  accountId: string;
  kind: FactorRow['kind'];
  name: string;
  secret?: Buffer;
  lastStep?: number;
  credentialId?: string;
  publicKey?: Uint8Array;
  counter?: number;
  transports?: readonly string[];
  isSynced?: boolean;
}
export const insertFactor = (tx: Tx, f: NewFactor) =>
  tx.run(insert, [
    f.id,
    f.accountId,
    f.kind,
    f.name,
    tx.now,
    f.secret ?? null,
    f.lastStep ?? 0,
    f.credentialId ?? null,
    f.publicKey ? Buffer.from(f.publicKey) : null,
    f.counter ?? 0,
    f.transports ?? [],
    f.isSynced ?? false,
  ]);
const isOne = (rows: unknown[]): boolean => rows.length === 1;
export const renameFactor = async (tx: Tx, accountId: string, id: string, name: string): Promise<boolean> =>
  isOne(await tx.run(rename, [id, accountId, name]));
export const deleteFactor = async (tx: Tx, accountId: string, id: string): Promise<boolean> =>
  isOne(await tx.run(remove, [id, accountId]));
export const useTotpStep = async (tx: Tx, id: string, step: number): Promise<boolean> =>
  isOne(await tx.run(useStep, [id, step, tx.now]));
export const usePasskey = async (tx: Tx, id: string, counter: number): Promise<boolean> =>
  isOne(await tx.run(usePasskey_, [id, counter, tx.now]));

const insertCodes = statement(
  'identity.insert_recovery_codes',
  'insert into identity.recovery_code (account_id, code_hash, created_at) select $1, h, $3 from unnest($2::bytea[]) h',
);
const dropCodes = statement(
  'identity.delete_recovery_codes',
  'delete from identity.recovery_code where account_id = $1',
);
const useCode = statement(
  'identity.use_recovery_code',
  `update identity.recovery_code set used_at = $3 where account_id = $1 and code_hash = any($2::bytea[]) and used_at is null returning 1 as used`,
);
const countCodes = statement(
  'identity.count_recovery_codes',
  'select count(*) filter (where used_at is null)::int as unused, count(*)::int as made from identity.recovery_code where account_id = $1',
);
/** Puts new codes in the place of all earlier ones. */
export async function replaceRecoveryCodes(tx: Tx, accountId: string, hashes: readonly Buffer[]): Promise<void> {
  await tx.run(dropCodes, [accountId]);
  if (hashes.length > 0) await tx.run(insertCodes, [accountId, hashes, tx.now]);
}
export const useRecoveryCode = async (tx: Tx, accountId: string, hashes: readonly Buffer[]): Promise<boolean> =>
  isOne(await tx.run(useCode, [accountId, hashes, tx.now]));
export async function countRecoveryCodes(reader: Reader, accountId: string): Promise<{ unused: number; made: number }> {
  return (await reader.run<{ unused: number; made: number }>(countCodes, [accountId]))[0] ?? { unused: 0, made: 0 };
}

// As for passwords: a try is counted before it is checked, and a lock lasts twice as long each time, up to a day.
const claim = statement(
  'identity.claim_factor_try',
  `insert into identity.factor_guard as g (account_id, failed_attempts, lock_level, locked_until)
   values ($1, 1, case when $3 <= 1 then 1 else 0 end, case when $3 <= 1 then $2::timestamptz + make_interval(mins => $4) end)
   on conflict (account_id) do update set
     failed_attempts = case when g.locked_until is not null then 1 else g.failed_attempts + 1 end,
     locked_until = case when (case when g.locked_until is not null then 1 else g.failed_attempts + 1 end) >= $3
       then $2::timestamptz + make_interval(mins => least(1440, $4::int * (2 ^ least(g.lock_level, 10))::int)) end,
     lock_level = case when (case when g.locked_until is not null then 1 else g.failed_attempts + 1 end) >= $3 then g.lock_level + 1 else g.lock_level end
   where g.locked_until is null or g.locked_until <= $2 returning failed_attempts`,
);
const clear = statement('identity.clear_factor_tries', 'delete from identity.factor_guard where account_id = $1');
/** Counts a try at a code; false while the codes of this account are locked. */
export const claimFactorTry = async (tx: Tx, accountId: string, failures: number, minutes: number): Promise<boolean> =>
  isOne(await tx.run(claim, [accountId, tx.now, failures, minutes]));
export const clearFactorTries = (tx: Tx, accountId: string) => tx.run(clear, [accountId]);
