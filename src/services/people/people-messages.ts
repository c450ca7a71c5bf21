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
export const requestForwardedMessage = defineMessage<'number' | 'agency'>('people.request-forwarded', {
  vi: {
    subject: 'Yêu cầu {number} đã được chuyển',
    body: 'Yêu cầu {number} về dữ liệu cá nhân đã được chuyển đến {agency} để trả lời. Thời hạn trả lời không thay đổi.',
  },
  en: {
    subject: 'Request {number} was handed on',
    body: 'Request {number} about personal data was handed on to {agency}. The time for the answer stays the same.',
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
export const requestDueMessage = defineMessage<'number' | 'due'>('people.request-due', {
  vi: {
    subject: 'Yêu cầu {number} sắp đến hạn trả lời',
    body: 'Yêu cầu {number} về dữ liệu cá nhân phải trả lời chậm nhất {due}.',
  },
  en: {
    subject: 'Request {number} falls due',
    body: 'Request {number} about personal data has to be answered by {due}.',
  },
});
export const requestLateMessage = defineMessage<'number' | 'due'>('people.request-late', {
  vi: {
    subject: 'Yêu cầu {number} đã quá hạn trả lời',
    body: 'Yêu cầu {number} về dữ liệu cá nhân đáng ra phải trả lời chậm nhất {due}.',
  },
  en: {
    subject: 'Request {number} is late',
    body: 'Request {number} about personal data should have been answered by {due}.',
  },
});
export const breachDueMessage = defineMessage<'number' | 'due'>('people.breach-due', {
  vi: {
    subject: 'Vi phạm dữ liệu {number} phải báo trước {due}',
    body: 'Vụ {number} chưa được báo cho cơ quan chuyên trách. Hạn báo: {due}.',
  },
  en: {
    subject: 'Breach {number} has to be notified by {due}',
    body: 'The authority has not been told of breach {number}. It is due by {due}.',
  },
});
export const breachMessage = defineMessage<'number' | 'text'>('people.breach', {
  vi: { subject: 'Dữ liệu cá nhân của bạn có thể đã bị lộ ({number})', body: '{text}' },
  en: { subject: 'Your personal data may have been exposed ({number})', body: '{text}' },
});
export const mergerProposedMessage = defineMessage<'kept' | 'gone'>('people.merger-proposed', {
  vi: {
    subject: 'Có đề nghị hợp nhất tài khoản của bạn',
    body: 'Cán bộ đề nghị chuyển mọi thứ từ tài khoản {gone} sang tài khoản {kept} vì là của một người. Chưa có gì thay đổi. Nếu không phải bạn, hãy báo ngay cho một cửa gần nhất hoặc tổng đài.',
  },
  en: {
    subject: 'A merger of your accounts was proposed',
    body: 'An official proposes to move everything from account {gone} to account {kept}, because both are of one person. Nothing has changed yet. If that is not you, tell a one-stop counter or the hotline at once.',
  },
});
export const mergerDoneMessage = defineMessage<'kept' | 'day'>('people.merger-done', {
  vi: {
    subject: 'Hai tài khoản của bạn đã hợp nhất',
    body: 'Mọi thứ nay ở tài khoản {kept}; tài khoản kia đã đóng. Nếu nhầm, hãy báo một cửa gần nhất: việc này hoàn lại được đến ngày {day}.',
  },
  en: {
    subject: 'Your two accounts were merged',
    body: 'Everything is now in account {kept}; the other is closed. If that is wrong, tell a one-stop counter: it can be undone until {day}.',
  },
});
export const mergerUndoneMessage = defineMessage<'day'>('people.merger-undone', {
  vi: {
    subject: 'Việc hợp nhất tài khoản đã được hoàn lại',
    body: 'Ngày {day}, hai tài khoản trở lại như trước. Bạn đăng nhập từng tài khoản như cũ.',
  },
  en: {
    subject: 'The merger of your accounts was undone',
    body: 'On {day} both accounts were made as they were before. You sign in to each as you used to.',
  },
});
