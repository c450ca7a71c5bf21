import type { PageAssets, PageView } from '../../platform/http/page-context.ts';
import { paths } from '../paths.ts';

const province = {
  name: 'Cổng dịch vụ công tỉnh Nghệ An',
  shortName: 'Nghệ An',
  motto: 'Công khai, minh bạch, phục vụ người dân và doanh nghiệp',
  hotline: '1022',
  email: 'hotro@nghean.gov.vn',
  address: 'Số 3 đường Trường Thi, phường Trường Vinh, tỉnh Nghệ An',
  responsible: 'Ủy ban nhân dân tỉnh Nghệ An',
  responsiblePerson: 'Chánh Văn phòng Ủy ban nhân dân tỉnh',
};

/** A page view for previews and tests of pages: the province's main navigation, nobody signed in, Vietnamese. */
export function aPageView(assets: PageAssets, overrides: Partial<PageView> = {}): PageView {
  const en = overrides.locale === 'en';
  return {
    locale: 'vi',
    path: '/',
    csrfToken: 'token',
    person: null,
    province: en
      ? {
          ...province,
          name: 'Nghe An Public Service Portal',
          motto: 'Open, transparent, at the service of citizens and businesses',
        }
      : province,
    navigation: en
      ? [
          { text: 'Home', path: paths.home() },
          { text: 'Procedures', path: paths.procedures() },
          { text: 'Track a dossier', path: paths.tracking() },
          { text: 'Public figures', path: paths.figures() },
          { text: 'Help', path: paths.help() },
        ]
      : [
          { text: 'Trang chủ', path: paths.home() },
          { text: 'Thủ tục hành chính', path: paths.procedures() },
          { text: 'Tra cứu hồ sơ', path: paths.tracking() },
          { text: 'Thanh toán', path: paths.payments() },
          { text: 'Phản ánh, kiến nghị', path: paths.feedback() },
          { text: 'Tin tức', path: paths.news() },
          { text: 'Số liệu công khai', path: paths.figures() },
          { text: 'Hỗ trợ', path: paths.help() },
        ],
    workspaceMenu: [
      {
        heading: 'Hồ sơ',
        items: [
          { text: 'Việc của tôi', path: paths.workspace() },
          { text: 'Chờ tiếp nhận', path: paths.worklist(), count: 7 },
          { text: 'Đang xử lý', path: '/lam-viec/dang-xu-ly', count: 32 },
          { text: 'Chờ bổ sung', path: '/lam-viec/cho-bo-sung', count: 4 },
          { text: 'Chờ trả kết quả', path: '/lam-viec/cho-tra', count: 1200 },
        ],
      },
      {
        heading: 'Một cửa',
        items: [
          { text: 'Tiếp nhận tại quầy', path: paths.counterIntake() },
          { text: 'Mẫu câu', path: paths.phrases() },
        ],
      },
      {
        heading: 'Quản trị',
        items: [
          { text: 'Đơn vị', path: paths.adminUnits() },
          { text: 'Nhật ký', path: paths.adminEvents() },
        ],
      },
    ],
    unreadCount: 0,
    downtime: null,
    assets,
    canonicalUrl: 'https://dichvucong.nghean.gov.vn/',
    origin: 'https://dichvucong.nghean.gov.vn',
    ...overrides,
  };
}
