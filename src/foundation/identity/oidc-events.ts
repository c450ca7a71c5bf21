import { defineEvent } from '../../platform/events.ts';

/* What happens to applications of agencies that sign people in here. Subject: `relying-app`. No secret and no claim of a person is in an event. */

export const appRequested = defineEvent<{ clientId: string }>('identity.app-requested', {
  vi: 'Đề nghị kết nối ứng dụng',
  en: 'Asked to connect an application',
});
export const appRegistered = defineEvent<{ clientId: string }>('identity.app-registered', {
  vi: 'Đăng ký ứng dụng kết nối đăng nhập',
  en: 'Registered an application',
});
export const appChanged = defineEvent<{ fields: string[]; told: boolean }>('identity.app-changed', {
  vi: 'Sửa ứng dụng kết nối đăng nhập',
  en: 'Changed an application',
});
export const appDecided = defineEvent<{ status: 'active' | 'refused' | 'suspended'; reason: string | null }>(
  'identity.app-decided',
  { vi: 'Quyết định về ứng dụng kết nối đăng nhập', en: 'Decided on an application' },
);
export const appSecretMade = defineEvent<{ previousUntil: string | null; expiresAt: string }>(
  'identity.app-secret-made',
  {
    vi: 'Cấp khóa bí mật cho ứng dụng',
    en: 'Made a secret for an application',
  },
);
export const appsExported = defineEvent<{ filtered: boolean }>('identity.apps-exported', {
  vi: 'Xuất danh sách ứng dụng kết nối đăng nhập',
  en: 'Exported the list of applications',
});
export const appTold = defineEvent<{ appId: string; noticeVersion: number }>('identity.app-told', {
  vi: 'Đồng ý đăng nhập vào ứng dụng',
  en: 'Went on to an application',
});
export const appUsed = defineEvent<{ appId: string }>('identity.app-used', {
  vi: 'Đăng nhập vào ứng dụng',
  en: 'Signed in to an application',
});
export const appWithdrawn = defineEvent<{ appId: string }>('identity.app-withdrawn', {
  vi: 'Ngừng cho ứng dụng nhận thông tin',
  en: 'Withdrew from an application',
});
export const logoutDelivered = defineEvent<{ accountId: string; attempt: number }>('identity.logout-delivered', {
  vi: 'Báo đăng xuất cho ứng dụng',
  en: 'Told an application of a sign-out',
});
export const logoutFailed = defineEvent<{ accountId: string; attempt: number }>('identity.logout-failed', {
  vi: 'Không báo được đăng xuất cho ứng dụng',
  en: 'Could not tell an application of a sign-out',
});
export const logoutsRepeated = defineEvent<{ deliveries: number }>('identity.logouts-repeated', {
  vi: 'Báo lại đăng xuất cho ứng dụng',
  en: 'Sent sign-outs to an application again',
});
export const nationalLinked = defineEvent<{ isNew: boolean; level: number }>('identity.national-linked', {
  vi: 'Liên kết tài khoản định danh điện tử',
  en: 'Linked the national electronic identity',
});
export const nationalRenamed = defineEvent<object>('identity.national-renamed', {
  vi: 'Đổi họ tên theo tài khoản định danh điện tử',
  en: 'Took the name over from the national electronic identity',
});
export const nationalTakenOver = defineEvent<object>('identity.national-taken-over', {
  vi: 'Nhận lại tài khoản do người khác lập bằng số định danh của mình',
  en: 'Took back an account that somebody else had opened under one’s number',
});
export const nationalConflict = defineEvent<{ linkedTo: string | null; numberOf: string | null }>(
  'identity.national-conflict',
  { vi: 'Tài khoản định danh điện tử vướng hai tài khoản', en: 'A national electronic identity meets two accounts' },
);
