import { definePermission } from '../../platform/access.ts';

export const manageNotifications = definePermission('notifications.manage', {
  vi: 'Xem và gửi lại tin đã gửi đi',
  en: 'See and resend outgoing messages',
});
