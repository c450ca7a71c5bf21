import type { Database, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import type { JobContext } from '../../platform/jobs.ts';
import { isProblem } from '../../platform/problems.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { plainValue, type Value } from '../decisions/index.ts';
import { advanceAlone, startProcess, type AdvanceContext } from './advance.ts';
import {
  dropStaleTimer,
  finishErrand,
  listDueTimers,
  listReceivers,
  putOffErrand,
  takeErrands,
  type Errand,
} from './errand-queries.ts';
import { findInstance } from './instance-queries.ts';
import { workFallsDue } from './workflow-events.ts';
import { claimFallingDue } from './work-queries.ts';

/** What a service task is given. `key` is the same when it is asked again after a crash: pass it on to whoever must not do it twice. */
export interface ServiceRequest {
  readonly key: string;
  readonly instanceId: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly variables: Readonly<Record<string, unknown>>;
}
/** Answers with the variables it found; throws `ProcessError` for an error of the process, anything else is tried again later. */
export type Service = (context: JobContext, request: ServiceRequest) => Promise<Readonly<Record<string, unknown>>>;

/** An error that the drawing may catch at the boundary of the service task, by its code. */
export class ProcessError extends Error {
  readonly code: string;
  constructor(code: string) {
    super(`The process's error ${code}`);
    this.code = code;
  }
}

const services = new Map<string, Service>();
/** Says who does what service tasks of a name ask for. For other modules, at their start. */
export const provideService = (name: string, service: Service): void => void services.set(name, service);

const BATCH = 50;
/** Errands that one worker does side by side; each is held for 30 s, so that those of a dead worker are soon free again. */
const AT_ONCE = 10;
const MAX_RECEIVERS = 1_000;
/** After so many tries it waits for a day between two, with its fault kept. */
const PATIENT_TRIES = 8;

const contextOf = ({ clock, requestId }: JobContext): AdvanceContext => ({
  actor: systemActor('workflow'),
  clock,
  requestId,
});
const write = <R>(context: JobContext, work: (tx: Tx) => Promise<R>): Promise<R> =>
  inTransaction(context.db, contextOf(context), work);

/**
 * Does what steps have asked for, some at a time. Each errand leaves with the very statement that writes its outcome, so a worker that dies in between repeats nothing but a
 * service that had been asked and not yet answered: with the same key. Returns how many there were.
 */
export async function runErrands(context: JobContext): Promise<number> {
  const errands = await write(context, (tx) => takeErrands(tx, AT_ONCE));
  await Promise.all(errands.map((errand) => runOne(context, errand)));
  return errands.length;
}

async function runOne(context: JobContext, errand: Errand): Promise<void> {
  try {
    await run(context, errand);
  } catch (error) {
    const wait = errand.tries >= PATIENT_TRIES ? 86_400_000 : 1_000 * 2 ** errand.tries;
    await write(context, (tx) =>
      putOffErrand(tx, errand.id, new Date(tx.now.getTime() + wait), (error as Error).message.slice(0, 500)),
    );
    context.log.warn(
      { errand: errand.id, kind: errand.kind, name: errand.name, tries: errand.tries },
      'an errand of a process failed',
    );
  }
}

const data = (value: unknown): Record<string, Value> => plainValue(value ?? {}) as Record<string, Value>;

function run(context: JobContext, errand: Errand): Promise<void> {
  switch (errand.kind) {
    case 'service':
      return askService(context, errand);
    case 'call':
      return call(context, errand);
    case 'answer':
      return answer(context, errand);
    case 'message':
      return deliver(context, errand);
    case 'signal':
      return broadcast(context, errand);
  }
}

/** Does a command that ends the errand with it; where nothing waits any more, the errand ends all the same. */
async function conclude(
  context: JobContext,
  errand: Errand,
  command: Parameters<typeof advanceAlone>[3],
): Promise<void> {
  const { isApplied } = await advanceAlone(context.db, contextOf(context), errand.instanceId, command, errand.id);
  if (!isApplied) await write(context, (tx) => finishErrand(tx, errand.id));
}

async function askService(context: JobContext, errand: Errand): Promise<void> {
  const service = services.get(errand.name);
  if (!service) throw new Error(`Nobody provides ${errand.name}`);
  const instance = await findInstance(context.db.reader, errand.instanceId);
  const token = errand.token!;
  const id = `errand:${errand.id}`;
  try {
    const found = await service(context, {
      key: errand.id,
      instanceId: errand.instanceId,
      subject: instance!.subject,
      variables: (errand.payload['variables'] ?? {}) as Record<string, unknown>,
    });
    await conclude(context, errand, { id, kind: 'complete', token, variables: data(found) });
  } catch (error) {
    if (!(error instanceof ProcessError)) throw error;
    await conclude(context, errand, { id, kind: 'fail', token, code: error.code });
  }
}

/** A called process has the id of its errand: called twice it is there already. */
async function call(context: JobContext, errand: Errand): Promise<void> {
  await write(context, async (tx) => {
    const parent = await findInstance(tx, errand.instanceId);
    const { isNew } = await startProcess(
      tx,
      {
        id: errand.id,
        key: errand.name,
        subject: parent!.subject,
        places: parent!.places,
        variables: data(errand.payload['variables']),
        parent: { id: errand.instanceId, token: errand.token! },
      },
      errand.id,
    );
    if (!isNew) await finishErrand(tx, errand.id);
  });
}

const answer = (context: JobContext, errand: Errand): Promise<void> => {
  const common = { id: `errand:${errand.id}`, token: errand.token! };
  if (errand.name === 'completed')
    return conclude(context, errand, { ...common, kind: 'complete', variables: data(errand.payload['variables']) });
  const code = errand.payload['error'];
  return conclude(context, errand, { ...common, kind: 'fail', code: typeof code === 'string' ? code : errand.name });
};

/** A message goes to one process that waits for its name and key. Nobody yet: it is tried again for some time, for the other may be late. */
async function deliver(context: JobContext, errand: Errand): Promise<void> {
  const key = errand.payload['key'];
  const command = {
    id: `errand:${errand.id}`,
    kind: 'message',
    name: errand.name,
    key: typeof key === 'string' ? key : null,
    variables: data(errand.payload['variables']),
  } as const;
  for (const instanceId of await listReceivers(context.db.reader, 'message', command.name, command.key, BATCH)) {
    const { isApplied } = await advanceAlone(context.db, contextOf(context), instanceId, command, errand.id);
    if (isApplied) return;
  }
  throw new Error('Nobody waits for this message yet');
}

/** A signal reaches everybody who waits now; who got it before a crash does not get it twice, for its command has the errand's id. */
async function broadcast(context: JobContext, errand: Errand): Promise<void> {
  const command = { id: `errand:${errand.id}`, kind: 'signal', name: errand.name, variables: {} } as const;
  for (const instanceId of await listReceivers(context.db.reader, 'signal', errand.name, null, MAX_RECEIVERS))
    await advanceAlone(context.db, contextOf(context), instanceId, command);
  await write(context, (tx) => finishErrand(tx, errand.id));
}

/** A message from outside to one process that waits for it. False when none does. */
export async function sendMessage(
  db: Database,
  context: AdvanceContext,
  message: { id: string; name: string; key: string | null; variables: Readonly<Record<string, unknown>> },
): Promise<boolean> {
  const command = {
    id: `message:${message.id}`,
    kind: 'message',
    name: message.name,
    key: message.key,
    variables: data(message.variables),
  } as const;
  for (const instanceId of await listReceivers(db.reader, 'message', message.name, message.key, BATCH))
    if ((await advanceAlone(db, context, instanceId, command)).isApplied) return true;
  return false;
}

/** Fires the timers that are due. Two workers at once: the second finds that the process has moved on. Returns how many there were. */
export async function fireTimers(context: JobContext): Promise<number> {
  const due = await listDueTimers(context.db.reader, context.clock.now(), BATCH);
  for (const { instanceId, arm } of due)
    try {
      const { isApplied, state } = await advanceAlone(context.db, contextOf(context), instanceId, {
        id: `timer:${arm}`,
        kind: 'timer',
        arm,
      });
      if (!isApplied && !state.arms.some(({ id }) => id === arm))
        await write(context, (tx) => dropStaleTimer(tx, instanceId, arm));
    } catch (error) {
      if (!isProblem(error)) throw error;
      context.log.warn({ instanceId, arm, code: error.definition.code }, 'a timer of a process was not fired');
    }
  return due.length;
}

/** How long before it is due people are told of a task. */
export const WARN_BEFORE_MS = 4 * 3_600_000;

/** One event for each task that will soon be late, and one when it is: once each, whatever crashes. Returns how many. */
export const tellFallingDue = (context: JobContext): Promise<number> =>
  write(context, async (tx) => {
    const found = await claimFallingDue(tx, new Date(tx.now.getTime() + WARN_BEFORE_MS), BATCH);
    for (const work of found)
      publish(tx, workFallsDue, {
        subject: { kind: 'process', id: work.instanceId },
        unitId: work.unitId,
        payload: {
          instanceId: work.instanceId,
          token: work.token,
          node: work.node,
          postId: work.postId,
          dueAt: work.dueAt!.toISOString(),
          isLate: work.isLate,
        },
      });
    return found.length;
  });
