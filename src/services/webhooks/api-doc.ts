import { Type, type Static } from 'typebox';
import type { ApiDoc } from '../../platform/http/api-doc.ts';
import { anId, anInstant, maybe, oneOf, pageOf, said } from '../../platform/http/api-schema.ts';
import { forbidden } from '../../platform/problems.ts';
import { webhookKinds } from './webhook-kinds.ts';
import {
  kindNotAllowed,
  messageNotFound,
  notActive,
  tooManyWebhooks,
  urlRefused,
  webhookNotFound,
} from './webhook-problems.ts';

const tag = 'webhooks';
const closed = { additionalProperties: false };
const kinds = Type.Array(oneOf([...webhookKinds.keys()]), {
  minItems: 1,
  maxItems: 40,
  ...said('Những việc muốn được báo', 'What to be told of'),
});
const url = Type.String({
  minLength: 8,
  maxLength: 500,
  examples: ['https://phan-mem.example.vn/thong-bao'],
  ...said('Địa chỉ nhận, bắt đầu bằng https://', 'Where messages go; starts with https://'),
});
const description = Type.Optional(
  Type.Union([Type.Null(), Type.String({ minLength: 1, maxLength: 300, ...said('Ghi chú', 'Your own words') })]),
);
export const CreateBody = Type.Object({ url, kinds, description }, closed);
export type CreateBody = Static<typeof CreateBody> & { kinds: string[] };
export const ChangeBody = Type.Object(
  {
    url: Type.Optional(url),
    kinds: Type.Optional(kinds),
    description,
    status: Type.Optional(oneOf(['active', 'paused'], said('Nhận hay tạm dừng', 'Take up again, or pause'))),
  },
  closed,
);
export interface ChangeBody {
  url?: string;
  kinds?: string[];
  description?: string | null;
  status?: 'active' | 'paused';
}
export const ReplayBody = Type.Object(
  {
    since: Type.Optional(
      Type.String({
        format: 'date-time',
        ...said(
          'Gửi lại mọi thông báo từ lúc này; bỏ trống: chỉ những thông báo đã bỏ cuộc',
          'Everything since this instant; left out: only what was given up',
        ),
      }),
    ),
  },
  closed,
);

const Webhook = Type.Object(
  {
    id: anId('Đăng ký', 'The webhook'),
    url: Type.String(),
    kinds: Type.Array(Type.String()),
    description: maybe(Type.String()),
    status: oneOf(['active', 'paused', 'disabled']),
    statusReason: maybe(
      Type.String(
        said(
          'gone: nơi nhận trả 410; failing: lỗi liên tục nhiều ngày',
          'gone: 410; failing: nothing but failures for days',
        ),
      ),
    ),
    failingSince: maybe(anInstant('Lỗi từ', 'Failing since')),
    lastSuccessAt: maybe(anInstant('Gửi được gần nhất', 'Last success')),
    createdAt: anInstant('Lúc đăng ký', 'Created'),
    version: Type.Integer(said('Cũng là ETag', 'The ETag is made of it')),
  },
  { title: 'Webhook' },
);
const secret = Type.String(said('Khóa ký, chỉ hiện một lần', 'The signing secret (`whsec_…`), shown once'));
const Message = Type.Object(
  {
    id: Type.String(said('Cũng là tiêu đề webhook-id', 'Also the header webhook-id')),
    kind: Type.String(),
    status: oneOf(['waiting', 'delivered', 'dead']),
    attempts: Type.Integer(),
    createdAt: anInstant('Lúc xảy ra', 'Made'),
    nextAt: maybe(anInstant('Lần gửi tiếp theo', 'Next try')),
    settledAt: maybe(anInstant('Lúc xong', 'Settled')),
    lastStatus: maybe(Type.Integer(said('Mã HTTP nhận được', 'What the receiver answered'))),
    lastFault: maybe(Type.String()),
  },
  { title: 'WebhookMessage' },
);
const id = {
  description: { vi: 'Đăng ký', en: 'The webhook' },
  example: '01998a52-0000-7000-8000-000000000001',
};
const messageId = { ...id, description: { vi: 'Thông báo', en: 'The message' } };
const one = (vi: string, en: string, schema: ReturnType<typeof Type.Object>) => ({ description: { vi, en }, schema });
const Replayed = Type.Object({ messages: Type.Integer(said('Số thông báo', 'How many')) });

