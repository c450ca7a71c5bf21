import { statement, type Reader } from '../../platform/database.ts';

/* A dossier's row against its events: whoever changes a date in the table by hand does not change what the last event says. */

/** Column, its key in an event's `row`, and how both are written. */
const COLUMNS = [
  ['version', 'version', 'd.version::text'],
  ['state', 'state', 'd.state::text'],
  ['code', 'code', 'd.code'],
  ['submitted_at', 'submittedAt', null],
  ['received_at', 'receivedAt', null],
  ['due_at', 'dueAt', null],
  ['first_due_at', 'firstDueAt', null],
  ['step_due_at', 'stepDueAt', null],
  ['paused_at', 'pausedAt', null],
  ['finished_at', 'finishedAt', null],
  ['returned_at', 'returnedAt', null],
  ['is_on_time', 'isOnTime', 'd.is_on_time::text'],
] as const;

/** Instants as events write them, with three digits more: a change of a microsecond shows. Text against text: nothing that was written by hand can make a cast fail. */
const instant = (column: string) => `to_char(${column} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
const values = COLUMNS.map(([column, key, text]) =>
  text === null
    ? `('${column}', '${key}', case when r.row ->> '${key}' is not null then left(r.row ->> '${key}', 23) || '000Z' end, ${instant(`d.${column}`)})`
    : `('${column}', '${key}', r.row ->> '${key}', ${text})`,
).join(', ');

// Events of before this check say state and appointment only; a submission's event says none: its dossier is new.
const compare = statement(
  'dossiers.compare_with_events',
  `with part as materialized (
     select * from dossiers.dossier where id > $1::uuid order by id limit $2
   )
   select d.id, coalesce(d.code, d.tracking_number) as label, c.name as column, c.recorded, c.found, e.name is null as "isUnrecorded"
   from part d
   left join lateral (
     select e.name, e.occurred_at, e.payload from platform.event e
     where e.subject_kind = 'dossier' and e.subject_id = d.id::text and (e.payload ? 'row' or e.payload ? 'state') order by e.id desc limit 1
   ) e on true
   cross join lateral (
     select case when e.payload ? 'row' then e.payload -> 'row'
       when e.name = 'dossiers.submitted' then jsonb_build_object('version', 1, 'state', 1, 'code', null, 'submittedAt', ${instant('e.occurred_at')},
         'receivedAt', null, 'dueAt', null, 'firstDueAt', null, 'stepDueAt', null, 'pausedAt', null, 'finishedAt', null, 'returnedAt', null, 'isOnTime', null)
       else jsonb_build_object('state', e.payload -> 'state', 'dueAt', e.payload -> 'dueAt') end as row
   ) r
   left join lateral (
     select * from (values ${values}) as c (name, key, recorded, found) where r.row ? c.key and c.recorded is distinct from c.found
   ) c on true
   where e.name is null or c.name is not null`,
);
const lastOfPart = statement(
  'dossiers.find_end_of_part',
  `select count(*)::int as count, max(id::text) as last from (select id from dossiers.dossier where id > $1::uuid order by id limit $2) as part`,
);
const present = statement('dossiers.list_present', 'select id from dossiers.dossier where id = any($1::uuid[])');

const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

interface DifferenceRow {
  id: string;
  label: string;
  column: string | null;
  recorded: string | null;
  found: string | null;
  isUnrecorded: boolean;
}

/** Compares up to `limit` dossiers behind `after` with what the last event of each says. */
export async function compareWithEvents(reader: Reader, after: string | null, limit: number) {
  const from = after ?? BEFORE_ALL;
  const [part] = await reader.run<{ count: number; last: string | null }>(lastOfPart, [from, limit]);
  const rows = part?.last ? await reader.run<DifferenceRow>(compare, [from, limit]) : [];
  return {
    checked: part?.count ?? 0,
    next: part && part.count === limit ? part.last : null,
    differences: rows.flatMap(({ id, label, column, recorded, found, isUnrecorded }) =>
      isUnrecorded || column === null ? [] : [{ id, label, column: `dossiers.dossier.${column}`, recorded, found }],
    ),
    unrecorded: rows.filter((row) => row.isUnrecorded).map(({ id, label }) => ({ id, label })),
  };
}

/** Which of these dossiers have no row. */
export async function listMissingDossiers(reader: Reader, ids: readonly string[]): Promise<string[]> {
  const asked = [...new Set(ids)].filter((id) => /^[0-9a-f-]{36}$/.test(id));
  const there = new Set((await reader.run<{ id: string }>(present, [asked])).map((row) => row.id));
  return asked.filter((id) => !there.has(id));
}
