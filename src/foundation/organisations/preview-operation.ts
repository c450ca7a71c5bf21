import type { Reader } from '../../platform/database.ts';
import type { LocalText } from '../../platform/problems.ts';
import type { Operation } from './operation-queries.ts';
import { previewStaff } from './plan-staff.ts';
import { movePlanOf, transfersOf, type OperationPreview, type ReorganisationPlan } from './reorganisation.ts';
import { planChildren, treeObstacles, unitNamer } from './resolve-plan.ts';
import { unitMoves, type Ambiguity, type MoveLine, type Obstacle, type UnitMovePreview } from './unit-move.ts';

/**
 * What an operation would move, unit by unit and kind by kind, with figures and samples; what a person has to decide; what stands in
 * the way. Reads only. Seconds for a whole province.
 */
export async function previewPlan(
  reader: Reader,
  operation: Pick<Operation, 'id' | 'decisionNumber' | 'effectiveOn' | 'plan'>,
): Promise<OperationPreview> {
  const { plan, effectiveOn } = operation;
  const transfers = transfersOf(plan);
  const children = await planChildren(reader, transfers, plan, effectiveOn);
  const where = { transfers, children };
  const below = children.flatMap((child) => [child.unitId, child.toUnitId]);
  const nameOf = await unitNamer(reader, plan, below, effectiveOn);
  const movePlan = movePlanOf(operation, { ...where, posts: [] });
  const found: UnitMovePreview[] = [await previewStaff(reader, where, effectiveOn, nameOf)];
  for (const move of unitMoves()) found.push(await move.preview(reader, movePlan));
  const kinds: Record<string, LocalText> = { units: { vi: 'Đơn vị trực thuộc', en: 'Units below' } };
  const lines: MoveLine[] = [];
  const ambiguities: Ambiguity[] = targetQuestions(plan, nameOf);
  const obstacles: Obstacle[] = await treeObstacles(reader, plan, effectiveOn);
  for (const { unitId, action, toUnitId } of children)
    lines.push({
      fromUnitId: unitId,
      toUnitId,
      kind: 'units',
      count: 1,
      samples: [action === 'merge' ? `${nameOf(unitId).vi} → ${nameOf(toUnitId).vi}` : nameOf(unitId).vi],
    });
  for (const part of found) {
    Object.assign(kinds, part.kinds);
    lines.push(...part.lines.filter((line) => line.count > 0));
    ambiguities.push(...(part.ambiguities ?? []));
    obstacles.push(...(part.obstacles ?? []));
  }
  return { kinds, lines, ambiguities, obstacles, children };
}

/** Who takes over from a unit that ends without a named successor? Any unit may be named, or none. */
function targetQuestions(plan: ReorganisationPlan, nameOf: (unitId: string) => LocalText): Ambiguity[] {
  return plan.changes.flatMap((change): Ambiguity[] => {
    const isOpen =
      (change.kind === 'dissolve' && change.toUnitId === null) ||
      (change.kind === 'split' && change.ends && change.mainUnitId === null);
    if (!isOpen) return [];
    const name = nameOf(change.fromUnitId);
    return [
      {
        key: `target:${change.fromUnitId}`,
        unitId: change.fromUnitId,
        count: 1,
        title: { vi: `Ai nhận nhiệm vụ của ${name.vi}?`, en: `Who takes over from ${name.en}?` },
        options:
          change.kind === 'split'
            ? change.toUnitIds.map((id) => ({ value: id, label: nameOf(id) }))
            : [{ value: 'none', label: { vi: 'Không đơn vị nào', en: 'Nobody' } }],
      },
    ];
  });
}
