import { defineProblem, mapConstraint } from '../../platform/problems.ts';

export const requestNotFound = defineProblem({
  code: 'people.request-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy yêu cầu', en: 'Request not found' },
});
export const requestSettled = defineProblem({
  code: 'people.request-settled',
  status: 409,
  title: { vi: 'Yêu cầu này đã được trả lời hoặc đã rút', en: 'This request was answered or withdrawn already' },
});
export const tooManyRequestsOpen = defineProblem({
  code: 'people.too-many-requests',
  status: 409,
  title: { vi: 'Bạn có quá nhiều yêu cầu đang chờ trả lời', en: 'Too many of your requests wait for an answer' },
});
export const closingNotOpen = defineProblem({
  code: 'people.closing-not-open',
  status: 409,
  title: { vi: 'Không có yêu cầu đóng tài khoản nào đang chờ', en: 'No closing of the account is waiting' },
});
export const closingOpen = defineProblem({
  code: 'people.closing-open',
  status: 409,
  title: { vi: 'Bạn đã yêu cầu đóng tài khoản', en: 'You have asked to close the account already' },
});
mapConstraint('closing_open_key', closingOpen);
