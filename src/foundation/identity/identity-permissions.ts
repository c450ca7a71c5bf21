import { definePermission } from '../../platform/access.ts';

/** Everything about accounts: list, make, lock, reset, end sessions, export. Held by administrators. */
export const identityManage = definePermission('identity.manage', {
  vi: 'Quản lý tài khoản người dùng',
  en: 'Manage user accounts',
});
