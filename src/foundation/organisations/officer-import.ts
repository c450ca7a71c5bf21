import { parseDay } from '../../platform/day.ts';
import { readOfficerForm, type OfficerInput } from './officer.ts';
import { sheetColumns } from './people-sheet.ts';

export const IMPORT_LIMIT = 5_000;

export type RowFault =
  | 'name'
  | 'staff-code'
  | 'email'
  | 'phone'
  | 'day'
  | 'code-twice'
  | 'email-twice'
  | 'code-taken'
  | 'email-taken'
  | 'unit-unknown'
  | 'unit-forbidden'
  | 'post-unknown';

/** One row of an uploaded sheet as read and judged; `line` counts from 1 as the spreadsheet does. */
export interface ImportRow extends OfficerInput {
  line: number;
  unitCode: string;
  title: string;
  postId: string | null;
  validFrom: string;
  faults: RowFault[];
}

/** What the database says about the codes, posts and people that a sheet names. */
export interface ImportContext {
  unitIdOf(code: string): string | undefined;
  mayManage(unitId: string): boolean;
  /** Post at the unit or below it by its folded title. */
  postIdOf(unitId: string, title: string): string | undefined;
  staffCodes: ReadonlySet<string>;
  emails: ReadonlySet<string>;
}

const textOf = (cell: unknown): string => {
  if (cell instanceof Date) return cell.toISOString().slice(0, 10);
  return cell === null || cell === undefined
    ? ''
    : typeof cell === 'object'
      ? ''
      : String(cell as string | number | boolean);
};
const plain = (cell: unknown): string => textOf(cell).normalize('NFC').replaceAll(/\s+/g, ' ').trim().slice(0, 500);

/** The rows under the heading, as text by column; null when the headings are not those of the template. Empty rows are left out. */
export function readSheet(cells: readonly (readonly unknown[])[]): { line: number; fields: URLSearchParams }[] | null {
  const headings = (cells[0] ?? []).map(plain);
  if (
    sheetColumns.some((column, at) => headings[at]?.toLocaleLowerCase('vi') !== column.header.toLocaleLowerCase('vi'))
  )
    return null;
  return cells.slice(1).flatMap((row, at) => {
    const fields = new URLSearchParams(
      sheetColumns.map((column, index): [string, string] => [column.key, plain(row[index])]),
    );
    return [...fields.values()].some((value) => value !== '') ? [{ line: at + 2, fields }] : [];
  });
}

/** Judges every row: its own values, repeats within the sheet, and what is known already. Pure. */
export function checkRows(
  rows: readonly { line: number; fields: URLSearchParams }[],
  context: ImportContext,
): ImportRow[] {
  const seenCodes = new Set<string>();
  const seenEmails = new Set<string>();
  return rows.map(({ line, fields }) => {
    const { value, errors } = readOfficerForm(fields);
    const faults: RowFault[] = [];
    if (errors['fullName']) faults.push('name');
    if (errors['staffCode']) faults.push('staff-code');
    if (errors['email']) faults.push('email');
    if (errors['phone']) faults.push('phone');
    if (seenCodes.has(value.staffCode)) faults.push('code-twice');
    else if (context.staffCodes.has(value.staffCode)) faults.push('code-taken');
    if (value.email !== null && seenEmails.has(value.email)) faults.push('email-twice');
    else if (value.email !== null && context.emails.has(value.email)) faults.push('email-taken');
    seenCodes.add(value.staffCode);
    if (value.email !== null) seenEmails.add(value.email);
    const validFrom = parseDay(fields.get('validFrom') ?? '');
    if (validFrom === null) faults.push('day');
    const unitCode = (fields.get('unitCode') ?? '').toUpperCase();
    const title = fields.get('title') ?? '';
    const unitId = context.unitIdOf(unitCode);
    const postId = unitId === undefined ? undefined : context.postIdOf(unitId, title);
    if (unitId === undefined) faults.push('unit-unknown');
    else if (!context.mayManage(unitId)) faults.push('unit-forbidden');
    else if (postId === undefined) faults.push('post-unknown');
    return { ...value, line, unitCode, title, postId: postId ?? null, validFrom: validFrom ?? '', faults };
  });
}
