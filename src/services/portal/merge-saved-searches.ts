import type { AccountMerge } from '../../foundation/identity/index.ts';
import { giveSavedSearchesBack, listSavedSearches, takeSavedSearches } from './saved-search-queries.ts';

/** Saved searches go over; a question that both accounts keep stays once. */
export const mergeSavedSearches: AccountMerge = {
  name: 'portal.saved-searches',
  order: 36,
  async preview(reader, { sourceId }) {
    const count = (await listSavedSearches(reader, sourceId)).length;
    return { lines: [{ what: { vi: 'Tìm kiếm đã lưu', en: 'Saved searches' }, count, fate: 'moves' }] };
  },
  async apply(tx, { sourceId, targetId }) {
    return { searches: await takeSavedSearches(tx, sourceId, targetId) };
  },
  async undo(tx, { sourceId, targetId }, moved) {
    await giveSavedSearchesBack(tx, sourceId, targetId, moved['searches'] ?? []);
  },
};
