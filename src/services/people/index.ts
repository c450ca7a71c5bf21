/* What others link to are the addresses, in ui/paths.ts. */
export type { DataRequest } from './data-request.ts';
export { movePeople } from './move-people.ts';
export { mergeRequests } from './merge-requests.ts';
