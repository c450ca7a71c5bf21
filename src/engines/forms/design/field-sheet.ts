import { readXlsx, writeXlsx } from 'hucre/xlsx';
import {
  fieldTypes,
  prefillSources,
  reservedNames,
  type Field,
  type FieldType,
  type FormDefinition,
  type Group,
  type Page,
  type Text,
} from '../definition.ts';
import { sourceTitles, typeTitles } from '../form-titles.ts';
import { codeFrom, fieldNameFrom, freeName } from './field-names.ts';

/** Columns of the sheet, one question a row. */
const headings = [
  'Trang',
  'Nhóm',
  'Câu hỏi (tiếng Việt)',
  'Câu hỏi (tiếng Anh)',
  'Loại',
  'Bắt buộc',
  'Gợi ý (tiếng Việt)',
  'Gợi ý (tiếng Anh)',
  'Các lựa chọn',
  'Điền sẵn từ',
  'Nhỏ nhất',
  'Lớn nhất',
  'Tên trường',
] as const;
const widths = [24, 24, 40, 40, 20, 10, 34, 34, 44, 28, 10, 10, 16];

export const sheetLimits = { bytes: 2_000_000, rows: 400 } as const;

/** What is wrong in one row; `row` as the spreadsheet counts it. */
export type RowError = { row: number; column: string; message: Text };

/** The template: headings, three rows as an example, and a sheet that lists types and sources. */
export async function fieldSheetTemplate(): Promise<Buffer> {
  const rows: string[][] = [
    ['Người đề nghị', 'Nhân thân', 'Họ và tên', 'Full name', 'Chữ một dòng', 'có', 'Như trên căn cước', 'As on the identity card', '', 'Họ và tên của người dân', '', '', ''],
    ['Người đề nghị', 'Nhân thân', 'Ngày sinh', 'Date of birth', 'Ngày tháng', 'có', '', '', '', 'Ngày sinh', '', '', ''],
    ['Nội dung', 'Đề nghị', 'Hình thức', 'Kind', 'Chọn một', 'có', '', '', 'Cấp mới = New; Cấp lại = Renewal', '', '', '', ''],
  ]; // prettier-ignore
  const lists = [
    ['Loại', 'Điền sẵn từ'],
    ...Array.from({ length: Math.max(sheetTypes.length, prefillSources.length) }, (_, i) => [
      sheetTypes[i] === undefined ? '' : typeTitles[sheetTypes[i]]!.vi,
      prefillSources[i] === undefined ? '' : sourceTitles[prefillSources[i]]!.vi,
    ]),
  ];
  return Buffer.from(
    await writeXlsx({
      sheets: [
        { name: 'Câu hỏi', columns: widths.map((width) => ({ width })), rows: [[...headings], ...rows] },
        { name: 'Danh mục', columns: [{ width: 30 }, { width: 40 }], rows: lists },
      ],
    }),
  );
}

/** Types that one row can describe: a table has rows of its own. */
const sheetTypes = fieldTypes.filter((type) => type !== 'table');

const folded = (text: string): string => codeFrom(text);
const typeOf = (words: string): FieldType | undefined =>
  sheetTypes.find((type) =>
    [typeTitles[type]!.vi, typeTitles[type]!.en, type].some((name) => folded(name) === folded(words)),
  );

type Cells = Record<(typeof headings)[number], string>;

/**
 * Reads a sheet into a form. Every row that cannot be taken is told with its column; then nothing is made of the sheet. A file that is no
 * workbook, or has no heading row, is one error of row 0.
 */
