import type { Actor } from '../../platform/access.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import type { LocalText } from '../../platform/problems.ts';

/** Units that end and units that take over from a day on: a merger, a split, or a move. */
export interface UnitMovePlan {
  fromUnitIds: readonly string[];
  toUnitIds: readonly string[];
  effectiveOn: string;
  decisionNumber: string;
}

/** What one module would move, in words and figures, before anybody agrees to it. */
export interface UnitMovePreview {
  title: LocalText;
  count: number;
  warnings: readonly LocalText[];
}

/**
 * What a module contributes to the merging and splitting of units: dossiers, books, tasks… move with their unit. Called
 * synchronously with the caller's transaction. The operation that asks for these comes with a later issue; the type is the seam.
 */
export interface UnitMove {
  module: string;
  preview(reader: Reader, plan: UnitMovePlan): Promise<UnitMovePreview>;
  apply(tx: Tx, actor: Actor, plan: UnitMovePlan): Promise<void>;
  undo(tx: Tx, actor: Actor, plan: UnitMovePlan): Promise<void>;
}
