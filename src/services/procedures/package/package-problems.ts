import { defineProblem } from '../../../platform/problems.ts';

export const nothingToPack = defineProblem({
  code: 'procedures.nothing-to-pack',
  status: 422,
  title: { vi: 'Không có thủ tục nào để đóng gói', en: 'There is no procedure to pack' },
  advice: { vi: 'Chọn ít nhất một thủ tục có trong danh sách.', en: 'Choose at least one procedure of the list.' },
});
export const notPackable = defineProblem({
  code: 'procedures.not-packable',
  status: 422,
  title: { vi: 'Thủ tục có nội dung không đóng gói được', en: 'A procedure says something that cannot be packed' },
  advice: { vi: 'Sửa nội dung dài bất thường rồi đóng gói lại.', en: 'Shorten what is too long, then pack again.' },
});

/** Details: `errors`, one for each reason, with its place in the package. */
export const packageRefused = defineProblem({
  code: 'procedures.package-refused',
  status: 422,
  title: {
    vi: 'Gói thủ tục sai hoặc hỏng, không nhập gì',
    en: 'The package is wrong or damaged; nothing was taken over',
  },
});
export const packageDecided = defineProblem({
  code: 'procedures.package-decided',
  status: 409,
  title: { vi: 'Gói này đã được nhập hoặc đã bỏ', en: 'This package has been taken over or put away already' },
});
