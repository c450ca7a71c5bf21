import type { UnitMove, UnitMovePlan } from '../../foundation/organisations/index.ts';
import { countForeignPhrases, countMovingPhrases, movePhraseRows, undoPhraseRows } from './phrase-move-queries.ts';

const ending = (plan: UnitMovePlan) => plan.pairs.filter((pair) => pair.ends);

/** Phrases that a unit shares go to its successor. */
export const movePhrases: UnitMove = {
  name: 'frontdesk',
  title: { vi: 'Mẫu câu của đơn vị', en: "The unit's phrases" },
  order: 40,
  async preview(reader, plan) {
    const targetOf = new Map(ending(plan).map((pair) => [pair.fromUnitId, pair.toUnitId]));
    const found = await countMovingPhrases(reader, [...targetOf.keys()]);
    return {
      kinds: { 'frontdesk.phrases': { vi: 'Mẫu câu', en: 'Phrases' } },
      lines: found.map(({ unitId, n, samples }) => ({
        fromUnitId: unitId,
        toUnitId: targetOf.get(unitId) ?? null,
        kind: 'frontdesk.phrases',
        count: n,
        samples,
      })),
    };
  },
  apply: async (tx, plan) => ({ moved: await movePhraseRows(tx, plan.operationId, ending(plan)), isDone: true }),
  undo: async (tx, plan) => ({ moved: await undoPhraseRows(tx, plan.operationId), isDone: true }),
  async contradictions(reader, plan) {
    const foreign = await countForeignPhrases(reader, plan.founded, plan.operationId);
    return {
      blocks: foreign.map(({ unitId, n }) => ({
        unitId,
        text: { vi: `Đơn vị mới đã viết ${n} mẫu câu`, en: `The new unit has written ${n} phrases` },
      })),
      stays: [],
    };
  },
};
