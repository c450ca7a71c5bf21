import { statement, type Reader, type Tx } from '../../platform/database.ts';
import { shiftDay } from '../../platform/day.ts';

export const countedThings = [
  'submitted',
  'submitted_online',
  'received',
  'finished_on_time',
  'finished_late',
  'refused',
  'withdrawn',
  'stopped',
  'returned',
] as const;
export type CountedThing = (typeof countedThings)[number];

const THINGS = countedThings.join(', ');
/** Adds rows `r` to what is there. */
export const addingTo = (table: 'monthly_figure' | 'daily_figure', period: 'month' | 'day', rows: string): string =>
  `insert into dossiers.${table} as m (${period}, unit_id, procedure_id, ${THINGS}) ${rows}
   on conflict (${period}, unit_id, procedure_id) do update set ${countedThings.map((thing) => `${thing} = m.${thing} + excluded.${thing}`).join(', ')}`;

const amounts = countedThings.map((_, at) => `$${at + 4}::int`).join(', ');
const add = statement(
  'dossiers.add_to_figures',
  `with days as (${addingTo('daily_figure', 'day', `values ($1::date, $2::uuid, $3::uuid, ${amounts})`)})
   ${addingTo('monthly_figure', 'month', `values (date_trunc('month', $1::date)::date, $2::uuid, $3::uuid, ${amounts})`)}`,
);

/** Adds to the figures of a day (`YYYY-MM-DD`) and of its month; a negative amount takes back. */
export async function addToFigures(
  tx: Tx,
  at: { day: string; unitId: string; procedureId: string },
  counts: Partial<Record<CountedThing, number>>,
): Promise<void> {
  await tx.run(add, [at.day, at.unitId, at.procedureId, ...countedThings.map((thing) => counts[thing] ?? 0)]);
}

export interface MonthlyFigure {
  month: string;
  unitId: string;
  submitted: number;
  submittedOnline: number;
  received: number;
  finishedOnTime: number;
  finishedLate: number;
  refused: number;
  withdrawn: number;
  stopped: number;
  returned: number;
}
const SUMS = `sum(submitted)::int as submitted, sum(submitted_online)::int as "submittedOnline",
     sum(received)::int as received, sum(finished_on_time)::int as "finishedOnTime", sum(finished_late)::int as "finishedLate",
     sum(refused)::int as refused, sum(withdrawn)::int as withdrawn, sum(stopped)::int as stopped, sum(returned)::int as returned`;
/** Figures of the months $1 to $2 of the units $3; what was counted in the month of the day $4 after that day is taken off. */
const COUNTED = `(
     select month, unit_id, procedure_id, ${THINGS} from dossiers.monthly_figure
     where month between $1::date and $2::date and ($3::uuid[] is null or unit_id = any($3))
     union all
     select date_trunc('month', day)::date, unit_id, procedure_id, ${countedThings.map((thing) => `-${thing}`).join(', ')} from dossiers.daily_figure
     where $4::date is not null and day > $4 and day < (date_trunc('month', $4::date) + interval '1 month')::date
       and date_trunc('month', $4::date)::date between $1::date and $2::date and ($3::uuid[] is null or unit_id = any($3))) counted`;
const list = statement(
  'dossiers.list_monthly_figures',
  `select month, unit_id as "unitId", ${SUMS} from ${COUNTED}
   where $5::uuid is null or procedure_id = $5
   group by month, unit_id order by month, unit_id`,
);

/** Which figures are asked for. */
export interface FiguresAsked {
  /** First and last month, `YYYY-MM-01`. */
  from: string;
  to: string;
  unitIds?: readonly string[] | null;
  /** What was counted after this day is left out; see `figuresAsOf`. */
  until?: string | null;
}

/** Figures per month and competent unit between two months, of some units or of all, of one procedure or all. */
export const listMonthlyFigures = (
  reader: Reader,
  asked: FiguresAsked & { procedureId?: string | null },
): Promise<MonthlyFigure[]> =>
  reader.run<MonthlyFigure>(list, [
    asked.from,
    asked.to,
    asked.unitIds ?? null,
    asked.until ?? null,
    asked.procedureId ?? null,
  ]);

export type ProcedureFigure = Omit<MonthlyFigure, 'month' | 'unitId'> & { procedureId: string };
const byProcedure = statement(
  'dossiers.list_procedure_figures',
  `select procedure_id as "procedureId", ${SUMS} from ${COUNTED}
   group by procedure_id order by sum(received) desc, procedure_id limit 500`,
);

/** Figures per procedure between two months, of some competent units or of all; the busiest first. */
export const listProcedureFigures = (reader: Reader, asked: FiguresAsked): Promise<ProcedureFigure[]> =>
  reader.run<ProcedureFigure>(byProcedure, [asked.from, asked.to, asked.unitIds ?? null, asked.until ?? null]);

const firstDay = statement('dossiers.first_figure_day', 'select min(day) as day from dossiers.daily_figure');

/**
 * How figures as of the end of a day are asked for: their last month, and the day after which nothing counts. Days from before days were counted
 * are looked at by whole months: the last one that was over, with no day to leave out after.
 */
export async function figuresAsOf(reader: Reader, on: string): Promise<{ to: string; until: string | null }> {
  const month = `${on.slice(0, 7)}-01`;
  if (shiftDay(on, 1).endsWith('-01')) return { to: month, until: null };
  const first = (await reader.run<{ day: string | null }>(firstDay))[0]?.day;
  if (first !== null && first !== undefined && shiftDay(on, 1) >= first) return { to: month, until: on };
  return { to: `${shiftDay(month, -1).slice(0, 7)}-01`, until: null };
}
