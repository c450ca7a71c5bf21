import { closeAccount, reopenAccount } from '../../foundation/identity/index.ts';
import { notify } from '../../foundation/notifications/index.ts';
import { rulesOn } from '../../foundation/rules/index.ts';
import { demand, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import type { JobContext, Schedule } from '../../platform/jobs.ts';
import { problem } from '../../platform/problems.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { formatDate } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { endDelegationsOf } from '../delegations/index.ts';
import { eraseStore } from '../paperstore/index.ts';
import { deleteSavedSearches, discardAllApplications } from '../portal/index.ts';
import { findOpenClosing, insertClosing, listDueClosings, settleClosing } from './closing-queries.ts';
import { accountClosed, accountReopened, closingAsked, closingCancelled } from './people-events.ts';
import { closedMessage, closingMessage } from './people-messages.ts';
import { mayProposeMergers } from './people-permissions.ts';
import { closingNotOpen, closingOpen } from './people-problems.ts';

/** The person wants the account closed: it closes after the days of the rule pack, unless they change their mind. @throws closingOpen */
export async function askClosing(tx: Tx, accountId: string, reason: string | null): Promise<void> {
  if (await findOpenClosing(tx, accountId)) throw problem(closingOpen);
  const { closingDays } = rulesOn(localDate(tx.now)).personalData;
  const closesAt = new Date(tx.now.getTime() + closingDays * 86_400_000);
  const id = newId();
  await insertClosing(tx, { id, accountId, closesAt, reason });
  publish(tx, closingAsked, {
    subject: { kind: 'account', id: accountId },
    payload: { closesAt: closesAt.toISOString() },
  });
  await notify(tx, {
    recipient: { kind: 'account', id: accountId },
    template: closingMessage,
    values: { day: formatDate(closesAt) },
    about: { kind: 'account', id: accountId },
    link: paths.accountClosing(),
    key: `people.closing/${id}`,
  });
}

/** @throws closingNotOpen */
export async function cancelClosing(tx: Tx, actor: Actor, accountId: string): Promise<void> {
  if (!(await settleClosing(tx, accountId, 'waiting', 'cancelled', actor.label))) throw problem(closingNotOpen);
  publish(tx, closingCancelled, { subject: { kind: 'account', id: accountId }, payload: {} });
}

/** Closes what is due: drafts go, mandates end, sessions end, contacts are forgotten; dossiers stay as the law on archives asks. */
async function closeDue(tx: Tx): Promise<number> {
  const due = await listDueClosings(tx);
  for (const { id, accountId } of due) {
    const drafts = await discardAllApplications(tx, accountId);
    await eraseStore(tx, accountId);
    await deleteSavedSearches(tx, accountId);
    const ended = await endDelegationsOf(tx, accountId, 'system', 'Tài khoản đã đóng');
    await notify(tx, {
      recipient: { kind: 'account', id: accountId },
      template: closedMessage,
      values: {},
      about: { kind: 'account', id: accountId },
      key: `people.closed/${id}`,
    });
    await closeAccount(tx, accountId, 'own-request');
    await settleClosing(tx, accountId, 'waiting', 'closed', 'system');
    publish(tx, accountClosed, {
      subject: { kind: 'account', id: accountId },
      payload: { delegationsEnded: ended.length, drafts },
    });
  }
  return due.length;
}

export async function closeDueAccounts({
  db,
  clock,
  requestId,
}: Pick<JobContext, 'db' | 'clock' | 'requestId'>): Promise<number> {
  let total = 0;
  for (;;) {
    const actor = systemActor('people.close-accounts');
    const count = await inTransaction(db, { actor, clock, requestId }, closeDue);
    total += count;
    if (count < 50) return total;
  }
}

export const closeAccountsHourly: Schedule = {
  name: 'people.close-accounts',
  cron: '25 * * * *',
  async run(context) {
    const total = await closeDueAccounts(context);
    if (total > 0) context.log.info({ total }, 'accounts closed at the wish of their owners');
  },
};

/** An official reopens a closed account for its owner, who has come with their papers. False when it is not closed. */
export async function reopenForOwner(tx: Tx, actor: Actor, accountId: string): Promise<boolean> {
  demand(actor, mayProposeMergers);
  if (!(await reopenAccount(tx, accountId))) return false;
  await settleClosing(tx, accountId, 'closed', 'reopened', actor.label);
  publish(tx, accountReopened, { subject: { kind: 'account', id: accountId }, payload: {} });
  return true;
}
