import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { listMonthlyFigures, listProcedureFigures } from '../dossiers/index.ts';
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
export const yearStartOf = (now: Date): string => `${localDate(now).slice(0, 4)}-01-01`;

/** The month `n` months before (`YYYY-MM-01`). */
export function monthsBefore(month: string, n: number): string {
  const [year = 2026, index = 1] = month.split('-').map(Number);
  const at = new Date(Date.UTC(year, index - 1 - n, 1));
  return at.toISOString().slice(0, 10);
}

/** `2026-11`, not later than the present month and at most ten years back; else the present month. */
export function readMonth(text: string | null, now: Date): string {
  const present = monthOf(now);
  if (!text || !/^20\d\d-(0[1-9]|1[0-2])$/.test(text)) return present;
  const month = `${text}-01`;
  return month > present || month < monthsBefore(present, 120) ? present : month;
}

/** Counts of the whole province per month, oldest first, months without work included. */
export async function monthlyCounts(
  reader: Reader,
  last: string,
  months: number,
): Promise<{ month: string; counts: Counts }[]> {
  const from = monthsBefore(last, months - 1);
  const rows = await listMonthlyFigures(reader, { from, to: last });
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

/** Counts of a month per field, most received first; fields without work are left out. */
export async function fieldFigures(reader: Reader, month: string, today: string): Promise<FieldFigure[]> {
  const figures = await listProcedureFigures(reader, { from: month, to: month });
  const [procedures, fields] = await Promise.all([
    listCurrentByIds(
      reader,
      figures.map((row) => row.procedureId),
      today,
    ),
    listFields(reader),
  ]);
  const fieldOf = new Map(procedures.map((procedure) => [procedure.id, procedure.fieldCode]));
  const byField = Map.groupBy(figures, (row) => fieldOf.get(row.procedureId) ?? null);
  return fields
    .map((field) => ({ code: field.code, name: field.name, counts: sumOf(byField.get(field.code) ?? []) }))
    .filter((field) => field.counts.submitted + field.counts.received > 0)
    .sort((a, b) => b.counts.received - a.counts.received);
}

/** Counts of a month per competent unit, most received first. */
export async function unitFigures(reader: Reader, month: string): Promise<{ unitId: string; counts: Counts }[]> {
  const rows = await listMonthlyFigures(reader, { from: month, to: month });
  return rows.map((row) => ({ unitId: row.unitId, counts: row })).sort((a, b) => b.counts.received - a.counts.received);
}

/** Counts of one procedure since 1 January, as its page has to tell (TT 32/2017/TT-BTTTT). */
export async function procedureCounts(reader: Reader, procedureId: string, now: Date): Promise<Counts> {
  return sumOf(await listMonthlyFigures(reader, { from: yearStartOf(now), to: monthOf(now), procedureId }));
}

/** The most used procedures of the last twelve months: ids, most used first. */
export async function mostUsed(reader: Reader, now: Date): Promise<string[]> {
  const to = monthOf(now);
  return (await listProcedureFigures(reader, { from: monthsBefore(to, 11), to })).map((row) => row.procedureId);
}
