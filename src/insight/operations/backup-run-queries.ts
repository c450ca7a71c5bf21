import { statement, type Reader, type Tx } from '../../platform/database.ts';

export type RunKind = 'daily' | 'base' | 'copy' | 'drill' | 'base-drill';
export type RunOutcome = 'running' | 'done' | 'failed';
/** What a run found: counts, and the reason when it failed. */
export type RunFacts = Record<string, string | number>;

export interface BackupRun {
  id: string;
  kind: RunKind;
  name: string;
  startedAt: Date;
  endedAt: Date | null;
  outcome: RunOutcome;
  facts: RunFacts;
}

const COLUMNS = `id, kind, name, started_at as "startedAt", ended_at as "endedAt", outcome, facts`;

const insert = statement(
  'operations.insert_run',
  `insert into operations.backup_run (id, kind, name, started_at, ended_at, outcome, facts) values ($1, $2, $3, $4, null, 'running', '{}')`,
);
const end = statement(
  'operations.end_run',
  `update operations.backup_run set ended_at = $2, outcome = $3, name = $4, facts = $5::jsonb where id = $1`,
);
const interrupt = statement(
  'operations.interrupt_runs',
  `update operations.backup_run set ended_at = $2, outcome = 'failed', facts = '{"reason": "interrupted"}' where kind = $1 and outcome = 'running'`,
);
const list = statement(
  'operations.list_runs',
  `select ${COLUMNS} from operations.backup_run
   where ($1::text is null or kind = $1) and ($2::timestamptz is null or (started_at, id) < ($2, $3::uuid))
   order by started_at desc, id desc limit $4`,
);
const last = statement(
  'operations.list_last_runs',
  `select distinct on (kind, outcome) ${COLUMNS} from operations.backup_run where outcome <> 'running' order by kind, outcome, started_at desc`,
);
const archiver = statement(
  'operations.find_archiver',
  `select current_setting('archive_mode') <> 'off' as "isOn", last_archived_wal as "lastSegment", last_archived_time as "lastArchivedAt",
     last_failed_wal as "lastFailedSegment", last_failed_time as "lastFailedAt", failed_count as "failures", pg_is_in_recovery() as "isStandby", now() as now
   from pg_stat_archiver`,
);

const timeline = statement(
  'operations.find_timeline',
  `select (select timeline_id from pg_control_checkpoint()) as timeline, (select system_identifier::text from pg_control_system()) as system`,
);

const lock = statement('operations.try_lock', `select pg_try_advisory_lock($1::bigint) as got`);

export interface ArchiverState {
  isOn: boolean;
  lastSegment: string | null;
  lastArchivedAt: Date | null;
  lastFailedSegment: string | null;
  lastFailedAt: Date | null;
  failures: number;
  isStandby: boolean;
  /** The server's own clock, which the other times are of. */
  now: Date;
}

export const insertRun = (tx: Tx, id: string, kind: RunKind, name: string): Promise<object[]> =>
  tx.run(insert, [id, kind, name, tx.now]);
export const endRun = (
  tx: Tx,
  id: string,
  ended: { outcome: RunOutcome; name: string; facts: RunFacts },
): Promise<object[]> => tx.run(end, [id, tx.now, ended.outcome, ended.name, JSON.stringify(ended.facts)]);
/** A run that another of its kind follows without having ended was broken off. */
export const interruptRuns = (tx: Tx, kind: RunKind): Promise<object[]> => tx.run(interrupt, [kind, tx.now]);
export const listRuns = (
  reader: Reader,
  kind: RunKind | null,
  before: { startedAt: Date; id: string } | null,
  limit: number,
): Promise<BackupRun[]> => reader.run(list, [kind, before?.startedAt ?? null, before?.id ?? null, limit]);
/** The newest run of each kind that was done, and the newest that failed. */
export const listLastRuns = (reader: Reader): Promise<BackupRun[]> => reader.run(last);
export async function findArchiver(reader: Reader): Promise<ArchiverState | null> {
  return (await reader.run<ArchiverState>(archiver))[0] ?? null;
}
/** The timeline the server is on, and which cluster it is. */
export async function findTimeline(reader: Reader): Promise<{ timeline: number; system: string } | undefined> {
  return (await reader.run<{ timeline: number; system: string }>(timeline))[0];
}
/** Takes a lock for as long as the connection lives. False when somebody has it. */
export async function tryLock(reader: Reader, key: number): Promise<boolean> {
  return (await reader.run<{ got: boolean }>(lock, [key]))[0]?.got === true;
}