/** What the document says of webhooks. */
export const webhookDocs = {
  list: {
    id: 'listWebhooks',
    tag,
    summary: { vi: 'Các đăng ký nhận thông báo', en: 'Webhooks of this client' },
    answers: { 200: one('Một trang', 'A page', pageOf(Webhook)) },
  },
  create: {
    id: 'createWebhook',
    tag,
    summary: { vi: 'Đăng ký nhận thông báo', en: 'Create a webhook' },
    description: {
      vi: 'Thông báo chỉ có mã, trạng thái và ngày, không có thông tin cá nhân; chỉ về những hồ sơ ứng dụng được đọc. Ký theo Standard Webhooks (webhook-id, webhook-timestamp, webhook-signature). Các thông báo của một hồ sơ đến theo thứ tự. Lỗi thì gửi lại trong hơn ba ngày, với khoảng cách tăng dần; cùng một webhook-id chỉ nên xử lý một lần.',
      en: 'Messages hold ids, states and dates, no personal data, and tell only of dossiers that the client may read. Signed as Standard Webhooks has it (webhook-id, webhook-timestamp, webhook-signature). Messages of one dossier come in order. What fails is sent again with growing pauses for more than three days; act once per webhook-id.',
    },
    isKeyed: true,
    bodyExample: {
      url: 'https://phan-mem.example.vn/thong-bao',
      kinds: ['dossier.received', 'dossier.completed'],
      description: 'Phần mềm kế toán',
    },
    answers: {
      201: one('Đã đăng ký', 'Created', Type.Object({ ...Webhook.properties, secret }, { title: 'WebhookWithSecret' })),
    },
    problems: [tooManyWebhooks, urlRefused, kindNotAllowed, forbidden],
  },
  get: {
    id: 'getWebhook',
    tag,
    summary: { vi: 'Xem một đăng ký', en: 'One webhook' },
    params: { id },
    conditional: 'etag',
    answers: { 200: one('Đăng ký', 'The webhook', Webhook) },
    problems: [webhookNotFound],
  },
  change: {
    id: 'changeWebhook',
    tag,
    summary: { vi: 'Sửa, tạm dừng, bật lại', en: 'Change, pause or take up a webhook' },
    params: { id },
    conditional: 'if-match',
    bodyExample: { status: 'paused' },
    answers: { 200: one('Đăng ký', 'The webhook', Webhook) },
    problems: [webhookNotFound, urlRefused, kindNotAllowed],
  },
  remove: {
    id: 'deleteWebhook',
    tag,
    summary: { vi: 'Bỏ đăng ký', en: 'Delete a webhook' },
    params: { id },
    answers: { 204: { description: { vi: 'Đã bỏ', en: 'Gone' } } },
    problems: [webhookNotFound],
  },
  rotate: {
    id: 'rotateWebhookSecret',
    tag,
    summary: { vi: 'Đổi khóa ký', en: 'Rotate the secret' },
    description: {
      vi: 'Trong 24 giờ mỗi thông báo mang chữ ký của cả khóa cũ và khóa mới.',
      en: 'For 24 hours messages carry the signatures of both secrets.',
    },
    params: { id },
    isKeyed: true,
    bodyExample: {},
    answers: { 200: one('Khóa mới', 'The new secret', Type.Object({ secret }, { title: 'WebhookSecret' })) },
    problems: [webhookNotFound],
  },
  ping: {
    id: 'testWebhook',
    tag,
    summary: { vi: 'Gửi thử', en: 'Send a test message' },
    params: { id },
    isKeyed: true,
    bodyExample: {},
    answers: {
      202: one(
        'Đang gửi; xem kết quả ở danh sách',
        'Under way; the list tells how it went',
        Type.Object({ messageId: Type.String() }, { title: 'WebhookTest' }),
      ),
    },
    problems: [webhookNotFound, notActive],
  },
  messages: {
    id: 'listWebhookMessages',
    tag,
    summary: { vi: 'Các thông báo đã và đang gửi', en: 'Messages, sent and waiting' },
    description: { vi: 'Mới nhất trước; giữ 30 ngày.', en: 'The newest first; kept for 30 days.' },
    params: { id },
    answers: { 200: one('Một trang', 'A page', pageOf(Message)) },
    problems: [webhookNotFound],
  },
  message: {
    id: 'getWebhookMessage',
    tag,
    summary: { vi: 'Một thông báo với các lần gửi', en: 'One message with every try' },
    params: { id, messageId },
    answers: {
      200: one(
        'Thông báo',
        'The message',
        Type.Object(
          {
            ...Message.properties,
            body: Type.String(said('Nội dung đã ký', 'The body as signed')),
            tries: Type.Array(
              Type.Object({
                number: Type.Integer(),
                at: anInstant('Lúc gửi', 'Tried'),
                status: maybe(Type.Integer()),
                fault: maybe(Type.String()),
                durationMs: Type.Integer(said('Thời gian, mili giây', 'Milliseconds')),
              }),
            ),
          },
          { title: 'WebhookMessageWithTries' },
        ),
      ),
    },
    problems: [webhookNotFound, messageNotFound],
  },
  replayOne: {
    id: 'replayWebhookMessage',
    tag,
    summary: { vi: 'Gửi lại một thông báo', en: 'Send one message again' },
    params: { id, messageId },
    isKeyed: true,
    bodyExample: {},
    answers: { 202: one('Đang gửi', 'Under way', Replayed) },
    problems: [webhookNotFound, messageNotFound, notActive],
  },
  replayAll: {
    id: 'replayWebhookMessages',
    tag,
    summary: { vi: 'Gửi lại nhiều thông báo', en: 'Send many messages again' },
    params: { id },
    isKeyed: true,
    bodyExample: { since: '2026-11-20T00:00:00.000Z' },
    answers: { 202: one('Đang gửi', 'Under way', Replayed) },
    problems: [webhookNotFound, notActive],
  },
} as const satisfies Record<string, ApiDoc>;
