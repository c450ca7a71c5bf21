/* Nothing stands on the portal. What other modules link to are its addresses, in ui/paths.ts. */
export { draftClass } from './retention.ts';
export type { Application, Purpose } from './application.ts';
export { discardAllApplications } from './discard-application.ts';
export { deleteSavedSearches, listSavedSearches } from './saved-search-queries.ts';
export { mergeSavedSearches } from './merge-saved-searches.ts';
export { mergeApplications } from './merge-applications.ts';
export { listOpenApplications } from './application-queries.ts';
export { stateWords } from './dossier-words.ts';
