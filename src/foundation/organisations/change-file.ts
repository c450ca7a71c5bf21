import { parseDay } from '../../platform/day.ts';
import { parseCsv, detectDelimiter } from 'hucre/csv';
import { readXlsx } from 'hucre/xlsx';
import { Ajv } from 'ajv';
import { Type, type Static } from 'typebox';

/** A change of units as a file: the decision, and one row per unit that ends, changes or begins. */
const Text = (maxLength: number) => Type.Optional(Type.String({ maxLength }));
const RowSchema = Type.Object(
  {
    change: Type.Union(['merge', 'split', 'dissolve', 'rename', 'move', 'found'].map((kind) => Type.Literal(kind))),
    from: Text(120),
    to: Text(120),
    partial: Type.Optional(Type.Boolean()),
    nameVi: Text(300),
    nameEn: Text(300),
    shortName: Text(100),
    kind: Text(40),
    parent: Text(120),
    code: Text(40),
    note: Text(500),
  },
  { additionalProperties: false },
);
export const ChangeFileSchema = Type.Object(
  {
    title: Text(300),
    decisionNumber: Text(100),
    issuingBody: Text(300),
    effectiveOn: Type.Optional(Type.String({ pattern: String.raw`^\d{4}-\d{2}-\d{2}$` })),
    notes: Type.Optional(Type.Array(Type.String({ maxLength: 1_000 }), { maxItems: 50 })),
    rows: Type.Array(RowSchema, { maxItems: 2_000 }),
  },
  { additionalProperties: false },
);
export type ChangeRow = {
  change: 'merge' | 'split' | 'dissolve' | 'rename' | 'move' | 'found';
  from?: string;
  to?: string;
  partial?: boolean;
  nameVi?: string;
  nameEn?: string;
  shortName?: string;
  kind?: string;
  parent?: string;
  code?: string;
  note?: string;
};
export interface ChangeFile {
  title: string;
  decisionNumber: string;
  issuingBody: string;
  effectiveOn: string | null;
  notes: readonly string[];
  rows: readonly (ChangeRow & { line: number })[];
}
export const MAX_FILE_BYTES = 5_000_000;

/** Columns of a sheet: the first heading is the template's, the others are read too. */
export const changeColumns = [
  { key: 'change', headings: ['Loại thay đổi', 'change'] },
  { key: 'from', headings: ['Từ đơn vị', 'from', 'old_code'] },
  { key: 'to', headings: ['Đến đơn vị', 'to', 'new_code'] },
  { key: 'partial', headings: ['Một phần', 'partial', 'type'] },
  { key: 'nameVi', headings: ['Tên mới', 'nameVi', 'new_name'] },
  { key: 'nameEn', headings: ['Tên tiếng Anh', 'nameEn'] },
  { key: 'shortName', headings: ['Tên ngắn', 'shortName'] },
  { key: 'kind', headings: ['Loại đơn vị', 'kind'] },
  { key: 'parent', headings: ['Trực thuộc', 'parent'] },
  { key: 'code', headings: ['Mã định danh', 'code'] },
  { key: 'note', headings: ['Ghi chú', 'note'] },
] as const;

const KINDS: Readonly<Record<string, ChangeRow['change']>> = {
  nhập: 'merge',
  'sáp nhập': 'merge',
  'hợp nhất': 'merge',
  chia: 'split',
  tách: 'split',
  'chia tách': 'split',
  'giải thể': 'dissolve',
  'kết thúc': 'dissolve',
  'đổi tên': 'rename',
  chuyển: 'move',
  'thành lập': 'found',
};
const validate = new Ajv({ strict: false, ownProperties: true }).compile(ChangeFileSchema);

/** What is wrong with a file as a whole; a person can mend it. */
export class ChangeFileError extends Error {
  readonly fault: 'unreadable' | 'headings' | 'schema' | 'empty' | 'long';
  constructor(fault: ChangeFileError['fault'], detail: string) {
    super(detail);
    this.name = 'ChangeFileError';
    this.fault = fault;
  }
}

