import { localDate } from '../../../platform/clock.ts';
import { download, page, seeOther, type Reply } from '../../../platform/http/reply.ts';
import { tableExport } from '../../../platform/http/table-export.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isProblem } from '../../../platform/problems.ts';
import { listQuery } from '../../../ui/components/data-table.tsx';
import { freshForm, type FormState } from '../../../ui/components/form-state.ts';
import { paths } from '../../../ui/paths.ts';
import { formLimits, type FormDefinition } from '../definition.ts';
import { manageForms } from '../form-permissions.ts';
import { formCodeTaken, invalidDefinition } from '../form-problems.ts';
import { listVersions, plainText } from '../form-queries.ts';
import { FormsPage, formsWords } from '../views/forms-page.tsx';
import { NewFormPage, newFormWords } from '../views/new-form-page.tsx';
import {
  findDesign,
  formStates,
  listForms,
  type FormFilter,
  type FormSort,
  type ListedForm,
} from './design-queries.ts';
import { blankDefinition, createForm, demandFrame } from './edit-design.ts';
import { fieldSheetTemplate, readFieldSheet, sheetLimits, type RowError } from './field-sheet.ts';

const access = { permission: manageForms };
const PAGE = 50;

/** The list of forms, its export, and making a new one: blank, as a copy, from a file, from a sheet. */
export function formListRoutes(web: Web): void {
  web.get(paths.adminForms, { access }, async (request) => {
    const { filter, sort, query } = listingOf(request);
    const rows = await listForms(request.reader, localDate(request.now), filter, sort, cursorOf(request), PAGE + 1);
    const shown = rows.slice(0, PAGE);
    const next = rows.length > PAGE ? cursorFor(shown.at(-1)!, sort) : null;
    return page(<FormsPage rows={shown} query={query} next={next} today={localDate(request.now)} />);
  });
  web.get(paths.adminFormsExport, { access, example: { format: 'csv' } }, exportForms);
  web.get(paths.adminFormNew, { access }, async (request) => {
    const from = request.query.get('tu') ?? '';
    const copied = from === '' ? undefined : await definitionOf(request, from);
    return newFormPage(
      request,
      freshForm({ way: copied ? 'copy' : 'blank', from, titleVi: copied ? `${copied.title.vi} (bản sao)` : '' }),
      [],
    );
  });
  web.post(paths.adminFormNew, { access, bodyLimitBytes: sheetLimits.bytes + 100_000 }, makeForm);
  web.get(paths.adminFormTemplate, { access }, async () =>
    download(await fieldSheetTemplate(), {
      fileName: 'mau-nhap-bieu-mau.xlsx',
      type: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    }),
  );
}

function listingOf(request: WebRequest): { filter: FormFilter; sort: FormSort; query: Record<string, string> } {
  const query: Record<string, string> = {};
  for (const name of ['tim', 'trang-thai', listQuery.sort, listQuery.after]) {
    const value = request.query.get(name)?.trim().slice(0, 1_000);
    if (value) query[name] = value;
  }
  const text = plainText((query['tim'] ?? '').slice(0, 200));
  return {
    query,
    sort: query[listQuery.sort] === 'ten' ? 'ten' : '-sua',
    filter: {
      text: text === '' ? null : text,
      state: formStates.find((state) => state === query['trang-thai']) ?? null,
    },
  };
}

const cursorFor = (row: ListedForm, sort: FormSort): string =>
  Buffer.from(JSON.stringify([sort === 'ten' ? row.titleVi : row.changedAt.toISOString(), row.code])).toString(
    'base64url',
  );

function cursorOf(request: WebRequest): readonly [string, string] | null {
  const { sort } = listingOf(request);
  try {
    const text = Buffer.from(request.query.get(listQuery.after) ?? '', 'base64url').toString('utf8');
    const [value, code] = JSON.parse(text) as unknown[];
    if (typeof value !== 'string' || typeof code !== 'string' || /\u0000/.test(value + code)) return null;
    return sort === '-sua' && Number.isNaN(Date.parse(value)) ? null : [value, code];
  } catch {
    return null;
  }
}

async function* allForms(request: WebRequest): AsyncGenerator<ListedForm> {
  const { filter, sort } = listingOf(request);
  let after: readonly [string, string] | null = null;
  for (;;) {
    const rows: ListedForm[] = await listForms(request.reader, localDate(request.now), filter, sort, after, 500);
    yield* rows;
    const last = rows.at(-1);
    if (rows.length < 500 || !last) return;
    after = [sort === 'ten' ? last.titleVi : last.changedAt.toISOString(), last.code];
  }
}

function exportForms(request: WebRequest) {
  const own = formsWords.in(request.locale);
  return tableExport(request.params['format'] ?? '', {
    locale: request.locale,
    name: request.locale === 'en' ? 'forms' : 'bieu-mau',
    rows: allForms(request),
    columns: [
      { heading: own.code, value: (row) => row.code, width: 30 },
      { heading: own.name, value: (row) => (request.locale === 'en' ? row.titleEn : row.titleVi), width: 60 },
      { heading: own.version, value: (row) => row.version },
      { heading: own.validFrom, value: (row) => row.validFrom },
      { heading: own.validTo, value: (row) => row.validTo },
      { heading: own.designedBy, value: (row) => row.designedBy },
      { heading: own.changedAt, value: (row) => row.changedAt },
    ],
  });
}

