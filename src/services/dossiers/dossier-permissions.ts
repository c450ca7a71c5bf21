import { definePermission } from '../../platform/access.ts';
import { defineAct } from '../../platform/assurance.ts';

export const mayView = definePermission('dossiers.view', { vi: 'Xem hồ sơ', en: 'View dossiers' });
export const mayReceive = definePermission('dossiers.receive', { vi: 'Tiếp nhận hồ sơ', en: 'Receive dossiers' });
export const mayProcess = definePermission('dossiers.process', { vi: 'Xử lý hồ sơ', en: 'Process dossiers' });
export const mayAssign = definePermission('dossiers.assign', { vi: 'Phân công hồ sơ', en: 'Assign dossiers' });
export const mayApprove = definePermission('dossiers.approve', { vi: 'Phê duyệt hồ sơ', en: 'Approve dossiers' });
export const mayReturn = definePermission('dossiers.return', { vi: 'Trả kết quả', en: 'Return results' });
export const mayStop = definePermission('dossiers.stop', { vi: 'Dừng giải quyết hồ sơ', en: 'Stop dossiers' });
export const mayExtend = definePermission('dossiers.extend', {
  vi: 'Xin lỗi và hẹn lại ngày trả',
  en: 'Apologise and re-appoint',
});
export const mayExport = definePermission('dossiers.export', {
  vi: 'Kết xuất danh sách hồ sơ',
  en: 'Export lists of dossiers',
});

/** What the levels of assurance decide about dossiers; the province may change it by dated rules. */
export const seeOthers = defineAct(
  'dossiers.see-others',
  { vi: 'Xem hồ sơ của người khác', en: 'See dossiers of others' },
  { level: 2, freshMinutes: null },
);
export const submitOnline = defineAct(
  'dossiers.submit',
  { vi: 'Nộp hồ sơ trực tuyến', en: 'Hand in a dossier online' },
  { level: 1, freshMinutes: null },
);

/** Scopes of API clients. */
export const submitScope = 'dossiers.submit';
/** Besides `submitScope`: may submit papers without the answers of the e-form, as offices do that have only the sheets. */
export const submitPaperScope = 'dossiers.submit-paper';
export const readScope = 'dossiers.read';

export const dossierPermissions = [
  mayView,
  mayReceive,
  mayProcess,
  mayAssign,
  mayApprove,
  mayReturn,
  mayStop,
  mayExtend,
  mayExport,
] as const;
