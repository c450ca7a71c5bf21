import type { MovedThings } from '../../foundation/identity/index.ts';

export type MergerState = 'proposed' | 'done' | 'refused' | 'undone';
/** The merging of two accounts of one person: the source goes into the target. */
export interface Merger {
  id: string;
  sourceId: string;
  targetId: string;
  /** The number that the papers prove: the target's. */
  identityNumber: string;
  /** Which papers were seen. */
  proof: string;
  state: MergerState;
  proposedAt: Date;
  proposedById: string;
  proposedBy: string;
  /** The unit at which it was proposed, whose second official decides; null: the province as a whole. */
  unitId: string | null;
  decidedAt: Date | null;
  decidedBy: string | null;
  remark: string | null;
  moved: Readonly<Record<string, MovedThings>> | null;
  undoUntil: Date | null;
  undoneAt: Date | null;
  undoneBy: string | null;
}
