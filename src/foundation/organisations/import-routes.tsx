import { buffer } from 'node:stream/consumers';
import { readXlsx } from 'hucre/xlsx';
import { download, page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, problem } from '../../platform/problems.ts';
import { freshForm } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { readBlob, storeUpload, type StoredBlob } from '../files/index.ts';
import { applyImport, checkImport } from './import-officers.ts';
import { findImport, finishImport, type OfficerImport } from './import-queries.ts';
import { IMPORT_LIMIT } from './officer-import.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { importDone, importMissing } from './organisation-problems.ts';
import { toXlsx } from './people-sheet.ts';
import { ImportPage, ImportReportPage } from './views/import-page.tsx';

const access = { permission: manageOrganisations };
const MAX_BYTES = 5_000_000;
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet';

const faults = {
  missing: { vi: 'Chọn tệp Excel cần nhập', en: 'Choose the Excel file' },
  unreadable: {
    vi: 'Không đọc được tệp này. Lưu lại dưới dạng .xlsx rồi tải lên.',
    en: 'The file cannot be read. Save it as .xlsx and upload it again.',
  },
  headings: {
    vi: 'Dòng tiêu đề không giống tệp mẫu. Tải mẫu và điền vào đó.',
    en: 'The headings are not those of the template. Download it and fill it in.',
  },
  long: {
    vi: `Tệp có quá ${IMPORT_LIMIT} dòng. Chia thành nhiều tệp.`,
    en: `The file has more than ${IMPORT_LIMIT} rows. Split it.`,
  },
};

function refuse(request: WebRequest, text: { vi: string; en: string }): Reply {
  return page(<ImportPage form={{ values: {}, errors: { file: text[request.locale] } }} />, { status: 422 });
}

async function upload(request: WebRequest): Promise<Reply> {
  let blob: StoredBlob | null = null;
  let refused: { vi: string; en: string } | null = null;
  await request.form(async (file) => {
    try {
      blob = await storeUpload(request.config.filesFolder, file, { maxBytes: MAX_BYTES, kinds: ['xlsx'] });
    } catch (error) {
      if (!isProblem(error) || error.definition.status !== 422) throw error;
      refused = error.definition.title;
    }
    return null;
  });
  if (refused) return refuse(request, refused);
  if (!blob) return refuse(request, faults.missing);
  const { sha256, fileName } = blob as StoredBlob;
  let cells: readonly (readonly unknown[])[];
  try {
    const bytes = await buffer(readBlob(request.config.filesFolder, sha256)); // nothing refers to the bytes: the sweeper removes them
    cells = (await readXlsx(bytes, { sheets: [0], maxRows: IMPORT_LIMIT + 2 })).sheets[0]?.rows ?? [];
  } catch {
    return refuse(request, faults.unreadable); // the reader's own errors say which part of the package is broken: nothing a person can use
  }
  if (cells.length > IMPORT_LIMIT + 1) return refuse(request, faults.long);
  const importId = await request.command((tx) => checkImport(tx, request.actor, { name: fileName, cells }));
  return importId === null
    ? refuse(request, faults.headings)
    : seeOther(request.href(paths.adminPeopleImportRun({ importId })));
}

async function reportOf(request: WebRequest): Promise<OfficerImport> {
  const id = request.params['importId'] ?? '';
  const report = isId(id) ? await findImport(request.reader, id) : undefined;
  if (!report || report.createdBy !== request.actor.id) throw problem(importMissing);
  return report;
}

async function decide(request: WebRequest): Promise<Reply> {
  const report = await reportOf(request);
  const fields = await request.form();
  await request.command(async (tx) => {
    if (fields.get('action') === 'apply') await applyImport(tx, request.actor, report.id);
    else if (!(await finishImport(tx, report.id, 'discarded'))) throw problem(importDone);
  });
  return seeOther(request.href(paths.adminPeopleImportRun({ importId: report.id })));
}

/** Taking on officers from a sheet: template, upload, report, decision. */
export function importRoutes(web: Web): void {
  web.get(paths.adminPeopleImport, { access }, () => page(<ImportPage form={freshForm()} />));
  web.post(paths.adminPeopleImport, { access, bodyLimitBytes: MAX_BYTES + 100_000 }, upload);
  web.get(paths.adminPeopleTemplate, { access }, async () =>
    download(await toXlsx([]), { fileName: 'mau-can-bo.xlsx', type: XLSX }),
  );
  web.get(paths.adminPeopleImportRun, { access }, async (request) =>
    page(<ImportReportPage report={await reportOf(request)} />),
  );
  web.post(paths.adminPeopleImportRun, { access }, decide);
}
