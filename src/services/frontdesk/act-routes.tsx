import { findVersion } from '../procedures/index.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { forbidden, isProblem, notFound, problem, staleVersion, type Problem } from '../../platform/problems.ts';
import { localDate } from '../../platform/clock.ts';
import { freshForm, type FormState, type FormValues } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import {
  findLastAct,
  getDossier,
  hasRight,
  listAssignees,
  mayKnow,
  mayView,
  openDossierFile,
  possibleActs,
  previewAppointment,
  readDossierFile,
  takeBack,
  transitions,
  type Act,
  type Dossier,
  type DossierFile,
} from '../dossiers/index.ts';
import { fieldOfProblem, readAct, type DeskAct, type Errors } from './act-forms.ts';
import { deskActs, pathOfAct } from './act-paths.ts';
import { choiceOf } from './list-worklist.ts';
import { findPhrase, listPhrases, type PhrasePurpose } from './desk-queries.ts';
import { originInWords, originsOf } from '../paperstore/index.ts';
import { readUploads } from './uploads.ts';
import { ActPage } from './views/act-page.tsx';

const access = { permission: mayView };

const phrasesFor: Partial<Record<DeskAct, PhrasePurpose>> = {
  requestSupplement: 'supplement',
  refuse: 'refusal',
  stop: 'refusal',
  withdraw: 'any',
  extend: 'extension',
  sendBack: 'step',
};

/** Everything an act's page needs beside the file. */
async function pageOf(
  request: WebRequest,
  act: DeskAct,
  file: DossierFile,
  form: FormState,
  status: number,
  conflict: Problem | null = null,
): Promise<Reply> {
  const { reader, actor, now, locale } = request;
  const purpose = phrasesFor[act];
  const phrases = purpose
    ? (await listPhrases(reader, actor.id, actor.unitId ?? null)).filter(
        (each) => each.purpose === purpose || each.purpose === 'any',
      )
    : [];
  const assignees = act === 'assign' ? await listAssignees(reader, file, localDate(now)) : [];
  const procedure =
    act === 'refuse' || act === 'stop' ? await findVersion(reader, file.applicant.procedureVersionId) : undefined;
  const taken =
    act === 'receive'
      ? await originsOf(
          reader,
          file.papers.flatMap((each) => each.fileId ?? []),
        )
      : [];
  return page(
    <ActPage
      act={act}
      file={file}
      form={form}
      phrases={phrases}
      people={assignees.map(choiceOf)}
      appointment={act === 'receive' ? await previewAppointment(reader, file, now) : null}
      legalBases={procedure?.content.legalBases?.map((basis) => basis.number) ?? []}
      origins={new Map([...taken].map(([id, each]) => [id, originInWords(each)]))}
      now={now}
      isReversible={transitions[act].reversible}
      conflict={conflict}
    />,
    { status: conflict && locale ? 409 : status },
  );
}

/** Values to start from: what the dossier already says. */
async function startingValues(request: WebRequest, act: DeskAct, file: DossierFile): Promise<FormValues> {
  if (act === 'assign') return { postId: file.assigneePostId ?? '' };
  if (act === 'returnResult') return { channel: file.delivery, receivedBy: file.applicantName };
  if (act === 'requestFee') {
    const procedure = await findVersion(request.reader, file.applicant.procedureVersionId);
    const channel =
      procedure?.content.channels?.find((each) => each.kind === file.channel) ?? procedure?.content.channels?.[0];
    const values: FormValues = { moment: '1' };
    for (const [at, fee] of (channel?.fees ?? []).slice(0, 3).entries()) {
      values[`f-${at}-name`] = fee.name?.[request.locale] ?? fee.name?.vi ?? (fee.kind === 'fee' ? 'Lệ phí' : 'Phí');
      values[`f-${at}-amount`] = fee.amountDong === null ? '' : String(fee.amountDong);
    }
    return values;
  }
  return {};
}

async function show(request: WebRequest, act: DeskAct): Promise<Reply> {
  const file = await request.command((tx) => openDossierFile(tx, request.actor, request.params['id'] ?? ''));
  if (!hasRight(request.actor, act, file)) throw problem(forbidden, { act });
  if (!possibleActs(file).includes(act)) return seeOther(request.href(paths.dossier({ id: file.id }, { doi: 1 })));
  return pageOf(request, act, file, freshForm(await startingValues(request, act, file)), 200);
}

/** Whether the actor's own act of this name is the one that made the version after the one they saw: a double click. */
async function isRepeated(request: WebRequest, id: string, act: Act, seen: number): Promise<boolean> {
  if (!isId(id)) return false;
  const last = await findLastAct(request.reader, id);
  if (!last || last.name !== act || last.actorId !== request.actor.id) return false;
  return (await getDossier(request.reader, id)).version === seen + 1;
}

