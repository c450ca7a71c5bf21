import type { ActorReference, Database, Reader, Tx } from '../../platform/database.ts';
import type { Clock } from '../../platform/clock.ts';
import { localDate } from '../../platform/clock.ts';
import { newId } from '../../platform/ids.ts';
import { problem, staleVersion } from '../../platform/problems.ts';
import { inOneStatement, inTransaction } from '../../platform/transaction.ts';
import { addWorkingHours, calendarOfUnit } from '../calendar/index.ts';
import { plainValue, type Value } from '../decisions/index.ts';
import type { Definition } from './definition.ts';
import { contentOf, findValidProcess } from './definition-queries.ts';
import {
  findInstance,
  insertInstance,
  lockInstance,
  saveStep,
  type Instance,
  type Places,
} from './instance-queries.ts';
import { step } from './interpreter.ts';
import { newState, type Command, type State, type StepResult } from './state.ts';
import { hoursNeeded, rowsOf, type DueDates } from './step-rows.ts';
import { processNotFound } from './workflow-problems.ts';

/** What came of a command: applied, or not, because it had been taken or nothing waits for it. */
export interface Advanced {
  readonly isApplied: boolean;
  readonly state: State;
}

const NO_DATES: DueDates = new Map();
/** How often somebody else may be faster before a caller is told so. */
const MAX_RACES = 20;

async function dueDates(tx: Tx, needed: readonly { unitId: string; hours: number }[]): Promise<DueDates> {
  const dates = new Map<string, Date>();
  for (const { unitId, hours } of needed) {
    const key = `${unitId}/${hours}`;
    if (!dates.has(key)) dates.set(key, addWorkingHours(await calendarOfUnit(tx, unitId), tx.now, hours));
  }
  return dates;
}

async function definitionOf(reader: Reader, id: string): Promise<Definition> {
  const definition = await contentOf(reader, id);
  if (!definition) throw problem(processNotFound);
  return definition;
}

/**
 * Does a command to an instance within the caller's transaction: what the caller writes and the step stand or fall together. The instance is locked until then.
 * @throws processNotFound
 */
export async function advance(
  tx: Tx,
  instanceId: string,
  command: Command,
  doneErrand: string | null = null,
): Promise<Advanced> {
  const instance = await lockInstance(tx, instanceId);
  if (!instance) throw problem(processNotFound);
  const definition = await definitionOf(tx, instance.definitionId);
  const result = step(definition, instance.state, command, tx.now);
  if (!result.isApplied) return { isApplied: false, state: instance.state };
  const due = await dueDates(tx, hoursNeeded(definition, instance, instance.state, result.state));
  const rows = rowsOf(definition, instance, instance.state, result, due, doneErrand);
  // It is locked: nobody else can have moved it.
  if (!(await saveStep(tx, instance, result.state, rows))) throw problem(staleVersion);
  return { isApplied: true, state: result.state };
}

export interface AdvanceContext {
  readonly actor: ActorReference;
  readonly clock: Clock;
  readonly requestId?: string;
}

/**
 * The same as a transaction of its own in two round trips: one read, and one statement that writes the step, its event included, if nobody was faster; else it is worked out
 * again on what they left. For what comes often: tasks done, timers, messages.
 * @throws processNotFound; staleVersion when others were faster all the time
 */
export async function advanceAlone(
  db: Database,
  context: AdvanceContext,
  instanceId: string,
  command: Command,
  doneErrand: string | null = null,
): Promise<Advanced> {
  for (let race = 0; race < MAX_RACES; race++) {
    const instance = await findInstance(db.reader, instanceId);
    if (!instance) throw problem(processNotFound);
    const definition = await definitionOf(db.reader, instance.definitionId);
    const result = step(definition, instance.state, command, context.clock.now());
    if (!result.isApplied) return { isApplied: false, state: instance.state };
    if (hoursNeeded(definition, instance, instance.state, result.state).length > 0)
      return inTransaction(db, context, (tx) => advance(tx, instanceId, command, doneErrand));
    if (await saveAlone(db, context, definition, instance, result, doneErrand))
      return { isApplied: true, state: result.state };
  }
  throw problem(staleVersion);
}

const saveAlone = (
  db: Database,
  context: AdvanceContext,
  definition: Definition,
  instance: Instance,
  result: StepResult,
  doneErrand: string | null,
): Promise<boolean> =>
  inOneStatement(db, context, (tx) =>
    saveStep(tx, instance, result.state, rowsOf(definition, instance, instance.state, result, NO_DATES, doneErrand)),
  );

export interface NewProcess {
  /** The caller's id makes a second start of the same thing the first one. */
  readonly id?: string;
  readonly key: string;
  readonly subject: { readonly kind: string; readonly id: string };
  readonly places: Partial<Places>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly parent?: { readonly id: string; readonly token: number };
}

/** Everything of a start that is not yet written. */
async function prepareStart(reader: Reader, input: NewProcess, now: Date) {
  const published = await findValidProcess(reader, input.key, localDate(now));
  if (!published) throw problem(processNotFound, { key: input.key });
  const definition = await definitionOf(reader, published.id);
  const id = input.id ?? newId();
  const places: Places = { competentUnitId: null, receivingUnitId: null, divisions: {}, posts: {}, ...input.places };
  const instance = {
    id,
    definitionId: published.id,
    subject: input.subject,
    unitId: places.competentUnitId,
    places,
    parentId: input.parent?.id ?? null,
    parentToken: input.parent?.token ?? null,
  };
  const before = newState();
  const variables = plainValue(input.variables) as Record<string, Value>;
  const result = step(definition, before, { id: `start:${id}`, kind: 'start', variables }, now);
  return { definition, instance, before, result, needed: hoursNeeded(definition, instance, before, result.state) };
}

export interface Started {
  readonly id: string;
  readonly isNew: boolean;
  readonly state: State;
}

/**
 * Starts the version of a process that is valid today, and runs it to where it first waits, within the caller's transaction.
 * @throws processNotFound when none is valid; RangeError when a variable is no data
 */
export async function startProcess(tx: Tx, input: NewProcess, doneErrand: string | null = null): Promise<Started> {
  const { definition, instance, before, result, needed } = await prepareStart(tx, input, tx.now);
  const due = await dueDates(tx, needed);
  const isNew = await insertInstance(
    tx,
    instance,
    result.state,
    rowsOf(definition, instance, before, result, due, doneErrand),
  );
  const { id } = instance;
  return { id, isNew, state: isNew ? result.state : (await findInstance(tx, id))!.state };
}

/** As `startProcess`, as a transaction of its own in two round trips. @throws as that */
export async function startAlone(db: Database, context: AdvanceContext, input: NewProcess): Promise<Started> {
  const { definition, instance, before, result, needed } = await prepareStart(db.reader, input, context.clock.now());
  if (needed.length > 0) return inTransaction(db, context, (tx) => startProcess(tx, { ...input, id: instance.id }));
  const rows = rowsOf(definition, instance, before, result, NO_DATES);
  const isNew = await inOneStatement(db, context, (tx) => insertInstance(tx, instance, result.state, rows));
  const { id } = instance;
  return { id, isNew, state: isNew ? result.state : (await findInstance(db.reader, id))!.state };
}
