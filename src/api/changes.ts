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
    version: '2.0.0',
    on: '2026-11-28',
    changes: [
      {
        vi: 'Mã tra cứu gửi trong đầu mục Tracking-Secret; không còn đọc từ địa chỉ (?secret=).',
        en: 'The secret of tracking is sent in the header `Tracking-Secret`; it is read from the address (`?secret=`) no more.',
      },
      {
        vi: 'Bổ sung hồ sơ sửa được tờ khai điện tử (answers).',
        en: 'A supplement may change the answers of the e-form (`answers`).',
      },
      {
        vi: 'Soạn thủ tục, gửi duyệt; xem lỗi danh mục; đóng gói, xem trước và nhập gói thủ tục.',
        en: 'Drafts of procedures and sending them for review; defects of the catalogue; packing, previewing and importing packages.',
      },
      {
        vi: 'Giới hạn số lần gọi của mỗi ứng dụng được đếm chung cho mọi máy chủ; đầu mục RateLimit và RateLimit-Policy.',
        en: 'The limit of a program is counted over all servers; headers `RateLimit` and `RateLimit-Policy`.',
      },
    ],
  },
  {
    version: '1.1.0',
    on: '2026-11-28',
    changes: [
      {
        vi: 'Danh sách hồ sơ đã nộp theo thời điểm thay đổi, bổ sung, rút hồ sơ, tải giấy tờ, kết quả và các phiếu; tải tệp lên từng phần.',
        en: 'The list of dossiers submitted by the time of their last change, supplements, withdrawal, download of papers, results and slips; uploads in pieces.',
      },
      {
        vi: 'Phần mềm của cơ quan: danh sách việc, tiếp nhận, xử lý, nhập và trả kết quả, đẩy trạng thái, số liệu; quyền gắn với đơn vị.',
        en: 'Systems of agencies: worklist, receipt, steps, results, pushing states, figures; scopes are tied to units.',
      },
      {
        vi: 'Đơn vị vào một ngày, phiên bản thủ tục, tính ngày hẹn trả.',
        en: 'Units as of a day, versions of procedures, due dates.',
      },
      { vi: 'Nhận thông báo tự động, ký theo Standard Webhooks.', en: 'Webhooks, signed as Standard Webhooks has it.' },
      {
        vi: 'dossiers.read chỉ còn xem được hồ sơ do chính ứng dụng nộp; hồ sơ của đơn vị cần dossiers.view. Vị trí trang (cursor) sai bị từ chối thay vì bắt đầu lại.',
        en: 'dossiers.read shows only what the client submitted itself; dossiers of units need dossiers.view. A wrong cursor is refused, no longer taken for none.',
      },
      {
        vi: 'Có trang riêng cho từng lệnh và từng loại lỗi; type của lỗi là địa chỉ trang giải thích, thay cho urn:sen:problem.',
        en: 'A page for every operation and every kind of problem; `type` of a problem is the address of its page, no longer urn:sen:problem.',
      },
      {
        vi: 'Ảnh HEIC được nhận ở mọi nơi nhận JPEG và được lưu thành JPEG.',
        en: 'HEIC pictures are taken wherever JPEG is, and are kept as JPEG.',
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
