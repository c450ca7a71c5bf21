import { definePermission } from '../../platform/access.ts';

export const manageCatalogues = definePermission(
  'catalogues.manage',
  {
    vi: 'Quản lý danh mục dùng chung: soạn, duyệt đề nghị, ban hành, ánh xạ',
    en: 'Manage shared catalogues: draft, decide on proposals, publish, map',
  },
  'province',
);
export const proposeCatalogues = definePermission('catalogues.propose', {
  vi: 'Đề nghị thay đổi danh mục dùng chung',
  en: 'Propose changes to shared catalogues',
});
