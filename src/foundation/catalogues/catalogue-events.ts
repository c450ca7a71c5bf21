import { defineEvent } from '../../platform/events.ts';

/** Kind of subject of events about a catalogue; the id is the catalogue's. */
export const catalogueKind = 'catalogue';

export const catalogueSaved = defineEvent<{ code: string }>('catalogues.saved', {
  vi: 'Ghi thông tin danh mục',
  en: 'Facts of a catalogue saved',
});
export const draftChanged = defineEvent<{ code: string; number: number; items: number; act: string }>(
  'catalogues.draft-changed',
  { vi: 'Sửa bản soạn của danh mục', en: 'Draft of a catalogue changed' },
);
export const draftDiscarded = defineEvent<{ code: string; number: number }>('catalogues.draft-discarded', {
  vi: 'Bỏ bản soạn của danh mục',
  en: 'Draft of a catalogue discarded',
});
export const versionPublished = defineEvent<{ code: string; number: number; validFrom: string; items: number }>(
  'catalogues.published',
  { vi: 'Ban hành phiên bản danh mục', en: 'Version of a catalogue published' },
);
export const proposalMade = defineEvent<{ code: string; proposalId: string; kind: string }>(
  'catalogues.proposal-made',
  { vi: 'Đề nghị thay đổi danh mục', en: 'Change of a catalogue proposed' },
);
export const proposalDecided = defineEvent<{ code: string; proposalId: string; state: string }>(
  'catalogues.proposal-decided',
  { vi: 'Kết luận đề nghị về danh mục', en: 'Proposal for a catalogue decided' },
);
export const mappingChanged = defineEvent<{ code: string; target: string; added: number; ended: number }>(
  'catalogues.mapping-changed',
  { vi: 'Sửa ánh xạ giữa hai danh mục', en: 'Mapping between catalogues changed' },
);
export const mappingProposed = defineEvent<{ code: string; target: string; changeId: string; rows: number }>(
  'catalogues.mapping-proposed',
  { vi: 'Đề nghị sửa ánh xạ giữa hai danh mục', en: 'Change of a mapping proposed' },
);
export const mappingDecided = defineEvent<{ code: string; target: string; changeId: string; state: string }>(
  'catalogues.mapping-decided',
  { vi: 'Kết luận đề nghị sửa ánh xạ', en: 'Change of a mapping decided' },
);
