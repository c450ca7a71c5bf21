import { defineMessage } from '../../foundation/notifications/index.ts';

/** To the applicant, when a change of the working calendar moves the appointment later. */
export const appointmentLater = defineMessage<'code' | 'procedure' | 'before' | 'after' | 'reason'>(
  'dossiers.appointment-later',
  {
    vi: {
      subject: 'Hồ sơ {code}: ngày hẹn trả kết quả lùi lại',
      sms: 'Hồ sơ {code}: hẹn lại ngày trả kết quả {after}.',
      body: 'Hồ sơ {code} ({procedure}) trước đây hẹn trả kết quả lúc {before}.\nDo lịch làm việc thay đổi ({reason}), nay hẹn lại lúc {after}.\nÔng/Bà không phải làm gì thêm.',
    },
    en: {
      subject: 'Dossier {code}: the appointment comes later',
      sms: 'Dossier {code}: new appointment {after}.',
      body: 'The result of dossier {code} ({procedure}) was to be ready at {before}.\nBecause the working calendar changed ({reason}), it is now to be ready at {after}.\nYou do not have to do anything.',
    },
  },
);

const aboutDate = (key: string, vi: [string, string], en: [string, string]) =>
  defineMessage<'code' | 'procedure' | 'at'>(
    `dossiers.${key}`,
    {
      vi: { subject: vi[0], body: vi[1] },
      en: { subject: en[0], body: en[1] },
    },
    { kind: 'reminder' },
  );

/** To officials: a step or the appointment comes near, or has passed. */
export const dateMessages = {
  'step-soon': aboutDate(
    'step-soon',
    ['Hồ sơ {code}: bước sắp đến hạn', 'Bước đang làm của hồ sơ {code} ({procedure}) có hạn lúc {at}.'],
    ['Dossier {code}: its step is due soon', 'The present step of dossier {code} ({procedure}) is due at {at}.'],
  ),
  'step-overdue': aboutDate(
    'step-overdue',
    ['Hồ sơ {code}: bước đã quá hạn', 'Bước đang làm của hồ sơ {code} ({procedure}) đã quá hạn từ {at}.'],
    ['Dossier {code}: its step is overdue', 'The present step of dossier {code} ({procedure}) was due at {at}.'],
  ),
  soon: aboutDate(
    'due-soon',
    ['Hồ sơ {code} sắp đến hẹn trả', 'Hồ sơ {code} ({procedure}) hẹn trả kết quả lúc {at}.'],
    ['Dossier {code} is due soon', 'The result of dossier {code} ({procedure}) is to be ready at {at}.'],
  ),
  overdue: aboutDate(
    'overdue',
    [
      'Hồ sơ {code} đã quá hẹn trả',
      'Hồ sơ {code} ({procedure}) đã quá hẹn trả kết quả lúc {at}. Cần xin lỗi và hẹn lại, hoặc trả kết quả ngay.',
    ],
    [
      'Dossier {code} is overdue',
      'The result of dossier {code} ({procedure}) was to be ready at {at}. Apologise and re-appoint, or return it now.',
    ],
  ),
};
