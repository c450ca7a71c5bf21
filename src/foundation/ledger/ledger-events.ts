import { defineEvent } from '../../platform/events.ts';

export const keyMade = defineEvent<{ verifierKey: string; reason: string | null }>('ledger.key-made', {
  vi: 'Tạo khóa ký của sổ cái',
  en: 'Key of the ledger made',
});
export const recordBent = defineEvent<{ checkId: string | null; findings: number; kinds: string[] }>(
  'ledger.record-bent',
  {
    vi: 'Phát hiện dữ liệu bị sửa ngoài hệ thống',
    en: 'Record found changed',
  },
);
export const findingNoted = defineEvent<{ kind: string; place: string }>('ledger.finding-noted', {
  vi: 'Ghi kết quả xác minh một phát hiện',
  en: 'Finding looked into',
});
export const checkAsked = defineEvent<Record<string, never>>('ledger.check-asked', {
  vi: 'Yêu cầu kiểm tra sổ cái ngay',
  en: 'Check of the ledger asked for',
});
export const linkErased = defineEvent<{ eventId: number; leaf: number; reason: string }>('ledger.link-erased', {
  vi: 'Xóa liên kết giữa một mục và sự kiện của nó',
  en: 'Link of an entry erased',
});
export const logBegunAnew = defineEvent<{ origin: string; before: string | null; reason: string }>(
  'ledger.begun-anew',
  {
    vi: 'Bắt đầu lại sổ cái sau khi phục hồi dữ liệu',
    en: 'Ledger begun anew',
  },
);