export async function readFieldSheet(
  file: Buffer,
  form: { code: string; title: { vi: string; en: string } },
): Promise<{ definition: FormDefinition; errors: RowError[] }> {
  const errors: RowError[] = [];
  const empty: FormDefinition = { ...form, schema: { type: 'object' }, ui: { pages: [] } };
  let rows: unknown[][];
  try {
    const book = await readXlsx(file);
    rows = (book.sheets[0]?.rows ?? []) as unknown[][];
  } catch {
    return {
      definition: empty,
      errors: [
        {
          row: 0,
          column: '',
          message: { vi: 'Tệp không phải là bảng tính Excel (.xlsx).', en: 'The file is no Excel workbook (.xlsx).' },
        },
      ],
    };
  }
  const at = rows.findIndex((row) => row.some((cell) => folded(textOf(cell)) === folded(headings[2])));
  if (at < 0)
    return {
      definition: empty,
      errors: [
        {
          row: 0,
          column: '',
          message: {
            vi: `Không thấy dòng tiêu đề có cột “${headings[2]}”. Hãy dùng tệp mẫu.`,
            en: `There is no heading row with the column “${headings[2]}”. Use the template.`,
          },
        },
      ],
    };
  const columns = new Map((rows[at] ?? []).map((cell, i) => [folded(textOf(cell)), i]));
  const body = rows.slice(at + 1);
  if (body.length > sheetLimits.rows)
    return {
      definition: empty,
      errors: [
        {
          row: 0,
          column: '',
          message: {
            vi: `Bảng có quá ${sheetLimits.rows} dòng.`,
            en: `The sheet has more than ${sheetLimits.rows} rows.`,
          },
        },
      ],
    };
  const reading: Reading = { definition: empty, names: new Set(reservedNames), errors };
  body.forEach((row, i) => {
    const cells = Object.fromEntries(
      headings.map((heading) => [heading, textOf(row[columns.get(folded(heading)) ?? -1]).slice(0, 5_000)]),
    ) as Cells;
    if (Object.values(cells).every((cell) => cell === '')) return;
    takeRow(reading, cells, at + 2 + i);
  });
  if (errors.length === 0 && empty.ui.pages.length === 0)
    errors.push({
      row: 0,
      column: '',
      message: { vi: 'Bảng chưa có câu hỏi nào.', en: 'The sheet holds no question.' },
    });
  return { definition: empty, errors: errors.slice(0, 200) };
}

