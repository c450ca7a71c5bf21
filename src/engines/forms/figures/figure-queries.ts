import { statement, type Reader, type Tx } from '../../../platform/database.ts';

/** What a post of a page came to, or what became of a draft. */
export type Outcome = 'started' | 'passed' | 'refused' | 'left' | 'sent';
export type Visit = {
  formVersionId: string;
  /** `YYYY-MM-DD` in Asia/Ho_Chi_Minh: no finer, so that a row leads to nobody. */
  day: string;
  page: string;
  outcome: Outcome;
  /** From showing the page to this post; null when not known. */
  seconds: number | null;
  /** Questions that were refused, or the one where a draft was left: names, without numbers of rows. */
  questions: readonly string[];
};

const insertSql = statement(
  'forms.insert_visit',
  'insert into forms.visit (form_version_id, day, page, outcome, seconds, questions) values ($1, $2, $3, $4, $5, $6)',
);
export async function insertVisit(tx: Tx, visit: Visit): Promise<void> {
  await tx.run(insertSql, [visit.formVersionId, visit.day, visit.page, visit.outcome, visit.seconds, visit.questions]);
}

/** Ends of the classes of times, in seconds; the last class has no end. */
export const timeClasses = [15, 30, 60, 120, 300, 600, 1_800] as const;

// One visit gives several measures: itself, its time, its class of time, and one per question.
const measured = `
  select form_version_id, day, page, '' as question, outcome as measure, 1::bigint as amount from taken
  union all select form_version_id, day, page, '', 'seconds', seconds from taken where seconds is not null and outcome = 'passed'
  union all select form_version_id, day, page, '', 'time-' || width_bucket(seconds, array[${timeClasses.join(', ')}]), 1
    from taken where seconds is not null and outcome = 'passed'
  union all select form_version_id, day, page, q, outcome, 1 from taken, unnest(questions) q`;

const rollUpSql = statement(
  'forms.roll_up_visits',
  `with taken as (
     delete from forms.visit where id in (select id from forms.visit where day < $1 order by id limit $2 for update skip locked) returning *
   ), added as (
     insert into forms.figure (form_version_id, day, page, question, measure, amount)
     select form_version_id, day, page, question, measure, sum(amount) from (${measured}) m group by 1, 2, 3, 4, 5
     on conflict on constraint figure_pkey do update set amount = forms.figure.amount + excluded.amount
     returning 1
   )
   select (select count(*) from taken)::int as visits, (select count(*) from added) as figures`,
);
/** Adds up to `limit` visits of days before `today` to the figures and takes them away; how many. */
export async function rollUpVisits(tx: Tx, today: string, limit: number): Promise<number> {
  return (await tx.run<{ visits: number }>(rollUpSql, [today, limit]))[0]?.visits ?? 0;
}

export type FigureRow = { page: string; question: string; measure: string; amount: number };
const readSql = statement(
  'forms.read_figures',
  `with taken as (select * from forms.visit where form_version_id = any($1::uuid[]) and day between $2 and $3)
   select page, question, measure, sum(amount)::bigint as amount from (
     select page, question, measure, amount from forms.figure where form_version_id = any($1::uuid[]) and day between $2 and $3
     union all select page, question, measure, amount from (${measured}) m
   ) all_rows group by 1, 2, 3`,
);
/** Figures of versions over days, both included: those added up and those of today. */
export const readFigures = (
  reader: Reader,
  versionIds: readonly string[],
  from: string,
  to: string,
): Promise<FigureRow[]> => reader.run<FigureRow>(readSql, [versionIds, from, to]);

const idleSql = statement(
  'forms.count_idle_drafts',
  `select coalesce(page, '') as page, coalesce(stopped_at, '') as question, count(*)::int as amount from forms.draft
   where form_version_id = any($1::uuid[]) and updated_at < $2 and expires_at > $3 group by 1, 2`,
);
/** Drafts that nobody has touched since `before`, by the question where they stand. */
export const countIdleDrafts = (reader: Reader, versionIds: readonly string[], before: Date, now: Date) =>
  reader.run<{ page: string; question: string; amount: number }>(idleSql, [versionIds, before, now]);
