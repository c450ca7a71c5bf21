import { definePermission } from '../../platform/access.ts';

export const doWork = definePermission('workflow.work', {
  vi: 'Làm việc theo quy trình của đơn vị',
  en: 'Do tasks of processes',
});
export const assignWork = definePermission('workflow.assign', {
  vi: 'Giao việc theo quy trình của đơn vị',
  en: 'Assign tasks of processes',
});
export const ownProcesses = definePermission('workflow.publish', {
  vi: 'Vẽ và ban hành quy trình',
  en: 'Draw and publish processes',
});
