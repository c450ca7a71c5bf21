import { useLocale } from '../../platform/http/page-context.ts';

/** The moj kit's own words. */
const words = {
  en: {
    information: 'information',
    success: 'success',
    warning: 'warning',
    error: 'error',
    dismiss: 'Dismiss',
    applyFilters: 'Apply filters',
    removeFilter: 'Remove this filter',
    orMore: '99 or more',
    changeOrganisation: 'Change organisation',
    organisationSwitcher: 'Organisation switcher',
    secondary: 'Secondary navigation region',
    by: 'by',
    search: 'search',
    results: 'results',
    pageOf: (page: number, count: number) => `Page ${page} of ${count}`,
    showing: (from: number, to: number, term: string) => `Showing ${term} ${from} to ${to}`,
    showingOf: (from: number, to: number, count: number, term: string) =>
      `Showing ${from} to ${to} of ${count} total ${term}`,
    total: (count: number, term: string) => `${count} total ${term}`,
  },
  vi: {
    information: 'Thông báo',
    success: 'Thành công',
    warning: 'Lưu ý',
    error: 'Lỗi',
    dismiss: 'Đóng',
    applyFilters: 'Áp dụng bộ lọc',
    removeFilter: 'Bỏ điều kiện lọc',
    orMore: '99 trở lên',
    changeOrganisation: 'Đổi cơ quan',
    organisationSwitcher: 'Chọn cơ quan',
    secondary: 'Các mục của trang',
    by: 'bởi',
    search: 'Tìm',
    results: 'kết quả',
    pageOf: (page: number, count: number) => `Trang ${page} trong ${count}`,
    showing: (from: number, to: number, term: string) => `${term} ${from} đến ${to}`,
    showingOf: (from: number, to: number, count: number, term: string) => `${from} đến ${to} trong ${count} ${term}`,
    total: (count: number, term: string) => `${count} ${term}`,
  },
};

/** The moj kit's words in the language of the page. */
export function useMojWords(): (typeof words)['en'] {
  return words[useLocale()];
}
