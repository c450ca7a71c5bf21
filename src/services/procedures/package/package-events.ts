import { defineEvent } from '../../../platform/events.ts';

export const packageTaken = defineEvent<{ sha256: string; province: string; procedures: string[]; mode: string }>(
  'procedures.package-taken',
  { vi: 'Nhập gói thủ tục của tỉnh khác', en: "Another province's package of procedures taken over" },
);
