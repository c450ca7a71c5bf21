/** The sections of a procedure as the editor shows them: which fields, how long, how many rows. Words are beside each. */
import { audiences, channelKinds, levels, paperKinds, partialReasons, stepRoles, timeUnits } from '../procedure.ts';
import { words } from '../views/words.ts';

export interface LocalText {
  vi: string;
  en: string;
}
export interface EditField {
  name: string;
  /** `hidden` keeps a key that papers, fees and steps are known by. */
  kind: 'line' | 'text' | 'number' | 'date' | 'choice' | 'choices' | 'hidden';
  label: LocalText;
  hint?: LocalText;
  max: number;
  isRequired?: boolean;
  /** Values of a choice with their words; the list of fields of the province is given by the page. */
  options?: readonly (readonly [string, LocalText])[];
  /** Numbers: whole ones only. */
  isWhole?: boolean;
}
export interface EditRows {
  /** What one row is. */
  title: LocalText;
  max: number;
  fields: readonly EditField[];
}
export interface EditSection {
  key: SectionKey;
  /** In the address. */
  slug: string;
  title: LocalText;
  hint?: LocalText;
  fields: readonly EditField[];
  rows?: EditRows;
}

export const sectionKeys = [
  'general',
  'order',
  'channels',
  'fees',
  'papers',
  'results',
  'legal',
  'steps',
  'online',
] as const;
export type SectionKey = (typeof sectionKeys)[number];

const t = (vi: string, en: string): LocalText => ({ vi, en });
const [vi, en] = [words.in('vi'), words.in('en')];
const options = (values: readonly string[], of: (table: typeof vi) => Record<string, string>): [string, LocalText][] =>
  values.map((value) => [value, t(of(vi)[value] ?? value, of(en)[value] ?? value)]);
const line = (name: string, label: LocalText, max: number, more: Partial<EditField> = {}): EditField => ({ name, kind: 'line', label, max, ...more }); // prettier-ignore
const text = (name: string, label: LocalText, max: number, more: Partial<EditField> = {}): EditField => ({ name, kind: 'text', label, max, ...more }); // prettier-ignore
const number = (name: string, label: LocalText, more: Partial<EditField> = {}): EditField => ({ name, kind: 'number', label, max: 14, ...more }); // prettier-ignore
const choice = (name: string, label: LocalText, list: EditField['options'], more: Partial<EditField> = {}): EditField => ({ name, kind: 'choice', label, max: 100, options: list ?? [], ...more }); // prettier-ignore
const choices = (name: string, label: LocalText, list: EditField['options']): EditField => ({ name, kind: 'choices', label, max: 100, options: list ?? [] }); // prettier-ignore
const key: EditField = { name: 'key', kind: 'hidden', label: t('Khóa', 'Key'), max: 60 };
/** A text in both languages: two fields. */
const both = (name: string, label: LocalText, max: number, kind: 'line' | 'text' = 'line', more: Partial<EditField> = {}): EditField[] => [
  { name: `${name}Vi`, kind, label, max, ...more },
  { name: `${name}En`, kind, label: t(`${label.vi} (tiếng Anh)`, `${label.en} (English)`), max },
]; // prettier-ignore

const CASE = t('Trường hợp', 'Case');
const CASE_HINT = t('Để trống nếu luôn áp dụng.', 'Leave empty when it always holds.');

