import type { Tx } from '../../platform/database.ts';
import { addEntry, type Decision } from './decide.ts';
import type { Swap } from './work-calendar.ts';

/** Exchanges a working day with a day off ("hoán đổi, làm bù"). @throws invalidEntry, dayTaken when that day is worked for another already */
export const setSwap = (tx: Tx, decision: Decision, swap: Swap): Promise<string> =>
  addEntry(tx, decision, { kind: 'swap', content: swap });
