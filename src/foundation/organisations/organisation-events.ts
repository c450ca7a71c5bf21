import { defineEvent } from '../../platform/events.ts';

/* Every change of the tree, of people and of rights: the payload says what is now, the event row says who, when and from where. */

export const unitCreated = defineEvent<{
  unitId: string;
  name: string;
  validFrom: string;
  decisionNumber: string | null;
}>('organisations.unit-created', { vi: 'Thành lập đơn vị', en: 'Unit created' });
export const unitRenamed = defineEvent<{
  unitId: string;
  from: string;
  to: string;
  validFrom: string;
  decisionNumber: string | null;
}>('organisations.unit-renamed', { vi: 'Đổi tên đơn vị', en: 'Unit renamed' });
export const unitChanged = defineEvent<{
  unitId: string;
  changed: string[];
  validFrom: string;
  decisionNumber: string | null;
}>('organisations.unit-changed', { vi: 'Thay đổi thông tin đơn vị', en: 'Unit changed' });
export const unitClosed = defineEvent<{
  unitId: string;
  lastDay: string;
  decisionNumber: string;
  successorIds: string[];
}>('organisations.unit-closed', { vi: 'Kết thúc hoạt động đơn vị', en: 'Unit closed' });
export const unitsLoaded = defineEvent<{ province: string; units: number; roles: number; posts: number }>(
  'organisations.units-loaded',
  { vi: 'Nạp dữ liệu đơn vị của tỉnh', en: "The province's units loaded" },
);
export const identifierAssigned = defineEvent<{ unitId: string; code: string; validFrom: string }>(
  'organisations.identifier-assigned',
  { vi: 'Gán mã định danh', en: 'Agency identifier assigned' },
);
export const identifierEnded = defineEvent<{ unitId: string; code: string; lastDay: string }>(
  'organisations.identifier-ended',
  { vi: 'Kết thúc mã định danh', en: 'Agency identifier ended' },
);
export const postCreated = defineEvent<{ postId: string; unitId: string; title: string }>(
  'organisations.post-created',
  {
    vi: 'Thêm vị trí',
    en: 'Post created',
  },
);
export const postChanged = defineEvent<{ postId: string; unitId: string; title: string; validTo: string | null }>(
  'organisations.post-changed',
  { vi: 'Thay đổi vị trí', en: 'Post changed' },
);
/** `before` says what the post held until then: pages of the past show it. */
export const postRolesChanged = defineEvent<{
  postId: string;
  before: { role: string; reach: string }[];
  roles: { role: string; reach: string }[];
}>('organisations.post-roles-changed', { vi: 'Thay đổi vai trò của vị trí', en: 'Roles of a post changed' });
export const officerCreated = defineEvent<{ officerId: string; staffCode: string }>('organisations.officer-created', {
  vi: 'Thêm cán bộ',
  en: 'Officer created',
});
export const officerChanged = defineEvent<{ officerId: string; changed: string[] }>('organisations.officer-changed', {
  vi: 'Thay đổi thông tin cán bộ',
  en: 'Officer changed',
});
export const officersImported = defineEvent<{ importId: string; officers: number; appointments: number }>(
  'organisations.officers-imported',
  { vi: 'Nhập cán bộ từ tệp Excel', en: 'Officers imported from Excel' },
);
export const officerAppointed = defineEvent<{
  officerId: string;
  postId: string;
  validFrom: string;
  validTo: string | null;
}>('organisations.officer-appointed', { vi: 'Bổ nhiệm vào vị trí', en: 'Officer appointed' });
export const appointmentEnded = defineEvent<{ officerId: string; postId: string; lastDay: string }>(
  'organisations.appointment-ended',
  { vi: 'Thôi giữ vị trí', en: 'Appointment ended' },
);
export const officerSubstituted = defineEvent<{
  fromOfficerId: string;
  toOfficerId: string;
  postId: string;
  validFrom: string;
  validTo: string;
  documentNumber: string;
}>('organisations.officer-substituted', { vi: 'Uỷ quyền', en: 'Substitution granted' });
export const substitutionRevoked = defineEvent<{ substitutionId: string; postId: string; revokedOn: string }>(
  'organisations.substitution-revoked',
  { vi: 'Thu hồi uỷ quyền', en: 'Substitution revoked' },
);
export const roleChanged = defineEvent<{ roleId: string; key: string; permissions: string[] }>(
  'organisations.role-changed',
  {
    vi: 'Thay đổi vai trò',
    en: 'Role changed',
  },
);
