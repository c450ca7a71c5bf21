import { parseDay } from '../../platform/day.ts';
import { unitsOn } from '../../foundation/organisations/index.ts';
import { search } from '../../foundation/search/index.ts';
import { localDate } from '../../platform/clock.ts';
import { page, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { notFound, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import {
  audiences,
  countFacets,
  findProcedure,
  levels,
  listCurrentByIds,
  listFields,
  listProcedures,
  offersFor,
  procedureDocumentKind,
  procedureNotFound,
  type Field,
  type Procedure,
} from '../procedures/index.ts';
import { lifeEventsOf } from './life-events.ts';
import { monthlyCounts, monthOf, mostUsed, procedureCounts } from './figures.ts';
import { isOnline } from './start-application.ts';
import { HomePage } from './views/home-page.tsx';
import { ProcedurePage, type ProcedurePageProps } from './views/procedure-page.tsx';
import { ProcedureListPage, SearchPage, type CatalogueFilter } from './views/search-page.tsx';

const usedShown = 8;

async function homePage(request: WebRequest): Promise<Reply> {
  const { reader, now } = request;
  const today = localDate(now);
  const [fields, facets, ids, months, listed] = await Promise.all([
    listFields(reader),
    countFacets(reader, { onDate: today, offeredOnly: true }),
    mostUsed(reader, now),
    monthlyCounts(reader, { month: monthOf(now), until: null }, 2),
    listProcedures(reader, { onDate: today, offeredOnly: true }, { limit: usedShown }),
  ]);
  const used = await listCurrentByIds(reader, ids.slice(0, usedShown), today);
  const byId = new Map(used.map((each) => [each.id, each]));
  // In the first days of a month there is nothing to show yet: the month before stands in its place.
  const figures = months.findLast((each) => each.counts.submitted > 0) ?? months.at(-1)!;
  return page(
    <HomePage
      fields={fields}
      counts={facets.field}
      total={Object.values(facets.online).reduce((sum, count) => sum + count, 0)}
      entirelyOnline={facets.online['full'] ?? 0}
      used={ids.length === 0 ? listed.rows : ids.slice(0, usedShown).flatMap((id) => byId.get(id) ?? [])}
      events={lifeEventsOf(request.config)}
      month={figures.month}
      figures={figures.counts}
    />,
  );
}

const among = (text: string | null, known: readonly string[]): string => (text && known.includes(text) ? text : '');

function filterOf(query: URLSearchParams, fields: readonly Field[]): CatalogueFilter {
  const unit = query.get('co-quan') ?? '';
  return {
    field: among(
      query.get('linh-vuc'),
      fields.map((field) => field.code),
    ),
    level: among(query.get('cap'), levels),
    audience: among(query.get('doi-tuong'), audiences),
    online: among(query.get('cach-nop'), ['online']),
    unit: isId(unit) ? unit : '',
  };
}

async function searchPage(request: WebRequest): Promise<Reply> {
  const fields = await listFields(request.reader);
  const filter = filterOf(request.query, fields);
  const query = (request.query.get('q') ?? '').trim().slice(0, 200);
  const facets = [
    filter.field && `field:${filter.field}`,
    filter.level && `level:${filter.level}`,
    filter.audience && `audience:${filter.audience}`,
    filter.online,
  ].filter((facet) => facet !== '');
  const ask = { query, kinds: [procedureDocumentKind], facets, limit: 20, cursor: request.query.get('sau') };
  const found = await search(request.reader, { ...ask, locale: request.locale });
  // A procedure without English words is found by its Vietnamese ones.
  const shown =
    found.hits.length > 0 || request.locale === 'vi' ? found : await search(request.reader, { ...ask, locale: 'vi' });
  return page(
    <SearchPage
      query={query}
      hits={shown.hits}
      searchedFor={shown.searchedFor}
      next={shown.next}
      filter={filter}
      fields={fields}
    />,
  );
}

async function listPage(request: WebRequest, fieldCode: string | null): Promise<Reply> {
  const { reader, query, now } = request;
  const today = localDate(now);
  const [fields, units] = await Promise.all([listFields(reader), unitsOn(reader, ['department'], today)]);
  const field = fieldCode === null ? null : (fields.find((each) => each.code === fieldCode) ?? null);
  if (fieldCode !== null && !field) throw problem(notFound);
  const filter = filterOf(query, fields);
  const asked = {
    onDate: today,
    field: field?.code ?? (filter.field || null),
    level: filter.level || null,
    audience: filter.audience || null,
    unitId: filter.unit || null,
    offeredOnly: true,
  };
  const [list, facets] = await Promise.all([
    listProcedures(reader, asked, { after: query.get('sau'), limit: 20 }),
    countFacets(reader, asked),
  ]);
  return page(
    <ProcedureListPage
      rows={list.rows}
      next={list.next}
      total={Object.values(facets.online).reduce((sum, count) => sum + count, 0)}
      field={field}
      filter={filter}
      fields={fields}
      units={units}
    />,
  );
}

async function applyOf(request: WebRequest, procedure: Procedure, today: string): Promise<ProcedurePageProps['apply']> {
  if (procedure.intakeChannel !== 'local' && procedure.onlineScope !== 'none') return 'national';
  if (!isOnline(procedure)) return 'no';
  return (await offersFor(request.reader, procedure.id, today)).length > 0 ? 'online' : 'not-offered';
}

async function procedurePage(request: WebRequest): Promise<Reply> {
  const { reader, now } = request;
  const today = localDate(now);
  const asked = parseDay(request.query.get('ngay'));
  const day = asked ?? today;
  const procedure = await findProcedure(reader, request.params['code'] ?? '', day);
  if (!procedure) throw problem(procedureNotFound);
  const [fields, counts, related, apply] = await Promise.all([
    listFields(reader),
    procedureCounts(reader, procedure.id, { on: day, now }),
    Promise.all(procedure.content.related.slice(0, 8).map((code) => findProcedure(reader, code, today))),
    applyOf(request, procedure, today),
  ]);
  return page(
    <ProcedurePage
      procedure={procedure}
      field={fields.find((field) => field.code === procedure.fieldCode) ?? null}
      related={related.filter((each) => each !== undefined)}
      counts={counts}
      year={(day < today ? day : today).slice(0, 4)}
      asOf={day === today ? null : day}
      apply={apply}
    />,
  );
}

/** Home, search, the catalogue, and the page of one procedure. */
export function catalogueRoutes(web: Web): void {
  const cached = (seconds: number) => ({ access: 'public', cacheSeconds: seconds }) as const;
  web.get(paths.home, cached(30), homePage);
  web.get(paths.search, cached(10), searchPage);
  web.get(paths.procedures, cached(30), (request) => listPage(request, null));
  web.get(paths.procedureField, { ...cached(30), example: { field: 'ho-tich-chung-thuc' } }, (request) =>
    listPage(request, request.params['field'] ?? ''),
  );
  web.get(paths.procedure, { ...cached(60), example: { code: '1.001193' } }, procedurePage);
}
