import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { StoredEvent } from './compare-bundle.ts';
import { EVENT_TEXT_SQL } from './event-record.ts';
import { keyOfFinding, type Finding, type FindingKind } from './finding.ts';
import type { IssuedCheckpoint } from './checkpoint-queries.ts';
import type { Bundle } from './ledger-queries.ts';

export type CheckReason = 'start' | 'hourly' | 'asked';
export interface CheckRun {
  id: string;
  reason: CheckReason;
  startedAt: Date;
  finishedAt: Date | null;
  size: number;
  fromLeaf: number;
  toLeaf: number;
  subjects: number;
  findings: number;
  nextSubjects: Record<string, string>;
  failure: string | null;
}
const RUN = `id, reason, started_at as "startedAt", finished_at as "finishedAt", size, from_leaf as "fromLeaf", to_leaf as "toLeaf", subjects, findings,
  next_subjects as "nextSubjects", failure`;
const listRunsSql = statement(
  'ledger.list_check_runs',
  `select ${RUN} from ledger.check_run order by started_at desc limit $1`,
);
const lastRun = statement(
  'ledger.find_last_check_run',
  `select ${RUN} from ledger.check_run where finished_at is not null and failure is null order by started_at desc limit 1`,
);
const beginRun = statement(
  'ledger.begin_check_run',
  `insert into ledger.check_run (id, reason, started_at, size, from_leaf, to_leaf, subjects, findings, next_subjects)
   values ($1, $2, $3, $4, $5, $5, 0, 0, '{}')`,
);
const endRun = statement(
  'ledger.end_check_run',
  `update ledger.check_run set finished_at = $2, to_leaf = $3, subjects = $4, findings = $5, next_subjects = $6::jsonb, failure = $7 where id = $1`,
);
const forgetRuns = statement(
  'ledger.forget_check_runs',
  `delete from ledger.check_run where started_at < $1::timestamptz - interval '400 days'`,
);

export const listCheckRuns = (reader: Reader, limit: number): Promise<CheckRun[]> =>
  reader.run<CheckRun>(listRunsSql, [limit]);
export const findLastCheckRun = async (reader: Reader): Promise<CheckRun | null> =>
  (await reader.run<CheckRun>(lastRun))[0] ?? null;
export const insertCheckRun = async (
  tx: Tx,
  run: Pick<CheckRun, 'id' | 'reason' | 'size' | 'fromLeaf'>,
): Promise<void> => void (await tx.run(beginRun, [run.id, run.reason, tx.now, run.size, run.fromLeaf]));
export const finishCheckRun = async (
  tx: Tx,
  run: Pick<CheckRun, 'id' | 'toLeaf' | 'subjects' | 'findings' | 'nextSubjects' | 'failure'>,
): Promise<void> => {
  const { id, toLeaf, subjects, findings, nextSubjects, failure } = run;
  await tx.run(endRun, [id, tx.now, toLeaf, subjects, findings, JSON.stringify(nextSubjects), failure]);
};
export const forgetCheckRuns = async (tx: Tx): Promise<void> => void (await tx.run(forgetRuns, [tx.now]));

const bundles = statement(
  'ledger.list_bundles',
  `select number, first_xid::text as "firstXid", first_event_id as "firstEventId", event_ids as "eventIds", entries, salts, sealed_at as "sealedAt"
   from ledger.bundle where number >= $1 and number < $2 order by number`,
);
export const listBundles = async (reader: Reader, from: number, to: number): Promise<Bundle[]> =>
  (await reader.run<Bundle>(bundles, [from, to])).map((row) => ({ ...row, eventIds: row.eventIds.map(Number) }));

