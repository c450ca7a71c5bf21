import { getFormVersion, loadOptionBook, getSubmission } from '../../engines/forms/index.ts';
import {
  countPages,
  getFile,
  listFilesByIds,
  scanMarkOf,
  listFilesByOwner,
  previewAsked,
  sendFile,
  sendPreview,
  type FileRow,
} from '../../foundation/files/index.ts';
import { listMessagesOf } from '../../foundation/notifications/index.ts';
import { listReadingsOfSubject, noteReading, statedReason } from '../../foundation/readings/index.ts';
import { loadAddressBook, namesOf, provinceOf } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { download, page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { originInWords, originsOf, type OriginWords } from '../paperstore/index.ts';
import { paths } from '../../ui/paths.ts';
import {
  addNote,
  checkPapers,
  findLastAct,
  hasRight,
  mayView,
  seeOthers,
  openDossierFile,
  possibleActs,
  readFileOf,
  renderSlip,
  searchDossiers,
  takeBackMinutes,
  transitions,
  type DossierFile,
  type Note,
  type SlipKind,
  listMoves,
} from '../dossiers/index.ts';
import { readChecks, type DeskAct } from './act-forms.ts';
import { identityShown } from './desk-events.ts';
import { unitsInReach } from './actor-reach.ts';
import { holdersOfPosts } from './desk-lookups.ts';
import { withNames } from './list-worklist.ts';
import { DossierPage, type ShownAnswers } from './views/dossier-page.tsx';
import { FilePagesPage } from './views/file-pages-page.tsx';
import { SearchPage } from './views/search-page.tsx';

const access = { permission: mayView };
type OpenFile = DossierFile & { notes: Note[] };

async function answersOf(
  reader: Reader,
  file: DossierFile,
  files: ReadonlyMap<string, FileRow>,
  origins: ReadonlyMap<string, OriginWords>,
): Promise<ShownAnswers | null> {
  const ids = [file.applicant.formSubmissionId, ...file.supplements.map((each) => each.formSubmissionId)].filter(
    (id) => id !== null,
  );
  const latest = ids.at(-1);
  if (!latest) return null;
  const [now, before] = [
    await getSubmission(reader, latest),
    ids.length > 1 ? await getSubmission(reader, ids.at(-2)!) : null,
  ];
  const { definition } = await getFormVersion(reader, now.formVersionId);
  return {
    definition,
    values: now.values,
    before: before && before.formVersionId === now.formVersionId ? before.values : null,
    day: localDate(now.createdAt),
    books: {
      addresses: await loadAddressBook(),
      options: await loadOptionBook(reader, definition),
      files: {
        find: (id) => {
          const row = files.get(id);
          return row && { id, name: row.fileName, kind: row.kind, sizeBytes: row.sizeBytes, from: origins.get(id) };
        },
      },
    },
  };
}

const paperFileIds = (file: DossierFile): string[] =>
  [...file.papers, ...file.results].flatMap((each) => (each.fileId === null ? [] : [each.fileId]));

/** Every file that belongs to the dossier: of its papers, its results and its form. */
async function filesOf(reader: Reader, file: DossierFile): Promise<Map<string, FileRow>> {
  const rows = [
    ...(await listFilesByIds(reader, paperFileIds(file))),
    ...(await listFilesByOwner(reader, 'dossier', file.id)),
  ];
  return new Map(rows.map((row) => [row.id, row]));
}

/** Slips that the dossier's course has given rise to. */
function slipsOf(file: DossierFile): SlipKind[] {
  const did = (name: string): boolean =>
    file.history.some((entry) => entry.name === name && entry.takenBackAt === null);
  const slips: SlipKind[] = [];
  if (file.channel === 'online') slips.push('acknowledgement');
  if (file.receivedAt !== null) slips.push('receipt', 'control-sheet');
  if (file.supplements.some((each) => each.cancelledAt === null)) slips.push('supplement');
  if (did('refuse')) slips.push('refusal');
  if (did('extend')) slips.push('apology');
  if (did('stop')) slips.push('stop');
  return slips;
}

async function pageOf(
  request: WebRequest,
  file: OpenFile,
  options: {
    showIdentity?: boolean;
    noteError?: string;
    noteText?: string;
    paperErrors?: Record<string, string>;
    status?: number;
  } = {},
): Promise<Reply> {
  const { reader, actor, now } = request;
  const files = await filesOf(reader, file);
  const taken = await originsOf(reader, [...files.keys()]);
  const origins = new Map([...taken].map(([id, each]) => [id, originInWords(each)]));
  // Whoever approves need not press start first; an appointment that has passed cannot be moved any more.
  const isPast = file.dueAt === null || file.dueAt <= now;
  const possible = possibleActs(file).filter((act): act is DeskAct => act !== 'takeBack' && hasRight(actor, act, file));
  const acts = possible.filter(
    (act) => !(act === 'extend' && isPast) && !(act === 'startStep' && possible.includes('approve')),
  );
  const last = await findLastAct(reader, file.id);
  const canUndo =
    last !== undefined &&
    last.name !== 'takeBack' &&
    last.actorId === actor.id &&
    actor.id !== null &&
    last.before !== null &&
    transitions[last.name].reversible &&
    now.getTime() - last.at.getTime() <= takeBackMinutes * 60_000;
  const moves = await listMoves(reader, file.id);
  const unitIds = [
    ...moves.flatMap((move) => [move.handlingFrom, move.handlingTo].filter((id) => id !== null)),
    file.receivingUnitId,
    file.competentUnitId,
    file.handlingUnitId,
    ...file.steps.map((step) => step.unitId),
    ...(file.applicant.supportUnitId ? [file.applicant.supportUnitId] : []),
  ];
  const accesses = await listReadingsOfSubject(reader, { kind: 'dossier', id: file.id }, 30);
  const names = await namesOf(
    reader,
    [...unitIds, ...accesses.flatMap((each) => (each.unitId ? [each.unitId] : []))],
    localDate(now),
  );
  const [assignee] = file.assigneePostId ? await holdersOfPosts(reader, [file.assigneePostId], localDate(now)) : [];
  return page(
    <DossierPage
      moves={moves}
      file={file}
      files={files}
      scanMarks={new Map([...files].map(([id, row]) => [id, scanMarkOf(request.config, row)]))}
      acts={acts}
      undo={canUndo ? last.name : null}
      names={names}
      assigneeName={assignee?.fullName ?? null}
      answers={await answersOf(reader, file, files, origins)}
      origins={origins}
      accesses={accesses}
      messages={await listMessagesOf(reader, { kind: 'dossier', id: file.id })}
      slips={slipsOf(file)}
      now={now}
      isIdentityShown={options.showIdentity ?? false}
      note={{ text: options.noteText ?? '', error: options.noteError ?? null }}
      done={request.query.get('xong')}
      hasMoved={request.query.has('doi')}
      mayCheck={hasRight(actor, 'requestSupplement', file)}
    />,
    { status: options.status ?? 200 },
  );
}

const idOf = (request: WebRequest): string => request.params['id'] ?? '';

async function show(request: WebRequest): Promise<Reply> {
  return pageOf(request, await request.command((tx) => openDossierFile(tx, request.actor, idOf(request))));
}

/** Shows the identity number in full: said aloud, recorded with its purpose, and visible to the applicant. */
async function showIdentity(request: WebRequest): Promise<Reply> {
  const purpose = ((await request.form()).get('purpose') ?? '').trim().slice(0, 200);
  const file = await request.command(async (tx) => {
    const opened = await openDossierFile(
      tx,
      request.actor,
      idOf(request),
      purpose === '' ? undefined : { work: 'identity', purpose: `Xem số định danh: ${purpose}` },
    );
    if (purpose !== '')
      publish(tx, identityShown, {
        subject: { kind: 'dossier', id: opened.id },
        unitId: opened.handlingUnitId,
        payload: { purpose },
      });
    return opened;
  });
  if (purpose === '') return seeOther(request.href(paths.dossier({ id: file.id })));
  return pageOf(request, file, { showIdentity: true });
}

async function note(request: WebRequest): Promise<Reply> {
  const text = ((await request.form()).get('text') ?? '').trim();
  if (text !== '' && text.length <= 4_000) {
    await request.command((tx) =>
      addNote(tx, request.actor, { dossierId: isId(idOf(request)) ? idOf(request) : missing(), text }),
    );
    return seeOther(request.href(`${paths.dossier({ id: idOf(request) }, { xong: 'note' })}#ghi-chu`));
  }
  const file = await request.command((tx) => openDossierFile(tx, request.actor, idOf(request)));
  const vi = request.locale === 'vi';
  const noteError =
    text === ''
      ? vi
        ? 'Hãy viết nội dung ghi chú'
        : 'Write the note'
      : vi
        ? 'Ghi chú dài nhất 4.000 chữ cái'
        : 'At most 4,000 characters';
  return pageOf(request, file, { noteError, noteText: text, status: 422 });
}

function missing(): never {
  throw problem(notFound);
}

async function papers(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const file = await request.command((tx) => openDossierFile(tx, request.actor, idOf(request)));
  const { errors, checks } = readChecks(form, file);
  if (Object.keys(errors).length > 0) return pageOf(request, file, { status: 422 });
  if (checks.length > 0) await request.command((tx) => checkPapers(tx, request.actor, { dossierId: file.id, checks }));
  return seeOther(request.href(`${paths.dossier({ id: file.id }, { xong: 'papers' })}#giay-to`));
}

const SEEN = 'Xem trước giấy tờ của hồ sơ';

/** A file of the dossier; that it was opened is on record. */
async function fileOf(request: WebRequest, purpose = 'Mở giấy tờ của hồ sơ'): Promise<FileRow> {
  const fileId = request.params['fileId'] ?? '';
  if (!isId(fileId)) throw problem(notFound);
  return request.command(async (tx) => {
    const file = await openDossierFile(tx, request.actor, idOf(request), {
      work: 'paper',
      purpose,
    });
    if (!(await filesOf(tx, file)).has(fileId.toLowerCase())) throw problem(notFound);
    return getFile(tx, fileId);
  });
}

/** The pages of a paper as pictures, without a reader for its kind. */
async function filePages(request: WebRequest): Promise<Reply> {
  const file = await fileOf(request, SEEN);
  const pages = file.scanState === 'infected' ? 0 : await countPages(request, file);
  return page(
    <FilePagesPage dossierId={idOf(request)} file={file} scanMark={scanMarkOf(request.config, file)} pages={pages} />,
  );
}

async function slip(request: WebRequest): Promise<Reply> {
  const file = await request.command((tx) =>
    openDossierFile(tx, request.actor, idOf(request), { work: 'slip', purpose: 'In phiếu của hồ sơ' }),
  );
  const kind = slipsOf(file).find((each) => each === request.params['slip']);
  if (!kind) throw problem(notFound);
  const province = provinceOf(request.config);
  const bytes = await renderSlip(request.reader, file, kind, {
    publicUrl: request.config.publicUrl,
    installationSecret: request.config.secret,
    provinceName: province.name.vi,
    placeName: province.shortName.vi,
  });
  return download(bytes, { fileName: `${file.code ?? file.id}-${kind}.pdf`, type: 'application/pdf', inline: true });
}

/** Reasons for which officials look for a person; the last one is told in words. */
export const lookupReasons = {
  'tiep-nhan': 'Tiếp nhận hoặc hướng dẫn người dân tại quầy',
  'tra-ket-qua': 'Trả kết quả',
  'giai-quyet': 'Giải quyết hồ sơ đang xử lý',
  'tra-loi': 'Trả lời câu hỏi, phản ánh của người dân',
  'kiem-tra': 'Kiểm tra, giám sát theo thẩm quyền',
  khac: null,
} as const;

function reasonOf(query: URLSearchParams): string | null {
  const key = query.get('ly-do') ?? '';
  if (!Object.hasOwn(lookupReasons, key)) return null;
  return lookupReasons[key as keyof typeof lookupReasons] ?? statedReason(query.get('ly-do-khac'));
}

/** Whoever types a code works on that dossier; whoever types a name or number looks for a person, and says why. */
async function search(request: WebRequest): Promise<Reply> {
  const text = (request.query.get('tim') ?? '').normalize('NFC').trim().slice(0, 100);
  const { reader, actor, now, query } = request;
  const isCode = /^[A-Z]\d{2}[.\d-]/i.test(text);
  const reason = isCode ? 'Tìm theo mã hồ sơ' : reasonOf(query);
  const chosen = { reason: query.get('ly-do') ?? '', other: (query.get('ly-do-khac') ?? '').slice(0, 200) };
  if (text.length >= 2 && reason === null)
    return page(<SearchPage {...{ text, chosen, now }} rows={[]} needsReason />, { status: 422 });
  const rows = text.length >= 2 ? await searchDossiers(reader, await unitsInReach(reader, actor, now), text) : [];
  const [only] = rows;
  if (rows.length === 1 && only?.code?.toUpperCase() === text.toUpperCase())
    return seeOther(request.href(paths.dossier({ id: only.id })));
  await noteReading(request, rows.map(readFileOf), { work: 'search', purpose: `Tra cứu: ${reason ?? ''}` });
  return page(<SearchPage {...{ text, chosen, now }} rows={await withNames(reader, rows, now)} />);
}

/** The page of one dossier, what hangs on it, and the search that leads to it. */
export function dossierRoutes(web: Web): void {
  const seeing = { access, act: seeOthers };
  web.get(paths.dossier, seeing, show);
  web.post(paths.dossierIdentity, seeing, showIdentity);
  web.get(paths.dossierIdentity, seeing, (request) => seeOther(request.href(paths.dossier({ id: idOf(request) }))));
  web.post(paths.dossierNotes, { access }, note);
  web.post(paths.dossierPapers, seeing, papers);
  web.get(paths.dossierFile, seeing, async (request) => sendFile(request, await fileOf(request)));
  web.get(paths.dossierFilePreview, seeing, async (request) =>
    sendPreview(request, await fileOf(request, SEEN), previewAsked(request.query)),
  );
  web.get(paths.dossierFilePages, seeing, filePages);
  web.get(paths.dossierSlip, seeing, slip);
  web.get(paths.workspaceSearch, seeing, search);
}
