import { eraseOwnFile, fileMissing } from '../../foundation/files/index.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { isId } from '../../platform/ids.ts';
import type { JobContext, Schedule } from '../../platform/jobs.ts';
import { isProblem, problem } from '../../platform/problems.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { paperDeleted, paperErased, paperRestored } from './paper-events.ts';
import { paperNotFound } from './paper-problems.ts';
import { erasePapers, lockAllOf, lockOverdue, markDeleted, restorePaperRow } from './paper-queries.ts';
import { lockOwn } from './keep-paper.ts';
import { undoDays } from './stored-paper.ts';

/** Puts papers of the account among the deleted ones, for `undoDays`; dossiers keep theirs. Returns how many. */
export async function deletePapers(tx: Tx, accountId: string, ids: readonly string[]): Promise<number> {
  const gone = await markDeleted(tx, accountId, ids.filter(isId), null);
  for (const { id, kind, source } of gone)
    publish(tx, paperDeleted, {
      subject: { kind: 'paper', id },
      payload: { accountId, kind, source, isReplaced: false },
    });
  return gone.length;
}

/** @throws paperNotFound when it is not among the deleted ones */
export async function restorePaper(tx: Tx, accountId: string, id: string): Promise<void> {
  const paper = isId(id) ? await restorePaperRow(tx, accountId, id) : undefined;
  if (!paper) throw problem(paperNotFound);
  publish(tx, paperRestored, { subject: { kind: 'paper', id }, payload: { accountId, ...paper } });
}

/** Erases a deleted paper at once, with a certificate of the erasure of its bytes. @throws paperNotFound */
export async function erasePaper(tx: Tx, accountId: string, id: string): Promise<void> {
  const paper = await lockOwn(tx, accountId, id);
  if (!paper.deletedAt) throw problem(paperNotFound);
  await erase(tx, [paper.id], 'Người có giấy tờ xóa hẳn');
}

/** Erases the whole store of an account that closes. Returns how many papers. */
export const eraseStore = async (tx: Tx, accountId: string): Promise<number> =>
  erase(tx, await lockAllOf(tx, accountId), 'Tài khoản đóng theo yêu cầu');

/** Rows go, bytes go by the files module's job unless a dossier has the same ones. The rows are locked by the caller. */
export async function erase(tx: Tx, ids: readonly string[], basis: string): Promise<number> {
  if (ids.length === 0) return 0;
  const gone = await erasePapers(tx, ids);
  for (const { id, accountId, fileId, kind, source } of gone) {
    await eraseOwnFile(tx, fileId, basis).catch((error: unknown) => {
      if (!isProblem(error, fileMissing)) throw error; // erased before by a rule of keeping
    });
    publish(tx, paperErased, { subject: { kind: 'paper', id }, payload: { accountId, kind, source } });
  }
  return gone.length;
}

const batch = 100;

/** Erases what was deleted longer ago than the days for having it back. Returns how many. */
export async function eraseOverdue({
  db,
  clock,
  requestId,
}: Pick<JobContext, 'db' | 'clock' | 'requestId'>): Promise<number> {
  const before = new Date(clock.now().getTime() - undoDays * 86_400_000);
  let total = 0;
  for (;;) {
    const count = await inTransaction(
      db,
      { actor: systemActor('paperstore.erase-deleted'), clock, requestId },
      async (tx) => erase(tx, await lockOverdue(tx, before, batch), `Đã xóa khỏi kho quá ${undoDays} ngày`),
    );
    total += count;
    if (count < batch) return total;
  }
}

/** Every night at 02:15 in Viet Nam. */
export const eraseDeletedNightly: Schedule = {
  name: 'paperstore.erase-deleted',
  cron: '15 19 * * *',
  run: async (context) => {
    const total = await eraseOverdue(context);
    if (total > 0) context.log.info({ total }, 'deleted papers erased');
  },
};
