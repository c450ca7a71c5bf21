import { statement, type Reader, type Tx } from '../../platform/database.ts';

/** A witness as the product knows it. */
export interface KnownWitness {
  address: string;
  /** The key that it had when it was first asked; another one is not believed. */
  verifierKey: string;
  firstSeenAt: Date;
  /** Entries of the last checkpoint that it cosigned. */
  size: number;
  askedAt: Date;
  cosignedAt: Date | null;
  failure: string | null;
}
const list = statement(
  'ledger.list_witnesses',
  `select address, verifier_key as "verifierKey", first_seen_at as "firstSeenAt", size, asked_at as "askedAt", cosigned_at as "cosignedAt", failure
   from ledger.witness order by first_seen_at, address`,
);
const save = statement(
  'ledger.save_witness',
  `insert into ledger.witness as w (address, verifier_key, first_seen_at, size, asked_at, cosigned_at, failure) values ($1, $2, $3, $4, $3, $5, $6)
   on conflict (address) do update set size = excluded.size, asked_at = excluded.asked_at, cosigned_at = coalesce(excluded.cosigned_at, w.cosigned_at),
     failure = excluded.failure`,
);
export const listWitnesses = (reader: Reader): Promise<KnownWitness[]> => reader.run<KnownWitness>(list);
export const saveWitness = async (
  tx: Tx,
  witness: Pick<KnownWitness, 'address' | 'verifierKey' | 'size' | 'cosignedAt' | 'failure'>,
): Promise<void> =>
  void (await tx.run(save, [
    witness.address,
    witness.verifierKey,
    tx.now,
    witness.size,
    witness.cosignedAt,
    witness.failure,
  ]));
