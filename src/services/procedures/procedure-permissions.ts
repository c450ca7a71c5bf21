import { definePermission, defineScope } from '../../platform/access.ts';

export const manageProcedures = definePermission(
  'procedures.manage',
  {
    vi: 'Quản lý thủ tục hành chính: nhập, công bố, bãi bỏ',
    en: 'Manage procedures: import, publish, retire',
  },
  'province',
);
export const editProcedures = definePermission(
  'procedures.edit',
  {
    vi: 'Soạn thủ tục hành chính và gửi duyệt',
    en: 'Write procedures and send them for review',
  },
  'province',
);
export const reviewProcedures = definePermission(
  'procedures.review',
  {
    vi: 'Duyệt thủ tục hành chính do người khác soạn',
    en: 'Review procedures that others wrote',
  },
  'province',
);
/** Whoever does anything with procedures sees their pages. */
export const workOnProcedures = [manageProcedures, editProcedures, reviewProcedures] as const;

/** Scopes of programs: each stands for the right of the same name. */
export const editScope = defineScope(
  editProcedures.name,
  { vi: 'Soạn thủ tục, xem lỗi danh mục', en: 'Write procedures, see defects of the catalogue' },
  { permission: editProcedures },
).name;
export const manageScope = defineScope(
  manageProcedures.name,
  { vi: 'Đóng gói, nhập gói thủ tục', en: 'Pack procedures, take packages over' },
  { permission: manageProcedures },
).name;
