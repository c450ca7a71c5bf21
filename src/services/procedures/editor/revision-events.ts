import { defineEvent } from '../../../platform/events.ts';
import type { VersionPayload } from '../procedure-events.ts';

export const draftSaved = defineEvent<VersionPayload & { section: string }>('procedures.draft-saved', {
  vi: 'Sửa bản soạn thủ tục',
  en: 'Draft of a procedure changed',
});
export const draftSent = defineEvent<VersionPayload>('procedures.draft-sent', {
  vi: 'Gửi duyệt bản soạn thủ tục',
  en: 'Draft of a procedure sent for review',
});
export const draftRecalled = defineEvent<VersionPayload>('procedures.draft-recalled', {
  vi: 'Rút lại bản soạn để sửa tiếp',
  en: 'Draft of a procedure taken back',
});
export const draftApproved = defineEvent<VersionPayload & { reason: string }>('procedures.draft-approved', {
  vi: 'Duyệt bản soạn thủ tục',
  en: 'Draft of a procedure approved',
});
export const draftSentBack = defineEvent<VersionPayload & { reason: string }>('procedures.draft-sent-back', {
  vi: 'Trả lại bản soạn thủ tục',
  en: 'Draft of a procedure sent back',
});
export const draftDiscarded = defineEvent<VersionPayload>('procedures.draft-discarded', {
  vi: 'Bỏ bản soạn thủ tục',
  en: 'Draft of a procedure discarded',
});
export const remarkMade = defineEvent<VersionPayload & { section: string; commentId: string }>(
  'procedures.remark-made',
  {
    vi: 'Góp ý bản soạn thủ tục',
    en: 'Remark on a draft of a procedure',
  },
);
export const remarkSettled = defineEvent<VersionPayload & { section: string; commentId: string }>(
  'procedures.remark-settled',
  { vi: 'Giải quyết góp ý', en: 'Remark dealt with' },
);