const TEXT = `e.id, e.xid::text, ${EVENT_TEXT_SQL}, e.name, e.subject_kind as "subjectKind", e.subject_id as "subjectId"`;
/** An event with what a check of its subject needs. */
export interface CheckedEvent extends StoredEvent {
  name: string;
  subjectKind: string;
  subjectId: string;
}
const span = statement(
  'ledger.list_events_between',
  `select ${TEXT} from platform.event e where (e.xid, e.id) >= ($1::xid8, $2::bigint) and (e.xid, e.id) <= ($3::xid8, $4::bigint) order by e.xid, e.id limit $5`,
);
const sealed = statement(
  'ledger.list_sealed_ids',
  'select id from unnest($1::bigint[]) as id where exists (select from ledger.bundle where id = any(event_ids))',
);
/** Which of these events have an entry anywhere; reads every bundle, so ask only when something is wrong. */
export const listSealedIds = async (reader: Reader, ids: readonly number[]): Promise<Set<number>> =>
  new Set((await reader.run<{ id: number }>(sealed, [ids])).map((row) => row.id));
const nextBundle = statement(
  'ledger.find_next_bundle',
  `select number, first_xid::text as xid, first_event_id as id from ledger.bundle where number >= $1 order by number limit 1`,
);
/** Where the next bundle that is there begins; null when there is none. */
export const findNextPlace = async (reader: Reader, number: number): Promise<(Place & { number: number }) | null> =>
  (await reader.run<Place & { number: number }>(nextBundle, [number]))[0] ?? null;

const byIds = statement(
  'ledger.list_events_by_id',
  `select ${TEXT} from platform.event e where e.id = any($1::bigint[])`,
);

export interface Place {
  xid: string;
  id: number;
}
/** The events from one place in the order to another, both included. */
export const listEventsBetween = (reader: Reader, from: Place, to: Place, limit: number): Promise<CheckedEvent[]> =>
  reader.run<CheckedEvent>(span, [from.xid, from.id, to.xid, to.id, limit]);
export const listEventsById = (reader: Reader, ids: readonly number[]): Promise<CheckedEvent[]> =>
  reader.run<CheckedEvent>(byIds, [ids]);

const extraTiles = statement(
  'ledger.list_extra_tiles',
  `select level, number from ledger.tile
   where number > case when level > 7 then -1 else ceil($1::numeric / (256::numeric ^ (level + 1)))::bigint - 1 end
     or $1::numeric / (256::numeric ^ level) < 1 order by level, number limit 100`,
);
const extraBundles = statement(
  'ledger.list_extra_bundles',
  'select number from ledger.bundle where number > ceil($1::numeric / 256)::bigint - 1 order by number limit 100',
);
/** Tiles past the end of a tree of this size. */
export const listExtraTiles = (reader: Reader, size: number): Promise<{ level: number; number: number }[]> =>
  reader.run(extraTiles, [size]);
export const listExtraBundles = async (reader: Reader, size: number): Promise<number[]> =>
  (await reader.run<{ number: number }>(extraBundles, [size])).map((row) => row.number);

const checkpoints = statement(
  'ledger.list_checkpoints_from',
  `select size, origin, root, note, issued_at as "issuedAt" from ledger.checkpoint where size >= $1 order by size, issued_at limit $2`,
);
/** Checkpoints over at least so many entries, the smallest first. */
export const listCheckpointsFrom = (reader: Reader, size: number, limit: number): Promise<IssuedCheckpoint[]> =>
  reader.run<IssuedCheckpoint>(checkpoints, [size, limit]);

const erased = statement('ledger.list_erased', 'select leaf from ledger.erasure where leaf >= $1 and leaf < $2');
export const listErased = async (reader: Reader, from: number, to: number): Promise<Set<number>> =>
  new Set((await reader.run<{ leaf: number }>(erased, [from, to])).map((row) => row.leaf));

export interface FindingRow {
  id: string;
  kind: FindingKind;
  place: string;
  leaf: number | null;
  eventId: number | null;
  subjectKind: string | null;
  subjectId: string | null;
  subjectLabel: string | null;
  column: string | null;
  recorded: string | null;
  found: string | null;
  firstSeenAt: Date;
  lastSeenAt: Date;
  goneAt: Date | null;
  notedAt: Date | null;
  notedBy: string | null;
  remark: string | null;
}
const FINDING = `id, kind, place, leaf, event_id as "eventId", subject_kind as "subjectKind", subject_id as "subjectId", subject_label as "subjectLabel",
  column_name as column, recorded, found, first_seen_at as "firstSeenAt", last_seen_at as "lastSeenAt", gone_at as "goneAt", noted_at as "notedAt",
  noted_by as "notedBy", remark`;
