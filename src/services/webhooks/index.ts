export { webhookKinds } from './webhook-kinds.ts';
