import { definePermission } from '../../platform/access.ts';

export const manageFiles = definePermission(
  'files.manage',
  {
    vi: 'Quản trị kho tệp: dung lượng, vi-rút, thời hạn lưu, xóa',
    en: 'Manage the file store: room, viruses, times of keeping, erasure',
  },
  'province',
);