async function newFormPage(
  request: WebRequest,
  form: FormState,
  rowErrors: readonly RowError[],
  status = 200,
): Promise<Reply> {
  const forms = await listForms(
    request.reader,
    localDate(request.now),
    { text: null, state: null },
    'ten',
    null,
    1_000,
  );
  return page(
    <NewFormPage
      form={form}
      rowErrors={rowErrors}
      forms={forms.map((row) => ({ code: row.code, title: request.locale === 'en' ? row.titleEn : row.titleVi }))}
    />,
    { status },
  );
}

/** The definition a copy is made of: the working copy when there is one, else the newest version. */
async function definitionOf(request: WebRequest, code: string): Promise<FormDefinition | undefined> {
  const design = await findDesign(request.reader, code);
  return design?.definition ?? (await listVersions(request.reader, code))[0]?.definition;
}

async function makeForm(request: WebRequest): Promise<Reply> {
  const files = new Map<string, Buffer>();
  let isTooLarge = false;
  const fields = await request.form(async ({ field, stream }) => {
    const chunks: Buffer[] = [];
    let size = 0;
    for await (const chunk of stream) {
      size += (chunk as Buffer).length;
      if (size <= sheetLimits.bytes) chunks.push(chunk as Buffer);
    }
    isTooLarge ||= size > sheetLimits.bytes;
    if (size > 0) files.set(field, Buffer.concat(chunks));
    return null;
  });
  const own = newFormWords.in(request.locale);
  const values = {
    way: fields.get('way') ?? '',
    titleVi: (fields.get('titleVi') ?? '').trim().slice(0, 400),
    titleEn: (fields.get('titleEn') ?? '').trim().slice(0, 400),
    code: (fields.get('code') ?? '').trim().toLowerCase().slice(0, 100),
    from: (fields.get('from') ?? '').slice(0, 100),
  };
  const errors: Record<string, string> = {};
  if (!['blank', 'copy', 'file', 'sheet'].includes(values.way)) errors['way'] = own.chooseWay;
  if (values.titleVi === '') errors['titleVi'] = own.titleMissing;
  if (values.titleVi.length > formLimits.labelLength) errors['titleVi'] = own.titleLong;
  if (values.titleEn.length > formLimits.labelLength) errors['titleEn'] = own.titleLong;
  if (!/^[a-z0-9]+(-[a-z0-9]+)*$/.test(values.code) || values.code.length > 80) errors['code'] = own.codeWrong;
  // The addresses beside the forms are taken by words of their own.
  if (['moi', 'xuat', 'mau-nhap', 'thu-vien'].includes(values.code)) errors['code'] = own.codeTaken;
  if (isTooLarge) errors[values.way === 'sheet' ? 'sheet' : 'file'] = own.fileLarge;
  const again = (more: Record<string, string>, rowErrors: readonly RowError[] = []) =>
    newFormPage(request, { values, errors: { ...errors, ...more } }, rowErrors, 422);
  if (Object.keys(errors).length > 0) return again({});
  const title = { vi: values.titleVi, en: values.titleEn };
  let definition: FormDefinition = blankDefinition(values.code, title);
  if (values.way === 'copy') {
    const source = values.from === '' ? undefined : await definitionOf(request, values.from);
    if (!source) return again({ from: own.chooseForm });
    definition = { ...source, code: values.code, title };
  }
  if (values.way === 'file') {
    const read = fileDefinition(files.get('file'));
    if (!read) return again({ file: own.fileWrong });
    definition = { ...read, code: values.code, title };
  }
  if (values.way === 'sheet') {
    const sheet = files.get('sheet');
    if (!sheet) return again({ sheet: own.sheetMissing });
    const read = await readFieldSheet(sheet, { code: values.code, title });
    if (read.errors.length > 0) return again({ sheet: own.sheetWrong(read.errors.length) }, read.errors);
    definition = read.definition;
  }
  try {
    const design = await request.command((tx) => createForm(tx, definition));
    return seeOther(request.href(paths.adminFormDesign({ code: design.code })));
  } catch (error) {
    if (isProblem(error, formCodeTaken)) return again({ code: own.codeTaken });
    throw error;
  }
}

/** A form out of a file; null for what is none. */
function fileDefinition(file: Buffer | undefined): FormDefinition | null {
  try {
    const parsed: unknown = JSON.parse((file ?? Buffer.alloc(0)).toString('utf8').replace(/^\uFEFF/, ''));
    return demandFrame(parsed);
  } catch (error) {
    if (error instanceof SyntaxError || isProblem(error, invalidDefinition) || isProblem(error)) return null;
    throw error;
  }
}
