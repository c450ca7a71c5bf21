import { definePermission } from '../../platform/access.ts';

export const manageNotifications = definePermission(
  'notifications.manage',
  {
    vi: 'Xem tin đã gửi, nhà cung cấp, hạn mức và số liệu gửi tin',
    en: 'See outgoing messages, providers, budgets and figures',
  },
  'province',
);
export const editMessageTexts = definePermission('notifications.texts', {
  vi: 'Soạn và công bố mẫu tin của đơn vị',
  en: 'Write and publish the message texts of a unit',
});
export const handPaperNotes = definePermission('notifications.hand-notes', {
  vi: 'Báo trực tiếp cho người không có điện thoại, e-mail',
  en: 'Tell in person those who cannot be reached',
});
