import { definePermission } from '../../platform/access.ts';

export const viewLedger = definePermission(
  'ledger.view',
  { vi: 'Xem sổ cái kiểm chứng và các phát hiện', en: 'See the ledger and what its checks found' },
  'province',
);
export const manageLedger = definePermission(
  'ledger.manage',
  { vi: 'Yêu cầu kiểm tra sổ cái, ghi kết quả xác minh', en: 'Ask for checks of the ledger, note what was found out' },
  'province',
);
