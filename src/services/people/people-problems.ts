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

export const mergerNotFound = defineProblem({
  code: 'people.merger-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy lần hợp nhất', en: 'Merger not found' },
});
export const mergerSettled = defineProblem({
  code: 'people.merger-settled',
  status: 409,
  title: { vi: 'Lần hợp nhất này đã được quyết định', en: 'This merger was decided already' },
});
export const mergerSamePerson = defineProblem({
  code: 'people.merger-same-person',
  status: 403,
  title: { vi: 'Người đề nghị không được tự duyệt', en: 'Whoever proposed it may not decide' },
});
export const mergerBlocked = defineProblem({
  code: 'people.merger-blocked',
  status: 409,
  title: { vi: 'Hai tài khoản này chưa hợp nhất được', en: 'These accounts cannot be merged now' },
});
export const mergerTooLate = defineProblem({
  code: 'people.merger-too-late',
  status: 409,
  title: { vi: 'Đã quá hạn hoàn lại', en: 'The time in which it can be undone is over' },
});
mapConstraint('merger_open_key', mergerBlocked);
export const breachNotFound = defineProblem({
  code: 'people.breach-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy vụ vi phạm', en: 'Breach not found' },
});
export const breachSettled = defineProblem({
  code: 'people.breach-settled',
  status: 409,
  title: { vi: 'Vụ vi phạm này không còn ở bước đó', en: 'This breach is no longer at that step' },
});
