import { defineEvent } from '../../platform/events.ts';
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
