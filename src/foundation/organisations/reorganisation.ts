import type { LocalText } from '../../platform/problems.ts';
import { shiftDay } from '../../platform/day.ts';
import type { DossierRule, UnitMovePlan } from './unit-move.ts';

/** A unit that begins with the operation. Its id is given when the plan is written, so that other changes can name it. */
export interface FoundedUnit {
  id: string;
  /** Stable key of the province's data, when the unit has one there. */
  key?: string | null;
  nameVi: string;
  nameEn: string;
  shortName: string;
  kind: string;
  tier: number;
  parentId: string | null;
  gsoCode: string | null;
  /** Agency identifier from the first day on, of QĐ 20/2020/QĐ-TTg or QCVN 102:2016/BTTTT; null when there is none yet. */
  agencyCode: string | null;
}

/** One line of a decision. A merger of three communes into a new one is one founding and three mergers. */
export type Change =
  | { kind: 'found'; unit: FoundedUnit }
  | { kind: 'rename'; unitId: string; nameVi: string; nameEn: string; shortName: string }
  | { kind: 'move'; unitId: string; parentId: string }
  /** The first ends, and everything it had goes to the second. */
  | { kind: 'merge'; fromUnitId: string; toUnitId: string }
  /** What the unit had goes to several; `mainUnitId` takes what no rule gives to another. `ends` false: the unit goes on with the rest. */
  | { kind: 'split'; fromUnitId: string; toUnitIds: readonly string[]; mainUnitId: string | null; ends: boolean }
  /** The unit ends. Who takes over may still have to be decided. */
  | { kind: 'dissolve'; fromUnitId: string; toUnitId: string | null };
export type ChangeKind = Change['kind'];
export const changeKinds: readonly ChangeKind[] = ['merge', 'split', 'rename', 'dissolve', 'move', 'found'];

/** What shall happen, and what people decided where no rule decides. */
export interface ReorganisationPlan {
  changes: readonly Change[];
  /** By key of the ambiguity, or `all:GROUP` for every one of its group. */
  decisions: Readonly<Record<string, string>>;
  /** Which dossiers of a split unit go elsewhere than to its main successor; the first that fits holds. */
  rules: readonly DossierRule[];
}

/** One unit whose things go to another. */
export interface Transfer {
  fromUnitId: string;
  /** Null while nobody has decided. */
  toUnitId: string | null;
  /** Further successors of a split. */
  otherUnitIds: readonly string[];
  ends: boolean;
}

export type OperationState =
  | 'draft'
  | 'checked'
  | 'scheduled'
  | 'running'
  | 'done'
  | 'undoing'
  | 'undone'
  | 'discarded';
/** What may follow what. A change of the plan takes a checked operation back to draft. */
export const followers: Readonly<Record<OperationState, readonly OperationState[]>> = {
  draft: ['draft', 'checked', 'discarded'],
  checked: ['draft', 'scheduled', 'running', 'discarded'],
  scheduled: ['checked', 'running'],
  running: ['done'],
  done: ['undoing'],
  undoing: ['undone'],
  undone: [],
  discarded: [],
};
export const MAX_CHANGES = 2_000;

/** The choice for one ambiguity: its own, else that of its group, else null. */
export const decisionOf = (decisions: Readonly<Record<string, string>>, key: string): string | null =>
  decisions[key] ?? decisions[`all:${key.slice(0, key.indexOf(':'))}`] ?? null;

/** Who hands over to whom. A dissolved or split unit without a successor takes the one that was decided (`target:ID`). */
export function transfersOf(plan: Pick<ReorganisationPlan, 'changes' | 'decisions'>): Transfer[] {
  return plan.changes.flatMap((change): Transfer[] => {
    const { kind } = change;
    if (kind === 'merge')
      return [{ fromUnitId: change.fromUnitId, toUnitId: change.toUnitId, otherUnitIds: [], ends: true }];
    if (kind !== 'split' && kind !== 'dissolve') return [];
    const { fromUnitId } = change;
    const decided = plan.decisions[`target:${fromUnitId}`] ?? null;
    if (kind === 'dissolve') {
      const none = decided === 'none';
      return [{ fromUnitId, toUnitId: change.toUnitId ?? (none ? null : decided), otherUnitIds: [], ends: true }];
    }
    const main = change.mainUnitId ?? decided;
    return [
      { fromUnitId, toUnitId: main, otherUnitIds: change.toUnitIds.filter((id) => id !== main), ends: change.ends },
    ];
  });
}

export interface NamedUnit {
  unitId: string;
  role: 'from' | 'to' | 'changed' | 'founded';
}

/** Every unit that a plan names, with what it is in it. */
export function unitsOf(plan: ReorganisationPlan): NamedUnit[] {
  const rows = plan.changes.flatMap((change): NamedUnit[] => {
    if (change.kind === 'found') return [{ unitId: change.unit.id, role: 'founded' }];
    if (change.kind === 'rename' || change.kind === 'move') return [{ unitId: change.unitId, role: 'changed' }];
    return [];
  });
  const ends = transfersOf(plan).flatMap((transfer): NamedUnit[] => [
    { unitId: transfer.fromUnitId, role: 'from' },
    ...[transfer.toUnitId, ...transfer.otherUnitIds].flatMap((unitId): NamedUnit[] =>
      unitId === null ? [] : [{ unitId, role: 'to' }],
    ),
  ]);
  const seen = new Set<string>();
  return [...rows, ...ends].filter(({ unitId, role }) => {
    const key = `${unitId} ${role}`;
    return !seen.has(key) && Boolean(seen.add(key));
  });
}

