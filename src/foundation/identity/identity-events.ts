import { defineEvent } from '../../platform/events.ts';
import type { AccountKind } from './account.ts';

/* No event holds a password, a code or an address: they are read by auditors and kept for years. */

export const signedIn = defineEvent<{
  accountKind: AccountKind;
  clientId: string;
  method: 'password' | 'single-sign-on' | 'passkey' | 'second-factor' | 'national';
  level?: number;
}>('identity.signed-in', { vi: 'Đăng nhập', en: 'Signed in' });
export const signInFailed = defineEvent<{
  reason: 'wrong-password' | 'wrong-code' | 'wrong-passkey' | 'unknown' | 'locked';
}>('identity.sign-in-failed', {
  vi: 'Đăng nhập không thành công',
  en: 'Sign-in failed',
});
export const factorAdded = defineEvent<{ factorId: string; kind: 'app' | 'passkey' }>('identity.factor-added', {
  vi: 'Thêm cách xác minh khi đăng nhập',
  en: 'Added a second factor',
});
export const factorRemoved = defineEvent<{ kind: string; how: 'owner' | 'administrators' | 'counter' }>(
  'identity.factor-removed',
  { vi: 'Gỡ cách xác minh khi đăng nhập', en: 'Removed a second factor' },
);
export const recoveryCodesMade = defineEvent<{ count: number }>('identity.recovery-codes-made', {
  vi: 'Tạo mã khôi phục',
  en: 'Made recovery codes',
});
export const recoveryCodeUsed = defineEvent<{ left: number }>('identity.recovery-code-used', {
  vi: 'Dùng mã khôi phục',
  en: 'Used a recovery code',
});
export const recoveryMoved = defineEvent<{ step: 'asked' | 'approved' | 'refused' | 'cancelled' | 'done' }>(
  'identity.recovery-moved',
  { vi: 'Yêu cầu khôi phục tài khoản', en: 'Request to recover an account' },
);
export const recoveredAtCounter = defineEvent<{ paper: string }>('identity.recovered-at-counter', {
  vi: 'Khôi phục tài khoản tại quầy theo giấy tờ tùy thân',
  en: 'Recovered an account at the counter by identity paper',
});
export const steppedUp = defineEvent<{ act: string; level: number }>('identity.stepped-up', {
  vi: 'Xác minh lại danh tính',
  en: 'Proved again who they are',
});
export const signedOut = defineEvent<{ sessions: number }>('identity.signed-out', {
  vi: 'Đăng xuất',
  en: 'Signed out',
});
export const sessionUnlocked = defineEvent<object>('identity.session-unlocked', {
  vi: 'Mở khóa màn hình',
  en: 'Unlocked the screen',
});
export const postSwitched = defineEvent<{ postId: string }>('identity.post-switched', {
  vi: 'Chuyển vị trí công tác',
  en: 'Switched post',
});
export const accountCreated = defineEvent<{ accountKind: AccountKind; officerId?: string }>(
  'identity.account-created',
  {
    vi: 'Tạo tài khoản',
    en: 'Created an account',
  },
);
export const accountLocked = defineEvent<{ reason: string }>('identity.account-locked', {
  vi: 'Khóa tài khoản',
  en: 'Locked an account',
});
export const accountUnlocked = defineEvent<object>('identity.account-unlocked', {
  vi: 'Mở khóa tài khoản',
  en: 'Unlocked an account',
});
export const passwordChanged = defineEvent<{ how: 'changed' | 'reset' | 'link' }>('identity.password-changed', {
  vi: 'Đổi mật khẩu',
  en: 'Changed a password',
});
export const passwordLinkIssued = defineEvent<{ expiresAt: string }>('identity.password-link-issued', {
  vi: 'Cấp liên kết đặt mật khẩu',
  en: 'Issued a link to set a password',
});
export const contactChanged = defineEvent<{ channel: 'email' | 'phone' }>('identity.contact-changed', {
  vi: 'Đổi thông tin liên hệ',
  en: 'Changed a contact',
});
export const contactRemoved = defineEvent<{ channel: 'email' | 'phone' }>('identity.contact-removed', {
  vi: 'Xóa thông tin liên hệ',
  en: 'Removed a contact',
});
export const personCorrected = defineEvent<{ field: string }>('identity.person-corrected', {
  vi: 'Sửa thông tin cá nhân',
  en: 'Corrected a fact of a person',
});
export const sessionsEnded = defineEvent<{ sessions: number }>('identity.sessions-ended', {
  vi: 'Kết thúc phiên đăng nhập',
  en: 'Ended sessions',
});
/** A code waits to be sent: `verificationId` opens address and code for the sender (`openCode`), never the event itself. */
export const codeRequested = defineEvent<{ verificationId: string; purpose: string; channel: 'email' | 'phone' }>(
  'identity.code-requested',
  { vi: 'Yêu cầu mã xác minh', en: 'Asked for a verification code' },
);
export const actedForBusiness = defineEvent<{ businessId: string | null }>('identity.acted-for-business', {
  vi: 'Chuyển sang làm việc cho doanh nghiệp',
  en: 'Switched to acting for a business',
});
export const accountsExported = defineEvent<{ filtered: boolean }>('identity.accounts-exported', {
  vi: 'Xuất danh sách tài khoản',
  en: 'Exported the list of accounts',
});
export const accountsReviewed = defineEvent<{ accounts: number; idle: number; withoutPost: number }>(
  'identity.accounts-reviewed',
  { vi: 'Rà soát tài khoản cán bộ', en: 'Reviewed the accounts of officials' },
);
export const assuranceRuleAdded = defineEvent<{
  act: string;
  level: number;
  freshMinutes: number | null;
  validFrom: string;
}>('identity.assurance-rule-added', {
  vi: 'Ban hành quy tắc về mức độ xác minh',
  en: 'Made a rule about levels of assurance',
});
export const assuranceRuleRemoved = defineEvent<{ act: string; validFrom: string }>('identity.assurance-rule-removed', {
  vi: 'Rút lại quy tắc về mức độ xác minh',
  en: 'Took back a rule about levels of assurance',
});
export const clientCreated = defineEvent<{ name: string; scopes: string[] }>('identity.client-created', {
  vi: 'Tạo ứng dụng kết nối',
  en: 'Created an API client',
});
export const clientRenewed = defineEvent<{ name: string; days: number }>('identity.client-renewed', {
  vi: 'Cấp lại mã truy cập cho ứng dụng',
  en: 'Token of an API client renewed',
});
export const clientRevoked = defineEvent<{ name: string }>('identity.client-revoked', {
  vi: 'Thu hồi ứng dụng kết nối',
  en: 'Revoked an API client',
});
export const memberAdded = defineEvent<{ personId: string }>('identity.member-added', {
  vi: 'Thêm người làm việc cho doanh nghiệp',
  en: 'Added a person to a business',
});
export const memberInvited = defineEvent<{ personId: string; role: string }>('identity.member-invited', {
  vi: 'Mời người làm việc cho doanh nghiệp',
  en: 'Invited a person to a business',
});
export const representativeChanged = defineEvent<{ personId: string }>('identity.representative-changed', {
  vi: 'Chuyển giao người đại diện của doanh nghiệp',
  en: 'Handed over the representation of a business',
});
export const memberRemoved = defineEvent<{ personId: string }>('identity.member-removed', {
  vi: 'Bớt người làm việc cho doanh nghiệp',
  en: 'Removed a person from a business',
});
