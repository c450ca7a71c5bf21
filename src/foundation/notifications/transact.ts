import type { Clock } from '../../platform/clock.ts';
import type { Database } from '../../platform/database.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';

/** A transaction of the senders: nobody's act, and traced to the job it is part of. */
export const transact = <R>(
  { db, clock, requestId }: { db: Database; clock: Clock; requestId?: string },
  work: Parameters<typeof inTransaction<R>>[2],
): Promise<R> =>
  inTransaction(
    db,
    { actor: systemActor('notifications'), clock, ...(requestId === undefined ? {} : { requestId }) },
    work,
  );
