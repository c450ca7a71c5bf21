import { definePermission } from '../../platform/access.ts';

export const manageOrganisations = definePermission('organisations.manage', {
  vi: 'Quản lý đơn vị, cán bộ và vai trò',
  en: 'Manage units, staff and roles',
});
