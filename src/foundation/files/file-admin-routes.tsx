import { localDate } from '../../platform/clock.ts';
import { isId } from '../../platform/ids.ts';
import { enqueue, defineJob } from '../../platform/jobs.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isProblem, notFound, problem, staleVersion } from '../../platform/problems.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { paths } from '../../ui/paths.ts';
import {
  findErasure,
  findLastVerification,
  listErasures,
  listGrowth,
  listSpace,
  measureSpace,
} from './care-queries.ts';
import { eraseFile } from './erase-file.ts';
import { manageFiles } from './file-permissions.ts';
import { readPolicyVersion, savePolicy, type FilePolicy } from './file-policy.ts';
import { policyWrong } from './file-problems.ts';
import { findByDigest, listFilesByIds, type FileRow } from './file-queries.ts';
import { releaseInfected } from './scan-files.ts';
import { countScans, filesOfDigest, findScanner, listInfected } from './scan-queries.ts';
import { CertificatePage, ErasuresPage, FoundPage } from './views/erasure-pages.tsx';
import { InfectedPage } from './views/infected-page.tsx';
import { FileStorePage, ruleWords } from './views/store-page.tsx';

const access = { permission: manageFiles };
const PAGE = 50;

/** Counts what lies in the store; at night, and when an administrator asks. */
export const measureStore = defineJob<Record<string, never>>('files.measure', {
  run: ({ db, clock, requestId }) =>
    inTransaction(db, { actor: systemActor('files.measure'), clock, requestId }, (tx) =>
      measureSpace(tx, localDate(tx.now)),
    ),
});

const megabytes = (bytes: number | null): string => (bytes === null ? '' : String(Math.round(bytes / 1_000_000)));

async function showStore(request: WebRequest, form?: FormState, status = 200): Promise<Reply> {
  const { reader, config } = request;
  const { policy, version } = await readPolicyVersion(reader);
  const shown =
    form ??
    freshForm({
      whenUnscanned: policy.whenUnscanned,
      rescanDays: String(policy.rescanDays),
      longSide: String(policy.pictures.longSide),
      quality: String(policy.pictures.quality),
      personMegabytes: megabytes(policy.personBytes),
      unitMegabytes: megabytes(policy.unitBytes),
    });
  return page(
    <FileStorePage
      store={config.filesStore}
      hasScanner={config.clamd !== null}
      space={await listSpace(reader)}
      growth={await listGrowth(reader)}
      scans={await countScans(reader)}
      scanner={(await findScanner(reader)) ?? null}
      reading={(await findLastVerification(reader)) ?? null}
      form={shown}
      version={version}
      isSaved={request.query.get('da-luu') === '1'}
      isMeasuring={request.query.get('dang-tinh') === '1'}
    />,
    { status },
  );
}

const FIELDS = ['whenUnscanned', 'rescanDays', 'longSide', 'quality', 'personMegabytes', 'unitMegabytes'] as const;
const whole = (text: string): number => (/^\d{1,9}$/.test(text) ? Number(text) : Number.NaN);
const room = (text: string): number | null => (text === '' ? null : whole(text) * 1_000_000);

async function changePolicy(request: WebRequest): Promise<Reply> {
  const fields = await request.form();
  const given = Object.fromEntries(
    FIELDS.map((name) => [name, (fields.get(name) ?? '').trim().slice(0, 20)]),
  ) as Record<(typeof FIELDS)[number], string>;
  const policy: FilePolicy = {
    whenUnscanned: given.whenUnscanned === 'block' ? 'block' : 'mark',
    rescanDays: whole(given.rescanDays),
    pictures: { longSide: whole(given.longSide), quality: whole(given.quality) },
    personBytes: room(given.personMegabytes),
    unitBytes: room(given.unitMegabytes),
  };
  try {
    await request.command((tx) => savePolicy(tx, policy, whole(fields.get('version') ?? '') || 0));
  } catch (error) {
    if (!isProblem(error, policyWrong) && !isProblem(error, staleVersion)) throw error;
    const own = ruleWords.in(request.locale);
    const says = isProblem(error, staleVersion) ? staleVersion.title[request.locale] : null;
    const errors: Record<string, string> = {};
    const check = (name: (typeof FIELDS)[number], isRight: boolean) => {
      if (!isRight) errors[name] = own.ranges[name];
    };
    const { pictures } = policy;
    check('rescanDays', policy.rescanDays >= 0 && policy.rescanDays <= 3_650);
    check('longSide', pictures.longSide >= 800 && pictures.longSide <= 12_000);
    check('quality', pictures.quality >= 40 && pictures.quality <= 100);
    check('personMegabytes', policy.personBytes === null || policy.personBytes >= 1_000_000);
    check('unitMegabytes', policy.unitBytes === null || policy.unitBytes >= 1_000_000);
    if (says) errors['whenUnscanned'] = says;
    return showStore(request, { values: given, errors }, says ? 409 : 422);
  }
  return seeOther(request.href(`${paths.adminFiles()}?da-luu=1`));
}

