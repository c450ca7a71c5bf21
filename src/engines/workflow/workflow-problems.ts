import { defineProblem } from '../../platform/problems.ts';

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
