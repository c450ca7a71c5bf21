import { defineEvent } from '../../platform/events.ts';

interface Facts {
  clientId: string;
  host: string;
}
export const webhookCreated = defineEvent<Facts & { kinds: string[] }>('webhooks.created', {
  vi: 'Đăng ký địa chỉ nhận thông báo',
  en: 'Webhook created',
});
export const webhookChanged = defineEvent<Facts & { kinds: string[]; status: string }>('webhooks.changed', {
  vi: 'Sửa đăng ký nhận thông báo',
  en: 'Webhook changed',
});
export const webhookRemoved = defineEvent<Facts>('webhooks.removed', {
  vi: 'Bỏ đăng ký nhận thông báo',
  en: 'Webhook removed',
});
export const webhookSecretMade = defineEvent<Facts & { previousUntil: string }>('webhooks.secret-made', {
  vi: 'Đổi khóa ký thông báo',
  en: 'Secret of a webhook rotated',
});
export const webhookDisabled = defineEvent<Facts & { reason: string }>('webhooks.disabled', {
  vi: 'Tắt đăng ký nhận thông báo vì gửi không được',
  en: 'Webhook switched off',
});
export const messagesReplayed = defineEvent<Facts & { messages: number }>('webhooks.messages-replayed', {
  vi: 'Gửi lại thông báo',
  en: 'Messages of a webhook sent again',
});
