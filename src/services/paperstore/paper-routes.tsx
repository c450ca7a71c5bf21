import {
  canPreview,
  defaultPaperKinds,
  extensionsOf,
  getFile,
  previewAsked,
  receiveForm,
  scanMarkOf,
  sendFile,
  sendPreview,
} from '../../foundation/files/index.ts';
import { namesOf } from '../../foundation/organisations/index.ts';
import { listReadingsOfSubject } from '../../foundation/readings/index.ts';
import { localDate } from '../../platform/clock.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { deletePapers, erasePaper, restorePaper } from './delete-paper.ts';
import { changePaper, keepPaper } from './keep-paper.ts';
import { readPaperForm, valuesOfPaper } from './paper-form.ts';
import { paperKindsOf } from './paper-kinds.ts';
import { paperNotFound } from './paper-problems.ts';
import { findPaper } from './paper-queries.ts';
import { remindDaysOf } from './store-choice.ts';
import { doneIn, storeAccount, writing } from './store-routes.tsx';
import { storeLimits, type StoredPaper } from './stored-paper.ts';
import { listUses } from './use-queries.ts';
import { PaperFormPage } from './views/paper-form-page.tsx';
import { PaperPage } from './views/paper-page.tsx';
import { storeWords } from './views/store-words.ts';

/** A paper of the signed-in account that is not deleted. @throws paperNotFound */
async function paperOf(request: WebRequest): Promise<StoredPaper> {
  const id = request.params['id'] ?? '';
  const paper = isId(id) ? await findPaper(request.reader, id, storeAccount(request.actor)) : undefined;
  if (!paper || paper.deletedAt) throw problem(paperNotFound);
  return paper;
}

function formPage(request: WebRequest, form: FormState, paper: StoredPaper | null): Reply {
  return page(
    <PaperFormPage
      form={form}
      kinds={paperKindsOf(request.config)}
      fileKinds={extensionsOf(defaultPaperKinds)}
      paper={paper}
    />,
    { status: Object.keys(form.errors).length > 0 ? 422 : 200 },
  );
}

/** The sent form: facts, the new file if there is one, and what is wrong in the person's language. */
async function readSent(request: WebRequest, needsFile: boolean) {
  const own = storeWords.in(request.locale);
  const { fields, files, refused } = await receiveForm(request, (field) =>
    field === 'tep' ? { maxBytes: storeLimits.fileBytes, kinds: defaultPaperKinds } : null,
  );
  const { facts, faults } = readPaperForm(fields, paperKindsOf(request.config));
  const errors: Record<string, string> = {};
  for (const [name, fault] of Object.entries(faults)) if (fault) errors[name] = own.faults[fault];
  const why = refused.get('tep')?.[request.locale];
  const blob = files[0]?.blob ?? null;
  if (why) errors['tep'] = why;
  else if (needsFile && !blob) errors['tep'] = own.faults.file;
  const values = Object.fromEntries(
    ['loai', 'ten', 'so', 'noi-cap', 'ngay-cap', 'het-han'].map((name) => [
      name,
      (fields.get(name) ?? '').slice(0, 2_000),
    ]),
  );
  return { fields, facts, blob, form: { values, errors }, isRight: Object.keys(errors).length === 0 };
}

async function add(request: WebRequest): Promise<Reply> {
  const accountId = storeAccount(request.actor);
  const { facts, blob, form, isRight } = await readSent(request, true);
  if (!isRight || !blob) return formPage(request, form, null);
  const id = await request.command((tx) => keepPaper(tx, accountId, facts, blob));
  return seeOther(request.href(paths.storedPaper({ id: id! }, { xong: 'added' })));
}

async function change(request: WebRequest): Promise<Reply> {
  const paper = await paperOf(request);
  const { fields, facts, blob, form, isRight } = await readSent(request, false);
  const version = Number(fields.get('version'));
  if (!isRight)
    return formPage(request, form, { ...paper, version: Number.isInteger(version) ? version : paper.version });
  const id = await request.command((tx) => changePaper(tx, paper.accountId, { id: paper.id, version, facts, blob }));
  return seeOther(request.href(paths.storedPaper({ id }, { xong: 'changed' })));
}

async function show(request: WebRequest): Promise<Reply> {
  const { reader, config, now, locale } = request;
  const paper = await paperOf(request);
  const file = await getFile(reader, paper.fileId);
  const [uses, readings, soonDays] = await Promise.all([
    listUses(reader, paper.id),
    listReadingsOfSubject(reader, { kind: 'paper', id: paper.id }, 50),
    remindDaysOf(reader, paper.accountId),
  ]);
  return page(
    <PaperPage
      paper={paper}
      kindName={paperKindsOf(config).find((kind) => kind.key === paper.kind)?.name[locale] ?? ''}
      file={{
        name: file.fileName,
        sizeBytes: file.sizeBytes,
        canPreview: canPreview(file),
        scanMark: scanMarkOf(config, file),
      }}
      uses={uses}
      readings={readings}
      unitNames={await namesOf(
        reader,
        readings.flatMap((row) => row.unitId ?? []),
        localDate(now),
      )}
      today={localDate(now)}
      soonDays={soonDays}
      done={doneIn(request)}
      mayChange={!request.actor.seesOnly}
    />,
  );
}

async function act(request: WebRequest): Promise<Reply> {
  const accountId = storeAccount(request.actor);
  const { id = '', act: name } = request.params;
  await request.form();
  if (name === 'xoa') {
    const count = await request.command((tx) => deletePapers(tx, accountId, [id]));
    if (count === 0) throw problem(paperNotFound);
    return seeOther(request.href(paths.storedPapers({ xong: 'deleted', so: '1' })));
  }
  if (name === 'khoi-phuc') {
    await request.command((tx) => restorePaper(tx, accountId, id));
    return seeOther(request.href(paths.storedPaper({ id }, { xong: 'restored' })));
  }
  if (name !== 'xoa-han') throw problem(notFound);
  await request.command((tx) => erasePaper(tx, accountId, id));
  return seeOther(request.href(paths.storedPapersDeleted({ xong: 'erased' })));
}

const EXAMPLE = { id: '01900000-0000-7000-8000-000000000000' };

/** One stored paper. Somebody else's is 404, as one that does not exist. */
export function paperRoutes(web: Web): void {
  const person = { access: 'person', example: EXAMPLE } as const;
  web.get(paths.storedPaperNew, { access: 'submitter' }, (request) => {
    storeAccount(request.actor);
    return formPage(request, freshForm(), null);
  });
  web.post(paths.storedPaperNew, writing('add', 120), add);
  web.get(paths.storedPaper, person, show);
  web.get(paths.storedPaperEdit, { access: 'submitter', example: EXAMPLE }, async (request) => {
    const paper = await paperOf(request);
    return formPage(request, freshForm(valuesOfPaper(paper)), paper);
  });
  web.post(paths.storedPaperEdit, writing('change', 120), change);
  web.get(paths.storedPaperFile, person, async (request) =>
    sendFile(request, await getFile(request.reader, (await paperOf(request)).fileId)),
  );
  web.get(paths.storedPaperPreview, person, async (request) =>
    sendPreview(request, await getFile(request.reader, (await paperOf(request)).fileId), previewAsked(request.query)),
  );
  web.post(paths.storedPaperAct, writing('act', 120), act);
}
