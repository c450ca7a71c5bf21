import { listFilesByOwner, removeFiles } from '../../foundation/files/index.ts';
import { discardDraft, draftNotFound } from '../../engines/forms/index.ts';
import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import type { JobContext, Schedule } from '../../platform/jobs.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, problem } from '../../platform/problems.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { applicationNotFound } from './application-problems.ts';
import {
  deleteAllPapers,
  deleteApplication,
  listExpired,
  listOpenApplications,
  lockApplication,
} from './application-queries.ts';
import { accountOf, draftOwner } from './open-application.ts';

/** Throws an application away with its answers and files. @throws applicationNotFound, also once it is sent */
export async function discardApplication(tx: Tx, actor: Actor, id: string): Promise<void> {
  const application = isId(id) ? await lockApplication(tx, id, accountOf(actor).id) : undefined;
  if (!application || application.submittedAt) throw problem(applicationNotFound);
  if (application.draftId)
    await discardDraft(tx, application.draftId, draftOwner(actor)).catch((error: unknown) => {
      if (!isProblem(error, draftNotFound)) throw error; // its time was over: the nightly job took it
    });
  await forget(tx, id);
}

/** Throws away everything of an account that is not sent, as when the account closes or the person asks. Returns how many. */
export async function discardAllApplications(tx: Tx, accountId: string): Promise<number> {
  let total = 0;
  // At most a hundred are listed at once; an account may have far fewer open.
  for (const { id, draftId, ownerKind } of await listOpenApplications(tx, accountId, tx.now)) {
    if (draftId)
      await discardDraft(tx, draftId, { kind: ownerKind, id: accountId }).catch((error: unknown) => {
        if (!isProblem(error, draftNotFound)) throw error;
      });
    await forget(tx, id);
    total += 1;
  }
  return total;
}

async function forget(tx: Tx, id: string): Promise<void> {
  await deleteAllPapers(tx, id);
  const files = await listFilesByOwner(tx, 'application', id);
  await removeFiles(
    tx,
    files.map((file) => file.id),
  );
  await deleteApplication(tx, id);
}

const batch = 100;

/** Takes away applications whose time is over, with their files. Returns how many. */
export async function expireApplications(context: Pick<JobContext, 'db' | 'clock' | 'requestId'>): Promise<number> {
  const { db, clock, requestId } = context;
  let total = 0;
  for (;;) {
    const count = await inTransaction(
      db,
      { actor: systemActor('portal.expire-applications'), clock, requestId },
      async (tx) => {
        const gone = await listExpired(tx, batch);
        for (const { id } of gone) await forget(tx, id);
        return gone.length;
      },
    );
    total += count;
    if (count < batch) return total;
  }
}

/** Every night at 01:40 in Viet Nam, after the drafts of forms. */
export const expireApplicationsNightly: Schedule = {
  name: 'portal.expire-applications',
  cron: '40 18 * * *',
  run: async (context) => {
    const total = await expireApplications(context);
    if (total > 0) context.log.info({ total }, 'applications expired');
  },
};
