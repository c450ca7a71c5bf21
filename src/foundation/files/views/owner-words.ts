import { localWords } from '../../../ui/local-words.ts';

/** What files belong to, in words; an unknown kind keeps its own name. */
const words = localWords({
  vi: {
    application: 'Hồ sơ đang soạn',
    dossier: 'Hồ sơ',
    paper: 'Kho giấy tờ của người dân',
    'organisation-import': 'Tệp nhập danh mục',
    intake: 'Tiếp nhận tại quầy',
    'procedure-package': 'Gói thủ tục',
    'procedure-template': 'Tệp mẫu của thủ tục',
  },
  en: {
    application: 'Applications being written',
    dossier: 'Dossiers',
    paper: "People's own papers",
    'organisation-import': 'Files of imports',
    intake: 'Intakes at the counter',
    'procedure-package': 'Packages of procedures',
    'procedure-template': 'Templates of procedures',
  },
});

export const ownerWords = (kind: string, locale: 'vi' | 'en'): string =>
  (words.in(locale) as Record<string, string>)[kind] ?? (locale === 'vi' ? 'Khác' : 'Other');
