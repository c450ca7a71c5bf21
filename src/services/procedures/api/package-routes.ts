import { Type } from 'typebox';
import { kindNamed, registerFile, storeBytes } from '../../../foundation/files/index.ts';
import { localDate } from '../../../platform/clock.ts';
import { isDate } from '../../../platform/day.ts';
import { oneOf, pageQuery, said } from '../../../platform/http/api-schema.ts';
import { askedDay } from '../../../platform/http/asked-day.ts';
import { once } from '../../../platform/http/idempotency.ts';
import { cursorOf, cut, limitOf, linksOf } from '../../../platform/http/paging.ts';
import { download, json, type Reply } from '../../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../../platform/http/web.ts';
import { isId, newId } from '../../../platform/ids.ts';
import { invalidInput, problem } from '../../../platform/problems.ts';
import { paths } from '../../../ui/paths.ts';
import { defectStates } from '../defects/defect.ts';
import { listDefectWork } from '../defects/defect-queries.ts';
import { applyPackage, storeTemplates } from '../package/apply-package.ts';
import { exportPackage } from '../package/export-package.ts';
import { packageRefused } from '../package/package-problems.ts';
import { endPackage, insertPackage } from '../package/package-queries.ts';
import { planPackage, type Mapping, type Plan, type PlannedPart } from '../package/plan-package.ts';
import { readPackage, type Package } from '../package/read-package.ts';
import { editScope, manageScope } from '../procedure-permissions.ts';
import { workDocs } from './work-docs.ts';
import { ImportBody, PreviewBody, type PackageBody } from './work-schemas.ts';

const managing = { access: { scope: manageScope }, machine: true } as const;
const BODY_LIMIT = 44 * 1024 * 1024;

/** @throws packageRefused with every reason */
async function packageIn(contentBase64: string): Promise<{ pack: Package; bytes: Buffer }> {
  const bytes = Buffer.from(contentBase64, 'base64');
  const read = await readPackage(bytes);
  if ('faults' in read)
    throw problem(packageRefused, {
      errors: read.faults.slice(0, 200).map(({ place, kind, message }) => ({ pointer: '/contentBase64', message: `${place}: ${kind} ${message}`.trim() })), // prettier-ignore
    });
  return { pack: read, bytes };
}

function mappingOf(body: Omit<PackageBody, 'mode'>): Partial<Mapping> {
  const { fields, units, divisions, roles, catalogues, forms, templates, communes } = body;
  const given = { fields, units, divisions, roles, catalogues, forms, templates, communes };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)) as Partial<Mapping>;
}

function planView(pack: Package, plan: Plan) {
  const parts = (all: readonly PlannedPart[]) => all.map(({ name, state, choice }) => ({ name, state, choice }));
  return {
    sha256: pack.sha256,
    province: pack.manifest.province.name,
    procedures: plan.procedures.map(({ packed, state, currentNumber }) => ({ code: packed.code, name: packed.name.vi, state, currentNumber })), // prettier-ignore
    fields: plan.fields.map(({ code, to }) => ({ code, to })),
    units: plan.units.map(({ name, to, found }) => ({ name, to, found })),
    divisions: plan.divisions,
    roles: plan.roles,
    catalogues: parts(plan.catalogues),
    forms: parts(plan.forms),
    templates: parts(plan.templates),
    communes: plan.communes,
  };
}

/** What an import would do; nothing is written. */
async function preview(request: WebRequest): Promise<Reply> {
  const body = request.json as Omit<PackageBody, 'mode'>;
  const { pack } = await packageIn(body.contentBase64);
  const { reader, config, now } = request;
  return json(planView(pack, await planPackage(reader, config, pack, mappingOf(body), localDate(now))));
}

