import { definePermission } from '../../platform/access.ts';

export const manageProcedures = definePermission('procedures.manage', {
  vi: 'Quản lý thủ tục hành chính: nhập, công bố, bãi bỏ',
  en: 'Manage procedures: import, publish, retire',
});
