import type { AccountMerge } from '../../foundation/identity/index.ts';
import { findOpenClosing } from './closing-queries.ts';
import { countMergeRequests, mergeRequestsOf, unmergeRequestsOf } from './merger-queries.ts';

/** Requests about personal data go over; an account that is about to close is not merged. */
export const mergeRequests: AccountMerge = {
  name: 'people',
  order: 50,
  async preview(reader, { sourceId, targetId }) {
    const closings = [await findOpenClosing(reader, sourceId), await findOpenClosing(reader, targetId)];
    return {
      lines: [
        {
          what: { vi: 'Yêu cầu về dữ liệu cá nhân', en: 'Requests about personal data' },
          count: await countMergeRequests(reader, sourceId),
          fate: 'moves',
        },
      ],
      obstacles: closings.some((closing) => closing?.state === 'waiting')
        ? [
            {
              vi: 'Chủ tài khoản đang yêu cầu đóng một trong hai tài khoản',
              en: 'The owner has asked to close one of the accounts',
            },
          ]
        : [],
    };
  },
  apply: async (tx, { sourceId, targetId }) => ({ requests: await mergeRequestsOf(tx, sourceId, targetId) }),
  undo: async (tx, { sourceId, targetId }, moved) => {
    await unmergeRequestsOf(tx, sourceId, targetId, moved['requests'] ?? []);
  },
};
