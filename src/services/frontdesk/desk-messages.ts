import { defineMessage, type MessageKindName } from '../../foundation/notifications/index.ts';

/* What applicants and officials are told. Each names the agency, the official who handles it, and the times (NĐ 224/2026/NĐ-CP, Điều 15.1.g). */

type ToApplicant = 'name' | 'code' | 'procedure' | 'agency' | 'handler' | 'at' | 'due' | 'reason' | 'list';

const vi = (subject: string, body: string) => ({
  subject,
  body: `Kính gửi {name},\n\n${body}\n\nThủ tục: {procedure}\nMã hồ sơ: {code}\nCơ quan: {agency}\nNgười thực hiện: {handler}\nThời điểm: {at}`,
});
const en = (subject: string, body: string) => ({
  subject,
  body: `Dear {name},\n\n${body}\n\nProcedure: {procedure}\nCode: {code}\nAgency: {agency}\nHandled by: {handler}\nTime: {at}`,
});
/* A text message carries the subject, and what to do next where that is short: 70 characters with accents are one part. */
const message = (key: string, viText: [string, string], enText: [string, string], kind: MessageKindName = 'result') =>
  defineMessage<ToApplicant>(
    `frontdesk.${key}`,
    {
      vi: { ...vi(...viText), sms: `${viText[0]}. Xem chi tiết tại cổng dịch vụ công.` },
      en: { ...en(...enText), sms: `${enText[0]}. See the public service portal.` },
    },
    { kind },
  );

export const applicantMessages = {
  'dossiers.received': message(
    'received',
    ['Hồ sơ {code} đã được tiếp nhận', 'Hồ sơ của bạn đã được tiếp nhận. Ngày hẹn trả kết quả: {due}.'],
    ['Dossier {code} is received', 'Your dossier is received. Appointment for the result: {due}.'],
  ),
  'dossiers.refused': message(
    'refused',
    [
      'Hồ sơ của bạn không được tiếp nhận',
      'Hồ sơ của bạn không được tiếp nhận. Lý do: {reason}\nBạn có thể xem phiếu từ chối và nộp lại sau khi làm đúng.',
    ],
    [
      'Your dossier was not received',
      'Your dossier was not received. Reason: {reason}\nYou can read the slip, and submit again once it is right.',
    ],
    'action',
  ),
  'dossiers.supplement-requested': message(
    'supplement-requested',
    [
      'Cần bổ sung hồ sơ {code}',
      'Hồ sơ của bạn cần bổ sung. {reason}\nNhững thứ cần bổ sung:\n{list}\nThời hạn giải quyết tạm dừng cho đến khi bạn bổ sung.',
    ],
    [
      'Dossier {code} needs a supplement',
      'Your dossier needs a supplement. {reason}\nWhat is asked for:\n{list}\nThe clock stands until you answer.',
    ],
    'action',
  ),
  'dossiers.fee-requested': message(
    'fee-requested',
    [
      'Cần nộp phí, lệ phí cho hồ sơ {code}',
      'Hồ sơ của bạn cần nộp phí, lệ phí:\n{list}\nThời hạn giải quyết tạm dừng cho đến khi bạn nộp.',
    ],
    ['A payment for dossier {code}', 'Your dossier needs a payment:\n{list}\nThe clock stands until it is paid.'],
    'action',
  ),
  'dossiers.completed': message(
    'completed',
    [
      'Hồ sơ {code} đã có kết quả',
      'Hồ sơ của bạn đã có kết quả: {list}\n{reason}\nKhi đến nhận, mang theo căn cước và giấy hẹn.',
    ],
    [
      'The result of dossier {code} is ready',
      'Your dossier has a result: {list}\n{reason}\nBring your identity card and the slip when you fetch it.',
    ],
  ),
  'dossiers.result-returned': message(
    'returned',
    [
      'Đã trả kết quả hồ sơ {code}',
      'Kết quả hồ sơ của bạn đã được trả. Nếu bạn chưa nhận được, hãy báo ngay cho cơ quan.',
    ],
    [
      'The result of dossier {code} was handed over',
      'The result of your dossier was handed over. If you did not get it, tell the agency at once.',
    ],
  ),
  'dossiers.extended': message(
    'extended',
    [
      'Xin lỗi và hẹn lại ngày trả kết quả hồ sơ {code}',
      'Chúng tôi xin lỗi vì chưa giải quyết xong hồ sơ của bạn đúng hẹn. Lý do: {reason}\nNgày hẹn mới: {due}.',
    ],
    [
      'An apology and a new appointment for dossier {code}',
      'We apologise: your dossier will not be ready as promised. Reason: {reason}\nNew appointment: {due}.',
    ],
  ),
  'dossiers.stopped': message(
    'stopped',
    ['Hồ sơ {code} đã dừng giải quyết', 'Hồ sơ của bạn đã dừng giải quyết. Lý do: {reason}'],
    ['Dossier {code} is stopped', 'Your dossier is stopped. Reason: {reason}'],
  ),
  'dossiers.withdrawn': message(
    'withdrawn',
    ['Hồ sơ {code} đã được rút', 'Hồ sơ của bạn đã được rút theo yêu cầu. {reason}'],
    ['Dossier {code} is withdrawn', 'Your dossier is withdrawn as asked. {reason}'],
    'progress',
  ),
} as const;
export type ToldApplicants = keyof typeof applicantMessages;

type ToOfficial = 'code' | 'procedure' | 'by' | 'due' | 'reason';
const inner = (key: string, viText: [string, string], enText: [string, string]) =>
  defineMessage<ToOfficial>(
    `frontdesk.${key}`,
    {
      vi: { subject: viText[0], body: `${viText[1]}\nThủ tục: {procedure}. Hạn: {due}.` },
      en: { subject: enText[0], body: `${enText[1]}\nProcedure: {procedure}. Due: {due}.` },
    },
    { kind: 'work' },
  );

export const officialMessages = {
  'dossiers.assigned': inner(
    'assigned',
    ['Bạn được giao hồ sơ {code}', '{by} giao hồ sơ {code} cho bạn. {reason}'],
    ['Dossier {code} is yours', '{by} gave you dossier {code}. {reason}'],
  ),
  'dossiers.supplement-answered': inner(
    'supplement-answered',
    ['Hồ sơ {code} đã được bổ sung', 'Người nộp đã bổ sung hồ sơ {code}. Thời hạn được tính tiếp.'],
    ['A supplement for dossier {code} came', 'The applicant answered for dossier {code}. The clock goes on.'],
  ),
  'dossiers.sent-back': inner(
    'sent-back',
    ['Hồ sơ {code} bị trả lại bước trước', '{by} trả lại hồ sơ {code}. Lý do: {reason}'],
    ['Dossier {code} was sent back', '{by} sent dossier {code} back. Reason: {reason}'],
  ),
} as const;

export const dueSoonMessage = defineMessage<'count' | 'list'>(
  'frontdesk.due-soon',
  {
    vi: { subject: '{count} hồ sơ sắp đến hạn', body: 'Các hồ sơ bạn đang giữ sắp đến hạn trong 2 ngày tới:\n{list}' },
    en: { subject: '{count} dossiers are due soon', body: 'Dossiers that you hold are due within 2 days:\n{list}' },
  },
  { kind: 'reminder' },
);
