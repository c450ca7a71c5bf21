import { defineProblem } from '../../platform/problems.ts';

export const messageMissing = defineProblem({
  code: 'notifications.missing',
  status: 404,
  title: { vi: 'Không tìm thấy thông báo này', en: 'Notification not found' },
});
export const messageNotWaiting = defineProblem({
  code: 'notifications.not-waiting',
  status: 409,
  title: { vi: 'Tin này không còn chờ gửi lại', en: 'This message is not waiting to be sent again' },
});
