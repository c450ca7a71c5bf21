export { resolveSession } from './session-queries.ts';
