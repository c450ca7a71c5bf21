import { defineScope } from '../../platform/access.ts';

/** Lets a program keep its own webhooks. */
export const webhookScope = defineScope('webhooks.manage', {
  vi: 'Đăng ký địa chỉ nhận thông báo',
  en: 'Keep webhooks',
}).name;
