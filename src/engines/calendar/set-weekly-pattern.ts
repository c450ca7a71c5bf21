import type { Tx } from '../../platform/database.ts';
import { addEntry, type Decision } from './decide.ts';
import type { CutOff, WeeklyPattern } from './work-calendar.ts';

/** Sets the hours of the week from a date on; they win over what was set before for the days they are valid. @throws invalidEntry */
export const setWeeklyPattern = (tx: Tx, decision: Decision, pattern: WeeklyPattern): Promise<string> =>
  addEntry(tx, decision, { kind: 'pattern', content: pattern });

/** Sets the cut-off hour from a date on; a `minute` of null switches it off. @throws invalidEntry */
export const setCutOff = (tx: Tx, decision: Decision, cutOff: CutOff): Promise<string> =>
  addEntry(tx, decision, { kind: 'cutOff', content: cutOff });
