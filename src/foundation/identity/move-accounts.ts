import type { UnitMove, UnitMovePlan } from '../organisations/index.ts';
import {
  ADDRESS_BATCH,
  countAddresses,
  countForeignAddresses,
  moveAddresses,
  moveSessionPosts,
  undoAddresses,
} from './move-queries.ts';

const ending = (plan: UnitMovePlan) => plan.pairs.filter((pair) => pair.ends);

/** Open sessions go on at the post that follows theirs, and addresses of people and businesses follow their commune. */
export const moveAccounts: UnitMove = {
  name: 'identity',
  title: { vi: 'Phiên làm việc và địa chỉ', en: 'Sessions and addresses' },
  order: 10,
  async preview(reader, plan) {
    const targetOf = new Map(ending(plan).map((pair) => [pair.fromUnitId, pair.toUnitId]));
    const found = await countAddresses(reader, [...targetOf.keys()]);
    return {
      kinds: {
        'identity.addresses': { vi: 'Địa chỉ của người dân, doanh nghiệp', en: 'Addresses of people and businesses' },
      },
      lines: found.map(({ unitId, n }) => ({
        fromUnitId: unitId,
        toUnitId: targetOf.get(unitId) ?? null,
        kind: 'identity.addresses',
        count: n,
        samples: [],
      })),
    };
  },
  async apply(tx, plan) {
    await moveSessionPosts(tx, plan.posts);
    const moved = await moveAddresses(tx, plan.operationId, ending(plan));
    return { moved, isDone: moved < ADDRESS_BATCH };
  },
  async undo(tx, plan) {
    await moveSessionPosts(
      tx,
      plan.posts.map(({ fromPostId, toPostId }) => ({ fromPostId: toPostId, toPostId: fromPostId })),
    );
    const moved = await undoAddresses(tx, plan.operationId);
    return { moved, isDone: moved < ADDRESS_BATCH };
  },
  async contradictions(reader, plan) {
    const foreign = await countForeignAddresses(reader, plan.founded, plan.operationId);
    return {
      blocks: foreign.map(({ unitId, n }) => ({
        unitId,
        text: {
          vi: `${n} người đã khai địa chỉ ở đơn vị mới`,
          en: `${n} people have given the new unit as their address`,
        },
      })),
      stays: [],
    };
  },
};