const textOf = (cell: unknown): string => {
  if (cell === null || cell === undefined) return '';
  const value: unknown = typeof cell === 'object' && 'value' in cell ? (cell as { value: unknown }).value : cell;
  if (value instanceof Date) return value.toISOString().slice(0, 10);
  return (
    (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '')
      .normalize('NFC')
      .replace(/^'/, '')
      // oxlint-disable-next-line no-control-regex
      .replaceAll(/[\u0000-\u001f\u007f]/g, ' ')
      .trim()
  );
};

type Reading = { definition: FormDefinition; names: Set<string>; errors: RowError[] };

function takeRow(reading: Reading, cells: Cells, row: number): void {
  const { definition, errors, names } = reading;
  const wrong = (column: (typeof headings)[number], message: Text): void => void errors.push({ row, column, message });
  const label = { vi: cells['Câu hỏi (tiếng Việt)'], en: cells['Câu hỏi (tiếng Anh)'] };
  const before = errors.length;
  if (label.vi === '') wrong('Câu hỏi (tiếng Việt)', { vi: 'Chưa có câu hỏi.', en: 'There is no question.' });
  if (label.vi.length > 300)
    wrong('Câu hỏi (tiếng Việt)', { vi: 'Dài quá 300 ký tự.', en: 'Longer than 300 characters.' });
  const type = cells['Loại'] === '' ? 'text' : typeOf(cells['Loại']);
  if (type === undefined)
    wrong('Loại', {
      vi: `Không có loại “${cells['Loại']}”. Xem trang tính Danh mục.`,
      en: `There is no type “${cells['Loại']}”. See the second sheet.`,
    });
  const required = { '': true, co: true, x: true, yes: true, khong: false, no: false }[
    folded(cells['Bắt buộc']).replace(/^muc$/, '')
  ];
  if (required === undefined)
    wrong('Bắt buộc', { vi: 'Ghi “có” hoặc “không”.', en: 'Write “có” (yes) or “không” (no).' });
  const given = cells['Tên trường'];
  if (given !== '' && !/^[a-z][A-Za-z0-9]{0,39}$/.test(given))
    wrong('Tên trường', {
      vi: 'Viết không dấu, liền nhau, bắt đầu bằng chữ thường.',
      en: 'Letters and digits only, beginning with a small letter.',
    });
  else if (given !== '' && names.has(given))
    wrong('Tên trường', { vi: `“${given}” đã dùng ở dòng trên.`, en: `“${given}” is used in a row above.` });
  const source = cells['Điền sẵn từ'];
  const prefill = prefillSources.find((each) =>
    [each, sourceTitles[each]!.vi, sourceTitles[each]!.en].some((name) => folded(name) === folded(source)),
  );
  if (source !== '' && !prefill)
    wrong('Điền sẵn từ', {
      vi: `Không có nguồn “${source}”. Xem trang tính Danh mục.`,
      en: `There is no source “${source}”. See the second sheet.`,
    });
  const options = optionsOf(cells['Các lựa chọn']);
  const isChoice = type === 'radios' || type === 'select' || type === 'checkboxes';
  if (isChoice && options.length < 2)
    wrong('Các lựa chọn', {
      vi: 'Cần ít nhất hai lựa chọn, ngăn nhau bằng dấu chấm phẩy.',
      en: 'At least two options are needed, with semicolons between them.',
    });
  const [low, high] = [numberOf(cells['Nhỏ nhất']), numberOf(cells['Lớn nhất'])];
  if (low === null) wrong('Nhỏ nhất', { vi: 'Không phải là số.', en: 'Not a number.' });
  if (high === null) wrong('Lớn nhất', { vi: 'Không phải là số.', en: 'Not a number.' });
  if (errors.length > before || type === undefined) return;
  const name = given === '' ? freeName(fieldNameFrom(label.vi), names) : given;
  names.add(name);
  const hint = { vi: cells['Gợi ý (tiếng Việt)'].slice(0, 300), en: cells['Gợi ý (tiếng Anh)'].slice(0, 300) };
  const field = {
    name,
    type,
    ...(type === 'content' ? { text: label } : { label }),
    ...(type === 'content' || required ? {} : { required: false }),
    ...(hint.vi === '' || type === 'content' ? {} : { hint }),
    ...(isChoice ? { options } : {}),
    ...(type === 'file' ? { accept: ['pdf', 'jpg', 'png'] } : {}),
    ...(type === 'declaration' ? { text: label } : {}),
    ...(prefill && type !== 'content' ? { prefill: { source: prefill } } : {}),
  } as Field;
  groupFor(definition, cells['Trang'] || 'Thông tin', cells['Nhóm']).fields.push(field);
  narrow(definition, field, low, high);
}

function narrow(
  definition: FormDefinition,
  field: Field,
  low: number | null | undefined,
  high: number | null | undefined,
): void {
  const isNumber = ['integer', 'decimal', 'money'].includes(field.type);
  if (!isNumber && field.type !== 'text' && field.type !== 'longText') return;
  const [lowName, highName] = isNumber ? (['minimum', 'maximum'] as const) : (['minLength', 'maxLength'] as const);
  const limits = {
    ...(typeof low === 'number' ? { [lowName]: isNumber ? low : Math.max(0, Math.trunc(low)) } : {}),
    ...(typeof high === 'number' ? { [highName]: isNumber ? high : Math.max(1, Math.trunc(high)) } : {}),
  };
  if (Object.keys(limits).length > 0)
    definition.schema.properties = { ...definition.schema.properties, [field.name]: limits };
}

/** `undefined` for an empty cell, null for what is no number. */
function numberOf(cell: string): number | null | undefined {
  if (cell === '') return undefined;
  const number = Number(cell.replace(',', '.'));
  return Number.isFinite(number) ? number : null;
}

/** `Cấp mới = New; Cấp lại = Renewal`: codes come from the Vietnamese words. */
function optionsOf(cell: string): { value: string; label: { vi: string; en: string } }[] {
  const taken = new Set<string>();
  return cell
    .split(/[;\n]/)
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [vi = '', en = ''] = part.split('=').map((side) => side.trim());
      const value = freeName(codeFrom(vi).slice(0, 50), taken, '-');
      taken.add(value);
      return { value, label: { vi, en } };
    });
}

function groupFor(definition: FormDefinition, pageTitle: string, groupTitle: string): Group {
  const { pages } = definition.ui;
  const ids = new Set(pages.flatMap((page) => [page.id, ...page.groups.map((group) => group.id)]));
  let page: Page | undefined = pages.find((each) => each.title.vi === pageTitle);
  if (!page) {
    const id = freeName(codeFrom(pageTitle), ids, '-');
    ids.add(id);
    page = { id, title: { vi: pageTitle, en: '' }, groups: [] };
    pages.push(page);
  }
  let group = page.groups.find((each) => (each.title?.vi ?? '') === groupTitle);
  if (!group) {
    const id = freeName(codeFrom(groupTitle === '' ? `${pageTitle}-nhom` : groupTitle), ids, '-');
    group = { id, ...(groupTitle === '' ? {} : { title: { vi: groupTitle, en: '' } }), fields: [] };
    page.groups.push(group);
  }
  return group;
}