export type PlanFault =
  | 'empty'
  | 'too-many'
  | 'twice-from'
  | 'to-itself'
  | 'ends-and-takes-over'
  | 'ends-and-changes'
  | 'split-needs-two';

/** What is wrong with a plan by itself, before any database is asked. Pure. */
export function planFaults(plan: ReorganisationPlan): { fault: PlanFault; unitId: string | null }[] {
  if (plan.changes.length === 0) return [{ fault: 'empty', unitId: null }];
  if (plan.changes.length > MAX_CHANGES) return [{ fault: 'too-many', unitId: null }];
  const transfers = transfersOf(plan);
  const ending = new Set(transfers.filter((each) => each.ends).map((each) => each.fromUnitId));
  const seen = new Set<string>();
  const faults: { fault: PlanFault; unitId: string | null }[] = [];
  for (const { fromUnitId, toUnitId, otherUnitIds, ends } of transfers) {
    if (seen.has(fromUnitId)) faults.push({ fault: 'twice-from', unitId: fromUnitId });
    seen.add(fromUnitId);
    if (toUnitId === fromUnitId && ends) faults.push({ fault: 'to-itself', unitId: fromUnitId });
    for (const unitId of [toUnitId, ...otherUnitIds])
      if (unitId !== null && unitId !== fromUnitId && ending.has(unitId))
        faults.push({ fault: 'ends-and-takes-over', unitId });
  }
  for (const change of plan.changes) {
    if (change.kind === 'split' && new Set(change.toUnitIds).size < (change.ends ? 2 : 1))
      faults.push({ fault: 'split-needs-two', unitId: change.fromUnitId });
    if ((change.kind === 'rename' || change.kind === 'move') && ending.has(change.unitId))
      faults.push({ fault: 'ends-and-changes', unitId: change.unitId });
  }
  return faults;
}

/** A unit below one that ends, and what becomes of it: it joins the same kind of unit of the successor, or moves over as it is. */
export interface ChildMove {
  unitId: string;
  action: 'merge' | 'move';
  toUnitId: string;
}

/** A plan as it runs: with the units below, and the posts. Kept with the operation. */
export interface ResolvedPlan {
  transfers: readonly Transfer[];
  children: readonly ChildMove[];
  posts: readonly PostMove[];
  /** `OFFICER POST`: appointments that go on, but no longer as the officer's main one. */
  secondary: readonly string[];
}
export interface PostMove {
  fromPostId: string;
  /** Null: the post ends with its unit. */
  toPostId: string | null;
  toUnitId: string | null;
}

/** The plan as contributors get it. */
export function movePlanOf(
  operation: { id: string; decisionNumber: string; effectiveOn: string; plan: ReorganisationPlan },
  resolved: Pick<ResolvedPlan, 'transfers' | 'children' | 'posts'>,
): UnitMovePlan {
  const pairs = [
    ...resolved.transfers.flatMap(({ fromUnitId, toUnitId, ends }) =>
      toUnitId === null || toUnitId === fromUnitId ? [] : [{ fromUnitId, toUnitId, ends }],
    ),
    ...resolved.children.flatMap(({ unitId, action, toUnitId }) =>
      action === 'merge' ? [{ fromUnitId: unitId, toUnitId, ends: true }] : [],
    ),
  ];
  // A unit that goes on while a part of it leaves: only what the rules name moves.
  const staying = resolved.transfers
    .filter(({ fromUnitId, toUnitId, ends }) => !ends && (toUnitId === null || toUnitId === fromUnitId))
    .map(({ fromUnitId }) => ({ fromUnitId, toUnitId: fromUnitId, ends: false }));
  return {
    operationId: operation.id,
    decisionNumber: operation.decisionNumber,
    effectiveOn: operation.effectiveOn,
    lastDay: shiftDay(operation.effectiveOn, -1),
    pairs: [...pairs, ...staying],
    others: resolved.transfers.flatMap(({ fromUnitId, otherUnitIds, ends }) =>
      ends ? otherUnitIds.map((toUnitId) => ({ fromUnitId, toUnitId })) : [],
    ),
    orphans: resolved.transfers.flatMap(({ fromUnitId, toUnitId, ends }) =>
      ends && toUnitId === null ? [fromUnitId] : [],
    ),
    rules: operation.plan.rules,
    posts: resolved.posts.flatMap(({ fromPostId, toPostId }) => (toPostId === null ? [] : [{ fromPostId, toPostId }])),
    endedPosts: resolved.posts.filter((post) => post.toPostId === null).map((post) => post.fromPostId),
    founded: operation.plan.changes.flatMap((change) => (change.kind === 'found' ? [change.unit.id] : [])),
    decisions: operation.plan.decisions,
  };
}

/** What a preview found, summed over all contributors. */
export interface OperationPreview {
  kinds: Readonly<Record<string, LocalText>>;
  lines: readonly {
    fromUnitId: string;
    toUnitId: string | null;
    kind: string;
    count: number;
    samples: readonly string[];
  }[];
  ambiguities: readonly {
    key: string;
    unitId: string | null;
    title: LocalText;
    count: number;
    options: readonly { value: string; label: LocalText }[];
  }[];
  obstacles: readonly { unitId: string | null; text: LocalText }[];
  children: readonly ChildMove[];
}

/** Ambiguities that nobody has decided yet. */
export const openAmbiguities = (preview: OperationPreview, decisions: Readonly<Record<string, string>>) =>
  preview.ambiguities.filter(({ key }) => decisionOf(decisions, key) === null);
