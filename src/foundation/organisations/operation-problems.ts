import { defineProblem } from '../../platform/problems.ts';

export const operationMissing = defineProblem({
  code: 'organisations.operation-missing',
  status: 404,
  title: { vi: 'Không tìm thấy lần sắp xếp đơn vị này', en: 'There is no such change of units' },
});
export const operationState = defineProblem({
  code: 'organisations.operation-state',
  status: 409,
  title: { vi: 'Tình trạng hiện nay không cho phép việc này', en: 'This is not possible in the present state' },
  advice: { vi: 'Tải lại trang để xem tình trạng mới nhất.', en: 'Load the page again to see the present state.' },
});
export const operationOpenQuestions = defineProblem({
  code: 'organisations.operation-open-questions',
  status: 409,
  title: { vi: 'Còn điểm chưa quyết định hoặc còn vướng mắc', en: 'Something is still undecided or in the way' },
  advice: {
    vi: 'Xem mục Cần quyết định và Vướng mắc của bản xem trước.',
    en: 'See what has to be decided and what stands in the way in the preview.',
  },
});
export const secondPersonNeeded = defineProblem({
  code: 'organisations.second-person-needed',
  status: 403,
  title: { vi: 'Người lập không được tự kiểm tra', en: 'Whoever drew up the plan may not check it' },
  advice: { vi: 'Nhờ một người quản trị khác kiểm tra.', en: 'Ask another administrator to check it.' },
});
export const undoContradicted = defineProblem({
  code: 'organisations.undo-contradicted',
  status: 409,
  title: {
    vi: 'Không hoàn tác được: đã có việc phát sinh tại đơn vị mới',
    en: 'This cannot be undone: the new units have been at work since',
  },
  advice: { vi: 'Xem danh sách những gì cản trở.', en: 'See the list of what stands in the way.' },
});
export const notYetDue = defineProblem({
  code: 'organisations.operation-not-due',
  status: 409,
  title: { vi: 'Chưa đến ngày có hiệu lực', en: 'The day of effect has not come' },
  advice: { vi: 'Đặt lịch để hệ thống tự thực hiện vào ngày đó.', en: 'Schedule it for that day.' },
});
