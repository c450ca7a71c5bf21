import type { LocalText } from '../platform/problems.ts';

export interface Release {
  /** Semantic version of the document: the first number changes when something that worked stops working. */
  version: string;
  on: string;
  changes: readonly LocalText[];
}

/** What changed for integrators, the newest first. The version of the document is the first one's. */
export const releases: readonly Release[] = [
  {
    version: '1.1.0',
    on: '2026-11-28',
    changes: [
      {
        vi: 'Có trang riêng cho từng lệnh và từng loại lỗi; type của lỗi là địa chỉ trang giải thích, thay cho urn:sen:problem.',
        en: 'A page for every operation and every kind of problem; `type` of a problem is the address of its page, no longer urn:sen:problem.',
      },
      {
        vi: 'Ngôn ngữ của lỗi theo tiêu đề Accept-Language.',
        en: 'Problems come in the language of Accept-Language.',
      },
    ],
  },
  {
    version: '1.0.0',
    on: '2026-11-22',
    changes: [
      {
        vi: 'Tra cứu thủ tục, biểu mẫu, danh mục; nộp và theo dõi hồ sơ.',
        en: 'Procedures, forms and catalogues; submitting and following a dossier.',
      },
    ],
  },
];
