import { publish } from '../../platform/events.ts';
import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId, newId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import type { FormState } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { listFields } from '../procedures/index.ts';
import { perAccount } from './application-way.ts';
import { accountOf } from './open-application.ts';
import { maxSavedSearches, maxSearchName, questionOf, searchName, type SavedSearch } from './saved-search.ts';
import { searchRemoved, searchSaved } from './saved-search-events.ts';
import {
  deleteSavedSearch,
  findSavedSearch,
  insertSavedSearch,
  listSavedSearches,
  updateSavedSearch,
} from './saved-search-queries.ts';
import { SavedSearchesPage, SaveSearchPage, savedSearchWords } from './views/saved-search-pages.tsx';

const placeOf = (text: string | null): SavedSearch['place'] | null =>
  text === 'search' || text === 'list' ? text : null;

/** The words of a question, for a name nobody has to think of. */
async function suggestedName(request: WebRequest, query: string): Promise<string> {
  const asked = new URLSearchParams(query);
  const field = asked.get('linh-vuc');
  const name = field
    ? (await listFields(request.reader)).find((each) => each.code === field)?.name[request.locale]
    : '';
  return [asked.get('q'), name].filter(Boolean).join(', ').slice(0, maxSearchName);
}

function faultOf(request: WebRequest, name: string | null): string | null {
  const own = savedSearchWords.in(request.locale);
  if (name === null) return own.nameMissing;
  return name.length > maxSearchName ? own.nameLong : null;
}

function newPage(request: WebRequest, asked: { place: SavedSearch['place']; query: string }, form: FormState): Reply {
  accountOf(request.actor);
  return page(<SaveSearchPage id={null} {...asked} form={form} />, {
    status: Object.keys(form.errors).length > 0 ? 422 : 200,
  });
}

async function showNew(request: WebRequest): Promise<Reply> {
  const place = placeOf(request.query.get('cho'));
  const query = place && questionOf(place, request.query);
  if (!place || !query) return seeOther(request.href(paths.savedSearches()));
  const values = { ten: await suggestedName(request, query), bao: 'co' };
  return newPage(request, { place, query }, { values, errors: {} });
}

async function save(request: WebRequest): Promise<Reply> {
  const { actor, locale } = request;
  const account = accountOf(actor);
  const fields = await request.form();
  const place = placeOf(fields.get('cho'));
  const query = place && questionOf(place, new URLSearchParams(fields.get('cau-hoi') ?? ''));
  if (!place || !query) return seeOther(request.href(paths.savedSearches()));
  const name = searchName(fields.get('ten'));
  const tells = fields.get('bao') === 'co';
  const values = { ten: (fields.get('ten') ?? '').slice(0, 500), bao: tells ? 'co' : '' };
  const fault = faultOf(request, name);
  if (fault || name === null) return newPage(request, { place, query }, { values, errors: { ten: fault ?? '' } });
  const id = newId();
  const isSaved = await request.command(async (tx) => {
    const saved = { id, accountId: account.id, name, place, query, tells, locale };
    if (!(await insertSavedSearch(tx, saved, maxSavedSearches))) return false;
    publish(tx, searchSaved, { subject: { kind: 'account', id: account.id }, payload: { place, tells } });
    return true;
  });
  const own = savedSearchWords.in(locale);
  if (!isSaved) return newPage(request, { place, query }, { values, errors: { ten: own.full(maxSavedSearches) } });
  return seeOther(request.href(paths.savedSearches({ xong: 'saved' })));
}

/** A saved search of the signed-in account. @throws notFound for everybody else's */
async function ownOf(request: WebRequest): Promise<SavedSearch> {
  const id = request.params['id'] ?? '';
  const found = isId(id) ? await findSavedSearch(request.reader, id, accountOf(request.actor).id) : undefined;
  if (!found) throw problem(notFound);
  return found;
}

const editPage = (saved: SavedSearch, form: FormState): Reply =>
  page(<SaveSearchPage id={saved.id} place={saved.place} query={saved.query} form={form} />, {
    status: Object.keys(form.errors).length > 0 ? 422 : 200,
  });

async function change(request: WebRequest): Promise<Reply> {
  const saved = await ownOf(request);
  const fields = await request.form();
  const name = searchName(fields.get('ten'));
  const tells = fields.get('bao') === 'co';
  const fault = faultOf(request, name);
  const values = { ten: (fields.get('ten') ?? '').slice(0, 500), bao: tells ? 'co' : '' };
  if (fault || name === null) return editPage(saved, { values, errors: { ten: fault ?? '' } });
  await request.command(async (tx) => {
    await updateSavedSearch(tx, saved.id, saved.accountId, { name, tells });
    publish(tx, searchSaved, {
      subject: { kind: 'account', id: saved.accountId },
      payload: { place: saved.place, tells },
    });
  });
  return seeOther(request.href(paths.savedSearches({ xong: 'saved' })));
}

/** Naming, changing, removing; told when a procedure in one changes (`tell-of-changes.ts`). */
export function savedSearchRoutes(web: Web): void {
  const person = { access: 'person' } as const;
  web.get(paths.savedSearches, person, async (request) => {
    const done = request.query.get('xong');
    return page(
      <SavedSearchesPage
        rows={await listSavedSearches(request.reader, accountOf(request.actor).id)}
        done={done === 'saved' || done === 'removed' ? done : null}
      />,
    );
  });
  web.get(paths.savedSearchNew, { access: 'submitter' }, showNew);
  web.post(paths.savedSearchNew, perAccount('saved-search', 60), save);
  web.get(paths.savedSearch, { access: 'submitter' }, async (request) => {
    const saved = await ownOf(request);
    return editPage(saved, { values: { ten: saved.name, bao: saved.tells ? 'co' : '' }, errors: {} });
  });
  web.post(paths.savedSearch, perAccount('saved-search', 60), change);
  web.post(paths.savedSearchRemoval, perAccount('saved-search', 60), async (request) => {
    const saved = await ownOf(request);
    await request.form();
    await request.command(async (tx) => {
      await deleteSavedSearch(tx, saved.id, saved.accountId);
      publish(tx, searchRemoved, {
        subject: { kind: 'account', id: saved.accountId },
        payload: { place: saved.place, tells: saved.tells },
      });
    });
    return seeOther(request.href(paths.savedSearches({ xong: 'removed' })));
  });
}
