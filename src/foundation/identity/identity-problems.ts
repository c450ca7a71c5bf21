import { defineProblem, mapConstraint } from '../../platform/problems.ts';

export const identityBusy = defineProblem({
  code: 'identity.busy',
  status: 503,
  title: { vi: 'Quá nhiều người đang đăng nhập cùng lúc', en: 'Too many people are signing in at once' },
  advice: { vi: 'Hãy thử lại sau vài giây.', en: 'Try again in a few seconds.' },
});
export const loginTaken = defineProblem({
  code: 'identity.login-taken',
  status: 409,
  title: {
    vi: 'Số giấy tờ, số điện thoại, email hoặc tên đăng nhập này đã thuộc về một tài khoản khác',
    en: 'This number, phone, e-mail or user name already belongs to another account',
  },
  advice: {
    vi: 'Nếu đó là bạn, hãy dùng chức năng quên mật khẩu. Nếu không, hãy gọi tổng đài hỗ trợ.',
    en: 'If it is yours, use the forgotten password page. If not, call support.',
  },
});
export const notAMember = defineProblem({
  code: 'identity.not-a-member',
  status: 403,
  title: { vi: 'Bạn không được thay mặt doanh nghiệp này', en: 'You may not act for this business' },
});
export const invitationGone = defineProblem({
  code: 'identity.invitation-gone',
  status: 404,
  title: { vi: 'Lời mời này không còn nữa', en: 'This invitation is no longer there' },
});
export const notYourPost = defineProblem({
  code: 'identity.not-your-post',
  status: 403,
  title: { vi: 'Bạn không giữ vị trí công tác này', en: 'You do not hold this post' },
});
export const accountNotFound = defineProblem({
  code: 'identity.account-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy tài khoản', en: 'Account not found' },
});
export const officerHasAccount = defineProblem({
  code: 'identity.officer-has-account',
  status: 409,
  title: { vi: 'Cán bộ này đã có tài khoản', en: 'This officer already has an account' },
});
export const ownAccount = defineProblem({
  code: 'identity.own-account',
  status: 409,
  title: { vi: 'Không thể khóa tài khoản của chính mình', en: 'You cannot lock your own account' },
});
export const linkExpired = defineProblem({
  code: 'identity.link-expired',
  status: 410,
  title: { vi: 'Liên kết này đã hết hạn hoặc đã dùng rồi', en: 'This link has expired or was used already' },
  advice: { vi: 'Hãy xin liên kết mới.', en: 'Ask for a new one.' },
});

mapConstraint('login_pkey', loginTaken);
mapConstraint('person_identity_number_key', loginTaken);
mapConstraint('business_tax_code_key', loginTaken);
mapConstraint('official_officer_id_key', officerHasAccount);

export const clientNameTaken = defineProblem({
  code: 'identity.client-name-taken',
  status: 409,
  title: { vi: 'Tên ứng dụng này đã được dùng', en: 'A client of this name exists already' },
});
mapConstraint('api_client_name_key', clientNameTaken);

export const appNotFound = defineProblem({
  code: 'identity.app-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy ứng dụng', en: 'Application not found' },
});

export const recoveryOpen = defineProblem({
  code: 'identity.recovery-open',
  status: 409,
  title: {
    vi: 'Tài khoản này đã có yêu cầu khôi phục đang chờ',
    en: 'A recovery of this account is under way already',
  },
});
export const recoveryNotYours = defineProblem({
  code: 'identity.recovery-not-yours',
  status: 409,
  title: {
    vi: 'Cần một quản trị viên khác: không phải người yêu cầu, cũng không phải chủ tài khoản',
    en: 'Another administrator is needed: neither the one who asked nor the owner',
  },
});
