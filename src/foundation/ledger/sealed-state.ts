import type { Reader } from '../../platform/database.ts';
import type { LocalText } from '../../platform/problems.ts';

/*
 * What people could change by hand beside the events: the present state of things. The events say what it should be; the module that owns the thing
 * compares, because the ledger knows no tables but its own.
 */

/** A column that does not say what the events say. */
export interface StateDifference {
  id: string;
  /** How people call the thing: its code. */
  label: string;
  /** `schema.table.column`. */
  column: string;
  recorded: string | null;
  found: string | null;
}
export interface SealedState {
  /** Kind of the subject in events. */
  kind: string;
  title: LocalText;
  /** The event that begins it: a thing with that event and without a row was removed. */
  begins: string;
  /** How people call a thing of this kind, from its id. */
  labelOf(id: string): string;
  /** Compares up to `limit` things behind `after` with what the last event of each says; `next` null: it was the last. */
  compare(
    reader: Reader,
    after: string | null,
    limit: number,
  ): Promise<{
    checked: number;
    next: string | null;
    differences: StateDifference[];
    unrecorded: { id: string; label: string }[];
  }>;
  /** Which of these are gone. */
  listMissing(reader: Reader, ids: readonly string[]): Promise<string[]>;
}

const states = new Map<string, SealedState>();

/** Has the state of a kind of things held to its events at every check. */
export const provideSealedState = (state: SealedState): void => void states.set(state.kind, state);

export const sealedStates = (): SealedState[] => [...states.values()];
export const sealedState = (kind: string): SealedState | undefined => states.get(kind);
