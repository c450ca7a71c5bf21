import { defineEvent } from '../../platform/events.ts';
import type { PaperSource } from './stored-paper.ts';

/** Kinds and sources; nothing that a paper says. */
export interface PaperEventFacts {
  accountId: string;
  kind: string;
  source: PaperSource;
}
export const paperKept = defineEvent<PaperEventFacts>('paperstore.kept', {
  vi: 'Thêm giấy tờ vào kho',
  en: 'Paper kept',
});
export const paperChangedEvent = defineEvent<PaperEventFacts>('paperstore.changed', {
  vi: 'Sửa thông tin giấy tờ',
  en: 'Paper described anew',
});
export const paperDeleted = defineEvent<PaperEventFacts & { isReplaced: boolean }>('paperstore.deleted', {
  vi: 'Xóa giấy tờ khỏi kho',
  en: 'Paper deleted',
});
export const paperRestored = defineEvent<PaperEventFacts>('paperstore.restored', {
  vi: 'Lấy lại giấy tờ đã xóa',
  en: 'Paper had back',
});
export const paperErased = defineEvent<PaperEventFacts>('paperstore.erased', {
  vi: 'Xóa hẳn giấy tờ',
  en: 'Paper erased',
});
export const paperUsed = defineEvent<PaperEventFacts & { place: 'application' | 'intake'; placeId: string }>(
  'paperstore.used',
  { vi: 'Dùng lại giấy tờ trong kho', en: 'Stored paper used again' },
);
export const consentGiven = defineEvent<{ papers: number; expiresAt: string }>('paperstore.consent-given', {
  vi: 'Cho cán bộ một cửa lấy giấy tờ',
  en: 'Leave given to take papers',
});
export const consentUsed = defineEvent<{ papers: number; intakeId: string }>('paperstore.consent-used', {
  vi: 'Cán bộ đã nhập mã lấy giấy tờ',
  en: 'Leave to take papers used',
});
export const consentWithdrawn = defineEvent<Record<string, never>>('paperstore.consent-withdrawn', {
  vi: 'Rút mã lấy giấy tờ',
  en: 'Leave to take papers withdrawn',
});
export const choiceSaved = defineEvent<{ remindDays: number | null; keepResults: boolean }>('paperstore.choice-saved', {
  vi: 'Đổi cách nhắc và tự lưu kết quả',
  en: 'Reminding and keeping of results chosen',
});
