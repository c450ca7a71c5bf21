import { definePermission } from '../../platform/access.ts';

/*
 * Requests, breaches and mergers belong to a unit, and rights over them follow it; what has none belongs to the province as a whole. A person
 * whose accounts are to be merged may come to any counter, so the right to propose looks numbers up everywhere.
 */

/** Answers requests of people about their data; sees the worklist and figures. */
export const mayAnswerRequests = definePermission('people.requests', {
  vi: 'Trả lời yêu cầu về dữ liệu cá nhân',
  en: 'Answer requests about personal data',
});
export const mayKeepBreaches = definePermission('people.breaches', {
  vi: 'Ghi sổ vi phạm dữ liệu cá nhân',
  en: 'Keep the register of breaches',
});
export const mayProposeMergers = definePermission(
  'people.merge',
  {
    vi: 'Đề nghị hợp nhất tài khoản',
    en: 'Propose merging accounts',
  },
  'counter',
);
export const mayApproveMergers = definePermission('people.approve-mergers', {
  vi: 'Duyệt hợp nhất tài khoản',
  en: 'Approve merging accounts',
});
