import { defineProblem } from '../../platform/problems.ts';

export const applicationNotFound = defineProblem({
  code: 'portal.application-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy bản đang soạn này', en: 'There is no such application' },
  advice: {
    vi: 'Có thể bạn đã bỏ nó, hoặc nó thuộc tài khoản khác. Xem lại ở mục Bản đang soạn.',
    en: 'You may have discarded it, or it belongs to another account. Look under Drafts.',
  },
});
export const applicationExpired = defineProblem({
  code: 'portal.application-expired',
  status: 410,
  title: { vi: 'Bản đang soạn này đã hết hạn lưu', en: 'This draft has been kept too long' },
  advice: {
    vi: 'Bản đang soạn được lưu 30 ngày kể từ lần sửa cuối. Hãy bắt đầu một hồ sơ mới.',
    en: 'Drafts are kept for 30 days after the last change. Please start a new application.',
  },
});
export const notOnline = defineProblem({
  code: 'portal.not-online',
  status: 409,
  title: { vi: 'Thủ tục này chưa nộp được trên mạng', en: 'This procedure cannot be applied for online' },
  advice: {
    vi: 'Bạn nộp tại nơi tiếp nhận hoặc qua bưu chính, theo hướng dẫn ở trang thủ tục.',
    en: 'Apply at the counter or by post, as the page of the procedure says.',
  },
});
export const tooManyApplications = defineProblem({
  code: 'portal.too-many-applications',
  status: 409,
  title: { vi: 'Bạn đang soạn quá nhiều hồ sơ', en: 'You have too many drafts' },
  advice: { vi: 'Hãy nộp hoặc bỏ bớt bản đang soạn.', en: 'Submit or discard some of them first.' },
});
export const nothingAsked = defineProblem({
  code: 'portal.nothing-asked',
  status: 409,
  title: { vi: 'Hồ sơ này không có yêu cầu bổ sung nào đang chờ', en: 'Nothing is asked of you for this dossier' },
});
