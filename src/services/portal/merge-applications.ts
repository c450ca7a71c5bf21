import type { AccountMerge } from '../../foundation/identity/index.ts';
import { handOverDrafts } from '../../engines/forms/index.ts';
import { countMergeApplications, takeApplications, unmergeApplications } from './merge-queries.ts';

/** Applications go over with the answers of their forms, sent or not. */
export const mergeApplications: AccountMerge = {
  name: 'portal',
  order: 30,
  async preview(reader, { sourceId }) {
    return {
      lines: [
        {
          what: { vi: 'Bản hồ sơ đang soạn', en: 'Applications not sent yet' },
          count: await countMergeApplications(reader, sourceId),
          fate: 'moves',
        },
      ],
    };
  },
  async apply(tx, { sourceId, targetId }) {
    const moved = await takeApplications(tx, sourceId, targetId);
    const drafts = moved.flatMap((each) => each.draftId ?? []);
    await handOverDrafts(tx, drafts, { kind: 'citizen', id: sourceId }, { kind: 'citizen', id: targetId });
    return { applications: moved.map((each) => each.id) };
  },
  async undo(tx, { sourceId, targetId }, moved) {
    const back = await unmergeApplications(tx, sourceId, targetId, moved['applications'] ?? []);
    const drafts = back.flatMap((each) => each.draftId ?? []);
    await handOverDrafts(tx, drafts, { kind: 'citizen', id: targetId }, { kind: 'citizen', id: sourceId });
  },
};