/** Reads a change of units from JSON, CSV or XLSX. @throws ChangeFileError */
export async function readChangeFile(bytes: Buffer, fileName: string): Promise<ChangeFile> {
  const isXlsx = bytes.subarray(0, 2).toString('latin1') === 'PK';
  const text = isXlsx
    ? ''
    : bytes
        .toString('utf8')
        .normalize('NFC')
        .replace(/^\uFEFF/, '');
  const file =
    !isXlsx && /^\s*[[{]/.test(text) ? fromJson(text) : fromCells(isXlsx ? await cellsOfXlsx(bytes) : cellsOfCsv(text));
  if (file.rows.length === 0) throw new ChangeFileError('empty', fileName);
  return { ...file, title: file.title || fileName };
}

function fromJson(text: string): ChangeFile {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    throw new ChangeFileError('unreadable', error instanceof Error ? error.message : String(error));
  }
  const whole = Array.isArray(value) ? { rows: value.map(rowOfList) } : value;
  if (!validate(whole)) {
    const fault = validate.errors?.[0];
    throw new ChangeFileError('schema', `${fault?.instancePath || '/'} ${fault?.message ?? ''}`.trim());
  }
  const file = whole as Static<typeof ChangeFileSchema>;
  return {
    title: file.title ?? '',
    decisionNumber: file.decisionNumber ?? '',
    issuingBody: file.issuingBody ?? '',
    effectiveOn: file.effectiveOn === undefined ? null : parseDay(file.effectiveOn),
    notes: file.notes ?? [],
    rows: (file.rows as ChangeRow[]).map((row, at) => ({ ...row, line: at + 1 })),
  };
}

/** A mapping list as others publish it: old and new code, new name, whole or partial. */
function rowOfList(row: unknown): unknown {
  if (typeof row !== 'object' || row === null || !Object.hasOwn(row, 'old_code')) return row;
  const text = (name: string) => {
    const value = (row as Record<string, unknown>)[name];
    return typeof value === 'string' && value !== '' ? value.slice(0, 300) : undefined;
  };
  const partial = text('type') === 'partial';
  const [from, to, nameVi] = [text('old_code'), text('new_code'), text('new_name')];
  const fields = { from, to, nameVi };
  return {
    change: partial ? 'split' : to === undefined ? 'dissolve' : 'merge',
    partial,
    ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
  };
}

async function cellsOfXlsx(bytes: Buffer): Promise<readonly (readonly unknown[])[]> {
  try {
    return (await readXlsx(bytes, { sheets: [0], maxRows: 2_010 })).sheets[0]?.rows ?? [];
  } catch (error) {
    throw new ChangeFileError('unreadable', error instanceof Error ? error.message : String(error));
  }
}
function cellsOfCsv(text: string): readonly (readonly unknown[])[] {
  try {
    return parseCsv(text, { delimiter: detectDelimiter(text) });
  } catch (error) {
    throw new ChangeFileError('unreadable', error instanceof Error ? error.message : String(error));
  }
}

const plain = (cell: unknown): string =>
  typeof cell === 'string' || typeof cell === 'number' || typeof cell === 'boolean'
    ? String(cell).normalize('NFC').replaceAll(/\s+/g, ' ').replace(/^'/, '').trim().slice(0, 300)
    : '';

function fromCells(cells: readonly (readonly unknown[])[]): ChangeFile {
  const headings = (cells[0] ?? []).map((cell) => plain(cell).toLocaleLowerCase('vi'));
  const at = new Map(
    changeColumns.map(({ key, headings: known }) => [
      key,
      headings.findIndex((heading) => known.some((one) => one.toLocaleLowerCase('vi') === heading)),
    ]),
  );
  if ((at.get('from') ?? -1) < 0) throw new ChangeFileError('headings', headings.join(', ').slice(0, 200));
  if (cells.length > 2_001) throw new ChangeFileError('long', String(cells.length));
  const rows = cells.slice(1).flatMap((row, index): (ChangeRow & { line: number })[] => {
    const value = (key: (typeof changeColumns)[number]['key']) => {
      const column = at.get(key) ?? -1;
      return column < 0 ? '' : plain(row[column]);
    };
    if (row.every((cell) => plain(cell) === '')) return [];
    const said = value('change').toLocaleLowerCase('vi');
    const kind = KINDS[said] ?? (Object.values(KINDS) as string[]).find((known) => known === said);
    const partial = /^(x|có|một phần|partial|true|1)$/i.test(value('partial'));
    const fields = ['from', 'to', 'nameVi', 'nameEn', 'shortName', 'kind', 'parent', 'code', 'note'] as const;
    return [
      {
        line: index + 2,
        change: (kind ?? (partial ? 'split' : value('to') === '' ? 'dissolve' : 'merge')) as ChangeRow['change'],
        partial,
        ...Object.fromEntries(fields.flatMap((key) => (value(key) === '' ? [] : [[key, value(key)]]))),
      },
    ];
  });
  return { title: '', decisionNumber: '', issuingBody: '', effectiveOn: null, notes: [], rows };
}
