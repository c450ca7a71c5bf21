import { buffer } from 'node:stream/consumers';
import { readXlsx } from 'hucre/xlsx';
import { parseCsv } from 'hucre/csv';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, problem } from '../../platform/problems.ts';
import { freshForm } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { manageCatalogues } from './catalogue-permissions.ts';
import { importMissing, listWrong } from './catalogue-problems.ts';
import { MAX_ITEMS } from './catalogue.ts';
import { findImport } from './import-queries.ts';
import { applySheet, checkSheet, discardSheet, previewOf } from './import-items.ts';
import { catalogueOf } from './public-routes.tsx';
import { importWords, ImportPage, ImportRunPage } from './views/import-pages.tsx';

const access = { permission: manageCatalogues };
const MAX_BYTES = 5_000_000;

/** Taking a list over from a workbook or CSV: upload, report by line with a preview, decision. */
export function importRoutes(web: Web): void {
  web.get(paths.adminCatalogueImport, { access }, async (request) =>
    page(<ImportPage catalogue={await catalogueOf(request)} form={freshForm()} />),
  );
  web.post(paths.adminCatalogueImport, { access, bodyLimitBytes: MAX_BYTES + 100_000 }, upload);
  web.get(paths.adminCatalogueImportRun, { access }, (request) => run(request, null));
  web.post(paths.adminCatalogueImportRun, { access }, decide);
}

type Cells = readonly (readonly unknown[])[];

/** Rows of a workbook's first sheet or of a CSV; null when it is neither. */
async function cellsOf(fileName: string, bytes: Buffer): Promise<Cells | null> {
  try {
    if (bytes.subarray(0, 2).toString('latin1') === 'PK')
      return (await readXlsx(bytes, { sheets: [0], maxRows: MAX_ITEMS + 2 })).sheets[0]?.rows ?? [];
    if (!/\.(csv|txt)$/i.test(fileName)) return null;
    return parseCsv(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    return null; // the readers' own errors say which part is broken: nothing a person can use
  }
}

async function upload(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const own = importWords.in(request.locale);
  const files: { name: string; bytes: Buffer }[] = [];
  const fields = await request.form(async (file) => {
    if (file.field !== 'file' || files.length > 0 || file.fileName === '') {
      file.stream.resume();
      return null;
    }
    files.push({ name: file.fileName, bytes: await buffer(file.stream) });
    return null;
  });
  const isWhole = fields.get('mode') === 'whole';
  const refuse = (text: string) =>
    page(
      <ImportPage
        catalogue={catalogue}
        form={{ values: { mode: isWhole ? 'whole' : 'part' }, errors: { file: text } }}
      />,
      { status: 422 },
    );
  const [file] = files;
  if (!file || file.bytes.length === 0) return refuse(own.missing);
  if (file.bytes.length > MAX_BYTES) return refuse(own.long);
  const cells = await cellsOf(file.name, file.bytes);
  if (cells === null) return refuse(own.unreadable);
  if (cells.length > MAX_ITEMS + 1) return refuse(own.long);
  const sheet = { fileName: file.name, cells, isWhole };
  const importId = await request.command((tx) => checkSheet(tx, request.actor, catalogue, sheet));
  if (importId === null) return refuse(own.headings);
  return seeOther(request.href(paths.adminCatalogueImportRun({ code: catalogue.code, importId })));
}

async function run(request: WebRequest, error: string | null): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const id = request.params['importId'] ?? '';
  const one = isId(id) ? await findImport(request.reader, id, catalogue.id) : undefined;
  if (!one) throw problem(importMissing);
  const changes = one.state === 'checked' ? await previewOf(request.reader, one) : [];
  return page(<ImportRunPage catalogue={catalogue} one={one} changes={changes} error={error} />, {
    status: error === null ? 200 : 422,
  });
}

async function decide(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const id = request.params['importId'] ?? '';
  if (!isId(id)) throw problem(importMissing);
  const fields = await request.form();
  const isApplied = fields.get('act') === 'apply';
  try {
    await request.command((tx) =>
      isApplied ? applySheet(tx, request.actor, catalogue, id) : discardSheet(tx, request.actor, id),
    );
  } catch (error) {
    if (!isProblem(error, listWrong)) throw error;
    return run(request, listWrong.title[request.locale]);
  }
  return seeOther(
    request.href(
      isApplied
        ? paths.adminCatalogueDraft({ code: catalogue.code })
        : paths.adminCatalogueImport({ code: catalogue.code }),
    ),
  );
}
