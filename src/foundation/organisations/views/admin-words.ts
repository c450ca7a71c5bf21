import type { Locale } from '../../../platform/http/page-context.ts';
import { localWords } from '../../../ui/local-words.ts';
import type { FieldErrors } from '../unit.ts';

/** Words that several pages of this module share. */
export const adminWords = localWords({
  vi: {
    units: 'Đơn vị',
    people: 'Cán bộ',
    roles: 'Vai trò',
    asOf: 'Tính đến ngày',
    dateHint: 'Ví dụ: 01/07/2025',
    name: 'Tên',
    nameVi: 'Tên tiếng Việt',
    nameEn: 'Tên tiếng Anh',
    shortName: 'Tên ngắn',
    kind: 'Loại',
    tier: 'Cấp (1 là cao nhất)',
    address: 'Địa chỉ',
    phone: 'Điện thoại',
    email: 'Thư điện tử',
    gsoCode: 'Mã đơn vị hành chính',
    sortOrder: 'Thứ tự hiển thị',
    decision: 'Số quyết định',
    from: 'Từ ngày',
    to: 'Đến hết ngày',
    open: 'chưa xác định',
    example: 'Ví dụ',
    save: 'Lưu',
    code: 'Mã',
    post: 'Vị trí',
    posts: 'Vị trí công tác',
    unit: 'Đơn vị',
    parent: 'Trực thuộc',
    period: 'Hiệu lực',
    none: 'Không có',
    staffCode: 'Mã cán bộ',
    fullName: 'Họ và tên',
    leader: 'Là vị trí lãnh đạo',
    titleVi: 'Tên vị trí',
    titleEn: 'Tên vị trí bằng tiếng Anh',
  },
  en: {
    units: 'Units',
    people: 'Staff',
    roles: 'Roles',
    asOf: 'As of',
    dateHint: 'For example: 01/07/2025',
    name: 'Name',
    nameVi: 'Vietnamese name',
    nameEn: 'English name',
    shortName: 'Short name',
    kind: 'Kind',
    tier: 'Tier (1 is the highest)',
    address: 'Address',
    phone: 'Telephone',
    email: 'E-mail',
    gsoCode: 'Administrative code',
    sortOrder: 'Display order',
    decision: 'Decision number',
    from: 'From',
    to: 'Until the end of',
    open: 'not set',
    example: 'Example',
    save: 'Save',
    code: 'Code',
    post: 'Post',
    posts: 'Posts',
    unit: 'Unit',
    parent: 'Belongs to',
    period: 'In force',
    none: 'None',
    staffCode: 'Staff code',
    fullName: 'Full name',
    leader: 'A leading post',
    titleVi: 'Title of the post',
    titleEn: 'Title in English',
  },
});

const KINDS: Record<string, { vi: string; en: string }> = {
  province: { vi: 'Tỉnh', en: 'Province' },
  district: { vi: 'Cấp huyện', en: 'District' },
  commune: { vi: 'Cấp xã', en: 'Commune' },
  department: { vi: 'Sở, ban, ngành', en: 'Department' },
  division: { vi: 'Phòng', en: 'Division' },
  centre: { vi: 'Trung tâm', en: 'Centre' },
  'service-unit': { vi: 'Đơn vị sự nghiệp', en: 'Service unit' },
  'other-body': { vi: 'Cơ quan khác', en: 'Other body' },
};

/** The kind of a unit in words; a kind that Sen does not know is shown as it is. */
export const kindName = (kind: string, locale: Locale): string => KINDS[kind]?.[locale] ?? kind;
export const kindItems = (locale: Locale) =>
  Object.entries(KINDS).map(([value, text]) => ({ value, text: text[locale] }));

const ERRORS: Record<FieldErrors[string], { vi: string; en: string }> = {
  missing: { vi: 'Bạn chưa nhập mục này', en: 'Enter this' },
  'too-long': { vi: 'Nội dung quá dài', en: 'This is too long' },
  wrong: { vi: 'Nội dung chưa đúng dạng', en: 'This does not look right' },
  'not-a-date': { vi: 'Nhập ngày như 01/07/2025', en: 'Enter a date such as 01/07/2025' },
  'too-early': { vi: 'Ngày này quá sớm', en: 'This date is too early' },
};

const LABELS: Record<string, keyof ReturnType<typeof adminWords.in>> = {
  nameVi: 'nameVi',
  nameEn: 'nameEn',
  shortName: 'shortName',
  kind: 'kind',
  tier: 'tier',
  address: 'address',
  phone: 'phone',
  email: 'email',
  gsoCode: 'gsoCode',
  sortOrder: 'sortOrder',
  decisionNumber: 'decision',
  documentNumber: 'decision',
  validFrom: 'from',
  validTo: 'to',
  lastDay: 'to',
  code: 'code',
  staffCode: 'staffCode',
  fullName: 'fullName',
  titleVi: 'titleVi',
  titleEn: 'titleEn',
  postId: 'post',
  leftOn: 'to',
};

/** Errors of a form as sentences in the page's language: "Tên tiếng Việt: Bạn chưa nhập mục này". */
export function errorTexts(errors: FieldErrors, locale: Locale): Record<string, string> {
  const own = adminWords.in(locale);
  return Object.fromEntries(
    Object.entries(errors).map(([name, error]) => {
      const label = LABELS[name];
      return [name, label ? `${own[label]}: ${ERRORS[error][locale]}` : ERRORS[error][locale]];
    }),
  );
}

/** The name in the page's language. */
export const localName = (unit: { nameVi: string; nameEn: string } | undefined, locale: Locale): string =>
  unit === undefined ? '—' : locale === 'vi' ? unit.nameVi : unit.nameEn;
export const localTitle = (post: { titleVi: string; titleEn: string }, locale: Locale): string =>
  locale === 'vi' ? post.titleVi : post.titleEn;
