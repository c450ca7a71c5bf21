import type { Reader, Tx } from '../../platform/database.ts';
import type { LocalText } from '../../platform/problems.ts';

/** Two accounts of one person: what `sourceId` has goes to `targetId`, and the source closes. */
export interface AccountMergePlan {
  sourceId: string;
  targetId: string;
}
/** What becomes of things of the source: they move, stay with the closed account, or end. */
export type MergeFate = 'moves' | 'stays' | 'ends';
/** One line of the preview. */
export interface MergeLine {
  what: LocalText;
  count: number;
  fate: MergeFate;
}
/** What one module would do, before anybody agrees to it. */
interface AccountMergePreview {
  lines: readonly MergeLine[];
  /** What stands in the way; with any of them there is no merger. */
  obstacles?: readonly LocalText[];
}
/** Ids of what moved, by kind: all that giving it back needs. */
export type MovedThings = Readonly<Record<string, readonly string[]>>;

/**
 * What a module contributes to the merging of two accounts. `apply` moves everything in the caller's transaction and says what moved;
 * `undo` gives back exactly that, as far as it is still with the target: what the person did since stays where it is.
 */
export interface AccountMerge {
  /** Permanent: the key of what it moved. */
  name: string;
  /** Where among the contributors it runs; undoing goes backwards. */
  order: number;
  preview(reader: Reader, plan: AccountMergePlan): Promise<AccountMergePreview>;
  apply(tx: Tx, plan: AccountMergePlan): Promise<MovedThings>;
  undo(tx: Tx, plan: AccountMergePlan, moved: MovedThings): Promise<void>;
}

const contributors = new Map<string, AccountMerge>();

/** A module says what moves when accounts are merged. The composition calls it once for each. */
export function provideAccountMerge(merge: AccountMerge): void {
  contributors.set(merge.name, merge);
}

/** All contributors in the order in which they run. */
export const accountMerges = (): AccountMerge[] => [...contributors.values()].toSorted((a, b) => a.order - b.order);
