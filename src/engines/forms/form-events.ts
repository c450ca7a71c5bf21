import { defineEvent } from '../../platform/events.ts';

/** Subject kind of events about a version of a form. */
export const formVersionKind = 'form-version';
/** Subject kind of events about a draft. */
export const draftKind = 'form-draft';

export const formPublished = defineEvent<{ code: string; version: number; validFrom: string; digest: string }>(
  'forms.form-published',
  { vi: 'Công bố biểu mẫu', en: 'Form published' },
);
export const formRetired = defineEvent<{ code: string; version: number }>('forms.form-retired', {
  vi: 'Ngừng dùng biểu mẫu',
  en: 'Form retired',
});
export const draftStarted = defineEvent<{ formVersionId: string; subjectKind: string; subjectId: string }>(
  'forms.draft-started',
  { vi: 'Bắt đầu điền biểu mẫu', en: 'Draft started' },
);
/** `page` is where the person stopped: the figure of drop-off by page. */
export const draftDiscarded = defineEvent<{
  formVersionId: string;
  page: string | null;
  reason: 'discarded' | 'expired';
}>('forms.draft-discarded', { vi: 'Bỏ bản nháp', en: 'Draft discarded' });
/** `from`: the number of the version it began from; null for a new form. */
export const designStarted = defineEvent<{ code: string; from: number | null }>('forms.design-started', {
  vi: 'Bắt đầu sửa biểu mẫu',
  en: 'Form opened for changes',
});
export const designDiscarded = defineEvent<{ code: string }>('forms.design-discarded', {
  vi: 'Bỏ bản đang sửa của biểu mẫu',
  en: 'Changes of a form discarded',
});
/** Subject kind of events about several people confirming one form. */
export const signingKind = 'form-signing';
export const signingStarted = defineEvent<{ draftId: string; digest: string }>('forms.signing-started', {
  vi: 'Mời cùng xác nhận tờ khai',
  en: 'Signers invited',
});
export const signatureConfirmed = defineEvent<{
  signer: string;
  method: 'account' | 'counter';
  digest: string;
  draftId: string;
}>('forms.signature-confirmed', { vi: 'Một người đã xác nhận tờ khai', en: 'A signer confirmed' });
export const signingVoided = defineEvent<Record<string, never>>('forms.signing-voided', {
  vi: 'Nội dung đổi, các xác nhận không còn hiệu lực',
  en: 'Answers changed, confirmations void',
});
export const draftHandedOver = defineEvent<{ formVersionId: string }>('forms.draft-handed-over', {
  vi: 'Chuyển bản nháp sang máy khác',
  en: 'Draft taken to another device',
});
