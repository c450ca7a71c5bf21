import { definePermission } from '../../platform/access.ts';

export const viewEvents = definePermission(
  'events.view',
  { vi: 'Xem nhật ký hệ thống', en: 'See the event log' },
  'province',
);
export const viewOperations = definePermission(
  'operations.view',
  {
    vi: 'Xem tình trạng vận hành',
    en: 'See operations',
  },
  'province',
);
export const manageOperations = definePermission(
  'operations.manage',
  {
    vi: 'Điều hành hệ thống',
    en: 'Manage operations',
  },
  'province',
);
