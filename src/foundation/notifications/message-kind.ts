import type { LocalText } from '../../platform/problems.ts';

/** What a message is about, as people choose by it. */
export interface MessageKind {
  title: LocalText;
  hint: LocalText;
  /** The law, or the person's safety, asks that it is always sent: it may be moved to another channel, never switched off. */
  isMandatory: boolean;
  /** Comes at once, in quiet hours too, and never in a digest. */
  isUrgent: boolean;
  /** For whom: people, officials, or both. */
  for: 'people' | 'officials' | 'all';
}

/** Kinds of messages. Their names are permanent: choices are kept by them. */
export const messageKinds = {
  security: {
    title: { vi: 'Mã xác minh', en: 'Codes' },
    hint: { vi: 'Luôn được gửi, kể cả trong giờ yên tĩnh.', en: 'Always sent, in quiet hours too.' },
    isMandatory: true,
    isUrgent: true,
    for: 'all',
  },
  safety: {
    title: { vi: 'Cảnh báo an toàn', en: 'Safety alerts' },
    hint: {
      vi: 'Đăng nhập từ thiết bị mới, đổi mật khẩu, thêm hoặc gỡ cách xác minh, ủy quyền, người khác lấy giấy tờ trong kho của bạn. Gửi ngay, kể cả trong giờ yên tĩnh và không gộp thư, để bạn kịp dừng lại khi không phải là bạn.',
      en: 'A sign-in from a new device, a changed password, a second factor added or removed, mandates, somebody taking papers of your store. Sent at once, in quiet hours too and never in a digest, so that you can stop it in time when it was not you.',
    },
    isMandatory: true,
    isUrgent: true,
    for: 'all',
  },
  action: {
    title: { vi: 'Việc bạn cần làm', en: 'What you have to do' },
    hint: {
      vi: 'Bổ sung giấy tờ, nộp phí, hồ sơ không được nhận.',
      en: 'A supplement, a payment, a dossier that was refused.',
    },
    isMandatory: true,
    isUrgent: false,
    for: 'people',
  },
  result: {
    title: { vi: 'Tiếp nhận và kết quả hồ sơ', en: 'Acknowledgements and results' },
    hint: {
      vi: 'Đã nhận hồ sơ, đã có kết quả, xin lỗi và hẹn lại.',
      en: 'Your dossier is received, its result is ready, an apology.',
    },
    isMandatory: true, // NĐ 61/2018/NĐ-CP, Điều 17, 19: the applicant is told of receipt, result and delay
    isUrgent: false,
    for: 'people',
  },
  progress: {
    title: { vi: 'Tiến độ hồ sơ', en: 'Progress of your dossiers' },
    hint: { vi: 'Ngày hẹn thay đổi và những bước ở giữa.', en: 'Changed appointments and the steps between.' },
    isMandatory: false,
    isUrgent: false,
    for: 'people',
  },
  reminder: {
    title: { vi: 'Lời nhắc', en: 'Reminders' },
    hint: { vi: 'Sắp đến hạn, giấy tờ sắp hết hiệu lực.', en: 'A date comes near, a paper expires.' },
    isMandatory: false,
    isUrgent: false,
    for: 'all',
  },
  work: {
    title: { vi: 'Việc được giao', en: 'Work given to you' },
    hint: { vi: 'Hồ sơ mới giao, bị trả lại, đã được bổ sung.', en: 'Dossiers assigned, sent back or supplemented.' },
    isMandatory: true,
    isUrgent: false,
    for: 'officials',
  },
} as const satisfies Record<string, MessageKind>;

export type MessageKindName = keyof typeof messageKinds;
export const messageKindNames = Object.keys(messageKinds) as MessageKindName[];
export const isMessageKind = (text: unknown): text is MessageKindName =>
  typeof text === 'string' && Object.hasOwn(messageKinds, text);
export const kindOf = (name: string): MessageKind => messageKinds[isMessageKind(name) ? name : 'progress'];
