import { defineProblem, mapConstraint } from '../../platform/problems.ts';

export const webhookNotFound = defineProblem({
  code: 'webhooks.not-found',
  status: 404,
  title: { vi: 'Không có đăng ký nhận thông báo này', en: 'There is no such webhook' },
});
export const messageNotFound = defineProblem({
  code: 'webhooks.message-not-found',
  status: 404,
  title: { vi: 'Không có thông báo này', en: 'There is no such message' },
});
export const tooManyWebhooks = defineProblem({
  code: 'webhooks.too-many',
  status: 409,
  title: { vi: 'Mỗi ứng dụng đăng ký nhiều nhất 20 địa chỉ', en: 'A client has 20 webhooks at most' },
  advice: { vi: 'Bỏ bớt đăng ký không dùng.', en: 'Remove those that are not used.' },
});
export const urlRefused = defineProblem({
  code: 'webhooks.url-refused',
  status: 422,
  title: {
    vi: 'Hệ thống không được gọi tới địa chỉ này',
    en: 'The program may not call this address',
  },
  advice: {
    vi: 'Địa chỉ phải bắt đầu bằng https:// và nằm trên mạng công cộng.',
    en: 'It must start with https:// and lie on the public Internet.',
  },
});
export const kindNotAllowed = defineProblem({
  code: 'webhooks.kind-not-allowed',
  status: 403,
  title: {
    vi: 'Ứng dụng không có quyền đọc hồ sơ nên không nhận được thông báo về hồ sơ',
    en: 'To hear of dossiers a client needs dossiers.read or dossiers.view',
  },
});
export const notActive = defineProblem({
  code: 'webhooks.not-active',
  status: 409,
  title: { vi: 'Đăng ký đang tạm dừng', en: 'The webhook is paused or switched off' },
  advice: { vi: 'Bật lại rồi thử.', en: 'Take it up again first.' },
});

mapConstraint('subscription_url_check', urlRefused);
