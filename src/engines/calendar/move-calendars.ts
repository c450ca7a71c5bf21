import { decisionOf, type UnitMove, type UnitMovePlan } from '../../foundation/organisations/index.ts';
import { carryEntries, countForeignEntries, countMovingEntries, undoCarriedEntries } from './move-queries.ts';

const ending = (plan: UnitMovePlan) => plan.pairs.filter((pair) => pair.ends);

/**
 * A unit's own decisions about working time: whether they hold at the successor too is for a person to say (`calendar:UNIT`). Appointments
 * that were given stay as they are.
 */
export const moveCalendars: UnitMove = {
  name: 'calendar',
  title: { vi: 'Lịch làm việc', en: 'Working calendars' },
  order: 30,
  async preview(reader, plan) {
    const targetOf = new Map(ending(plan).map((pair) => [pair.fromUnitId, pair.toUnitId]));
    const found = await countMovingEntries(reader, [...targetOf.keys()], plan.effectiveOn);
    return {
      kinds: { 'calendar.entries': { vi: 'Lịch riêng của đơn vị', en: 'Own calendar decisions' } },
      lines: found.map(({ unitId, n, samples }) => ({
        fromUnitId: unitId,
        toUnitId: targetOf.get(unitId) ?? null,
        kind: 'calendar.entries',
        count: n,
        samples,
      })),
      ambiguities: found.map(({ unitId, n }) => ({
        key: `calendar:${unitId}`,
        unitId,
        count: n,
        title: {
          vi: `${n} quyết định riêng về lịch làm việc`,
          en: `${n} decisions about working time of its own`,
        },
        options: [
          { value: 'carry', label: { vi: 'Áp dụng cho đơn vị kế thừa', en: 'They hold at the successor too' } },
          { value: 'leave', label: { vi: 'Kết thúc cùng đơn vị', en: 'They end with the unit' } },
        ],
      })),
    };
  },
  async apply(tx, plan) {
    const pairs = ending(plan).filter((pair) => decisionOf(plan.decisions, `calendar:${pair.fromUnitId}`) === 'carry');
    const { effectiveOn, operationId } = plan;
    return { moved: await carryEntries(tx, { pairs, effectiveOn, operationId }), isDone: true };
  },
  undo: async (tx, plan) => ({ moved: await undoCarriedEntries(tx, plan.operationId), isDone: true }),
  async contradictions(reader, plan) {
    const foreign = await countForeignEntries(reader, plan.founded, plan.operationId);
    return {
      blocks: foreign.map(({ unitId, n }) => ({
        unitId,
        text: { vi: `Đơn vị mới đã có ${n} quyết định về lịch`, en: `The new unit has made ${n} calendar decisions` },
      })),
      stays: [],
    };
  },
};
