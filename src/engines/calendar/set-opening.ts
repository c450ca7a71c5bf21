import type { Tx } from '../../platform/database.ts';
import { addEntry, type Decision } from './decide.ts';
import type { Opening } from './work-calendar.ts';

/** Decides the hours of one date, whatever the week and the holidays say. @throws invalidEntry */
export const setOpening = (tx: Tx, decision: Decision, opening: Opening): Promise<string> =>
  addEntry(tx, decision, { kind: 'opening', content: opening }, { replace: true });
