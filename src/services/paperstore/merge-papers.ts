import type { AccountMerge } from '../../foundation/identity/index.ts';
import { countMergePapers, givePapersBack, takePapers } from './merge-queries.ts';
import { withdrawConsents } from './use-queries.ts';

/** Stored papers go over; a result that both accounts have stays once. Codes that nobody has used end. */
export const mergePapers: AccountMerge = {
  name: 'paperstore',
  order: 35,
  async preview(reader, { sourceId }) {
    return {
      lines: [
        {
          what: { vi: 'Giấy tờ trong kho', en: 'Stored papers' },
          count: await countMergePapers(reader, sourceId),
          fate: 'moves',
        },
      ],
    };
  },
  async apply(tx, { sourceId, targetId }) {
    await withdrawConsents(tx, sourceId, null);
    return { papers: await takePapers(tx, sourceId, targetId) };
  },
  async undo(tx, { sourceId, targetId }, moved) {
    await givePapersBack(tx, sourceId, targetId, moved['papers'] ?? []);
  },
};
