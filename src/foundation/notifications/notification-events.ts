import { defineEvent } from '../../platform/events.ts';

export const messageSent = defineEvent<{ channel: string; template: string }>('notifications.message-sent', {
  vi: 'Đã gửi tin',
  en: 'Message sent',
});
export const messageGivenUp = defineEvent<{ channel: string; template: string; reason: string }>(
  'notifications.message-given-up',
  {
    vi: 'Không gửi được tin',
    en: 'Message given up',
  },
);
export const messageResent = defineEvent<{ channel: string; template: string }>('notifications.message-resent', {
  vi: 'Yêu cầu gửi lại tin',
  en: 'Message sent again by hand',
});
