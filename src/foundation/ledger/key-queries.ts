import { statement, type Reader, type Tx } from '../../platform/database.ts';

/** A key with which checkpoints were or are signed. */
export interface LogKey {
  id: string;
  /** Name of the log while the key was in use: first line of its checkpoints. */
  origin: string;
  verifierKey: string;
  privateSealed: Buffer;
  madeAt: Date;
  /** Null: in use. */
  retiredAt: Date | null;
  /** Why it came in the place of the one before. */
  reason: string | null;
}
const list = statement(
  'ledger.list_keys',
  `select id, origin, verifier_key as "verifierKey", private_sealed as "privateSealed", made_at as "madeAt", retired_at as "retiredAt", reason
   from ledger.key order by made_at desc, id desc`,
);
const retire = statement('ledger.retire_keys', 'update ledger.key set retired_at = $1 where retired_at is null');
const insert = statement(
  'ledger.insert_key',
  'insert into ledger.key (id, origin, verifier_key, private_sealed, made_at, reason) values ($1, $2, $3, $4, $5, $6)',
);
const reseal = statement('ledger.reseal_key', 'update ledger.key set private_sealed = $2 where id = $1');
const lock = statement('ledger.lock_keys', 'select pg_advisory_xact_lock(7364321)');

/** All keys, the newest first. */
export const listKeys = (reader: Reader): Promise<LogKey[]> => reader.run<LogKey>(list);

/** Until the transaction ends, nobody else makes a key. */
export const lockKeys = async (tx: Tx): Promise<void> => void (await tx.run(lock));

/** Puts a key into use in the place of the one before. */
export async function replaceKey(
  tx: Tx,
  key: Pick<LogKey, 'id' | 'origin' | 'verifierKey' | 'privateSealed' | 'reason'>,
): Promise<void> {
  await tx.run(retire, [tx.now]);
  await tx.run(insert, [key.id, key.origin, key.verifierKey, key.privateSealed, tx.now, key.reason]);
}

export const resealKey = async (tx: Tx, id: string, privateSealed: Buffer): Promise<void> =>
  void (await tx.run(reseal, [id, privateSealed]));
