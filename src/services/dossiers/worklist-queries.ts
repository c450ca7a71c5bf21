import { statement, type Reader } from '../../platform/database.ts';
import { stages, type Channel, type Stage, type State } from './dossier.ts';

/* The worklist: a short walk along one index per unit, merged. Its cost does not grow with the table. */

export type Queue =
  | 'awaiting-receipt'
  | 'in-process'
  | 'due-soon'
  | 'late'
  | 'awaiting-supplement'
  | 'awaiting-payment'
  | 'awaiting-return'
  | 'closed'
  | 'mine';

export interface WorklistFilter {
  queue: Queue;
  /** The units whose turn it is: the actor's reach, or some of it. Empty = nothing. */
  unitIds: readonly string[];
  /** The actor's post, for `mine`. */
  postId?: string | null;
  procedureId?: string | null;
  state?: State | null;
  channel?: Channel | null;
  assigneePostId?: string | null;
  /** Bounds of the sort instant: appointment, or submission where there is none yet. */
  from?: Date | null;
  to?: Date | null;
}
export type WorklistSort = 'soonest' | 'latest';

/** Where a page ended: give it back to go on, or `before` to go back. */
export interface WorklistCursor {
  at: Date;
  id: string;
}
export interface WorklistPage {
  rows: WorklistRow[];
  next: WorklistCursor | null;
  previous: WorklistCursor | null;
}
export interface WorklistRow {
  id: string;
  version: number;
  code: string | null;
  state: State;
  procedureId: string;
  procedureName: { vi: string; en: string };
  applicantName: string;
  applicantAccountId: string | null;
  channel: Channel;
  handlingUnitId: string;
  assigneePostId: string | null;
  stepName: { vi: string; en: string } | null;
  submittedAt: Date;
  receivedAt: Date | null;
  dueAt: Date | null;
  stepDueAt: Date | null;
  pausedAt: Date | null;
  isOnTime: boolean | null;
  attentionAt: Date;
}

const COLUMNS = `d.id, d.version, d.code, d.state, d.procedure_id as "procedureId", d.terms->'procedureName' as "procedureName",
  d.applicant_name as "applicantName", d.applicant_account_id as "applicantAccountId", d.channel, d.handling_unit_id as "handlingUnitId", d.assignee_post_id as "assigneePostId",
  d.terms->'steps'->(d.current_step::int)->'name' as "stepName", d.submitted_at as "submittedAt", d.received_at as "receivedAt",
  d.due_at as "dueAt", d.step_due_at as "stepDueAt", d.paused_at as "pausedAt", d.is_on_time as "isOnTime", d.attention_at as "attentionAt"`;

const STAGE_NUMBER = Object.fromEntries(stages.map((stage, index) => [stage, index + 1])) as Record<Stage, number>;
const STAGE_OF_QUEUE: Record<Queue, Stage> = {
  'awaiting-receipt': 'awaiting-receipt',
  'in-process': 'in-process',
  'due-soon': 'in-process',
  late: 'in-process',
  mine: 'in-process',
  'awaiting-supplement': 'awaiting-supplement',
  'awaiting-payment': 'awaiting-payment',
  'awaiting-return': 'awaiting-return',
  closed: 'closed',
};

/** "Due soon" means within so many hours of the appointment. */
export const dueSoonHours = 48;

/**
 * Values: units, stage, from, to, procedure, state, channel, assignee, cursor instant, cursor id, limit. A procedure has an index of
 * its own, which PostgreSQL only walks when the condition is a plain equality: hence the two texts.
 */
function listStatement(name: string, order: 'asc' | 'desc', ofProcedure: boolean) {
  const past = order === 'asc' ? '>' : '<';
  return statement(
    name,
    `select ${COLUMNS}
     from (
       select k.id, k.attention_at from unnest($1::uuid[]) as u (unit_id)
       cross join lateral (
         select w.id, w.attention_at from dossiers.dossier w
         where w.handling_unit_id = u.unit_id and w.stage = $2
           and w.attention_at >= $3::timestamptz and w.attention_at < $4::timestamptz
           and ${ofProcedure ? 'w.procedure_id = $5' : '$5::uuid is null'} and ($6::smallint is null or w.state = $6)
           and ($7::text is null or w.channel = $7) and ($8::uuid is null or w.assignee_post_id = $8)
           and (w.attention_at, w.id) ${past} ($9::timestamptz, $10::uuid)
         order by w.attention_at ${order}, w.id ${order} limit $11
       ) k
       order by k.attention_at ${order}, k.id ${order} limit $11
     ) p join dossiers.dossier d on d.id = p.id
     order by p.attention_at ${order}, p.id ${order}`,
  );
}
const all = {
  up: listStatement('dossiers.list_worklist_soonest', 'asc', false),
  down: listStatement('dossiers.list_worklist_latest', 'desc', false),
};
const ofProcedure = {
  up: listStatement('dossiers.list_procedure_soonest', 'asc', true),
  down: listStatement('dossiers.list_procedure_latest', 'desc', true),
};