const saveFindings = statement(
  'ledger.save_findings',
  `with given as (
     select * from jsonb_to_recordset($1::jsonb) as r (key text, kind text, place text, leaf bigint, event_id bigint, subject_kind text, subject_id text,
       subject_label text, column_name text, recorded text, found text)
   ), known as (
     select key from ledger.finding where gone_at is null and key in (select key from given)
   ), saved as (
     insert into ledger.finding as f (id, key, kind, place, leaf, event_id, subject_kind, subject_id, subject_label, column_name, recorded, found, first_seen_at, last_seen_at)
     select gen_random_uuid(), key, kind, place, leaf, event_id, subject_kind, subject_id, subject_label, column_name, recorded, found, $2, $2 from given
     on conflict (key) do update set last_seen_at = excluded.last_seen_at, gone_at = null,
       noted_at = case when f.gone_at is null then f.noted_at end, noted_by = case when f.gone_at is null then f.noted_by end,
       remark = case when f.gone_at is null then f.remark end
   )
   select kind from given where key not in (select key from known)`,
);
/** Keeps what was found; the same thing found again is one row. Returns the kinds of what is new. */
export async function insertFindings(tx: Tx, findings: readonly Finding[]): Promise<FindingKind[]> {
  const rows = new Map(
    findings.map((finding) => [
      keyOfFinding(finding),
      {
        key: keyOfFinding(finding),
        kind: finding.kind,
        place: finding.place,
        leaf: finding.leaf ?? null,
        event_id: finding.eventId ?? null,
        subject_kind: finding.subject?.kind ?? null,
        subject_id: finding.subject?.id ?? null,
        subject_label: finding.subject?.label ?? null,
        column_name: finding.column ?? null,
        recorded: finding.recorded ?? null,
        found: finding.found?.slice(0, 4_000) ?? null,
      },
    ]),
  );
  const fresh = await tx.run<{ kind: FindingKind }>(saveFindings, [JSON.stringify([...rows.values()]), tx.now]);
  return fresh.map((row) => row.kind);
}

const gone = statement(
  'ledger.mark_findings_gone',
  `update ledger.finding set gone_at = $1 where gone_at is null and last_seen_at < $1`,
);
/** After a check of everything: what was not found any more is over. */
export const markFindingsGone = async (tx: Tx): Promise<void> => void (await tx.run(gone, [tx.now]));

const list = statement(
  'ledger.list_findings',
  `select ${FINDING} from ledger.finding where ($1::boolean is not true or (gone_at is null and noted_at is null))
     and ($2::timestamptz is null or (first_seen_at, id) < ($2, $3::uuid)) order by first_seen_at desc, id desc limit $4`,
);
const find = statement('ledger.find_finding', `select ${FINDING} from ledger.finding where id = $1`);
const note = statement(
  'ledger.note_finding',
  'update ledger.finding set noted_at = $2, noted_by = $3, remark = $4 where id = $1 and noted_at is null returning id',
);
const open = statement(
  'ledger.count_open_findings',
  'select count(*)::int as n from (select from ledger.finding where gone_at is null and noted_at is null limit 1000) as f',
);
export const listFindings = (
  reader: Reader,
  onlyOpen: boolean,
  after: { firstSeenAt: Date; id: string } | null,
  limit: number,
): Promise<FindingRow[]> =>
  reader.run<FindingRow>(list, [onlyOpen, after?.firstSeenAt ?? null, after?.id ?? null, limit]);
export const findFinding = async (reader: Reader, id: string): Promise<FindingRow | null> =>
  (await reader.run<FindingRow>(find, [id]))[0] ?? null;
/** Writes down what was found out about a finding; false when somebody has done so. */
export const noteFinding = async (tx: Tx, id: string, remark: string): Promise<boolean> =>
  (await tx.run(note, [id, tx.now, tx.actor.label, remark])).length === 1;
/** Findings nobody has looked into, up to 1,000. */
export const countOpenFindings = async (reader: Reader): Promise<number> =>
  (await reader.run<{ n: number }>(open))[0]?.n ?? 0;
