import type { Locale } from '../../../platform/http/page-context.ts';
import { localWords } from '../../../ui/local-words.ts';
import type { ChangeKind, OperationState } from '../reorganisation.ts';

/** Words that the pages of operations share. */
export const operationWords = localWords({
  vi: {
    title: 'Sắp xếp đơn vị',
    hint: 'Sáp nhập, chia tách, đổi tên, giải thể, chuyển và thành lập đơn vị: người, quyền, hồ sơ, thủ tục đi theo đơn vị.',
    new: 'Lập phương án',
    import: 'Nhập từ tệp',
    template: 'Tải tệp mẫu',
    name: 'Tên gọi',
    decision: 'Số quyết định, nghị quyết',
    body: 'Cơ quan ban hành',
    effective: 'Ngày có hiệu lực',
    state: 'Tình trạng',
    changes: 'Các thay đổi',
    search: 'Tên, số văn bản hoặc cơ quan',
    any: 'Tất cả',
    from: 'Hiệu lực từ ngày',
    to: 'Hiệu lực đến ngày',
    none: 'Chưa có lần sắp xếp nào',
    noneHint: 'Lập phương án mới hoặc nhập từ tệp.',
    created: 'Người lập',
    checked: 'Người kiểm tra',
    unit: 'Đơn vị',
    becomes: 'Về đơn vị',
    kind: 'Nội dung',
    count: 'Số lượng',
    samples: 'Ví dụ',
    save: 'Lưu',
    next: 'Tiếp tục',
    file: 'Văn bản đính kèm (PDF)',
    fileThere: 'Xem văn bản đính kèm',
    byDate: 'Đơn vị được tìm theo ngày có hiệu lực.',
    undecided: 'chưa quyết định',
  },
  en: {
    title: 'Changes of units',
    hint: 'Mergers, splits, renaming, dissolution, moves and founding of units: people, rights, dossiers and procedures follow.',
    new: 'Draw up a plan',
    import: 'Import from a file',
    template: 'Download the template',
    name: 'Title',
    decision: 'Number of the decision',
    body: 'Issuing body',
    effective: 'Day of effect',
    state: 'State',
    changes: 'Changes',
    search: 'Title, number or body',
    any: 'All',
    from: 'In effect from',
    to: 'In effect until',
    none: 'There is no change of units yet',
    noneHint: 'Draw up a plan or import one from a file.',
    created: 'Drawn up by',
    checked: 'Checked by',
    unit: 'Unit',
    becomes: 'Goes to',
    kind: 'What',
    count: 'Number',
    samples: 'For example',
    save: 'Save',
    next: 'Continue',
    file: 'Attached decision (PDF)',
    fileThere: 'Show the attached decision',
    byDate: 'Units are looked up as of the day of effect.',
    undecided: 'undecided',
  },
});

const STATES: Readonly<Record<OperationState, { vi: string; en: string; tone: string }>> = {
  draft: { vi: 'Bản nháp', en: 'Draft', tone: 'govuk-tag--grey' },
  checked: { vi: 'Đã kiểm tra', en: 'Checked', tone: 'govuk-tag--blue' },
  scheduled: { vi: 'Chờ đến ngày', en: 'Scheduled', tone: 'govuk-tag--purple' },
  running: { vi: 'Đang thực hiện', en: 'Running', tone: 'govuk-tag--yellow' },
  done: { vi: 'Đã xong', en: 'Done', tone: 'govuk-tag--green' },
  undoing: { vi: 'Đang hoàn tác', en: 'Being undone', tone: 'govuk-tag--yellow' },
  undone: { vi: 'Đã hoàn tác', en: 'Undone', tone: 'govuk-tag--grey' },
  discarded: { vi: 'Đã bỏ', en: 'Discarded', tone: 'govuk-tag--grey' },
};
export const stateName = (state: OperationState, locale: Locale): string => STATES[state][locale];
export const stateTone = (state: OperationState): string => STATES[state].tone;
export const stateItems = (locale: Locale) =>
  Object.entries(STATES).map(([value, text]) => ({ value, text: text[locale] }));

const KINDS: Readonly<Record<ChangeKind, { vi: string; en: string; viHint: string; enHint: string }>> = {
  merge: {
    vi: 'Sáp nhập',
    en: 'Merge',
    viHint: 'Một hoặc nhiều đơn vị nhập vào một đơn vị khác, có sẵn hoặc mới.',
    enHint: 'One or more units go into another, existing or new.',
  },
  split: {
    vi: 'Chia tách',
    en: 'Split',
    viHint: 'Một đơn vị chia cho nhiều đơn vị, hoặc tách một phần ra.',
    enHint: 'A unit is divided among several, or gives a part away.',
  },
  rename: { vi: 'Đổi tên', en: 'Rename', viHint: 'Hồ sơ cũ giữ tên cũ.', enHint: 'Old records keep the old name.' },
  dissolve: {
    vi: 'Giải thể',
    en: 'Dissolve',
    viHint: 'Đơn vị thôi hoạt động; đơn vị nhận có thể quyết định sau.',
    enHint: 'The unit ends; who takes over may be decided later.',
  },
  move: {
    vi: 'Chuyển đơn vị cấp trên',
    en: 'Move',
    viHint: 'Đơn vị trực thuộc một đơn vị khác.',
    enHint: 'The unit belongs to another one from then on.',
  },
  found: { vi: 'Thành lập', en: 'Found', viHint: 'Một đơn vị mới.', enHint: 'A new unit.' },
};
export const changeName = (kind: ChangeKind, locale: Locale): string => KINDS[kind][locale];
export const changeItems = (locale: Locale) =>
  Object.entries(KINDS).map(([value, text]) => ({
    value,
    text: text[locale],
    hint: { text: locale === 'vi' ? text.viHint : text.enHint },
  }));

const ERRORS: Readonly<Record<string, { vi: string; en: string }>> = {
  missing: { vi: 'Bạn chưa nhập mục này', en: 'Enter this' },
  'too-long': { vi: 'Nội dung quá dài', en: 'This is too long' },
  wrong: { vi: 'Nội dung chưa đúng dạng', en: 'This does not look right' },
  'not-a-date': { vi: 'Nhập ngày như 01/07/2025', en: 'Enter a date such as 01/07/2025' },
  'unknown-unit': {
    vi: 'Không tìm thấy đơn vị có mã hoặc tên này vào ngày đó',
    en: 'There is no unit of this code or name on that day',
  },
  'several-units': { vi: 'Tên này chỉ nhiều đơn vị: nhập mã', en: 'The name means several units: enter a code' },
  'needs-two': { vi: 'Cần ít nhất hai đơn vị nhận', en: 'At least two units have to take over' },
};
/** Errors of a form as sentences with the field's label. */
export const operationErrors = (
  errors: Readonly<Record<string, string>>,
  labels: Readonly<Record<string, string>>,
  locale: Locale,
): Record<string, string> =>
  Object.fromEntries(
    Object.entries(errors).map(([name, error]) => [
      name,
      `${labels[name] ?? name}: ${ERRORS[error]?.[locale] ?? error}`,
    ]),
  );
