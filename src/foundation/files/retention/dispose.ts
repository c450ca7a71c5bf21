import { reachOf, type Actor, type Permission } from '../../../platform/access.ts';
import { instantOf, localDate } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database.ts';
import { publish } from '../../../platform/events.ts';
import { newId } from '../../../platform/ids.ts';
import { defineJob, enqueue, type JobContext } from '../../../platform/jobs.ts';
import { forbidden, isProblem, notFound, problem } from '../../../platform/problems.ts';
import { inTransaction, systemActor } from '../../../platform/transaction.ts';
import { eraseOwnFile } from '../erase-file.ts';
import { fileMissing } from '../file-problems.ts';
import { manageFiles } from '../file-permissions.ts';
import {
  findOpenDisposal,
  insertDisposal,
  lockDisposal,
  lockDueItems,
  markDecided,
  markDone,
  markDrawnThrough,
  markFailed,
  markReady,
  settleItems,
  sumItems,
  type Disposal,
  type DueItem,
  type Settled,
} from './disposal-queries.ts';
import {
  approveDisposals,
  cutOffAhead,
  disposalDecided,
  disposalDone,
  disposalDrawn,
  disposalNotWaiting,
  disposalOpen,
  samePerson,
} from './retention-events.ts';
import { heldOwners, insertItems, listKeepingRulesOn } from './retention-queries.ts';
import { namedElsewhere, retentionClass, retentionClasses } from './retention-source.ts';

const DAY_MS = 86_400_000;
/** Owners put on the list, and files erased, in one transaction. */
const BATCH = { owners: 500, files: 100 } as const;

/** What those who look after the store are told. */
export interface DisposalNews {
  what: 'waiting' | 'failed' | 'done';
  id: string;
  number: string;
}
let tell: (tx: Tx, news: DisposalNews) => Promise<void> = async () => {};
/** The composition says who is told and how. */
export const provideDisposalNotice = (given: typeof tell): void => void (tell = given);

/** A list holds files of the whole province: a right that ends at a unit is not enough. */
export const isEverywhere = (actor: Actor, permission: Permission): boolean => reachOf(actor, permission) === 'all';
function demandEverywhere(actor: Actor, permission: Permission): void {
  if (!isEverywhere(actor, permission)) throw problem(forbidden);
}

/** The moment before which the event must lie: the beginning of the day, less the days of keeping. */
const eventBefore = (cutOff: string, keepDays: number): Date =>
  new Date(instantOf(cutOff).getTime() - keepDays * DAY_MS);

const numberOf = (id: string, now: Date): string =>
  `DH-${localDate(now).replaceAll('-', '')}-${id.slice(-6).toUpperCase()}`;

/**
 * Has the list drawn up of all files whose time of keeping is over at the beginning of a day, by the rules in force on it. A day to come gives a
 * preview. One disposal is open at a time. @throws forbidden, disposalOpen
 */
export async function drawUp(tx: Tx, actor: Actor, cutOff: string): Promise<string> {
  demandEverywhere(actor, manageFiles);
  if (await findOpenDisposal(tx)) throw problem(disposalOpen);
  const id = newId();
  await insertDisposal(tx, {
    id,
    number: numberOf(id, tx.now),
    cutOff,
    drawnById: actor.id ?? actor.label,
    drawnBy: actor.label,
  });
  enqueue(tx, drawList, { id }, { key: `files.draw/${id}` });
  return id;
}

const asJob = <R>({ db, clock, requestId }: JobContext, name: string, work: (tx: Tx) => Promise<R>): Promise<R> =>
  inTransaction(db, { actor: systemActor(name), clock, requestId }, work);

/** Notes a failure where administrators see it and tells them, once a day; then the job is tried again where it stood. */
async function noting(context: JobContext, id: string, work: () => Promise<void>): Promise<void> {
  try {
    await work();
  } catch (error) {
    const failure = error instanceof Error ? error.message : String(error);
    await asJob(context, 'files.dispose', async (tx) => {
      const number = await markFailed(tx, id, failure.slice(0, 1_000));
      if (number) await tell(tx, { what: 'failed', id, number });
    });
    throw error;
  }
}

/** Goes through the classes owner by owner; after a crash on from the last batch. */
export const drawList = defineJob<{ id: string }>('files.draw-disposal', {
  run: (context, { id }) =>
    noting(context, id, async () => {
      while (await drawBatch(context, id));
    }),
});

/** One batch; false when the list is complete (or not wanted any more). */
async function drawBatch(context: JobContext, id: string): Promise<boolean> {
  return asJob(context, 'files.draw-disposal', async (tx) => {
    const disposal = await lockDisposal(tx, id);
    if (disposal?.state !== 'drawing') return false;
    const rules = await listKeepingRulesOn(tx, disposal.cutOff);
    const rule = rules.find(
      (each) => each.keepDays !== null && retentionClass(each.class) && disposal.drawnThrough[each.class] !== null,
    );
    if (!rule || rule.keepDays === null) {
      await markReady(tx, id);
      publish(tx, disposalDrawn, {
        subject: { kind: 'disposal', id },
        payload: { number: disposal.number, cutOff: disposal.cutOff },
      });
      if (disposal.cutOff <= localDate(tx.now)) await tell(tx, { what: 'waiting', id, number: disposal.number });
      return false;
    }
    const source = retentionClass(rule.class)!;
    const { owners, next } = await source.listEnded(tx, {
      before: eventBefore(disposal.cutOff, rule.keepDays),
      after: disposal.drawnThrough[rule.class] ?? null,
      limit: BATCH.owners,
    });
    if (owners.length > 0)
      await insertItems(tx, id, { ...rule, keepDays: rule.keepDays, ownerKind: source.ownerKind }, owners);
    await markDrawnThrough(tx, id, { ...disposal.drawnThrough, [rule.class]: next });
    return true;
  });
}

