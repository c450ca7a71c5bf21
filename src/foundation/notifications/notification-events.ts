import { defineEvent } from '../../platform/events.ts';

interface AboutMessage {
  channel: string;
  template: string;
}

export const messageSent = defineEvent<AboutMessage & { provider: string | null }>('notifications.message-sent', {
  vi: 'Đã gửi tin',
  en: 'Message sent',
});
export const messageDelivered = defineEvent<AboutMessage & { provider: string | null }>(
  'notifications.message-delivered',
  {
    vi: 'Tin đã đến máy người nhận',
    en: 'Message delivered',
  },
);
export const messageUndelivered = defineEvent<AboutMessage & { reason: string }>('notifications.message-undelivered', {
  vi: 'Tin không đến được người nhận',
  en: 'Message not delivered',
});
export const messageGivenUp = defineEvent<AboutMessage & { reason: string }>('notifications.message-given-up', {
  vi: 'Không gửi được tin',
  en: 'Message given up',
});
export const messageHeld = defineEvent<{ channel: string; count: number }>('notifications.messages-held', {
  vi: 'Tin phải chờ vì hết hạn mức chi',
  en: 'Messages wait: the budget is spent',
});
export const messageResent = defineEvent<AboutMessage>('notifications.message-resent', {
  vi: 'Yêu cầu gửi lại tin',
  en: 'Message sent again by hand',
});
export const messageDiscarded = defineEvent<AboutMessage & { reason: string }>('notifications.message-discarded', {
  vi: 'Bỏ tin không gửi được',
  en: 'Message discarded',
});
export const paperNoteMade = defineEvent<Record<string, never>>('notifications.paper-note-made', {
  vi: 'Có tin cần báo trực tiếp tại quầy',
  en: 'A note waits at the counter',
});
export const paperNoteHanded = defineEvent<Record<string, never>>('notifications.paper-note-handed', {
  vi: 'Đã báo trực tiếp cho người nộp',
  en: 'A note was handed over',
});
export const choiceSaved = defineEvent<{ by: 'page' | 'link' | 'text' }>('notifications.choice-saved', {
  vi: 'Đổi cách nhận thông báo',
  en: 'Choice of notifications saved',
});
export const browserAdded = defineEvent<Record<string, never>>('notifications.browser-added', {
  vi: 'Bật thông báo trên trình duyệt',
  en: 'Browser notifications switched on',
});
export const browserRemoved = defineEvent<{ by: 'person' | 'service' }>('notifications.browser-removed', {
  vi: 'Tắt thông báo trên trình duyệt',
  en: 'Browser notifications switched off',
});
export const textReceived = defineEvent<{ provider: string; keyword: string }>('notifications.text-received', {
  vi: 'Có tin nhắn gửi đến',
  en: 'Text message received',
});
export const templateSaved = defineEvent<{ template: string; channel: string; number: number }>(
  'notifications.template-saved',
  {
    vi: 'Lưu bản nháp mẫu tin',
    en: 'Draft of a message text saved',
  },
);
export const templatePublished = defineEvent<{ template: string; channel: string; number: number }>(
  'notifications.template-published',
  { vi: 'Công bố mẫu tin', en: 'Message text published' },
);
export const templateWithdrawn = defineEvent<{ template: string; channel: string }>(
  'notifications.template-withdrawn',
  {
    vi: 'Trở về mẫu tin cấp trên',
    en: 'Message text withdrawn',
  },
);
export const providerChanged = defineEvent<{ isEnabled: boolean; weight: number | null }>(
  'notifications.provider-changed',
  {
    vi: 'Đổi cách dùng nhà cung cấp tin',
    en: 'Use of a message provider changed',
  },
);
export const trialChanged = defineEvent<{ mode: string; team: number }>('notifications.trial-changed', {
  vi: 'Đổi chế độ gửi tin',
  en: 'Reach of messages changed',
});
export const budgetChanged = defineEvent<{ channel: string; limitDong: number | null }>(
  'notifications.budget-changed',
  {
    vi: 'Đổi hạn mức chi gửi tin',
    en: 'Budget for messages changed',
  },
);
