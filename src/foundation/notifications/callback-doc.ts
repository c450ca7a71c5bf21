import type { ApiDoc } from '../../platform/http/api-doc.ts';
import { malformedRequest } from '../../platform/problems.ts';

const common = {
  tag: 'messages',
  description: {
    vi: 'Địa chỉ riêng của từng nhà cung cấp; mã trong địa chỉ là bí mật. Nhận một báo cáo, nhiều báo cáo, hoặc biểu mẫu.',
    en: 'Each provider has an address of its own, whose token is the secret. Takes one report, a list of up to 1,000, or a form.',
  },
  params: {
    provider: { description: { vi: 'Mã nhà cung cấp', en: 'Key of the provider' }, example: 'sms' },
    token: { description: { vi: 'Mã bí mật', en: 'Secret of the address' }, example: 'token' },
  },
  answers: { 200: { description: { vi: 'Đã nhận', en: 'Taken' }, type: 'text/plain' } },
  problems: [malformedRequest],
} as const;

/** What the document says of where providers of messages report. */
export const callbackDocs = {
  get: {
    ...common,
    id: 'reportMessageByAddress',
    summary: { vi: 'Báo cáo tin nhắn qua địa chỉ', en: 'Report a message in the address' },
  },
  post: {
    ...common,
    id: 'reportMessages',
    summary: { vi: 'Báo cáo tin nhắn', en: 'Report messages' },
    bodyType: 'application/json',
    bodyExample: { type: 'receipt', reference: 'a1b2', state: 'delivered' },
  },
} as const satisfies Record<string, ApiDoc>;
