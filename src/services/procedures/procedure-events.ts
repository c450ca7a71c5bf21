import { defineEvent } from '../../platform/events.ts';

/** Kind of subject of events about a procedure; the id is the procedure's. */
export const procedureKind = 'procedure';

export interface VersionPayload {
  code: string;
  number: number;
  versionId: string;
}

export const versionDrafted = defineEvent<VersionPayload & { source: string; reason?: string }>(
  'procedures.version-drafted',
  {
    vi: 'Ghi nhận phiên bản thủ tục',
    en: 'Version of a procedure recorded',
  },
);
export const procedurePublished = defineEvent<VersionPayload & { validFrom: string }>('procedures.published', {
  vi: 'Công bố thủ tục',
  en: 'Procedure published',
});
export const procedureRetired = defineEvent<VersionPayload & { reason: string; lastDay: string | null }>(
  'procedures.retired',
  {
    vi: 'Bãi bỏ thủ tục',
    en: 'Procedure retired',
  },
);
export const publicationUndone = defineEvent<VersionPayload & { reason: string }>('procedures.publication-undone', {
  vi: 'Rút lại công bố thủ tục chưa có hiệu lực',
  en: 'Publication of a procedure taken back before it was in force',
});
export const offersOpened = defineEvent<{ procedureId: string; unitIds: string[]; validFrom: string }>(
  'procedures.offers-opened',
  {
    vi: 'Mở tiếp nhận thủ tục tại đơn vị',
    en: 'Procedure offered by units',
  },
);
export const offerClosed = defineEvent<{ offerId: string; unitId: string; lastDay: string }>(
  'procedures.offer-closed',
  {
    vi: 'Ngừng tiếp nhận thủ tục tại đơn vị',
    en: 'Unit stops offering a procedure',
  },
);
export const offersMoved = defineEvent<{ operationId: string; ended: number; opened: number }>(
  'procedures.offers-moved',
  { vi: 'Chuyển việc tiếp nhận thủ tục theo đơn vị', en: 'Offers moved with their units' },
);
export const ownTimeChanged = defineEvent<{
  procedureId: string;
  unitIds: string[];
  ownTime: { amount: number; unit: string } | null;
}>('procedures.own-time-changed', {
  vi: 'Đặt thời hạn riêng của đơn vị',
  en: 'Own time limit of units changed',
});
export const catalogueImported = defineEvent<{
  fileName: string;
  created: number;
  changed: number;
  unchanged: number;
  skipped: number;
  defects: number;
}>('procedures.catalogue-imported', { vi: 'Nhập danh mục quốc gia', en: 'National catalogue imported' });
export const legalDocumentSaved = defineEvent<{
  number: string;
  lostForceOn: string | null;
  replacedBy: string | null;
}>('procedures.legal-document-saved', { vi: 'Ghi nhận văn bản làm căn cứ', en: 'Legal text recorded' });
