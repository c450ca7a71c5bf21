import { localDate } from '../../platform/clock.ts';
import { page, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { problem } from '../../platform/problems.ts';
import { parseDay } from '../../platform/day.ts';
import { listQuery } from '../../ui/components/data-table.tsx';
import { paths } from '../../ui/paths.ts';
import { catalogueMissing, versionMissing } from './catalogue-problems.ts';
import { findCatalogue, listCatalogues, type Catalogue } from './catalogue-queries.ts';
import { scopes } from './catalogue.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { exportItems } from './export-items.ts';
import { listMapping, mappingsOf } from './mapping-queries.ts';
import { namesAround } from './names-around.ts';
import { itemsOf, listVersions, pageOfItems, versionOn } from './version-queries.ts';
import { MappingPage } from './views/mapping-page.tsx';
import { PublicCataloguePage, PublicCataloguesPage } from './views/public-pages.tsx';

const PAGE = 100;
const example = { code: 'dan-toc' };

/** What everybody may read: the lists, and each on a day of choice, to look up and to take away. */
export function publicRoutes(web: Web): void {
  const cached = { access: 'public', cacheSeconds: 60 } as const;
  web.get(paths.catalogues, cached, list);
  web.get(paths.catalogue, { ...cached, example }, one);
  web.get(paths.catalogueMapping, { ...cached, example: { code: 'tinh-thanh', target: 'tinh-thanh' } }, mapping);
  web.get(paths.catalogueExport, { access: 'public', example: { ...example, format: 'csv' } }, take);
}

/** The day asked for with `?ngay=`, today otherwise. */
export const dayAsked = (request: WebRequest): string =>
  parseDay(request.query.get('ngay') ?? '') ?? localDate(request.now);
export const textAsked = (request: WebRequest): string => (request.query.get('tim') ?? '').trim().slice(0, 200);

/** The catalogue of the address. @throws Problem `not-found` */
export async function catalogueOf(request: WebRequest, name: 'code' | 'target' = 'code'): Promise<Catalogue> {
  const catalogue = await findCatalogue(request.reader, request.params[name] ?? '');
  if (!catalogue) throw problem(catalogueMissing);
  return catalogue;
}

async function list(request: WebRequest): Promise<Reply> {
  const text = textAsked(request);
  const scope = scopes.find((one) => one === request.query.get('pham-vi')) ?? null;
  const rows = await listCatalogues(request.reader, {
    on: localDate(request.now),
    text,
    scope,
    after: readCursor(request.query.get(listQuery.after), 1)?.[0] ?? null,
    limit: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  const next = rows.length > PAGE ? writeCursor([shown.at(-1)!.code]) : null;
  return page(<PublicCataloguesPage rows={shown} text={text} scope={scope} next={next} />);
}

async function one(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const day = dayAsked(request);
  const text = textAsked(request);
  const version = await versionOn(request.reader, catalogue.id, day);
  const after = readCursor(request.query.get(listQuery.after), 2);
  const position = Number(after?.[0]);
  const rows = version
    ? await pageOfItems(request.reader, version.id, {
        on: day,
        text,
        after:
          after && Number.isInteger(position) && Math.abs(position) < 2 ** 31 ? { position, code: after[1]! } : null,
        limit: PAGE + 1,
      })
    : [];
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  const versions = await listVersions(request.reader, catalogue.id);
  return page(
    <PublicCataloguePage
      catalogue={catalogue}
      version={version ?? null}
      versions={versions.filter((each) => each.state === 'published')}
      mappings={await mappingsOf(request.reader, catalogue.id)}
      items={shown}
      day={day}
      isToday={day === localDate(request.now)}
      text={text}
      next={rows.length > PAGE && last ? writeCursor([last.position, last.code]) : null}
    />,
  );
}

/** A page of a mapping with the names of both sides. */
export async function mappingRows(request: WebRequest, from: Catalogue, to: Catalogue, on: string | null) {
  const after = readCursor(request.query.get(listQuery.after), 3);
  const rows = await listMapping(request.reader, from.id, to.id, {
    on,
    from: textAsked(request) || null,
    after: after ? { from: after[0]!, to: after[1]!, id: after[2]! } : null,
    limit: PAGE + 1,
  });
  const shown = rows.slice(0, PAGE);
  const last = shown.at(-1);
  const day = on ?? localDate(request.now);
  const fromNames = await namesAround(request.reader, from.id, day);
  const toNames = from.id === to.id ? fromNames : await namesAround(request.reader, to.id, day);
  return {
    rows: shown.map((row) => ({ ...row, fromName: fromNames.get(row.fromCode), toName: toNames.get(row.toCode) })),
    next: rows.length > PAGE && last ? writeCursor([last.fromCode, last.toCode, last.id]) : null,
  };
}

async function mapping(request: WebRequest): Promise<Reply> {
  const from = await catalogueOf(request);
  const to = await catalogueOf(request, 'target');
  const day = dayAsked(request);
  const { rows, next } = await mappingRows(request, from, to, day);
  return page(<MappingPage from={from} to={to} rows={rows} day={day} text={textAsked(request)} next={next} />);
}

async function take(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const version = await versionOn(request.reader, catalogue.id, dayAsked(request));
  if (!version) throw problem(versionMissing);
  const items = await itemsOf(request.reader, version.id);
  return exportItems(request.params['format'] ?? '', request.locale, catalogue, {
    validFrom: version.validFrom ?? '',
    decision: version.decision,
    items,
  });
}
