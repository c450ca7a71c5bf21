import { defineProblem } from '../../platform/problems.ts';

export const phraseNotFound = defineProblem({
  code: 'frontdesk.phrase-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy mẫu câu', en: 'Phrase not found' },
});
export const intakeNotFound = defineProblem({
  code: 'frontdesk.intake-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy hồ sơ đang nhập', en: 'This intake was not found' },
  advice: {
    vi: 'Hồ sơ đang nhập dở được giữ 7 ngày, và chỉ người nhập thấy.',
    en: 'An unfinished intake is kept for 7 days, and only its clerk sees it.',
  },
});
export const tooManyViews = defineProblem({
  code: 'frontdesk.too-many-views',
  status: 409,
  title: { vi: 'Bạn đã lưu đủ 20 cách xem', en: 'You have saved 20 views already' },
  advice: { vi: 'Xóa bớt một cách xem rồi lưu lại.', en: 'Delete one, then save again.' },
});
