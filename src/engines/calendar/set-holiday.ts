import type { Tx } from '../../platform/database.ts';
import { addEntry, type Decision } from './decide.ts';
import type { Holiday } from './work-calendar.ts';

/** Sets a day (or a part of it) off, in place of what the day had as a holiday. Returns the entry's id. @throws invalidEntry */
export const setHoliday = (tx: Tx, decision: Decision, holiday: Holiday): Promise<string> =>
  addEntry(tx, decision, { kind: 'holiday', content: holiday }, { replace: true });
