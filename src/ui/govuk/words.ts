import { useLocale } from '../../platform/http/page-context.ts';

/** The kit's own words, where the macros say them in English by default. */
const words = {
  en: {
    error: 'Error',
    back: 'Back',
    breadcrumb: 'Breadcrumb',
    warning: 'Warning',
    success: 'Success',
    important: 'Important',
    day: 'Day',
    month: 'Month',
    year: 'Year',
    pagination: 'Pagination',
    previous: 'Previous',
    next: 'Next',
    page: ' page',
    pageNumber: 'Page',
    contents: 'Contents',
    menu: 'Menu',
    serviceInformation: 'Service information',
    show: 'Show',
    showPassword: 'Show password',
    charactersUpTo: 'You can enter up to %{count} characters',
    wordsUpTo: 'You can enter up to %{count} words',
  },
  vi: {
    error: 'Lỗi',
    back: 'Quay lại',
    breadcrumb: 'Đường dẫn trang',
    warning: 'Lưu ý',
    success: 'Thành công',
    important: 'Thông báo',
    day: 'Ngày',
    month: 'Tháng',
    year: 'Năm',
    pagination: 'Phân trang',
    previous: 'Trang trước',
    next: 'Trang sau',
    page: '',
    pageNumber: 'Trang',
    contents: 'Nội dung',
    menu: 'Danh mục',
    serviceInformation: 'Thông tin dịch vụ',
    show: 'Hiện',
    showPassword: 'Hiện mật khẩu',
    charactersUpTo: 'Nhập tối đa %{count} ký tự',
    wordsUpTo: 'Nhập tối đa %{count} từ',
  },
} as const;

/** Words for the kit's scripts in Vietnamese; in English the scripts have their own. */
export const scriptWords = {
  accordion: {
    'hide-all-sections': 'Ẩn tất cả các mục',
    'hide-section': 'Ẩn',
    'hide-section-aria-label': 'Ẩn mục này',
    'show-all-sections': 'Hiện tất cả các mục',
    'show-section': 'Hiện',
    'show-section-aria-label': 'Hiện mục này',
  },
  characterCount: {
    'characters-under-limit': { other: 'Còn %{count} ký tự' },
    'characters-at-limit': 'Đã hết số ký tự cho phép',
    'characters-over-limit': { other: 'Thừa %{count} ký tự' },
    'words-under-limit': { other: 'Còn %{count} từ' },
    'words-at-limit': 'Đã hết số từ cho phép',
    'words-over-limit': { other: 'Thừa %{count} từ' },
  },
  fileUpload: {
    'choose-files-button': 'Chọn tệp',
    'no-file-chosen': 'Chưa chọn tệp nào',
    'multiple-files-chosen': { other: 'Đã chọn %{count} tệp' },
    'drop-instruction': 'hoặc kéo thả tệp vào đây',
    'entered-drop-zone': 'Đã vào vùng thả tệp',
    'left-drop-zone': 'Đã rời vùng thả tệp',
  },
  passwordInput: {
    'show-password': 'Hiện',
    'hide-password': 'Ẩn',
    'show-password-aria-label': 'Hiện mật khẩu',
    'hide-password-aria-label': 'Ẩn mật khẩu',
    'password-shown-announcement': 'Mật khẩu đang hiện',
    'password-hidden-announcement': 'Mật khẩu đang ẩn',
  },
} as const;

/** The kit's words in the language of the page. */
export function useKitWords(): Record<keyof (typeof words)['en'], string> {
  return words[useLocale()];
}

/** Words that a component hands to its script: none in English, the Vietnamese ones otherwise. */
export function useScriptWords(component: keyof typeof scriptWords): Record<string, string | Record<string, string>> {
  return useLocale() === 'vi' ? scriptWords[component] : {};
}