async function measureNow(request: WebRequest): Promise<Reply> {
  await request.form();
  await request.command(async (tx) => enqueue(tx, measureStore, {}, { key: 'files.measure' }));
  return seeOther(request.href(`${paths.adminFiles()}?dang-tinh=1`));
}

async function showInfected(request: WebRequest): Promise<Reply> {
  const rows = await listInfected(request.reader, request.query.get('xem') !== 'tat-ca');
  const files = new Map<string, Awaited<ReturnType<typeof filesOfDigest>>>();
  for (const row of rows.slice(0, 50))
    files.set(row.sha256.toString('hex'), await filesOfDigest(request.reader, row.sha256));
  return page(<InfectedPage rows={rows} files={files} isAll={request.query.get('xem') === 'tat-ca'} />);
}

async function decideInfected(request: WebRequest): Promise<Reply> {
  const fields = await request.form();
  const digest = fields.get('sha256') ?? '';
  const remark = (fields.get('remark') ?? '').trim().slice(0, 500);
  if (!/^[0-9a-f]{64}$/.test(digest)) throw problem(notFound);
  const sha256 = Buffer.from(digest, 'hex');
  await request.command(async (tx) => {
    if (fields.get('_do') === 'release') await releaseInfected(tx, request.actor, { sha256, remark });
    else
      for (const file of await filesOfDigest(tx, sha256))
        await eraseFile(tx, request.actor, { fileId: file.id, basis: remark || ruleWords.in('vi').infectedBasis });
  });
  return seeOther(request.href(paths.adminInfected()));
}

/** A file by its id, or every file with a digest: the last part of an address is enough. */
async function find(request: WebRequest): Promise<{ typed: string; files: FileRow[] | null }> {
  const typed = (request.query.get('tim') ?? '').trim().slice(0, 300);
  const id = /[0-9a-f]{8}-[0-9a-f-]{27}(?=$|[?#])/.exec(typed.toLowerCase())?.[0];
  if (/^[0-9a-f]{64}$/i.test(typed))
    return { typed, files: await findByDigest(request.reader, Buffer.from(typed, 'hex')) };
  if (id && isId(id)) return { typed, files: await listFilesByIds(request.reader, [id]) };
  return { typed, files: typed === '' ? null : [] };
}

async function showErasures(request: WebRequest, error?: string): Promise<Reply> {
  const [at = '', id = ''] = (request.query.get(listQuery.after) ?? '').slice(0, 100).split('_');
  const before = isId(id) && !Number.isNaN(Date.parse(at)) && /^\d{4}-/.test(at) ? { at: new Date(at), id } : null;
  const rows = await listErasures(request.reader, before, PAGE + 1);
  const found = await find(request);
  if (found.typed !== '' || error)
    return page(<FoundPage typed={found.typed} files={found.files ?? []} error={error} />, {
      status: error ? 422 : 200,
    });
  const last = rows.length > PAGE ? rows[PAGE - 1] : undefined;
  return page(
    <ErasuresPage rows={rows.slice(0, PAGE)} next={last ? `${last.decidedAt.toISOString()}_${last.id}` : null} />,
  );
}

async function eraseNow(request: WebRequest): Promise<Reply> {
  const fields = await request.form();
  const basis = (fields.get('basis') ?? '').trim();
  const fileId = fields.get('fileId') ?? '';
  if (basis === '' || basis.length > 500) {
    request.query.set('tim', fileId.slice(0, 40));
    return showErasures(request, ruleWords.in(request.locale).basisNeeded);
  }
  const id = await request.command((tx) => eraseFile(tx, request.actor, { fileId, basis }));
  return seeOther(request.href(paths.adminErasure({ id })));
}

/** The store as its administrators see it. */
export function fileAdminRoutes(web: Web): void {
  web.get(paths.adminFiles, { access }, (request) => showStore(request));
  web.post(paths.adminFiles, { access }, changePolicy);
  web.post(paths.adminFilesMeasure, { access }, measureNow);
  web.get(paths.adminInfected, { access }, showInfected);
  web.post(paths.adminInfected, { access }, decideInfected);
  web.get(paths.adminErasures, { access }, (request) => showErasures(request));
  web.post(paths.adminErasures, { access }, eraseNow);
  web.get(paths.adminErasure, { access, example: { id: '00000000-0000-7000-8000-000000000000' } }, async (request) => {
    const id = request.params['id'] ?? '';
    const erasure = isId(id) ? await findErasure(request.reader, id) : undefined;
    if (!erasure) throw problem(notFound);
    return page(<CertificatePage erasure={erasure} />);
  });
}
