import { statement, type Reader, type Tx } from './database.ts';

/** One queued, running or failed background job. */
export interface JobRow {
  id: number;
  task: string;
  attempts: number;
  maxAttempts: number;
  runAt: Date;
  createdAt: Date;
  lockedAt: Date | null;
  lockedBy: string | null;
  lastError: string | null;
}
export type JobState = 'failing' | 'dead' | 'running' | 'waiting';

const CONDITION: Record<JobState, string> = {
  failing: 'j.last_error is not null and j.attempts < j.max_attempts',
  dead: 'j.attempts >= j.max_attempts and j.locked_at is null',
  running: 'j.locked_at is not null',
  waiting: 'j.last_error is null and j.locked_at is null and j.attempts < j.max_attempts',
};

const listBy = Object.fromEntries(
  (Object.keys(CONDITION) as JobState[]).map((state) => [
    state,
    statement(
      `platform.list_jobs_${state}`,
      `select j.id, t.identifier as task, j.attempts, j.max_attempts as "maxAttempts", j.run_at as "runAt", j.created_at as "createdAt",
         j.locked_at as "lockedAt", j.locked_by as "lockedBy", j.last_error as "lastError"
       from graphile_worker._private_jobs j join graphile_worker._private_tasks t on t.id = j.task_id
       where ${CONDITION[state]} and j.id < $1 and ($2::text is null or t.identifier = $2) order by j.id desc limit $3`,
    ),
  ]),
) as Record<JobState, ReturnType<typeof statement>>;

export const listJobs = (
  reader: Reader,
  state: JobState,
  task: string | null,
  beforeId: number | null,
  limit: number,
): Promise<JobRow[]> => reader.run<JobRow>(listBy[state], [beforeId ?? Number.MAX_SAFE_INTEGER, task, limit]);

const counts = statement(
  'platform.count_jobs',
  `select ${(Object.keys(CONDITION) as JobState[]).map((s) => `(select count(*)::int from (select from graphile_worker._private_jobs j where ${CONDITION[s]} limit 10000) as x) as ${s}`).join(', ')}`,
);

/** How many jobs are in each state, counted to at most 10,000. */
export async function countJobs(reader: Reader): Promise<Record<JobState, number>> {
  const [row] = await reader.run<Record<JobState, number>>(counts);
  return row ?? { failing: 0, dead: 0, running: 0, waiting: 0 };
}

const retry = statement(
  'platform.retry_jobs',
  `select id from graphile_worker.reschedule_jobs($1::bigint[], run_at := now(), attempts := 0)`,
);
const drop = statement('platform.drop_jobs', `select id from graphile_worker.complete_jobs($1::bigint[])`);

/** Runs jobs again from their first attempt, now. Returns how many could be (those under way cannot). */
export const retryJobs = async (tx: Tx, ids: readonly number[]): Promise<number> => (await tx.run(retry, [ids])).length;
/** Takes jobs out of the queue for good. */
export const dropJobs = async (tx: Tx, ids: readonly number[]): Promise<number> => (await tx.run(drop, [ids])).length;
