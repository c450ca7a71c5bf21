import { defineProblem, mapConstraint } from '../../platform/problems.ts';

export const processUnreadable = defineProblem({
  code: 'workflow.process-unreadable',
  status: 422,
  title: { vi: 'Không đọc được tệp quy trình', en: 'The file of the process cannot be read' },
  advice: {
    vi: 'Hãy xuất lại tệp theo chuẩn BPMN 2.0 rồi gửi lại.',
    en: 'Export the file as BPMN 2.0 and send it again.',
  },
});

export const processUnsound = defineProblem({
  code: 'workflow.process-unsound',
  status: 422,
  title: { vi: 'Quy trình chưa chạy được', en: 'The process cannot be run yet' },
  advice: {
    vi: 'Sửa các lỗi được nêu trên hình vẽ rồi ban hành lại.',
    en: 'Correct what is named in the drawing, then publish again.',
  },
});

export const processNotFound = defineProblem({
  code: 'workflow.process-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy quy trình này', en: 'There is no such process' },
});

export const versionTaken = defineProblem({
  code: 'workflow.version-taken',
  status: 409,
  title: { vi: 'Phiên bản này vừa được người khác ban hành', en: 'Somebody has just published this version' },
  advice: { vi: 'Tải lại rồi ban hành lại.', en: 'Load it again, then publish again.' },
});

export const workNotFound = defineProblem({
  code: 'workflow.work-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy việc này', en: 'There is no such task' },
});

export const workOver = defineProblem({
  code: 'workflow.work-over',
  status: 409,
  title: { vi: 'Việc này đã xong hoặc không còn cần làm', en: 'This task is done, or not needed any more' },
  advice: { vi: 'Tải lại danh sách việc của bạn.', en: 'Load your list of work again.' },
});

export const workTaken = defineProblem({
  code: 'workflow.work-taken',
  status: 409,
  title: { vi: 'Việc này đã có người nhận', en: 'Somebody has this task already' },
});

export const notMigrated = defineProblem({
  code: 'workflow.not-migrated',
  status: 409,
  title: {
    vi: 'Chưa chuyển được lượt chạy này sang phiên bản khác',
    en: 'This instance cannot move to the other version',
  },
  advice: {
    vi: 'Chỉ ra bước tương ứng cho từng chỗ được nêu.',
    en: 'Name the matching step for each place that is listed.',
  },
});

mapConstraint('definition_version_unique', versionTaken);
