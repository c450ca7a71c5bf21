import type { Reader } from '../../platform/database.ts';
import type { LocalText } from '../../platform/problems.ts';
import { shiftDay } from '../../platform/day.ts';
import { isValidOn } from './period.ts';
import { planPosts } from './plan-staff.ts';
import {
  planFaults,
  transfersOf,
  unitsOf,
  type ChildMove,
  type PlanFault,
  type ReorganisationPlan,
  type ResolvedPlan,
  type Transfer,
} from './reorganisation.ts';
import { listOpenChildren, listVersionsOfUnits } from './structure-queries.ts';
import type { Obstacle } from './unit-move.ts';
import { namesOf } from './unit-queries.ts';
import type { UnitVersion } from './unit-write-queries.ts';

const MAX_DEPTH = 8;

/**
 * What becomes of the units below those that end: one that the successor has too (same kind, same short name) is merged into it, any
 * other goes on below the successor. Goes down as far as merging goes.
 */
export async function planChildren(
  reader: Reader,
  transfers: readonly Transfer[],
  plan: Pick<ReorganisationPlan, 'changes'>,
  effectiveOn: string,
): Promise<ChildMove[]> {
  const moves: ChildMove[] = [];
  const founded = new Set(plan.changes.flatMap((change) => (change.kind === 'found' ? [change.unit.id] : [])));
  const named = new Set([
    ...transfers.map((each) => each.fromUnitId),
    ...plan.changes.flatMap((change) => (change.kind === 'move' ? [change.unitId] : [])),
  ]);
  let level = transfers.flatMap(({ fromUnitId, toUnitId, ends }) =>
    ends && toUnitId ? [{ fromUnitId, toUnitId }] : [],
  );
  for (let depth = 0; depth < MAX_DEPTH && level.length > 0; depth += 1) {
    const targetOf = new Map(level.map((each) => [each.fromUnitId, each.toUnitId]));
    const below = await listOpenChildren(reader, [...targetOf.keys()], shiftDay(effectiveOn, -1));
    const targets = [...new Set(targetOf.values())].filter((id) => !founded.has(id));
    const there = await listOpenChildren(reader, targets, effectiveOn);
    const next: typeof level = [];
    for (const child of below) {
      if (named.has(child.unitId)) continue; // the plan itself says what becomes of it
      const toUnitId = targetOf.get(child.parentId)!;
      const twin = there.find(
        (each) => each.parentId === toUnitId && each.kind === child.kind && each.shortName === child.shortName,
      );
      if (twin && twin.unitId !== child.unitId) {
        moves.push({ unitId: child.unitId, action: 'merge', toUnitId: twin.unitId });
        next.push({ fromUnitId: child.unitId, toUnitId: twin.unitId });
      } else moves.push({ unitId: child.unitId, action: 'move', toUnitId });
    }
    level = next;
  }
  return moves;
}

/** The plan as it runs: with units below and posts. */
export async function resolvePlan(
  reader: Reader,
  plan: ReorganisationPlan,
  effectiveOn: string,
): Promise<ResolvedPlan> {
  const transfers = transfersOf(plan);
  const children = await planChildren(reader, transfers, plan, effectiveOn);
  return { transfers, children, ...(await planPosts(reader, plan, { transfers, children }, effectiveOn)) };
}

const FAULTS: Readonly<Record<PlanFault, LocalText>> = {
  empty: { vi: 'Chưa có thay đổi nào', en: 'There is no change yet' },
  'too-many': { vi: 'Quá nhiều thay đổi trong một lần', en: 'Too many changes at once' },
  'twice-from': { vi: 'Đơn vị bị nhập hoặc chia hai lần', en: 'The unit is merged or split twice' },
  'to-itself': { vi: 'Đơn vị không thể nhập vào chính nó', en: 'A unit cannot be merged into itself' },
  'ends-and-takes-over': {
    vi: 'Đơn vị vừa kết thúc vừa nhận nhiệm vụ của đơn vị khác',
    en: 'The unit ends and takes over from another at once',
  },
  'ends-and-changes': {
    vi: 'Đơn vị vừa kết thúc vừa đổi tên hoặc chuyển',
    en: 'The unit ends and is renamed or moved at once',
  },
  'split-needs-two': { vi: 'Chia tách cần ít nhất hai đơn vị nhận', en: 'A split needs at least two successors' },
};

/** Names of units on both sides of the change: those of before, and those that the plan founds. */
export async function unitNamer(
  reader: Reader,
  plan: ReorganisationPlan,
  more: readonly string[],
  effectiveOn: string,
): Promise<(unitId: string) => LocalText> {
  const founded = new Map(
    plan.changes.flatMap((change) => (change.kind === 'found' ? [[change.unit.id, change.unit] as const] : [])),
  );
  const ids = [...unitsOf(plan).map((each) => each.unitId), ...more];
  const names = await namesOf(reader, ids, shiftDay(effectiveOn, -1));
  return (unitId) => {
    const unit = founded.get(unitId) ?? names.get(unitId);
    return unit ? { vi: unit.nameVi, en: unit.nameEn } : { vi: '–', en: '–' };
  };
}

/** What stands in the way of a plan in the tree itself: units that do not exist on that day, later changes, wrong parents. */
export async function treeObstacles(
  reader: Reader,
  plan: ReorganisationPlan,
  effectiveOn: string,
): Promise<Obstacle[]> {
  const obstacles: Obstacle[] = planFaults(plan).map(({ fault, unitId }) => ({ unitId, text: FAULTS[fault] }));
  const founded = new Set(plan.changes.flatMap((change) => (change.kind === 'found' ? [change.unit.id] : [])));
  const parents = plan.changes.flatMap((change) => {
    if (change.kind === 'move') return [change.parentId];
    return change.kind === 'found' && change.unit.parentId !== null ? [change.unit.parentId] : [];
  });
  const ids = [...new Set([...unitsOf(plan).map((each) => each.unitId), ...parents])].filter((id) => !founded.has(id));
  const versions = Map.groupBy(await listVersionsOfUnits(reader, ids), (each) => each.unitId);
  const lastDay = shiftDay(effectiveOn, -1);
  const ending = new Set(transfersOf(plan).flatMap((each) => (each.ends ? [each.fromUnitId] : [])));
  for (const unitId of ids) {
    const periods = versions.get(unitId) ?? [];
    obstacles.push(
      ...periodObstacles(unitId, periods, ending.has(unitId), ending.has(unitId) ? lastDay : effectiveOn, effectiveOn),
    );
  }
  return obstacles;
}

function periodObstacles(
  unitId: string,
  periods: readonly UnitVersion[],
  ends: boolean,
  day: string,
  effectiveOn: string,
): Obstacle[] {
  if (!periods.some((period) => isValidOn(period, day)))
    return [{ unitId, text: { vi: 'Đơn vị không hoạt động vào ngày này', en: 'The unit does not exist on that day' } }];
  if (ends && periods.some((period) => period.validFrom >= effectiveOn))
    return [
      {
        unitId,
        text: {
          vi: 'Đơn vị đã có thay đổi khác từ ngày hiệu lực trở đi',
          en: 'The unit has another change on or after that day',
        },
      },
    ];
  return [];
}
