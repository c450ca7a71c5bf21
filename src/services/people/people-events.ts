import { defineEvent } from '../../platform/events.ts';
import type { BreachRisk } from './breach.ts';
import type { RequestKind, RequestOutcome } from './data-request.ts';

/* Ids, kinds and dates: nobody's name, nothing of what was asked. */
export const requestReceived = defineEvent<{ kind: RequestKind; number: number; dueAt: string }>(
  'people.request-received',
  { vi: 'Nhận yêu cầu về dữ liệu cá nhân', en: 'Request about personal data received' },
);
export const requestTaken = defineEvent<{ kind: RequestKind; officerId: string }>('people.request-taken', {
  vi: 'Nhận xử lý yêu cầu về dữ liệu cá nhân',
  en: 'Request about personal data taken on',
});
export const requestForwarded = defineEvent<{
  kind: RequestKind;
  fromUnitId: string | null;
  toUnitId: string | null;
  reason: string;
}>('people.request-forwarded', {
  vi: 'Chuyển yêu cầu về dữ liệu cá nhân cho cơ quan khác',
  en: 'Request about personal data handed on',
});
export const requestAnswered = defineEvent<{ kind: RequestKind; outcome: RequestOutcome; isInTime: boolean }>(
  'people.request-answered',
  { vi: 'Trả lời yêu cầu về dữ liệu cá nhân', en: 'Request about personal data answered' },
);
export const requestWithdrawn = defineEvent<{ kind: RequestKind }>('people.request-withdrawn', {
  vi: 'Rút yêu cầu về dữ liệu cá nhân',
  en: 'Request about personal data withdrawn',
});
export const dataExported = defineEvent<{ format: string }>('people.data-exported', {
  vi: 'Tải dữ liệu cá nhân của mình',
  en: 'Exported one’s own data',
});
export const closingAsked = defineEvent<{ closesAt: string }>('people.closing-asked', {
  vi: 'Yêu cầu đóng tài khoản',
  en: 'Closing of the account asked',
});
export const closingCancelled = defineEvent<object>('people.closing-cancelled', {
  vi: 'Thôi đóng tài khoản',
  en: 'Closing of the account cancelled',
});
export const accountClosed = defineEvent<{ delegationsEnded: number; drafts: number }>('people.account-closed', {
  vi: 'Đóng tài khoản',
  en: 'Account closed',
});
export const accountReopened = defineEvent<object>('people.account-reopened', {
  vi: 'Mở lại tài khoản',
  en: 'Account reopened',
});
export const requestFallsDue = defineEvent<{ dueAt: string; isLate: boolean }>('people.request-falls-due', {
  vi: 'Yêu cầu về dữ liệu cá nhân sắp hoặc đã quá hạn',
  en: 'Request about personal data falls due or is late',
});
export const mergerProposed = defineEvent<{ mergerId: string; sourceId: string }>('people.merger-proposed', {
  vi: 'Đề nghị hợp nhất tài khoản',
  en: 'Merging of accounts proposed',
});
export const mergerRefused = defineEvent<{ mergerId: string }>('people.merger-refused', {
  vi: 'Không duyệt hợp nhất tài khoản',
  en: 'Merging of accounts refused',
});
export const accountsMerged = defineEvent<{ mergerId: string; sourceId: string; moved: Record<string, number> }>(
  'people.accounts-merged',
  { vi: 'Hợp nhất hai tài khoản', en: 'Accounts merged' },
);
export const mergerUndone = defineEvent<{ mergerId: string; sourceId: string }>('people.merger-undone', {
  vi: 'Hoàn lại việc hợp nhất tài khoản',
  en: 'Merging of accounts undone',
});
export const breachRecorded = defineEvent<{ number: number; dueAt: string }>('people.breach-recorded', {
  vi: 'Ghi nhận vi phạm dữ liệu cá nhân',
  en: 'Breach of personal data recorded',
});
export const breachAssessed = defineEvent<{ risk: BreachRisk }>('people.breach-assessed', {
  vi: 'Đánh giá vi phạm dữ liệu cá nhân',
  en: 'Breach of personal data assessed',
});
export const breachNotified = defineEvent<{ isInTime: boolean }>('people.breach-notified', {
  vi: 'Báo cơ quan chuyên trách về vi phạm dữ liệu cá nhân',
  en: 'Authority told of a breach of personal data',
});
export const breachPeopleTold = defineEvent<{ told: number; unknown: number }>('people.breach-people-told', {
  vi: 'Báo người dân về vi phạm dữ liệu cá nhân',
  en: 'People told of a breach of personal data',
});
export const breachClosed = defineEvent<object>('people.breach-closed', {
  vi: 'Đóng vụ vi phạm dữ liệu cá nhân',
  en: 'Breach of personal data closed',
});
export const breachFallsDue = defineEvent<{ dueAt: string }>('people.breach-falls-due', {
  vi: 'Vi phạm dữ liệu cá nhân sắp quá hạn báo',
  en: 'Notice of a breach falls due',
});