export const sections: readonly EditSection[] = [
  {
    key: 'general',
    slug: 'thong-tin-chung',
    title: t('Thông tin chung', 'General'),
    fields: [
      ...both('name', t('Tên thủ tục', 'Name'), 400, 'line', { isRequired: true }),
      ...both('summary', t('Tóm tắt cho người dân', 'Summary for people'), 600, 'text'),
      choice('field', t('Lĩnh vực', 'Field'), []),
      choices(
        'levels',
        t('Cấp thực hiện', 'Level'),
        options(levels, (w) => w.levels),
      ),
      choices(
        'audiences',
        t('Đối tượng thực hiện', 'For whom'),
        options(audiences, (w) => w.audienceNames),
      ),
      text('otherAudiences', t('Đối tượng khác, bằng lời', 'Others, in words'), 3000, {
        hint: t('Mỗi dòng một đối tượng.', 'One a line.'),
      }),
      line('type', t('Loại thủ tục', 'Type'), 300),
      ...both('competent', t('Cơ quan thực hiện', 'Agency'), 1000),
      ...both('receiving', t('Địa chỉ tiếp nhận', 'Where it is received'), 4000, 'text'),
      ...both('authorised', t('Cơ quan được ủy quyền', 'Authorised agency'), 1000),
      ...both('coordinating', t('Cơ quan phối hợp', 'Agencies that take part'), 2000),
      ...both('conditions', t('Yêu cầu, điều kiện', 'Conditions'), 60_000, 'text'),
      line('decisionNumber', t('Số quyết định công bố', 'Decision'), 200),
      choice('intake', t('Nơi nhận hồ sơ trực tuyến', 'Where it is handed in online'), [
        ['local', t('Cổng của tỉnh', "The province's portal")],
        ['dvcqg', t('Cổng Dịch vụ công quốc gia', 'The national portal')],
        ['ministry', t('Hệ thống của bộ', "A ministry's system")],
      ]),
      line('related', t('Mã thủ tục liên quan', 'Related procedures'), 900, {
        hint: t('Cách nhau bằng dấu phẩy.', 'Separated by commas.'),
      }),
      ...both('keywords', t('Từ khóa tìm kiếm', 'Search words'), 4000, 'line'),
    ],
  },
  {
    key: 'order',
    slug: 'trinh-tu',
    title: t('Trình tự thực hiện', 'Order of execution'),
    hint: t('Các bước người dân thấy, theo đúng thứ tự.', 'The steps people see, in their order.'),
    fields: [],
    rows: {
      title: t('Bước', 'Step'),
      max: 100,
      fields: [
        ...both('case', CASE, 400, 'line', { hint: CASE_HINT }),
        ...both('step', t('Nội dung', 'Text'), 20_000, 'text', { isRequired: true }),
      ],
    },
  },
  {
    key: 'channels',
    slug: 'cach-thuc',
    title: t('Cách thức và thời hạn', 'Ways to apply and time limits'),
    hint: t(
      'Mỗi cách thức một dòng. Người dân chỉ nộp được theo cách thức có ở đây.',
      'One row a way. People can only apply in the ways listed here.',
    ),
    fields: [number('sets', t('Số bộ hồ sơ', 'Sets of papers'), { isWhole: true })],
    rows: {
      title: t('Cách thức', 'Way'),
      max: 3,
      fields: [
        choice(
          'kind',
          t('Cách thức', 'Way'),
          options(channelKinds, (w) => w.channelKinds),
          { isRequired: true },
        ),
        number('amount', t('Thời hạn giải quyết', 'Time limit')),
        choice(
          'unit',
          t('Đơn vị thời gian', 'Unit of time'),
          options(timeUnits, (w) => w.units),
        ),
        line('timeText', t('Thời hạn bằng lời', 'Time limit in words'), 1000, {
          hint: t('Khi không ghi được bằng một số.', 'When a number does not say it.'),
        }),
        choice('feesKnown', t('Phí, lệ phí', 'Fees'), [
          ['yes', t('Đã rõ (không có dòng nào ở mục Phí nghĩa là miễn phí)', 'Known (no row under Fees means free)')],
          ['no', t('Chưa rõ', 'Not known')],
        ]),
        ...both('note', t('Ghi chú', 'Note'), 8000, 'text'),
      ],
    },
  },
  {
    key: 'fees',
    slug: 'phi-le-phi',
    title: t('Phí, lệ phí', 'Fees'),
    fields: [],
    rows: {
      title: t('Khoản', 'Fee'),
      max: 60,
      fields: [
        key,
        choice(
          'channel',
          t('Cách thức', 'Way'),
          options(channelKinds, (w) => w.channelKinds),
          { isRequired: true },
        ),
        choice('kind', t('Loại', 'Kind'), [['fee', t('Lệ phí', 'Fee')], ['charge', t('Phí', 'Charge')]], { isRequired: true }), // prettier-ignore
        ...both('name', t('Tên khoản', 'Name'), 400),
        ...both('case', CASE, 400, 'line', { hint: CASE_HINT }),
        number('amount', t('Số tiền (đồng)', 'Amount (đồng)'), { isWhole: true }),
        line('text', t('Mức thu bằng lời', 'Amount in words'), 500),
      ],
    },
  },
  {
    key: 'papers',
    slug: 'thanh-phan-ho-so',
    title: t('Thành phần hồ sơ', 'Papers'),
    fields: [],
    rows: {
      title: t('Giấy tờ', 'Paper'),
      max: 110,
      fields: [
        key,
        ...both('case', CASE, 2000, 'line', { hint: CASE_HINT }),
        ...both('name', t('Tên giấy tờ', 'Name'), 6000, 'text', { isRequired: true }),
        number('originals', t('Bản chính', 'Originals'), { isWhole: true }),
        number('copies', t('Bản sao', 'Copies'), { isWhole: true }),
        choice('required', t('Ai phải nộp', 'Who has to'), [
          ['yes', t('Mọi người', 'Everybody')],
          ['no', t('Chỉ khi thuộc trường hợp nêu dưới', 'Only in the case below')],
          ['present', t('Mọi người, chỉ xuất trình', 'Everybody, only shown')],
          ['present-when', t('Chỉ xuất trình, khi thuộc trường hợp nêu dưới', 'Only shown, in the case below')],
        ], { isRequired: true }), // prettier-ignore
        ...both('when', t('Khi nào cần', 'When it is needed'), 1000),
        line('template', t('Tệp mẫu', 'Template file'), 120, {
          hint: t('Tên tệp trong kho mẫu, ví dụ mau-so-1.docx', 'Name of the file, for example mau-so-1.docx'),
        }),
        ...both('templateTitle', t('Tên mẫu', 'Title of the template'), 400),
        line('nationalCode', t('Mã giấy tờ quốc gia', 'National code'), 40),
      ],
    },
  },
  {
    key: 'results',
    slug: 'ket-qua',
    title: t('Kết quả', 'Results'),
    fields: [],
    rows: {
      title: t('Kết quả', 'Result'),
      max: 50,
      fields: [
        ...both('name', t('Tên kết quả', 'Name'), 2000, 'line', { isRequired: true }),
        line('code', t('Mã kết quả', 'Code'), 60),
        choice('electronic', t('Bản điện tử', 'Electronic'), [
          ['yes', t('Có, có giá trị như bản giấy', 'Yes, worth as much as paper')],
          ['no', t('Không', 'No')],
        ]),
      ],
    },
  },
  {
    key: 'legal',
    slug: 'can-cu-phap-ly',
    title: t('Căn cứ pháp lý', 'Legal bases'),
    hint: t(
      'Văn bản đã ghi nhận hết hiệu lực sẽ được cảnh báo.',
      'A text that is known to have lost force is warned of.',
    ),
    fields: [],
    rows: {
      title: t('Văn bản', 'Text'),
      max: 100,
      fields: [
        line('number', t('Số, ký hiệu', 'Number'), 60, { isRequired: true }),
        { name: 'date', kind: 'date', label: t('Ngày ban hành', 'Issued on'), max: 10 },
        ...both('title', t('Trích yếu', 'Title'), 400),
        line('article', t('Điều, khoản', 'Clauses'), 300),
        line('link', t('Đường dẫn', 'Link'), 500, { hint: t('Bắt đầu bằng https://', 'Begins with https://') }),
      ],
    },
  },
  {
    key: 'steps',
    slug: 'cac-buoc-xu-ly',
    title: t('Các bước xử lý', 'Steps of the work'),
    hint: t(
      'Việc trong cơ quan: bước đầu tiếp nhận, bước cuối trả kết quả, có bước phê duyệt. Giờ làm việc là tỷ lệ chia thời hạn.',
      'Work inside the agency: receive first, return last, somebody approves. Working hours are weights of the time limit.',
    ),
    fields: [],
    rows: {
      title: t('Bước', 'Step'),
      max: 20,
      fields: [
        key,
        ...both('name', t('Tên bước', 'Name'), 400, 'line', { isRequired: true }),
        choice('kind', t('Việc', 'Work'), [
          ['receive', t('Tiếp nhận', 'Receive')],
          ['process', t('Xử lý', 'Process')],
          ['approve', t('Phê duyệt', 'Approve')],
          ['return', t('Trả kết quả', 'Return')],
        ], { isRequired: true }), // prettier-ignore
        choice(
          'role',
          t('Người làm', 'Who'),
          options(stepRoles, (w) => w.stepRoles),
          { isRequired: true },
        ),
        choice('unit', t('Nơi làm', 'Where'), [
          ['receiving', t('Nơi tiếp nhận', 'Where it is received')],
          ['competent', t('Cơ quan giải quyết', 'The competent unit')],
          ['division', t('Phòng, ban nêu dưới', 'A division of it')],
        ], { isRequired: true }), // prettier-ignore
        line('division', t('Phòng, ban', 'Division'), 200),
        number('hours', t('Giờ làm việc', 'Working hours'), { isRequired: true }),
      ],
    },
  },
  {
    key: 'online',
    slug: 'truc-tuyen',
    title: t('Dịch vụ trực tuyến và tệp', 'Online service and files'),
    fields: [
      choice('scope', t('Mức cung cấp trực tuyến', 'Scope online'), options(['none', 'partial', 'full'], (w) => w.scopes), { isRequired: true }), // prettier-ignore
      choice(
        'reason',
        t('Lý do chỉ một phần', 'Why only partly'),
        options(partialReasons, (w) => w.partialReasons),
        {
          hint: t('Danh sách đóng của NĐ 224/2026/NĐ-CP, Điều 14.', 'Closed list of NĐ 224/2026/NĐ-CP, Điều 14.'),
        },
      ),
      choices('accept', t('Loại tệp được đính kèm', 'Kinds of files'), paperKinds.map((kind) => [kind, t(kind.toUpperCase(), kind.toUpperCase())])), // prettier-ignore
      number('maxMegabytes', t('Một tệp tối đa (MB)', 'Largest file (MB)'), { isWhole: true, isRequired: true }),
      number('maxFiles', t('Số tệp tối đa', 'Most files'), { isWhole: true, isRequired: true }),
      number('maxTotalMegabytes', t('Tất cả các tệp tối đa (MB)', 'All files together (MB)'), { isWhole: true, isRequired: true }), // prettier-ignore
    ],
  },
];

export const sectionOf = (slug: string): EditSection | undefined => sections.find((one) => one.slug === slug);
export const sectionByKey = (key: SectionKey): EditSection => sections.find((one) => one.key === key)!;
