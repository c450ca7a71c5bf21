import type { Reader, Tx } from '../../platform/database.ts';
import type { LocalText } from '../../platform/problems.ts';

/** Which dossiers of a unit go to another successor than its main one. */
export interface DossierRule {
  fromUnitId: string;
  /** By code of the procedure, by field (lĩnh vực), by a word of the applicant's address, or by dossier code. */
  by: 'procedure' | 'field' | 'address' | 'code';
  values: readonly string[];
  toUnitId: string;
}

/** Units that end (or give a part away) and units that take over from a day on. */
export interface UnitMovePlan {
  operationId: string;
  decisionNumber: string;
  /** First day of the new order and last day of the old, `YYYY-MM-DD`. */
  effectiveOn: string;
  lastDay: string;
  /** Where the things of a unit go by default. The same unit on both sides: it goes on, and only what the rules name leaves it. */
  pairs: readonly { fromUnitId: string; toUnitId: string; ends: boolean }[];
  /** Further successors of units that are split. */
  others: readonly { fromUnitId: string; toUnitId: string }[];
  /** Units that end and nobody takes over from. */
  orphans: readonly string[];
  rules: readonly DossierRule[];
  /** Which post goes on as which; empty in a preview. */
  posts: readonly { fromPostId: string; toPostId: string }[];
  /** Posts that end without a successor. */
  endedPosts: readonly string[];
  /** Units that begin with this operation. */
  founded: readonly string[];
  decisions: Readonly<Record<string, string>>;
}

/** What would move from one unit to another. */
export interface MoveLine {
  fromUnitId: string;
  toUnitId: string | null;
  kind: string;
  count: number;
  /** A few of them by name or code, at most three. */
  samples: readonly string[];
}
/** What a person has to decide. `key` is `GROUP:ID`; a decision for `all:GROUP` holds for every one of its group. */
export interface Ambiguity {
  key: string;
  unitId: string | null;
  title: LocalText;
  count: number;
  /** Empty: any unit may be named. */
  options: readonly { value: string; label: LocalText }[];
}
/** What stands in the way, or cannot be given back. */
export interface Obstacle {
  unitId: string | null;
  text: LocalText;
}

/** What one module would move, before anybody agrees to it. */
export interface UnitMovePreview {
  kinds: Readonly<Record<string, LocalText>>;
  lines: readonly MoveLine[];
  ambiguities?: readonly Ambiguity[];
  obstacles?: readonly Obstacle[];
}
/** What one bounded step did. `cursor` is handed to the next step: a phase that is over need not be looked for again. */
export interface MoveStep {
  moved: number;
  isDone: boolean;
  cursor?: string;
}

/**
 * What a module contributes to the reorganisation of units: its things move with their unit. `apply` and `undo` do one bounded step
 * in the caller's transaction (some seconds at most) and are called until they say that they are done; a step that was rolled back is done
 * again, so each finds by itself what is left. `settle` moves what arrived for a closed unit while the move ran.
 */
export interface UnitMove {
  /** Permanent: the key of its progress. */
  name: string;
  title: LocalText;
  /** Where among the contributors it runs; undoing goes backwards. Units and staff are 0 and 10. */
  order: number;
  preview(reader: Reader, plan: UnitMovePlan): Promise<UnitMovePreview>;
  apply(tx: Tx, plan: UnitMovePlan, cursor: string | null): Promise<MoveStep>;
  undo(tx: Tx, plan: UnitMovePlan): Promise<MoveStep>;
  settle?(tx: Tx, plan: UnitMovePlan): Promise<MoveStep>;
  /** What happened since that undoing would contradict (`blocks`), or would leave as it is (`stays`). */
  contradictions?(
    reader: Reader,
    plan: UnitMovePlan,
  ): Promise<{ blocks: readonly Obstacle[]; stays: readonly Obstacle[] }>;
}

const contributors = new Map<string, UnitMove>();

/** A module says what moves with its units. The composition calls it once for each. */
export function provideUnitMove(move: UnitMove): void {
  contributors.set(move.name, move);
}

/** All contributors in the order in which they run. */
export const unitMoves = (): UnitMove[] => [...contributors.values()].toSorted((a, b) => a.order - b.order);
