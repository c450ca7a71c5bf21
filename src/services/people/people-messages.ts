import { defineMessage } from '../../foundation/notifications/index.ts';

export const requestReceivedMessage = defineMessage<'number' | 'due'>('people.request-received', {
  vi: {
    subject: 'Đã nhận yêu cầu {number} về dữ liệu cá nhân',
    body: 'Chúng tôi đã nhận yêu cầu {number}. Bạn được trả lời chậm nhất {due}.',
  },
  en: {
    subject: 'Request {number} about personal data received',
    body: 'We have received request {number}. It will be answered by {due}.',
  },
});
export const requestAnsweredMessage = defineMessage<'number' | 'outcome'>('people.request-answered', {
  vi: {
    subject: 'Yêu cầu {number} về dữ liệu cá nhân đã được trả lời',
    body: 'Kết quả: {outcome}. Đăng nhập, mở mục Dữ liệu của tôi để đọc trả lời.',
  },
  en: {
    subject: 'Request {number} about personal data was answered',
    body: 'Outcome: {outcome}. Sign in and open My data to read the answer.',
  },
});
export const closingMessage = defineMessage<'day'>('people.closing', {
  vi: {
    subject: 'Tài khoản của bạn sẽ đóng ngày {day}',
    body: 'Bạn đã yêu cầu đóng tài khoản. Tài khoản đóng ngày {day}. Nếu đổi ý hoặc không phải bạn yêu cầu, đăng nhập và bấm “Thôi đóng tài khoản” trước ngày đó.',
  },
  en: {
    subject: 'Your account will be closed on {day}',
    body: 'You have asked to close your account on {day}. If you change your mind, or it was not you, sign in and press “Keep the account” before.',
  },
});
export const closedMessage = defineMessage<never>('people.closed', {
  vi: {
    subject: 'Tài khoản của bạn đã đóng',
    body: 'Tài khoản đã đóng. Hồ sơ đã nộp được giữ theo quy định về lưu trữ. Muốn mở lại, mang căn cước đến một cửa gần nhất.',
  },
  en: {
    subject: 'Your account was closed',
    body: 'The account was closed. Dossiers are kept as the law on archives asks. To reopen it, bring your identity card to a one-stop counter.',
  },
});
