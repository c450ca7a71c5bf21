import { page, seeOther, type Reply } from '../../platform/http/reply.ts';
import { localDate } from '../../platform/clock.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, notFound, problem } from '../../platform/problems.ts';
import { parseDay } from '../../platform/day.ts';
import { freshForm, type FormState } from '../../ui/components/form-state.ts';
import { paths } from '../../ui/paths.ts';
import { dayError } from './catalogue-forms.ts';
import { manageCatalogues } from './catalogue-permissions.ts';
import { mappingThere } from './catalogue-problems.ts';
import { findCatalogue, listCatalogues } from './catalogue-queries.ts';
import { addPair, endPair } from './edit-mapping.ts';
import { namesAround } from './names-around.ts';
import { catalogueOf, mappingRows } from './public-routes.tsx';
import { editWords, EditMappingPage } from './views/edit-mapping-page.tsx';

const access = { permission: manageCatalogues };

/** Pairs of codes between two lists: added one by one, ended with a last day. */
export function mappingRoutes(web: Web): void {
  web.get(paths.adminCatalogueMapping, { access }, (request) => show(request, freshForm()));
  web.post(paths.adminCatalogueMapping, { access }, add);
  web.post(paths.adminCatalogueMappingEnd, { access }, end);
}

/** The other list: of the address, or of the question. */
async function targetOf(request: WebRequest) {
  const code = request.params['target'] ?? request.query.get('sang');
  return code ? findCatalogue(request.reader, code) : undefined;
}

async function show(request: WebRequest, form: FormState, status = 200): Promise<Reply> {
  const from = await catalogueOf(request);
  const to = await targetOf(request);
  const lists = await listCatalogues(request.reader, { on: localDate(request.now), limit: 500 });
  const shown = to ? await mappingRows(request, from, to, null) : { rows: [], next: null };
  return page(<EditMappingPage from={from} to={to ?? null} lists={lists} {...shown} form={form} />, { status });
}

async function add(request: WebRequest): Promise<Reply> {
  const from = await catalogueOf(request);
  const to = await catalogueOf(request, 'target');
  const fields = await request.form();
  const text = (name: string) => (fields.get(name) ?? '').trim().slice(0, 500);
  const values = Object.fromEntries(
    ['fromCode', 'toCode', 'validFrom', 'validTo', 'note'].map((name) => [name, text(name)]),
  );
  const errors: Record<string, string> = {};
  const own = editWords.in(request.locale);
  const day = (name: string): string | null => {
    if (text(name) === '') return null;
    const read = parseDay(text(name));
    if (read === null) errors[name] = dayError(request.locale);
    return read;
  };
  const [validFrom, validTo] = [day('validFrom'), day('validTo')];
  if (validFrom !== null && validTo !== null && validTo < validFrom) errors['validTo'] = own.period;
  const today = localDate(request.now);
  const later = validFrom !== null && validFrom > today ? validFrom : today;
  if (!(await namesAround(request.reader, from.id, later)).has(text('fromCode'))) errors['fromCode'] = own.unknown;
  if (!(await namesAround(request.reader, to.id, later)).has(text('toCode'))) errors['toCode'] = own.unknown;
  if (Object.keys(errors).length > 0) return show(request, { values, errors }, 422);
  const pair = { fromCode: text('fromCode'), toCode: text('toCode'), validFrom, validTo, note: text('note') || null };
  try {
    await request.command((tx) => addPair(tx, request.actor, from, to, pair));
  } catch (error) {
    if (!isProblem(error, mappingThere)) throw error;
    return show(request, { values, errors: { toCode: mappingThere.title[request.locale] } }, 422);
  }
  return seeOther(request.href(paths.adminCatalogueMapping({ code: from.code, target: to.code })));
}

async function end(request: WebRequest): Promise<Reply> {
  const from = await catalogueOf(request);
  const to = await catalogueOf(request, 'target');
  const fields = await request.form();
  const id = fields.get('id') ?? '';
  const lastDay = parseDay(fields.get('lastDay') ?? '');
  if (!isId(id)) throw problem(notFound);
  if (lastDay === null)
    return show(
      request,
      { values: { lastDay: fields.get('lastDay') ?? '' }, errors: { lastDay: dayError(request.locale) } },
      422,
    );
  await request.command((tx) => endPair(tx, request.actor, from, to, id, lastDay));
  return seeOther(request.href(paths.adminCatalogueMapping({ code: from.code, target: to.code })));
}
