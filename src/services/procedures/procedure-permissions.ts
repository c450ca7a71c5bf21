import { definePermission } from '../../platform/access.ts';

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
