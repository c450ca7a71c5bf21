import { definePermission, defineScope, type Permission } from '../../platform/access.ts';
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
export const submitScope = defineScope('dossiers.submit', {
  vi: 'Nộp, bổ sung, rút hồ sơ thay khách hàng của mình',
  en: 'Submit, supplement and withdraw dossiers',
}).name;
/** Besides `submitScope`: may submit papers without the answers of the e-form, as offices do that have only the sheets. */
export const submitPaperScope = defineScope('dossiers.submit-paper', {
  vi: 'Nộp hồ sơ giấy đã số hóa, không có nội dung biểu mẫu',
  en: 'Submit papers without the answers of the e-form',
}).name;
export const readScope = defineScope('dossiers.read', {
  vi: 'Theo dõi hồ sơ, tải kết quả của hồ sơ đã nộp',
  en: 'Follow the dossiers submitted, and fetch their results',
}).name;

/** Scopes of agencies' systems: each stands for the right of the same name, over the units of the registration. */
const agencyScope = (permission: Permission, vi: string, en: string): string =>
  defineScope(permission.name, { vi, en }, { permission }).name;
export const viewScope = agencyScope(
  mayView,
  'Xem danh sách, nội dung và số liệu hồ sơ của đơn vị',
  'Worklist, dossiers and figures of the units',
);
export const receiveScope = agencyScope(
  mayReceive,
  'Tiếp nhận, từ chối, yêu cầu bổ sung, thu phí',
  'Receive, refuse, ask for supplements and fees',
);
export const processScope = agencyScope(
  mayProcess,
  'Cập nhật các bước giải quyết, nhập kết quả',
  'Work through the steps, enter results',
);
export const approveScope = agencyScope(mayApprove, 'Ghi nhận việc phê duyệt', 'Record approvals');
export const returnScope = agencyScope(mayReturn, 'Trả kết quả', 'Hand results over');
export const stopScope = agencyScope(mayStop, 'Dừng giải quyết hồ sơ', 'Stop dossiers');
/** Besides `viewScope`: names, numbers and addresses of applicants, and their papers. */
export const personalScope = defineScope('dossiers.personal-data', {
  vi: 'Xem thông tin cá nhân và giấy tờ của người nộp (với hồ sơ của đơn vị)',
  en: 'See applicants’ personal data and papers (of dossiers of the units)',
}).name;

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
