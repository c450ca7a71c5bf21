import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { checkCheckpoints, checkStoredCheckpoints } from './check-checkpoints.ts';
import { checkEntries, checkLevels, MAX_FINDINGS } from './check-entries.ts';
import {
  findLastCheckRun,
  finishCheckRun,
  insertCheckRun,
  insertFindings,
  markFindingsGone,
  type CheckReason,
} from './check-queries.ts';
import { recordBent } from './ledger-events.ts';
import { findingCount } from './ledger-metrics.ts';
import type { Finding } from './finding.ts';
import { getHead } from './ledger-queries.ts';
import { sealedStates } from './sealed-state.ts';

/** Leaves and subjects that one check compares at most; what is left is for the next, so that all of it is looked at again and again. */
const MAX_LEAVES = 2_000_000;
const MAX_SUBJECTS = 500_000;
/** The newest leaves are compared at every check, wherever the rest stands. */
const NEWEST = 200_000;
const SUBJECTS = 500;

export interface CheckLimits {
  leaves?: number;
  subjects?: number;
}
export interface CheckOutcome {
  findings: Finding[];
  /** Kinds of those that were not known before. */
  fresh: string[];
  leaves: number;
  subjects: number;
  size: number;
}

type Context = Pick<AppContext, 'db' | 'clock' | 'config' | 'log'>;

/**
 * Checks the record: the signed checkpoints, the tree, the events behind it, and the state of what they are about. What is found is kept, logged, published
 * as an event and told to administrators, each thing once.
 * @returns null when another process is checking
 */
export async function runCheck(
  context: Context,
  reason: CheckReason,
  limits: CheckLimits = {},
): Promise<CheckOutcome | null> {
  const client = await context.db.connect();
  try {
    const { rows } = await client.query<{ claimed: boolean }>('select pg_try_advisory_lock(7364322) as claimed');
    if (!rows[0]?.claimed) return null;
    try {
      return await checkAll(context, reason, limits);
    } finally {
      await client.query('select pg_advisory_unlock(7364322)');
    }
  } finally {
    client.release();
  }
}

async function checkAll(context: Context, reason: CheckReason, limits: CheckLimits): Promise<CheckOutcome> {
  const { db, clock } = context;
  const before = await findLastCheckRun(db.reader);
  const { size } = await getHead(db.reader);
  const maxLeaves = limits.leaves ?? MAX_LEAVES;
  const fromLeaf = size <= maxLeaves || !before || before.toLeaf >= size - NEWEST ? 0 : before.toLeaf;
  const id = newId();
  await inTransaction(db, { actor: systemActor('ledger'), clock }, (tx) =>
    insertCheckRun(tx, { id, reason, size, fromLeaf }),
  );
  const seen: Seen = { findings: [], toLeaf: fromLeaf, leaves: 0, subjects: 0, next: {} };
  let failure: string | null = null;
  try {
    seen.findings.push(
      ...(await checkCheckpoints(context)),
      ...(await checkStoredCheckpoints(db.reader, fromLeaf)),
      ...(await checkLevels(db)),
    );
    await walk(context, seen, fromLeaf, Math.min(size, fromLeaf + maxLeaves));
    if (seen.toLeaf < size - NEWEST) await walk(context, { ...seen, toLeaf: 0 }, size - NEWEST, size);
    await compareSubjects(context, seen, before?.nextSubjects ?? {}, limits.subjects ?? MAX_SUBJECTS);
  } catch (error) {
    failure = error instanceof Error ? error.message : String(error);
    context.log.error({ err: error }, 'the check of the ledger broke off');
  }
  const hasAll = fromLeaf === 0 && seen.toLeaf >= size && Object.keys(seen.next).length === 0;
  const isWhole = failure === null && hasAll && seen.findings.length < MAX_FINDINGS;
  const fresh = await keep(context, seen.findings, isWhole, {
    id,
    toLeaf: seen.toLeaf,
    subjects: seen.subjects,
    findings: seen.findings.length,
    nextSubjects: seen.next,
    failure,
  });
  return { findings: seen.findings, fresh, leaves: seen.leaves, subjects: seen.subjects, size };
}

/** The quick part of a check, before the program is ready: the stored log against what was signed over it. */
export const checkAtStart = async (context: Context): Promise<void> =>
  reportFindings(context, await checkCheckpoints(context));

/** Keeps what was found outside of a check, at once. */
export async function reportFindings(context: Context, findings: readonly Finding[]): Promise<void> {
  if (findings.length === 0) return;
  const fresh = await inTransaction(context.db, { actor: systemActor('ledger'), clock: context.clock }, (tx) =>
    recordFindings(tx, findings, null),
  );
  if (fresh.length > 0) context.log.error({ findings }, 'the record is not as it was signed');
}

async function recordFindings(tx: Tx, findings: readonly Finding[], checkId: string | null): Promise<string[]> {
  const kinds = findings.length > 0 ? await insertFindings(tx, findings) : [];
  if (kinds.length > 0)
    publish(tx, recordBent, {
      subject: { kind: 'ledger', id: 'record' },
      payload: { checkId, findings: kinds.length, kinds: [...new Set(kinds)] },
    });
  return kinds;
}

interface Seen {
  findings: Finding[];
  toLeaf: number;
  leaves: number;
  subjects: number;
  next: Record<string, string>;
}

async function walk({ db }: Context, seen: Seen, from: number, to: number): Promise<void> {
  for await (const part of checkEntries(db, from, to)) {
    seen.findings.push(...part.findings);
    seen.leaves += part.toLeaf - Math.max(seen.toLeaf, from);
    seen.toLeaf = part.toLeaf;
    if (seen.findings.length >= MAX_FINDINGS) return;
  }
}

async function compareSubjects(
  { db }: Context,
  seen: Seen,
  from: Record<string, string>,
  limit: number,
): Promise<void> {
  for (const state of sealedStates()) {
    let after: string | null = from[state.kind] ?? null;
    for (let left = limit; left > 0 && seen.findings.length < MAX_FINDINGS;) {
      const part = await state.compare(db.reader, after, Math.min(SUBJECTS, left));
      seen.subjects += part.checked;
      left -= part.checked;
      for (const { id, label, column, recorded, found } of part.differences)
        seen.findings.push({
          kind: 'subject-changed',
          place: column,
          subject: { kind: state.kind, id, label },
          column,
          recorded,
          found,
        });
      for (const { id, label } of part.unrecorded)
        seen.findings.push({
          kind: 'subject-unrecorded',
          place: `${state.kind} ${id}`,
          subject: { kind: state.kind, id, label },
        });
      after = part.next;
      if (after === null) break;
    }
    if (after !== null) seen.next[state.kind] = after;
  }
}

async function keep(
  { db, clock, log }: Context,
  findings: readonly Finding[],
  isWhole: boolean,
  run: Parameters<typeof finishCheckRun>[1],
): Promise<string[]> {
  const fresh = await inTransaction(db, { actor: systemActor('ledger'), clock }, async (tx) => {
    const kinds = await recordFindings(tx, findings, run.id);
    if (isWhole) await markFindingsGone(tx);
    await finishCheckRun(tx, run);
    return kinds;
  });
  findingCount.set(findings.length);
  if (fresh.length > 0)
    log.error({ findings: findings.slice(0, 20), count: findings.length }, 'the record is not as it was sealed');
  return fresh;
}