/** For posts the walk is along the assignee's own index. */
function mineStatement(name: string, order: 'asc' | 'desc') {
  const past = order === 'asc' ? '>' : '<';
  return statement(
    name,
    `select ${COLUMNS} from dossiers.dossier d
     where d.assignee_post_id = $1 and d.handling_unit_id = any($2::uuid[]) and d.stage = $3
       and d.attention_at >= $4::timestamptz and d.attention_at < $5::timestamptz
       and ($6::uuid is null or d.procedure_id = $6) and ($7::smallint is null or d.state = $7) and ($8::text is null or d.channel = $8)
       and (d.attention_at, d.id) ${past} ($9::timestamptz, $10::uuid)
     order by d.attention_at ${order}, d.id ${order} limit $11`,
  );
}
const mineAscending = mineStatement('dossiers.list_mine_soonest', 'asc');
const mineDescending = mineStatement('dossiers.list_mine_latest', 'desc');

const FIRST: WorklistCursor = { at: new Date('0001-01-01T00:00:00Z'), id: '00000000-0000-0000-0000-000000000000' };
const LAST: WorklistCursor = { at: new Date('9999-01-01T00:00:00Z'), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
const MAX_PAGE = 500;

/** The bounds of the sort instant that a queue means at this moment, within those asked for. */
function boundsOf({ queue, from, to }: WorklistFilter, now: Date): [Date, Date] {
  const soon = new Date(now.getTime() + dueSoonHours * 3_600_000);
  const later = (a: Date, b: Date) => (a > b ? a : b);
  const earlier = (a: Date, b: Date) => (a < b ? a : b);
  const [low, high] = [from ?? FIRST.at, to ?? LAST.at];
  if (queue === 'late') return [low, earlier(high, now)];
  if (queue === 'due-soon') return [later(low, now), earlier(high, soon)];
  return [low, high];
}

/**
 * One page of a worklist, sorted by the appointment. `after` and `before` are cursors of an earlier page; without either it is
 * the first. Pages are exact under inserts: nothing is shown twice or skipped.
 */
export async function listWorklist(
  reader: Reader,
  filter: WorklistFilter,
  page: {
    now: Date;
    sort?: WorklistSort;
    size?: number;
    after?: WorklistCursor | null;
    before?: WorklistCursor | null;
  },
): Promise<WorklistPage> {
  const size = Math.min(Math.max(page.size ?? 50, 1), MAX_PAGE);
  const backwards = Boolean(page.before);
  const upwards = ((page.sort ?? 'soonest') === 'soonest') !== backwards;
  const cursor = page.before ?? page.after ?? (upwards ? FIRST : LAST);
  const [from, to] = boundsOf(filter, page.now);
  const stage = STAGE_NUMBER[STAGE_OF_QUEUE[filter.queue]];
  const common = [stage, from, to, filter.procedureId ?? null, filter.state ?? null, filter.channel ?? null];
  const tail = [cursor.at, cursor.id, size + 1];
  const found =
    filter.queue === 'mine'
      ? await reader.run<WorklistRow>(upwards ? mineAscending : mineDescending, [
          filter.postId ?? null,
          filter.unitIds,
          ...common,
          ...tail,
        ])
      : await reader.run<WorklistRow>((filter.procedureId ? ofProcedure : all)[upwards ? 'up' : 'down'], [
          filter.unitIds,
          ...common,
          filter.assigneePostId ?? null,
          ...tail,
        ]);
  const hasMore = found.length > size;
  const rows = found.slice(0, size);
  if (backwards) rows.reverse();
  const cursorOf = (row: WorklistRow | undefined) => (row ? { at: row.attentionAt, id: row.id } : null);
  const [first, last] = [cursorOf(rows[0]), cursorOf(rows.at(-1))];
  return {
    rows,
    next: backwards || hasMore ? last : null,
    previous: backwards ? (hasMore ? first : null) : page.after ? first : null,
  };
}

/** A cursor as it stands in an address; anything else reads as null. */
export const formatCursor = (cursor: WorklistCursor): string => `${cursor.at.getTime().toString(36)}.${cursor.id}`;
export function parseCursor(text: string | null): WorklistCursor | null {
  const match = /^(-?[0-9a-z]{1,11})\.([0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/.exec(text ?? '');
  const time = match ? Number.parseInt(match[1]!, 36) : Number.NaN;
  return Number.isFinite(time) && Math.abs(time) < 8e15 ? { at: new Date(time), id: match![2]! } : null;
}

/** Every row of a worklist, a page at a time, for exports; ends after `limit` rows. */
export async function* eachOfWorklist(
  reader: Reader,
  filter: WorklistFilter,
  options: { now: Date; limit?: number },
): AsyncGenerator<WorklistRow> {
  let after: WorklistCursor | null = null;
  let left = options.limit ?? 100_000;
  do {
    const page: WorklistPage = await listWorklist(reader, filter, {
      now: options.now,
      size: Math.min(MAX_PAGE, left),
      after,
    });
    yield* page.rows;
    left -= page.rows.length;
    after = page.next;
  } while (after !== null && left > 0);
}

const counts = statement(
  'dossiers.count_queues',
  `select u.unit_id as "unitId", s.stage, c.many, c.late, c.soon
   from unnest($1::uuid[]) as u (unit_id) cross join unnest(array[1, 2, 3, 4, 5]) as s (stage)
   cross join lateral (
     select count(*)::int as many, count(*) filter (where w.attention_at < $2)::int as late,
       count(*) filter (where w.attention_at >= $2 and w.attention_at < $3)::int as soon
     from (select attention_at from dossiers.dossier w where w.handling_unit_id = u.unit_id and w.stage = s.stage limit 1000) w
   ) c where c.many > 0`,
);

/** How many dossiers wait in each queue of the units; counting stops at 1,000 per unit and stage, so that it stays quick. */
export async function countQueues(
  reader: Reader,
  unitIds: readonly string[],
  now: Date,
): Promise<Record<Exclude<Queue, 'mine' | 'closed'>, number>> {
  const soon = new Date(now.getTime() + dueSoonHours * 3_600_000);
  const rows = await reader.run<{ stage: number; many: number; late: number; soon: number }>(counts, [
    unitIds,
    now,
    soon,
  ]);
  const sum = (stage: Stage, of: 'many' | 'late' | 'soon' = 'many') =>
    rows.filter((row) => row.stage === STAGE_NUMBER[stage]).reduce((total, row) => total + row[of], 0);
  return {
    'awaiting-receipt': sum('awaiting-receipt'),
    'in-process': sum('in-process'),
    'due-soon': sum('in-process', 'soon'),
    late: sum('in-process', 'late'),
    'awaiting-supplement': sum('awaiting-supplement'),
    'awaiting-payment': sum('awaiting-payment'),
    'awaiting-return': sum('awaiting-return'),
  };
}

const byText = statement(
  'dossiers.search_dossiers',
  `with found as (
     (select id, 0 as rank from dossiers.dossier where code = upper($2))
     union all (select id, 1 from dossiers.dossier where code like $3 limit 200)
     union all (select id, 1 from dossiers.dossier where applicant_identity = $2 limit 200)
     union all (select id, 2 from dossiers.dossier where applicant_name_folded like $4 limit 400)
   ), once as (select id, min(rank) as rank from found group by id)
   select ${COLUMNS} from once o join dossiers.dossier d on d.id = o.id
   where $1::uuid[] is null or d.handling_unit_id = any($1) or d.receiving_unit_id = any($1) or d.competent_unit_id = any($1)
   order by o.rank, d.submitted_at desc, d.id limit $5`,
);
const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/**
 * Finds dossiers by code (exact or its beginning), identity number (exact) or the beginning of the applicant's name without
 * accents, among those of the units ('all' = everywhere). The best 50.
 */
export async function searchDossiers(
  reader: Reader,
  unitIds: readonly string[] | 'all',
  text: string,
): Promise<WorklistRow[]> {
  const asked = text.trim().slice(0, 100);
  if (asked.length < 2) return [];
  const folded = asked.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();
  return reader.run<WorklistRow>(byText, [
    unitIds === 'all' ? null : unitIds,
    asked,
    `${escapeLike(asked.toUpperCase())}%`,
    `${escapeLike(folded)}%`,
    50,
  ]);
}
