import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { broughtForward } from '../../foundation/organisations/index.ts';
import { figuresAsOf, listMonthlyFigures, listProcedureFigures } from '../dossiers/index.ts';
import { listCurrentByIds, listFields } from '../procedures/index.ts';

/** Counts of a period. */
export interface Counts {
  submitted: number;
  submittedOnline: number;
  received: number;
  finishedOnTime: number;
  finishedLate: number;
}
const none: Counts = { submitted: 0, submittedOnline: 0, received: 0, finishedOnTime: 0, finishedLate: 0 };
const plus = (a: Counts, b: Counts): Counts => ({
  submitted: a.submitted + b.submitted,
  submittedOnline: a.submittedOnline + b.submittedOnline,
  received: a.received + b.received,
  finishedOnTime: a.finishedOnTime + b.finishedOnTime,
  finishedLate: a.finishedLate + b.finishedLate,
});
export const sumOf = (rows: readonly Counts[]): Counts => rows.reduce(plus, none);

/** Share finished in time of all finished; null while nothing is finished: no figure is better than a wrong one. */
export const onTimeShare = (c: Counts): number | null =>
  c.finishedOnTime + c.finishedLate === 0 ? null : c.finishedOnTime / (c.finishedOnTime + c.finishedLate);
/** Share handed in online; null without submissions. */
export const onlineShare = (c: Counts): number | null => (c.submitted === 0 ? null : c.submittedOnline / c.submitted);

export const monthOf = (now: Date): string => `${localDate(now).slice(0, 7)}-01`;

/** The month `n` months before (`YYYY-MM-01`). */
export function monthsBefore(month: string, n: number): string {
  const [year = 2026, index = 1] = month.split('-').map(Number);
  const at = new Date(Date.UTC(year, index - 1 - n, 1));
  return at.toISOString().slice(0, 10);
}

/** `2026-11`, not later than the last month (`YYYY-MM-01`) and at most ten years back; else the last month. */
export function readMonth(text: string | null, present: string): string {
  if (!text || !/^20\d\d-(0[1-9]|1[0-2])$/.test(text)) return present;
  const month = `${text}-01`;
  return month > present || month < monthsBefore(present, 120) ? present : month;
}

/** A month as it was known at the end of a day: nothing later counts (null: everything does). */
export interface MonthAsOf {
  month: string;
  until: string | null;
}

/** Counts of the whole province per month, oldest first, months without work included. */
export async function monthlyCounts(
  reader: Reader,
  { month: last, until }: MonthAsOf,
  months: number,
): Promise<{ month: string; counts: Counts }[]> {
  const from = monthsBefore(last, months - 1);
  const rows = await listMonthlyFigures(reader, { from, to: last, until });
  const byMonth = Map.groupBy(rows, (row) => row.month);
  return Array.from({ length: months }, (_, index) => {
    const month = monthsBefore(last, months - 1 - index);
    return { month, counts: sumOf(byMonth.get(month) ?? []) };
  });
}

export interface FieldFigure {
  code: string;
  name: { vi: string; en: string };
  counts: Counts;
}

/** Counts of a month per field, most received first; fields without work are left out. A procedure lies in its field of the day, or of today. */
export async function fieldFigures(
  reader: Reader,
  { month, until }: MonthAsOf,
  days: { on: string; today: string },
): Promise<FieldFigure[]> {
  const figures = await listProcedureFigures(reader, { from: month, to: month, until });
  const ids = figures.map((row) => row.procedureId);
  const [now, then, fields] = await Promise.all([
    listCurrentByIds(reader, ids, days.today),
    listCurrentByIds(reader, ids, days.on),
    listFields(reader),
  ]);
  const fieldOf = new Map([...now, ...then].map((procedure) => [procedure.id, procedure.fieldCode]));
  const byField = Map.groupBy(figures, (row) => fieldOf.get(row.procedureId) ?? null);
  return fields
    .map((field) => ({ code: field.code, name: field.name, counts: sumOf(byField.get(field.code) ?? []) }))
    .filter((field) => field.counts.submitted + field.counts.received > 0)
    .sort((a, b) => b.counts.received - a.counts.received);
}

/** Counts of a month per competent unit, most received first; `forwardTo` a day: under the units of that day that took over. */
export async function unitFigures(
  reader: Reader,
  { month, until }: MonthAsOf,
  forwardTo: string | null,
): Promise<{ unitId: string; counts: Counts }[]> {
  const counted = await listMonthlyFigures(reader, { from: month, to: month, until });
  const rows = forwardTo === null ? counted : await broughtForward(reader, counted, forwardTo);
  return [...Map.groupBy(rows, (row) => row.unitId)]
    .map(([unitId, ofUnit]) => ({ unitId, counts: sumOf(ofUnit) }))
    .sort((a, b) => b.counts.received - a.counts.received);
}

/** Counts of one procedure from 1 January to the end of a day, as its page has to tell (TT 32/2017/TT-BTTTT). */
export async function procedureCounts(
  reader: Reader,
  procedureId: string,
  { on, now }: { on: string; now: Date },
): Promise<Counts> {
  const today = localDate(now);
  const { to, until } = on < today ? await figuresAsOf(reader, on) : { to: monthOf(now), until: null };
  return sumOf(
    await listMonthlyFigures(reader, {
      from: `${(on < today ? on : today).slice(0, 4)}-01-01`,
      to,
      until,
      procedureId,
    }),
  );
}

/** The most used procedures of the last twelve months: ids, most used first. */
export async function mostUsed(reader: Reader, now: Date): Promise<string[]> {
  const to = monthOf(now);
  return (await listProcedureFigures(reader, { from: monthsBefore(to, 11), to })).map((row) => row.procedureId);
}
