import { defineEvent } from '../../platform/events.ts';

export const policyChanged = defineEvent('files.policy-changed', {
  vi: 'Đổi cách lưu giữ tệp',
  en: 'Rules of keeping files changed',
});
export const infectionFound = defineEvent<{ sha256: string; signature: string; files: number }>(
  'files.infection-found',
  {
    vi: 'Phát hiện vi-rút, cách ly tệp',
    en: 'Virus found, file put into quarantine',
  },
);
export const infectionReleased = defineEvent<{ sha256: string; remark: string }>('files.infection-released', {
  vi: 'Đưa tệp ra khỏi khu cách ly',
  en: 'File released from quarantine',
});
export const fileErasedEvent = defineEvent<{ number: string; sha256: string; basis: string }>('files.erased', {
  vi: 'Xóa tệp theo quyết định',
  en: 'File erased by decision',
});
