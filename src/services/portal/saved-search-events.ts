import { defineEvent } from '../../platform/events.ts';

/** What somebody keeps is told, not what they look for. */
interface SearchFacts {
  place: 'search' | 'list';
  tells: boolean;
}
export const searchSaved = defineEvent<SearchFacts>('portal.search-saved', { vi: 'Lưu tìm kiếm', en: 'Search saved' });
export const searchRemoved = defineEvent<SearchFacts>('portal.search-removed', {
  vi: 'Bỏ tìm kiếm đã lưu',
  en: 'Saved search removed',
});
