import { defineProblem } from '../../platform/problems.ts';

export const expressionRefused = defineProblem({
  code: 'decisions.expression-refused',
  status: 422,
  title: { vi: 'Biểu thức này không dùng được', en: 'This expression cannot be used' },
  advice: {
    vi: 'Xem vị trí được chỉ ra rồi viết lại cho đúng hoặc đơn giản hơn.',
    en: 'See the place named, and write it correctly or more simply.',
  },
});

export const expressionFailed = defineProblem({
  code: 'decisions.expression-failed',
  status: 422,
  title: {
    vi: 'Không tính được biểu thức với dữ liệu này',
    en: 'The expression cannot be worked out with these values',
  },
});

export const tableUndecided = defineProblem({
  code: 'decisions.table-undecided',
  status: 409,
  title: { vi: 'Bảng quyết định không cho kết quả duy nhất', en: 'The decision table gives no single result' },
  advice: {
    vi: 'Sửa các quy tắc trùng nhau rồi ban hành phiên bản mới của bảng.',
    en: 'Correct the rules that overlap and publish a new version of the table.',
  },
});

export const modelUnreadable = defineProblem({
  code: 'decisions.model-unreadable',
  status: 422,
  title: { vi: 'Không đọc được tệp bảng quyết định', en: 'The file of decisions cannot be read' },
});
