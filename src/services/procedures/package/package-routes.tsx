import { buffer } from 'node:stream/consumers';
import { kindNamed, readBlob, getFile, registerFile, storeBytes } from '../../../foundation/files/index.ts';
import { localDate } from '../../../platform/clock.ts';
import { download, page, seeOther } from '../../../platform/http/reply.ts';
import { takeFile } from '../../../platform/http/take-file.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isId, newId } from '../../../platform/ids.ts';
import { isProblem, notFound, problem } from '../../../platform/problems.ts';
import { parseDay } from '../../../platform/day.ts';
import { freshForm, type FormState } from '../../../ui/components/form-state.ts';
import { formatDate } from '../../../ui/format.ts';
import { paths } from '../../../ui/paths.ts';
import { manageProcedures } from '../procedure-permissions.ts';
import { procedureNotFound } from '../procedure-problems.ts';
import { listFields, listVersions } from '../procedure-queries.ts';
import { stepRoles, type StepRole } from '../procedure.ts';
import { applyPackage, storeTemplates } from './apply-package.ts';
import { exportPackage } from './export-package.ts';
import { nothingToPack, packageDecided } from './package-problems.ts';
import {
  endPackage,
  findPackage,
  insertPackage,
  listPackages,
  lockPackage,
  type PackageImport,
} from './package-queries.ts';
import { planPackage, type Mapping } from './plan-package.ts';
import { packageLimits, readPackage, type Package, type PackageFault } from './read-package.ts';
import { PackagePage, PackagesPage } from './views/package-pages.tsx';
import { packageWords } from './views/package-words.ts';

const access = { permission: manageProcedures };

/** Procedures as packages: packed here, taken over from elsewhere after a look. */
export function packageRoutes(web: Web): void {
  web.get(paths.adminPackages, { access }, (request) => packagesPage(request, freshForm(), []));
  web.post(paths.adminPackages, { access, bodyLimitBytes: packageLimits.bytes + 100_000 }, upload);
  web.post(paths.adminPackagesExport, { access }, pack);
  web.get(paths.adminProcedurePackage, { access, example: { code: '1.001193' } }, async (request) => {
    const code = request.params['code'] ?? '';
    if ((await listVersions(request.reader, code)).length === 0) throw problem(procedureNotFound);
    return packed(request, [code]);
  });
  web.get(paths.adminPackage, { access }, async (request) => planPage(request, await packageOf(request), new URLSearchParams(), {}));
  web.post(paths.adminPackage, { access }, decide);
} // prettier-ignore

async function packed(request: WebRequest, codes: readonly string[]) {
  const { bytes, fileName } = await exportPackage(request.reader, request.config, {
    codes,
    onDate: localDate(request.now),
  });
  return download(bytes, { fileName, type: 'application/zip', sizeBytes: bytes.length });
}

async function pack(request: WebRequest) {
  const form = await request.form();
  // Typed, or ticked in the list of procedures.
  const typed = [form.get('codes') ?? '', ...form.getAll('id')].join(' ').trim().slice(0, 5_000);
  const codes = typed.split(/[\s,;]+/).filter((code) => /^\d{1,2}\.\d{4,8}$/.test(code));
  try {
    return await packed(request, codes);
  } catch (error) {
    if (!isProblem(error, nothingToPack)) throw error;
    const errors = { codes: packageWords.in(request.locale).codesWrong };
    return packagesPage(request, { values: { codes: typed }, errors }, [], 422);
  }
}

async function packagesPage(request: WebRequest, form: FormState, faults: readonly PackageFault[], status = 200) {
  return page(<PackagesPage rows={await listPackages(request.reader)} form={form} faults={faults} />, { status });
}

