import type { AccountMerge } from '../../foundation/identity/index.ts';
import { countMergeDelegations, mergeGiven, mergeHeld, unmergeGiven, unmergeHeld } from './merge-queries.ts';

/** Mandates given and held go over; one between the two accounts stays with the closed one, where it does nothing. */
export const mergeDelegations: AccountMerge = {
  name: 'delegations',
  order: 20,
  async preview(reader, { sourceId, targetId }) {
    const { given, held, between } = await countMergeDelegations(reader, sourceId, targetId);
    return {
      lines: [
        { what: { vi: 'Ủy quyền đã cho', en: 'Mandates given' }, count: given, fate: 'moves' },
        { what: { vi: 'Ủy quyền được nhận', en: 'Mandates held' }, count: held, fate: 'moves' },
        {
          what: { vi: 'Ủy quyền giữa hai tài khoản', en: 'Mandates between the two accounts' },
          count: between,
          fate: 'stays',
        },
      ],
    };
  },
  async apply(tx, { sourceId, targetId }) {
    return { given: await mergeGiven(tx, sourceId, targetId), held: await mergeHeld(tx, sourceId, targetId) };
  },
  async undo(tx, { sourceId, targetId }, moved) {
    await unmergeGiven(tx, sourceId, targetId, moved['given'] ?? []);
    await unmergeHeld(tx, sourceId, targetId, moved['held'] ?? []);
  },
};
