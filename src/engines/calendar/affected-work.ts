import type { Reader } from '../../platform/database.ts';

/* What a decision would move, asked of modules above this one, which keeps no due dates itself. */

/** The days that a decision touches, `lastDate` null for an open end; `unitId` null = the whole province. */
export interface TouchedDays {
  unitId: string | null;
  firstDate: string;
  lastDate: string | null;
}
/** How many running pieces of work have a clock that passes these days. One indexed read. */
export type AffectedWorkCounter = (reader: Reader, touched: TouchedDays, now: Date) => Promise<number>;

const counters = new Map<string, AffectedWorkCounter>();

/** A module that keeps due dates says how to count what a decision would move. `name` is the module's; the composition calls it once. */
export function provideAffectedWork(name: string, counter: AffectedWorkCounter): void {
  counters.set(name, counter);
}

/** How many running pieces of work a decision would move at most; 0 when nobody keeps due dates. */
export async function countAffectedWork(reader: Reader, touched: TouchedDays, now: Date): Promise<number> {
  const counts = await Promise.all([...counters.values()].map((counter) => counter(reader, touched, now)));
  return counts.reduce((sum, count) => sum + count, 0);
}