async function upload(request: WebRequest) {
  const own = packageWords.in(request.locale);
  const files: { name: string; bytes: Buffer }[] = [];
  await request.form(async (file) => {
    // One that is too large is said to be so by whoever reads packages.
    const { bytes: limit } = packageLimits;
    const bytes = (await takeFile(file.stream, limit)) ?? Buffer.alloc(limit + 1);
    if (file.field === 'file' && files.length === 0 && bytes.length > 0) files.push({ name: file.fileName, bytes });
    return null;
  });
  const [file] = files;
  const refuse = (text: string, faults: readonly PackageFault[] = []) =>
    packagesPage(request, { values: {}, errors: { file: text } }, faults, 422);
  if (!file) return refuse(own.fileMissing);
  const read = await readPackage(file.bytes);
  if ('faults' in read) return refuse(own.refused, read.faults);
  const id = newId();
  const kind = kindNamed('zip')!;
  const blob = await storeBytes(request.config.filesFolder, file.bytes, { kind, fileName: file.name.slice(0, 200) });
  await request.command(async (tx) => {
    const fileId = await registerFile(tx, blob, { kind: 'procedure-package', id });
    const { manifest, sha256 } = read;
    const codes = manifest.procedures;
    await insertPackage(tx, { id, fileId, fileName: blob.fileName, sha256, province: manifest.province.name, codes });
  });
  return seeOther(request.href(paths.adminPackage({ packageId: id })));
}

async function packageOf(request: WebRequest): Promise<PackageImport> {
  const id = request.params['packageId'] ?? '';
  const found = isId(id) ? await findPackage(request.reader, id) : undefined;
  if (!found) throw problem(notFound);
  return found;
}

async function contentOf(request: WebRequest, row: PackageImport): Promise<Package> {
  const file = await getFile(request.reader, row.fileId);
  const read = await readPackage(await buffer(readBlob(request.config.filesFolder, file.sha256)));
  if ('faults' in read) throw problem(notFound);
  return read;
}

/** What was chosen on the page; what is missing or foreign is what the plan proposes. */
function mappingOf(form: URLSearchParams): Partial<Mapping> {
  const under = (prefix: string): Record<string, string> =>
    Object.fromEntries(
      [...form].filter(([name]) => name.startsWith(`${prefix}:`)).map(([name, value]) => [name.slice(prefix.length + 1), value.slice(0, 300)]),
    );
  const sides = (prefix: string) =>
    Object.fromEntries(
      Object.entries(under(prefix)).filter((entry): entry is [string, 'ours' | 'theirs'] => entry[1] === 'ours' || entry[1] === 'theirs'),
    );
  const roles = Object.fromEntries(
    Object.entries(under('role')).filter((entry): entry is [string, StepRole] => (stepRoles as readonly string[]).includes(entry[1])),
  );
  const asked = form.get('communes');
  return {
    fields: under('field'),
    units: under('unit'),
    divisions: under('division'),
    roles,
    catalogues: sides('catalogue'),
    forms: sides('form'),
    templates: sides('template'),
    ...(asked === null ? {} : { communes: asked === 'yes' }),
  };
} // prettier-ignore

async function planPage(
  request: WebRequest,
  row: PackageImport,
  form: URLSearchParams,
  errors: Record<string, string>,
  status = 200,
) {
  const today = localDate(request.now);
  const plan =
    row.state === 'waiting'
      ? await planPackage(request.reader, request.config, await contentOf(request, row), mappingOf(form), today)
      : null;
  const values = { mode: form.get('mode') ?? 'draft', validFrom: form.get('validFrom') ?? formatDate(today) };
  return page(
    <PackagePage row={row} plan={plan} fields={await listFields(request.reader)} form={{ values, errors }} />,
    { status },
  );
}

async function decide(request: WebRequest) {
  const form = await request.form();
  const row = await packageOf(request);
  const own = packageWords.in(request.locale);
  if (row.state !== 'waiting') throw problem(packageDecided);
  if (form.get('act') === 'look') return planPage(request, row, form, {});
  if (form.get('act') === 'discard') {
    await request.command((tx) => endPackage(tx, row.id, 'discarded', null));
    return seeOther(request.href(paths.adminPackages()));
  }
  const mode = form.get('mode') === 'publish' ? 'publish' : 'draft';
  const validFrom = parseDay(form.get('validFrom') ?? '');
  const today = localDate(request.now);
  if (validFrom === null || validFrom < today) return planPage(request, row, form, { validFrom: own.dayWrong }, 422);
  const pack = await contentOf(request, row);
  const templates = await storeTemplates(request.config.filesFolder, pack);
  await request.command(async (tx) => {
    const locked = await lockPackage(tx, row.id);
    if (locked?.state !== 'waiting') throw problem(packageDecided);
    const plan = await planPackage(tx, request.config, pack, mappingOf(form), today);
    const results = await applyPackage(tx, request.actor, { pack, plan, templates, mode, validFrom });
    await endPackage(tx, row.id, 'done', results);
  });
  return seeOther(request.href(paths.adminPackage({ packageId: row.id })));
}
