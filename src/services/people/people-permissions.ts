import { definePermission } from '../../platform/access.ts';

/** Answers requests of people about their data; sees the worklist, figures and the log of readings of one person. */
export const mayAnswerRequests = definePermission('people.requests', {
  vi: 'Trả lời yêu cầu về dữ liệu cá nhân',
  en: 'Answer requests about personal data',
});
export const mayKeepBreaches = definePermission('people.breaches', {
  vi: 'Ghi sổ vi phạm dữ liệu cá nhân',
  en: 'Keep the register of breaches',
});
export const mayProposeMergers = definePermission('people.merge', {
  vi: 'Đề nghị hợp nhất tài khoản',
  en: 'Propose merging accounts',
});
export const mayApproveMergers = definePermission('people.approve-mergers', {
  vi: 'Duyệt hợp nhất tài khoản',
  en: 'Approve merging accounts',
});
