import { defineEvent } from '../../../platform/events.ts';

export const defectsTaken = defineEvent<{ opened: number; reopened: number; closed: number }>(
  'procedures.defects-taken',
  {
    vi: 'Cập nhật việc cần sửa sau khi nhập danh mục',
    en: 'Work list of defects brought up to an import',
  },
);
export const defectsRepaired = defineEvent<{ code: string; versionId: string; defects: number }>(
  'procedures.defects-repaired',
  { vi: 'Phiên bản mới sửa lỗi của nguồn', en: 'Defects of the source put right by a version' },
);
export const defectsChanged = defineEvent<{ act: string; ids: string[]; to: string | null; reason: string | null }>(
  'procedures.defects-changed',
  { vi: 'Giao, chấp nhận hoặc mở lại lỗi của nguồn', en: 'Defects of the source assigned, accepted or opened again' },
);
