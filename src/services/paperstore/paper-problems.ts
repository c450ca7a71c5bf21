import { defineProblem, mapConstraint } from '../../platform/problems.ts';

export const paperNotFound = defineProblem({
  code: 'paperstore.not-found',
  status: 404,
  title: { vi: 'Không tìm thấy giấy tờ này trong kho', en: 'No such paper in the store' },
});
export const storeFull = defineProblem({
  code: 'paperstore.full',
  status: 409,
  title: { vi: 'Kho giấy tờ đã đủ số giấy tờ cho phép', en: 'The store holds as many papers as it may' },
  advice: {
    vi: 'Xóa bớt giấy tờ không dùng nữa rồi thêm lại.',
    en: 'Delete papers you no longer use, then add again.',
  },
});
export const paperChanged = defineProblem({
  code: 'paperstore.changed',
  status: 409,
  title: { vi: 'Giấy tờ này vừa được thay đổi ở nơi khác', en: 'This paper was changed elsewhere meanwhile' },
  advice: {
    vi: 'Mở lại giấy tờ để xem nội dung mới rồi sửa lại.',
    en: 'Open it again to see the new content, then change it.',
  },
});
/** A code that is wrong, used, withdrawn or past its time: told alike. */
export const codeNotValid = defineProblem({
  code: 'paperstore.code-not-valid',
  status: 422,
  title: { vi: 'Mã không đúng, đã dùng hoặc đã hết giờ', en: 'The code is wrong, used or past its time' },
  advice: {
    vi: 'Nhờ người dân tạo mã mới trong Kho giấy tờ của họ.',
    en: 'Ask the person for a new code from their store.',
  },
});
/** The file cannot stand for a component: its kind or size is not accepted there. */
export const paperNotAccepted = defineProblem({
  code: 'paperstore.not-accepted',
  status: 422,
  title: {
    vi: 'Mục này không nhận loại tệp hoặc dung lượng của giấy tờ đó',
    en: 'The file is of a kind or size not accepted here',
  },
});
mapConstraint('paper_period_check', paperChanged);