/**
 * A second person decides: the disposal begins, or is refused with the reason. Whoever drew it up may cancel it.
 * @throws forbidden, notFound, disposalNotWaiting, samePerson, cutOffAhead
 */
export async function decideDisposal(
  tx: Tx,
  actor: Actor,
  input: { id: string; to: 'approve' | 'refuse' | 'cancel'; decision: string },
): Promise<void> {
  demandEverywhere(actor, input.to === 'cancel' ? manageFiles : approveDisposals);
  const disposal = await lockDisposal(tx, input.id);
  if (!disposal) throw problem(notFound);
  const isOpen = disposal.state === 'waiting' || (disposal.state === 'drawing' && input.to === 'cancel');
  if (!isOpen) throw problem(disposalNotWaiting);
  const by = { id: actor.id ?? actor.label, label: actor.label };
  if (input.to === 'approve') {
    if (by.id === disposal.drawnById) throw problem(samePerson);
    if (disposal.cutOff > localDate(tx.now)) throw problem(cutOffAhead);
    enqueue(tx, carryOut, { id: disposal.id }, { key: `files.dispose/${disposal.id}` });
  }
  const state = ({ approve: 'running', refuse: 'refused', cancel: 'cancelled' } as const)[input.to];
  await markDecided(tx, disposal.id, state, by, input.decision);
  publish(tx, disposalDecided, {
    subject: { kind: 'disposal', id: disposal.id },
    payload: { number: disposal.number, state, decision: input.decision },
  });
}

/** Starts a job again whose tries are used up: it goes on where it stood. @throws forbidden, notFound, disposalNotWaiting */
export async function resumeDisposal(tx: Tx, actor: Actor, id: string): Promise<void> {
  demandEverywhere(actor, manageFiles);
  const disposal = await lockDisposal(tx, id);
  if (!disposal) throw problem(notFound);
  if (disposal.state === 'drawing') enqueue(tx, drawList, { id }, { key: `files.draw/${id}` });
  else if (disposal.state === 'running') enqueue(tx, carryOut, { id }, { key: `files.dispose/${id}` });
  else throw problem(disposalNotWaiting);
}

/** Erases what was approved, a hundred files in a transaction, each with its certificate. After a crash it goes on with what is still due. */
export const carryOut = defineJob<{ id: string }>('files.carry-out-disposal', {
  run: (context, { id }) =>
    noting(context, id, async () => {
      while (await carryOutBatch(context, id));
    }),
});

async function carryOutBatch(context: JobContext, id: string): Promise<boolean> {
  return asJob(context, 'files.carry-out-disposal', async (tx) => {
    const disposal = await lockDisposal(tx, id);
    if (disposal?.state !== 'running') return false;
    const items = await lockDueItems(tx, id, BATCH.files);
    if (items.length === 0) {
      await finish(tx, disposal);
      return false;
    }
    await settleItems(tx, id, await settleBatch(tx, disposal, items));
    return true;
  });
}

async function finish(tx: Tx, disposal: Disposal): Promise<void> {
  await markDone(tx, disposal.id);
  const erased = (await sumItems(tx, disposal.id)).filter((sum) => sum.state === 'erased');
  publish(tx, disposalDone, {
    subject: { kind: 'disposal', id: disposal.id },
    payload: {
      number: disposal.number,
      erased: erased.reduce((sum, each) => sum + each.files, 0),
      bytes: erased.reduce((sum, each) => sum + each.bytes, 0),
    },
  });
  await tell(tx, { what: 'done', id: disposal.id, number: disposal.number });
}

/** Asks everything again: holds, whether the event still holds, whether something else names the file. Only then the file is erased. */
async function settleBatch(tx: Tx, disposal: Disposal, items: readonly DueItem[]): Promise<Settled[]> {
  const held = await heldOwners(tx, [...new Set(items.map((item) => item.ownerId))]);
  const named = await namedElsewhere(tx, items);
  const ended = new Map<string, Set<string>>();
  for (const source of retentionClasses()) {
    const own = items.filter((item) => item.class === source.key);
    const [first] = own;
    if (!first) continue;
    const ids = [...new Set(own.map((item) => item.ownerId))];
    ended.set(source.key, await source.stillEnded(tx, ids, eventBefore(disposal.cutOff, first.keepDays)));
  }
  const settled: Settled[] = [];
  for (const item of items) {
    const state = held.has(`${item.ownerKind}/${item.ownerId}`)
      ? 'held'
      : named.has(item.fileId)
        ? 'needed'
        : ended.get(item.class)?.has(item.ownerId)
          ? null
          : 'stays';
    settled.push(
      state
        ? { fileId: item.fileId, state, erasureId: null }
        : await eraseItem(tx, item, `${disposal.number} (${disposal.decision ?? ''}): ${item.basis}`.slice(0, 500)),
    );
  }
  return settled;
}

async function eraseItem(tx: Tx, { fileId }: DueItem, basis: string): Promise<Settled> {
  try {
    return { fileId, state: 'erased', erasureId: await eraseOwnFile(tx, fileId, basis) };
  } catch (error) {
    if (!isProblem(error, fileMissing)) throw error;
    return { fileId, state: 'gone', erasureId: null }; // erased or removed since the list was drawn up
  }
}
