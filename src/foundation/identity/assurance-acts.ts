import { defineAct } from '../../platform/assurance.ts';

/** Adding, renaming and taking away factors, making recovery codes: level 2 as soon as there is a factor. */
export const changeFactors = defineAct(
  'identity.change-factors',
  { vi: 'Thay đổi cách xác minh khi đăng nhập', en: 'Change how you prove who you are' },
  { level: 2, freshMinutes: 10 },
);
export const changeAccounts = defineAct(
  'identity.change-accounts',
  { vi: 'Khóa, mở, cấp lại tài khoản của người khác', en: 'Lock, open and reset accounts of others' },
  { level: 2, freshMinutes: 30 },
);
export const changeAssurance = defineAct(
  'identity.change-assurance',
  { vi: 'Thay đổi mức độ xác minh danh tính', en: 'Change levels of assurance' },
  { level: 2, freshMinutes: 15 },
);
export const recoverInPerson = defineAct(
  'identity.recover-at-counter',
  { vi: 'Khôi phục tài khoản công dân tại quầy', en: 'Recover accounts of citizens at the counter' },
  { level: 2, freshMinutes: 15 },
);
export const exportPeople = defineAct(
  'identity.export-people',
  { vi: 'Xuất danh sách tài khoản', en: 'Export lists of accounts' },
  { level: 2, freshMinutes: 15 },
);
