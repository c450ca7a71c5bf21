import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, problem, staleVersion } from '../../platform/problems.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { mayView } from '../dossiers/index.ts';
import { findPhrase, listPhrases, type Phrase } from './desk-queries.ts';
import { phraseNotFound } from './desk-problems.ts';
import { readPhrase, removePhrase, savePhrase } from './save-phrase.ts';
import { PhrasePage, PhrasesPage } from './views/phrases-page.tsx';

const access = { permission: mayView };
const valuesOf = (form: URLSearchParams): FormState['values'] =>
  Object.fromEntries([...form].filter(([name]) => name !== '_csrf'));

async function listPage(request: WebRequest, form: FormState, status = 200): Promise<Reply> {
  const phrases = await listPhrases(request.reader, request.actor.id, request.actor.unitId ?? null);
  return page(<PhrasesPage phrases={phrases} form={form} done={request.query.get('xong')} />, { status });
}

async function phraseOf(request: WebRequest): Promise<Phrase> {
  const id = request.params['phraseId'] ?? '';
  const phrase = isId(id)
    ? await findPhrase(request.reader, id, request.actor.id, request.actor.unitId ?? null)
    : undefined;
  if (!phrase) throw problem(phraseNotFound);
  return phrase;
}

async function add(request: WebRequest): Promise<Reply> {
  const form = await request.form();
  const { errors, input } = readPhrase(form);
  if (Object.keys(errors).length > 0)
    return listPage(
      request,
      {
        values: valuesOf(form),
        errors: Object.fromEntries(Object.entries(errors).map(([name, text]) => [name, text[request.locale]])),
      },
      422,
    );
  await request.command((tx) => savePhrase(tx, request.actor, input, null));
  return seeOther(request.href(paths.phrases({ xong: 'phrase' })));
}

async function edit(request: WebRequest): Promise<Reply> {
  const phrase = await phraseOf(request);
  return page(
    <PhrasePage
      phrase={phrase}
      form={freshForm({ ...phrase, updatedAt: '', version: String(phrase.version), officerId: '', unitId: '' })}
      conflict={null}
    />,
  );
}

async function change(request: WebRequest): Promise<Reply> {
  const phrase = await phraseOf(request);
  const form = await request.form();
  const { errors, input } = readPhrase(form);
  const version = /^\d{1,9}$/.test(form.get('version') ?? '') ? Number(form.get('version')) : -1;
  const said = Object.fromEntries(Object.entries(errors).map(([name, text]) => [name, text[request.locale]]));
  if (Object.keys(errors).length > 0)
    return page(<PhrasePage phrase={phrase} form={{ values: valuesOf(form), errors: said }} conflict={null} />, {
      status: 422,
    });
  try {
    await request.command((tx) => savePhrase(tx, request.actor, input, { id: phrase.id, version }));
  } catch (error) {
    if (!isProblem(error, staleVersion)) throw error;
    return page(<PhrasePage phrase={phrase} form={{ values: valuesOf(form), errors: {} }} conflict={phrase} />, {
      status: 409,
    });
  }
  return seeOther(request.href(paths.phrases({ xong: 'phrase' })));
}

async function remove(request: WebRequest): Promise<Reply> {
  const phrase = await phraseOf(request);
  await request.command((tx) => removePhrase(tx, request.actor, phrase.id));
  return seeOther(request.href(paths.phrases()));
}

/** Saved phrases: the officer's own and their unit's. */
export function phraseRoutes(web: Web): void {
  web.get(paths.phrases, { access }, (request) => listPage(request, freshForm({ owner: 'own' })));
  web.post(paths.phrases, { access }, add);
  web.get(paths.phrase, { access }, edit);
  web.post(paths.phrase, { access }, change);
  web.post(paths.phraseRemoval, { access }, remove);
}
