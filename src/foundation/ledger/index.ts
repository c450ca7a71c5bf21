export { sealEvents } from './seal-events.ts';
