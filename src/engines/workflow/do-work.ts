import { can, reachOf, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Database, Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { forbidden, isProblem, problem, type Problem } from '../../platform/problems.ts';
import { actedPosts, listPostsByIds } from '../../foundation/organisations/index.ts';
import { plainValue, type Value } from '../decisions/index.ts';
import { advance, advanceAlone, type AdvanceContext, type Advanced } from './advance.ts';
import type { Command } from './state.ts';
import {
  assignRows,
  claimRow,
  findWork,
  replaceParts,
  type Part,
  type Work,
  type WorkReference,
} from './work-queries.ts';
import { workAssigned } from './workflow-events.ts';
import { assignWork, doWork } from './workflow-permissions.ts';
import { workNotFound, workOver, workTaken } from './workflow-problems.ts';

export const MAX_BULK = 200;

/** Posts at which the actor works today: their own, and those they act at for somebody. */
export async function postsAt(reader: Reader, actor: Actor, now: Date): Promise<string[]> {
  const own = actor.postId ? [actor.postId] : [];
  if (actor.kind !== 'official' || actor.id === null) return own;
  const acted = await actedPosts(reader, actor.id, localDate(now));
  return [...new Set([...own, ...acted.map(({ postId }) => postId)])];
}

/**
 * The open task, when the actor may do it: it is theirs (or of a post they act at), or it is nobody's and they may do the work of its unit.
 * @throws workNotFound (also to those who may not know of it), forbidden when somebody else has it, workOver
 */
async function ownWork(reader: Reader, actor: Actor, reference: WorkReference, now: Date): Promise<Work> {
  const work = await findWork(reader, reference);
  if (!work || !(await mayKnow(reader, actor, work, now))) throw problem(workNotFound);
  if (work.status !== 'open') throw problem(workOver, { status: work.status });
  const isTheirs = work.postId !== null && (await postsAt(reader, actor, now)).includes(work.postId);
  const isFree = work.postId === null && !work.headAssigns && can(actor, doWork, { unitId: work.unitId });
  if (!isTheirs && !isFree) throw problem(forbidden, { permission: doWork.name });
  return work;
}

async function mayKnow(reader: Reader, actor: Actor, work: Work, now: Date): Promise<boolean> {
  if (can(actor, doWork, { unitId: work.unitId }) || can(actor, assignWork, { unitId: work.unitId })) return true;
  return work.postId !== null && (await postsAt(reader, actor, now)).includes(work.postId);
}

export interface WorkInput extends WorkReference {
  /** The caller's key: the same again is the same once. */
  readonly key: string;
  readonly variables?: Readonly<Record<string, unknown>>;
}

const commandOf = ({ token, key, variables = {} }: WorkInput): Command => ({
  id: `work:${token}:${key}`,
  kind: 'complete',
  token,
  variables: plainValue(variables) as Record<string, Value>,
});

/**
 * Ends a task within the caller's transaction, and moves its process on.
 * @throws workNotFound, forbidden, workOver (unless this very key did it); RangeError when a variable is no data
 */
export async function completeWork(tx: Tx, actor: Actor, input: WorkInput): Promise<Advanced> {
  await ownWork(tx, actor, input, tx.now);
  const done = await advance(tx, input.instanceId, commandOf(input));
  if (!done.isApplied && !done.state.commands.includes(commandOf(input).id)) throw problem(workOver);
  return done;
}

/** As `completeWork`, in a transaction of its own and few round trips: for pages and machines that do nothing else. */
export async function completeWorkAlone(
  db: Database,
  context: AdvanceContext,
  actor: Actor,
  input: WorkInput,
): Promise<Advanced> {
  await ownWork(db.reader, actor, input, context.clock.now());
  const done = await advanceAlone(db, context, input.instanceId, commandOf(input));
  if (!done.isApplied && !done.state.commands.includes(commandOf(input).id)) throw problem(workOver);
  return done;
}

export interface BulkAnswer {
  readonly done: readonly WorkReference[];
  readonly refused: readonly (WorkReference & { readonly code: string })[];
}

/** Ends several tasks, each by itself: what is refused is told, and stops none of the others. At most 200. */
export async function completeMany(
  db: Database,
  context: AdvanceContext,
  actor: Actor,
  inputs: readonly WorkInput[],
): Promise<BulkAnswer> {
  if (inputs.length > MAX_BULK) throw new RangeError(`At most ${MAX_BULK} at a time`);
  const done: WorkReference[] = [];
  const refused: (WorkReference & { code: string })[] = [];
  for (const input of inputs) {
    const reference = { instanceId: input.instanceId, token: input.token };
    try {
      await completeWorkAlone(db, context, actor, input);
      done.push(reference);
    } catch (error) {
      if (!isProblem(error)) throw error;
      refused.push({ ...reference, code: (error as Problem).definition.code });
    }
  }
  return { done, refused };
}

/**
 * Takes a free task for one's own post.
 * @throws workNotFound, workOver, forbidden; workTaken when somebody has it, or its head is to assign it
 */
export async function claimWork(tx: Tx, actor: Actor, reference: WorkReference): Promise<void> {
  const work = await findWork(tx, reference);
  if (!work || !(await mayKnow(tx, actor, work, tx.now))) throw problem(workNotFound);
  if (work.status !== 'open') throw problem(workOver, { status: work.status });
  if (!actor.postId || !can(actor, doWork, { unitId: work.unitId }))
    throw problem(forbidden, { permission: doWork.name });
  if (!(await claimRow(tx, reference, actor.postId))) throw problem(workTaken);
  tell(tx, work.unitId, [reference], actor.postId, 'claimed');
}

/** Gives a task of one's own back to its unit. @throws workNotFound, workOver, forbidden */
export async function releaseWork(tx: Tx, actor: Actor, reference: WorkReference): Promise<void> {
  const work = await ownWork(tx, actor, reference, tx.now);
  await assignRows(tx, [reference], null, 'all');
  tell(tx, work.unitId, [reference], null, 'released');
}

/**
 * A head gives open work of their units to a post (null: back to the unit), whoever has it now; it does not come back to them. Work outside of what they
 * may assign, or over, is left alone and told.
 * @throws forbidden when the actor may assign nothing; workNotFound when the post is no post
 */
export async function assignMany(
  tx: Tx,
  actor: Actor,
  work: readonly WorkReference[],
  postId: string | null,
): Promise<BulkAnswer> {
  if (work.length > MAX_BULK) throw new RangeError(`At most ${MAX_BULK} at a time`);
  const reach = reachOf(actor, assignWork);
  if (!can(actor, assignWork)) throw problem(forbidden, { permission: assignWork.name });
  if (postId !== null && (await listPostsByIds(tx, [postId])).length === 0) throw problem(workNotFound);
  const done = await assignRows(tx, work, postId, reach);
  const isDone = (each: WorkReference) => done.some((d) => d.instanceId === each.instanceId && d.token === each.token);
  if (done.length > 0) tell(tx, null, done, postId, 'assigned');
  return { done, refused: work.filter((each) => !isDone(each)).map((each) => ({ ...each, code: workOver.code })) };
}

/** Says who co-operates in a task and who follows it, beside the one who does it. @throws workNotFound, forbidden */
export async function setParts(
  tx: Tx,
  actor: Actor,
  reference: WorkReference,
  rows: readonly { postId: string; part: Part }[],
): Promise<void> {
  const work = await findWork(tx, reference);
  if (!work || !(await mayKnow(tx, actor, work, tx.now))) throw problem(workNotFound);
  if (!can(actor, assignWork, { unitId: work.unitId })) throw problem(forbidden, { permission: assignWork.name });
  if (rows.length > MAX_BULK) throw new RangeError(`At most ${MAX_BULK} at a time`);
  await replaceParts(tx, reference, rows);
  tell(tx, work.unitId, [reference], work.postId, 'parts');
}

const tell = (
  tx: Tx,
  unitId: string | null,
  work: readonly WorkReference[],
  postId: string | null,
  how: 'claimed' | 'released' | 'assigned' | 'parts',
): void =>
  publish(tx, workAssigned, {
    subject: { kind: 'process', id: work[0]?.instanceId ?? '' },
    unitId,
    payload: { work, postId, how },
  });
