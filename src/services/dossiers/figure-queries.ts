import { statement, type Reader, type Tx } from '../../platform/database.ts';

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

const add = statement(
  'dossiers.add_to_month',
  `insert into dossiers.monthly_figure as m (month, unit_id, procedure_id, submitted, submitted_online, received, finished_on_time,
     finished_late, refused, withdrawn, stopped, returned)
   values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12)
   on conflict (month, unit_id, procedure_id) do update set submitted = m.submitted + excluded.submitted,
     submitted_online = m.submitted_online + excluded.submitted_online, received = m.received + excluded.received,
     finished_on_time = m.finished_on_time + excluded.finished_on_time, finished_late = m.finished_late + excluded.finished_late,
     refused = m.refused + excluded.refused, withdrawn = m.withdrawn + excluded.withdrawn, stopped = m.stopped + excluded.stopped,
     returned = m.returned + excluded.returned`,
);

/** Adds to the figures of a month (`YYYY-MM-01`); a negative amount takes back. */
export async function addToMonth(
  tx: Tx,
  at: { month: string; unitId: string; procedureId: string },
  amounts: Partial<Record<CountedThing, number>>,
): Promise<void> {
  await tx.run(add, [at.month, at.unitId, at.procedureId, ...countedThings.map((thing) => amounts[thing] ?? 0)]);
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
const list = statement(
  'dossiers.list_monthly_figures',
  `select month, unit_id as "unitId", sum(submitted)::int as submitted, sum(submitted_online)::int as "submittedOnline",
     sum(received)::int as received, sum(finished_on_time)::int as "finishedOnTime", sum(finished_late)::int as "finishedLate",
     sum(refused)::int as refused, sum(withdrawn)::int as withdrawn, sum(stopped)::int as stopped, sum(returned)::int as returned
   from dossiers.monthly_figure
   where month between $1::date and $2::date and ($3::uuid[] is null or unit_id = any($3)) and ($4::uuid is null or procedure_id = $4)
   group by month, unit_id order by month, unit_id`,
);

/** Figures per month and competent unit between two months (`YYYY-MM-01`, both included), of some units or of all, of one procedure or all. */
export const listMonthlyFigures = (
  reader: Reader,
  asked: { from: string; to: string; unitIds?: readonly string[] | null; procedureId?: string | null },
): Promise<MonthlyFigure[]> =>
  reader.run<MonthlyFigure>(list, [asked.from, asked.to, asked.unitIds ?? null, asked.procedureId ?? null]);

export type ProcedureFigure = Omit<MonthlyFigure, 'month' | 'unitId'> & { procedureId: string };
const byProcedure = statement(
  'dossiers.list_procedure_figures',
  `select procedure_id as "procedureId", sum(submitted)::int as submitted, sum(submitted_online)::int as "submittedOnline",
     sum(received)::int as received, sum(finished_on_time)::int as "finishedOnTime", sum(finished_late)::int as "finishedLate",
     sum(refused)::int as refused, sum(withdrawn)::int as withdrawn, sum(stopped)::int as stopped, sum(returned)::int as returned
   from dossiers.monthly_figure
   where month between $1::date and $2::date and ($3::uuid[] is null or unit_id = any($3))
   group by procedure_id order by sum(received) desc, procedure_id limit 500`,
);

/** Figures per procedure between two months, of some competent units or of all; the busiest first. */
export const listProcedureFigures = (
  reader: Reader,
  asked: { from: string; to: string; unitIds?: readonly string[] | null },
): Promise<ProcedureFigure[]> =>
  reader.run<ProcedureFigure>(byProcedure, [asked.from, asked.to, asked.unitIds ?? null]);