/** Where to go after an act: the dossier, or the list when it has left the actor's sight. */
const after = (request: WebRequest, dossier: Dossier, act: string): Reply =>
  seeOther(
    request.href(
      mayKnow(request.actor, dossier)
        ? paths.dossier({ id: dossier.id }, { xong: act })
        : paths.worklist({ xong: act }),
    ),
  );

/** The dossier as it stands, without a record of reading: its page was opened, and recorded, before. */
async function presentFile(request: WebRequest): Promise<DossierFile> {
  const id = request.params['id'] ?? '';
  const dossier = isId(id) ? await getDossier(request.reader, id) : undefined;
  if (!dossier || !mayKnow(request.actor, dossier)) throw problem(notFound);
  return readDossierFile(request.reader, dossier);
}

const valuesOf = (form: URLSearchParams): FormValues => {
  const values: FormValues = {};
  for (const name of new Set(form.keys()))
    if (name !== '_csrf') values[name] = form.getAll(name).length > 1 ? form.getAll(name) : (form.get(name) ?? '');
  return values;
};

/** The version that the form was made from; a form without one counts as an old one. */
const seenVersion = (form: URLSearchParams): number =>
  /^\d{1,9}$/.test(form.get('version') ?? '') ? Number(form.get('version')) : -1;

async function insertPhraseText(request: WebRequest, form: URLSearchParams): Promise<FormValues> {
  const id = form.get('phrase') ?? '';
  const phrase = isId(id)
    ? await findPhrase(request.reader, id, request.actor.id, request.actor.unitId ?? null)
    : undefined;
  const reason = form.get('reason')?.trim() ?? '';
  return {
    ...valuesOf(form),
    ...(phrase ? { reason: reason === '' ? phrase.body : `${reason}\n${phrase.body}` } : {}),
  };
}

async function perform(request: WebRequest, act: DeskAct): Promise<Reply> {
  const { form, uploads, refused } = await readUploads(request);
  const version = seenVersion(form);
  const id = request.params['id'] ?? '';
  if (await isRepeated(request, id, act, version)) return after(request, await getDossier(request.reader, id), act);
  const file = await presentFile(request);
  if (!hasRight(request.actor, act, file)) throw problem(forbidden, { act });
  if (form.has('_insert')) return pageOf(request, act, file, freshForm(await insertPhraseText(request, form)), 200);
  const read = readAct(act, form, file, uploads);
  const errors: Errors = { ...read.errors, ...refused };
  const again = (found: Errors, status: number, conflict: Problem | null = null): Promise<Reply> =>
    pageOf(
      request,
      act,
      file,
      {
        values: valuesOf(form),
        errors: Object.fromEntries(Object.entries(found).map(([name, text]) => [name, text[request.locale]])),
      },
      status,
      conflict,
    );
  if (version !== file.version) {
    // Said by the core with both values, before anything is judged: the person looked at another dossier.
    const stale = await staleOf(request, file, version);
    return again({}, 409, stale);
  }
  if (Object.keys(errors).length > 0) return again(errors, 422);
  try {
    return after(
      request,
      await request.command((tx) => read.run(tx, request.actor, { dossierId: file.id, version })),
      act,
    );
  } catch (error) {
    if (!isProblem(error) || error.definition.status === 403 || error.definition.status === 404) throw error;
    if (await isRepeated(request, id, act, version)) return after(request, await getDossier(request.reader, id), act);
    if (error.definition.status === 422)
      return again({ [fieldOfProblem(error.definition.code)]: error.definition.title }, 422);
    return again({}, 409, error);
  }
}

/** What the person saw, and what stands now. */
async function staleOf(request: WebRequest, file: DossierFile, seen: number): Promise<Problem> {
  const last = await findLastAct(request.reader, file.id);
  const lastAct = last ? { name: last.name, at: last.at.toISOString(), by: last.actorLabel } : null;
  return problem(staleVersion, { seen: { version: Math.max(seen, 0) }, current: { version: file.version, lastAct } });
}

async function undo(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const id = request.params['id'] ?? '';
  if (!isId(id)) throw problem(notFound);
  if (await isRepeated(request, id, 'takeBack', seenVersion(form)))
    return after(request, await getDossier(request.reader, id), 'takeBack');
  const dossier = await request.command((tx) =>
    takeBack(tx, request.actor, { dossierId: id, version: seenVersion(form) }),
  );
  return after(request, dossier, 'takeBack');
}

/** One page and one address per act. */
export function actRoutes(web: Web): void {
  for (const act of deskActs) {
    web.get(pathOfAct(act), { access }, (request) => show(request, act));
    web.post(pathOfAct(act), { access }, (request) => perform(request, act));
  }
  web.post(paths.dossierUndo, { access }, undo);
}
