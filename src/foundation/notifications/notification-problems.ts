import { defineProblem } from '../../platform/problems.ts';

export const messageMissing = defineProblem({
  code: 'notifications.missing',
  status: 404,
  title: { vi: 'Không tìm thấy thông báo này', en: 'Notification not found' },
});
export const messageNotWaiting = defineProblem({
  code: 'notifications.not-waiting',
  status: 409,
  title: { vi: 'Tin này không còn chờ gửi lại', en: 'This message is not waiting to be sent again' },
});
export const tooManyBrowsers = defineProblem({
  code: 'notifications.too-many-browsers',
  status: 409,
  title: { vi: 'Đã bật thông báo trên quá nhiều trình duyệt', en: 'Too many browsers are switched on' },
  advice: { vi: 'Hãy gỡ một trình duyệt cũ rồi thử lại.', en: 'Remove an old browser, then try again.' },
});
export const linkNotValid = defineProblem({
  code: 'notifications.link-not-valid',
  status: 404,
  title: { vi: 'Đường dẫn thôi nhận thư không còn dùng được', en: 'This link to stop e-mails does not work' },
  advice: {
    vi: 'Hãy đăng nhập và chọn cách nhận thông báo trong trang tài khoản.',
    en: 'Sign in and choose on the page of your account.',
  },
});
