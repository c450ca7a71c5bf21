import { definePermission } from '../../platform/access.ts';

/**
 * Everything about accounts: list, make, lock, reset, end sessions, export. Over a unit: the officials all of whose posts are there and reach no
 * further. Over everything: accounts of people and businesses, and the levels of assurance, as well.
 */
export const identityManage = definePermission('identity.manage', {
  vi: 'Quản lý tài khoản người dùng',
  en: 'Manage user accounts',
});

/** Removing lost second factors of citizens who come to the counter with their identity paper. */
export const recoverAtCounter = definePermission(
  'identity.recover-at-counter',
  {
    vi: 'Khôi phục tài khoản công dân tại quầy',
    en: 'Recover accounts of citizens at the counter',
  },
  'counter',
);

/** Applications of agencies that sign people in here: approve, register, suspend. Held by the province. */
export const appsManage = definePermission(
  'identity.apps-manage',
  {
    vi: 'Quản lý ứng dụng kết nối đăng nhập',
    en: 'Manage applications that use the sign-on',
  },
  'province',
);
/** Ask to connect an application of one's own agency, and look after it. */
export const appsRequest = definePermission('identity.apps-request', {
  vi: 'Đề nghị kết nối ứng dụng của cơ quan',
  en: 'Ask to connect an application of the agency',
});
