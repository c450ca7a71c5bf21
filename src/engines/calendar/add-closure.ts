import type { Tx } from '../../platform/database.ts';
import { addEntry, type Decision } from './decide.ts';
import type { Closure } from './work-calendar.ts';

/** Closes an office for a while (storm, power cut), to the minute. @throws invalidEntry when it is empty or longer than 92 days */
export const addClosure = (tx: Tx, decision: Decision, closure: Closure): Promise<string> =>
  addEntry(tx, decision, { kind: 'closure', content: closure });
