/* Nothing stands on this module. What others link to are its addresses, in ui/paths.ts. */
export type { DataRequest } from './data-request.ts';
