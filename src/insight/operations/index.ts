export { downtimeBanner, forgetDowntime } from './downtime.ts';
export { viewEvents, viewOperations, manageOperations } from './operations-permissions.ts';
