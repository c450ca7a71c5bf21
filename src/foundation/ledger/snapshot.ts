import type { Database, Reader } from '../../platform/database.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';

/** Reads that see the database at one moment, whatever is written meanwhile. */
export const inSnapshot = <R>(db: Database, read: (reader: Reader) => Promise<R>): Promise<R> =>
  inTransaction(db, { actor: systemActor('ledger'), isolation: 'repeatable read' }, read);
