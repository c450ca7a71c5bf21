import { defineMessage } from '../../foundation/notifications/index.ts';

/** To the applicant, when a change of the working calendar moves the appointment later. */
export const appointmentLater = defineMessage<'code' | 'procedure' | 'before' | 'after' | 'reason'>(
  'dossiers.appointment-later',
  {
    vi: {
      subject: 'Hồ sơ {code}: ngày hẹn trả kết quả lùi lại',
      body: 'Hồ sơ {code} ({procedure}) trước đây hẹn trả kết quả lúc {before}.\nDo lịch làm việc thay đổi ({reason}), nay hẹn lại lúc {after}.\nÔng/Bà không phải làm gì thêm.',
    },
    en: {
      subject: 'Dossier {code}: the appointment comes later',
      body: 'The result of dossier {code} ({procedure}) was to be ready at {before}.\nBecause the working calendar changed ({reason}), it is now to be ready at {after}.\nYou do not have to do anything.',
    },
  },
);
