export { indexDocuments, removeDocuments, PUBLIC, type SearchDocument } from './index-documents.ts';
export { search, suggest, type Hit, type SearchInput, type SearchResult } from './search.ts';
export type { Piece } from './rank.ts';
export { rebuildDictionary } from './search-jobs.ts';
export { loadSearchWords } from './load-search-words.ts';
export { useSearchWords } from './word-store.ts';
export { checkSearchWords, type SearchWords } from './word-list.ts';
export { fold } from './words.ts';
