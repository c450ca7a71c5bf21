import type { AccountMerge } from '../../foundation/identity/index.ts';
import {
  countMergeDossiers,
  mergeApplicant,
  mergeSubmitter,
  unmergeApplicant,
  unmergeSubmitter,
} from './merge-queries.ts';

/** Dossiers of a person, and those handed in for others, go over when two accounts are merged. */
export const mergeDossiers: AccountMerge = {
  name: 'dossiers',
  order: 40,
  async preview(reader, { sourceId }) {
    const { own, handedIn } = await countMergeDossiers(reader, sourceId);
    return {
      lines: [
        { what: { vi: 'Hồ sơ', en: 'Dossiers' }, count: own, fate: 'moves' },
        {
          what: { vi: 'Hồ sơ nộp thay người khác', en: 'Dossiers handed in for others' },
          count: handedIn,
          fate: 'moves',
        },
      ],
    };
  },
  async apply(tx, { sourceId, targetId }) {
    return {
      own: await mergeApplicant(tx, sourceId, targetId),
      handedIn: await mergeSubmitter(tx, sourceId, targetId),
    };
  },
  async undo(tx, { sourceId, targetId }, moved) {
    await unmergeApplicant(tx, sourceId, targetId, moved['own'] ?? []);
    await unmergeSubmitter(tx, sourceId, targetId, moved['handedIn'] ?? []);
  },
};