async function take(request: WebRequest): Promise<Reply> {
  const body = request.json as PackageBody;
  const { config, actor, now } = request;
  const today = localDate(now);
  const validFrom = body.validFrom ?? today;
  if (!isDate(validFrom) || validFrom < today)
    throw problem(invalidInput, { errors: [{ pointer: '/validFrom', message: 'is no day from today on' }] });
  const { pack, bytes } = await packageIn(body.contentBase64);
  const fileName = `api-${pack.sha256.slice(0, 12)}.zip`;
  const blob = await storeBytes(config.filesFolder, bytes, { kind: kindNamed('zip')!, fileName });
  const templates = await storeTemplates(config.filesFolder, pack);
  return once(request, async (tx) => {
    const id = newId();
    const fileId = await registerFile(tx, blob, { kind: 'procedure-package', id });
    const { manifest, sha256 } = pack;
    const facts = { fileName, sha256, province: manifest.province.name, codes: manifest.procedures };
    await insertPackage(tx, { id, fileId, ...facts });
    const plan = await planPackage(tx, config, pack, mappingOf(body), today);
    const mode = body.mode === 'publish' ? 'publish' : 'draft';
    const results = await applyPackage(tx, actor, { pack, plan, templates, mode, validFrom });
    await endPackage(tx, id, 'done', results);
    return json({ id, results }, { status: 201 });
  });
}

async function defects(request: WebRequest): Promise<Reply> {
  const { query, reader } = request;
  const size = limitOf(request, 50);
  const after = cursorOf(request, 3);
  if (after && (!/^[123]$/.test(after[0] ?? '') || !isId(after[2])))
    throw problem(invalidInput, { errors: [{ pointer: '/cursor', message: 'is no cursor of this list' }] });
  const state = query.get('state');
  const filter = {
    state: defectStates.find((one) => one === state) ?? (state === 'all' ? null : ('todo' as const)),
    severity: query.get('severity') ? Number(query.get('severity')) : null,
    kind: query.get('kind'),
    text: query.get('procedure'),
    assigneeId: null,
    importId: null,
  };
  const from = after ? { severity: Number(after[0]), code: after[1]!, id: after[2]! } : null;
  const rows = await listDefectWork(reader, filter, 'nang', from, size + 1);
  const page = cut(rows, size, (row) => [String(row.severity), row.code ?? '', row.id]);
  const items = page.rows.map(({ id, code, name, kind, severity, place, source, state: now, assignee, firstSeenAt, lastSeenAt }) => ({ id, code, name, kind, severity, place, source, state: now, assignee, firstSeenAt, lastSeenAt })); // prettier-ignore
  return json({ items, next: page.next }, { headers: linksOf(request, page.next) });
}

/** Packages of procedures and defects of the national catalogue over the API. */
export function packageApiRoutes(web: Web): void {
  web.get(
    paths.apiProcedurePackageExport,
    {
      ...managing,
      query: Type.Object({
        codes: Type.String({
          pattern: '^\\d{1,2}\\.\\d{4,8}(,\\d{1,2}\\.\\d{4,8}){0,299}$',
          maxLength: 4_000,
          ...said('Mã các thủ tục, cách nhau bằng dấu phẩy', 'Codes of the procedures, with commas'),
        }),
        on: Type.Optional(
          Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', ...said('Như ở ngày nào', 'As they hold on this day') }),
        ),
      }),
      api: workDocs.exportPackage,
    },
    async (request) => {
      const codes = (request.query.get('codes') ?? '').split(',');
      const onDate = askedDay(request, isDate);
      const { bytes, fileName } = await exportPackage(request.reader, request.config, { codes, onDate });
      return download(bytes, { fileName, type: 'application/zip' });
    },
  );
  web.post(
    paths.apiProcedurePackagePreview,
    { ...managing, body: PreviewBody, bodyLimitBytes: BODY_LIMIT, api: workDocs.previewPackage },
    preview,
  );
  web.post(
    paths.apiProcedurePackages,
    { ...managing, body: ImportBody, bodyLimitBytes: BODY_LIMIT, api: workDocs.importPackage },
    take,
  );
  web.get(
    paths.apiProcedureDefects,
    {
      access: { anyScope: [editScope, manageScope] },
      machine: true,
      query: Type.Object({
        state: Type.Optional(
          oneOf([...defectStates, 'all'], said('Bỏ trống: chưa xong', 'Left out: those that wait to be fixed')),
        ),
        severity: Type.Optional(Type.Integer({ minimum: 1, maximum: 3, ...said('Mức độ', 'Severity') })),
        kind: Type.Optional(Type.String({ maxLength: 60, ...said('Loại lỗi', 'Kind') })),
        procedure: Type.Optional(Type.String({ maxLength: 40, ...said('Mã thủ tục', 'Code of the procedure') })),
        ...pageQuery(200, 50),
      }),
      api: workDocs.defects,
    },
    defects,
  );
}
