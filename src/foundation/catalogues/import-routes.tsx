import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, problem } from '../../platform/problems.ts';
import { freshForm } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { manageCatalogues } from './catalogue-permissions.ts';
import { importMissing, listWrong } from './catalogue-problems.ts';
import { findImport } from './import-queries.ts';
import { applySheet, checkSheet, discardSheet, previewOf } from './import-items.ts';
import { catalogueOf } from './public-routes.tsx';
import { MAX_SHEET_BYTES, receiveSheet } from './sheet-cells.ts';
import { importWords, ImportPage, ImportRunPage } from './views/import-pages.tsx';

const access = { permission: manageCatalogues };

/** Taking a list over from a workbook or CSV: upload, report by line with a preview, decision. */
export function importRoutes(web: Web): void {
  web.get(paths.adminCatalogueImport, { access }, async (request) =>
    page(<ImportPage catalogue={await catalogueOf(request)} form={freshForm()} />),
  );
  web.post(paths.adminCatalogueImport, { access, bodyLimitBytes: MAX_SHEET_BYTES + 100_000 }, upload);
  web.get(paths.adminCatalogueImportRun, { access }, (request) => run(request, null));
  web.post(paths.adminCatalogueImportRun, { access }, decide);
}

async function upload(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const own = importWords.in(request.locale);
  const sent = await receiveSheet(request);
  const isWhole = sent.fields.get('mode') === 'whole';
  const refuse = (text: string) =>
    page(
      <ImportPage
        catalogue={catalogue}
        form={{ values: { mode: isWhole ? 'whole' : 'part' }, errors: { file: text } }}
      />,
      { status: 422 },
    );
  if ('fault' in sent) return refuse(own[sent.fault]);
  const sheet = { fileName: sent.fileName, cells: sent.cells, isWhole };
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
