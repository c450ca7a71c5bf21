import { definePermission } from '../../platform/access.ts';
import { defineAct } from '../../platform/assurance.ts';

export const manageOrganisations = definePermission('organisations.manage', {
  vi: 'Quản lý đơn vị, cán bộ và vai trò',
  en: 'Manage units, staff and roles',
});

export const exportOfficers = defineAct(
  'organisations.export-officers',
  { vi: 'Xuất danh sách cán bộ', en: 'Export the list of officers' },
  { level: 2, freshMinutes: 15 },
);
export const changeRights = defineAct(
  'organisations.change-rights',
  { vi: 'Thay đổi vai trò và quyền', en: 'Change roles and rights' },
  { level: 2, freshMinutes: 30 },
);
