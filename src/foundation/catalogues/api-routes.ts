import { Type } from 'typebox';
import { askedDay } from '../../platform/http/asked-day.ts';
import { conditional } from '../../platform/http/conditional.ts';
import { linksOf, cursorOf } from '../../platform/http/paging.ts';
import { pageQuery, said } from '../../platform/http/api-schema.ts';
import type { Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { problem } from '../../platform/problems.ts';
import { isDate } from '../../platform/day.ts';
import { paths } from '../../ui/paths.ts';
import { catalogueDocs } from './api-doc.ts';
import { catalogueMissing, itemMissing } from './catalogue-problems.ts';
import { findCatalogue, listCatalogues, type Catalogue } from './catalogue-queries.ts';
import { isChoosable, scopes, type Item } from './catalogue.ts';
import { writeCursor } from './cursor.ts';
import { listMapping, mappingsOf } from './mapping-queries.ts';
import { findItem, listVersions, pageOfItems, versionOn, type Version } from './version-queries.ts';

const on = Type.Optional(
  Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    ...said('Vào ngày nào; bỏ trống là hôm nay', 'Day on which it holds; today when left out'),
  }),
);
const { limit, cursor } = pageQuery(500, 100);
const words = Type.Optional(
  Type.String({
    maxLength: 200,
    ...said('Một phần tên hoặc mã, có thể không dấu', 'Part of a name or code; marks may be left out'),
  }),
);
const example = { code: 'dan-toc' };

/** The public API of shared catalogues: lists, their items on a day, mappings. Answers carry an ETag. */
export function apiRoutes(web: Web): void {
  web.get(
    paths.apiCatalogues,
    {
      access: 'public',
      machine: true,
      query: Type.Object({
        q: words,
        scope: Type.Optional(
          Type.Unsafe<string>({ type: 'string', enum: [...scopes], ...said('Phạm vi dùng', 'Where it is used') }),
        ),
        on,
        limit,
        cursor,
      }),
      api: catalogueDocs.list,
    },
    listFor,
  );
  web.get(
    paths.apiCatalogue,
    {
      access: 'public',
      machine: true,
      api: catalogueDocs.one,
      example,
    },
    async (request) => {
      const catalogue = await catalogueOf(request);
      const versions = await listVersions(request.reader, catalogue.id);
      const mappings = await mappingsOf(request.reader, catalogue.id);
      return conditional(request, {
        ...factsView(catalogue),
        attributes: catalogue.attributes,
        versions: versions.filter((version) => version.state === 'published').map(versionView),
        mappings: mappings.map(({ code, entries }) => ({ to: code, entries })),
      });
    },
  );
  web.get(
    paths.apiCatalogueItems,
    {
      access: 'public',
      machine: true,
      query: Type.Object({
        on,
        q: words,
        parent: Type.Optional(
          Type.String({ maxLength: 60, ...said('Chỉ các mục dưới mục này', 'Only below this item') }),
        ),
        all: Type.Optional(
          Type.Boolean({
            ...said('Cả mục đã hết hoặc chưa có hiệu lực', 'Also items that have ended or not begun on the day'),
          }),
        ),
        limit,
        cursor,
      }),
      api: catalogueDocs.items,
      example,
    },
    itemsFor,
  );
  web.get(
    paths.apiCatalogueItem,
    {
      access: 'public',
      machine: true,
      query: Type.Object({ on }),
      api: catalogueDocs.item,
      example: { ...example, item: '01' },
    },
    async (request) => {
      const catalogue = await catalogueOf(request);
      const day = dayOf(request);
      const version = await versionOn(request.reader, catalogue.id, day);
      const item = version && (await findItem(request.reader, version.id, request.params['item'] ?? ''));
      if (!item) throw problem(itemMissing);
      return conditional(request, { ...itemView(item, day), version: version.number });
    },
  );
  web.get(
    paths.apiCatalogueMapping,
    {
      access: 'public',
      machine: true,
      query: Type.Object({
        on,
        from: Type.Optional(
          Type.String({ maxLength: 60, ...said('Chỉ mã nguồn này', 'Only what this code stands for') }),
        ),
        to: Type.Optional(Type.String({ maxLength: 60, ...said('Chỉ mã đích này', 'Only what stands for this code') })),
        limit,
        cursor,
      }),
      api: catalogueDocs.mapping,
      example: { code: 'tinh-thanh', target: 'tinh-thanh' },
    },
    mappingFor,
  );
}

const dayOf = (request: WebRequest): string => askedDay(request, isDate);

async function catalogueOf(request: WebRequest, name = 'code'): Promise<Catalogue> {
  const catalogue = await findCatalogue(request.reader, request.params[name] ?? '');
  if (!catalogue) throw problem(catalogueMissing);
  return catalogue;
}

/** Reads one row more than asked for, to know whether there is a next page. */
function pageOf<Row>(rows: readonly Row[], size: number, keyOf: (row: Row) => readonly (string | number)[]) {
  const shown = rows.slice(0, size);
  const last = shown.at(-1);
  return { shown, next: rows.length > size && last ? writeCursor(keyOf(last)) : null };
}
const sizeOf = (request: WebRequest): number => Number(request.query.get('limit') ?? 100);

async function listFor(request: WebRequest): Promise<Reply> {
  const size = sizeOf(request);
  const rows = await listCatalogues(request.reader, {
    on: dayOf(request),
    text: request.query.get('q'),
    scope: request.query.get('scope'),
    after: cursorOf(request, 1)?.[0] ?? null,
    limit: size + 1,
  });
  const { shown, next } = pageOf(rows, size, (row) => [row.code]);
  const items = shown.map((row) => ({
    ...factsView(row),
    version: row.number,
    validFrom: row.validFrom,
    items: row.itemCount,
  }));
  return conditional(request, { items, next }, { headers: linksOf(request, next) });
}

async function itemsFor(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const day = dayOf(request);
  const size = sizeOf(request);
  const version = await versionOn(request.reader, catalogue.id, day);
  if (!version) return conditional(request, { version: null, validFrom: null, items: [], next: null });
  const after = cursorOf(request, 2);
  const position = Number(after?.[0]);
  const rows = await pageOfItems(request.reader, version.id, {
    on: request.query.get('all') === 'true' ? null : day,
    text: request.query.get('q'),
    parent: request.query.get('parent'),
    after:
      after && Number.isSafeInteger(position) && Math.abs(position) < 2 ** 31 ? { position, code: after[1]! } : null,
    limit: size + 1,
  });
  const { shown, next } = pageOf(rows, size, (row) => [row.position, row.code]);
  return conditional(
    request,
    {
      version: version.number,
      validFrom: version.validFrom,
      items: shown.map((item) => itemView(item, day)),
      next,
    },
    { headers: linksOf(request, next) },
  );
}

async function mappingFor(request: WebRequest): Promise<Reply> {
  const from = await catalogueOf(request);
  const to = await catalogueOf(request, 'target');
  const size = sizeOf(request);
  const after = cursorOf(request, 3);
  const rows = await listMapping(request.reader, from.id, to.id, {
    on: dayOf(request),
    from: request.query.get('from'),
    to: request.query.get('to'),
    after: after ? { from: after[0]!, to: after[1]!, id: after[2]! } : null,
    limit: size + 1,
  });
  const { shown, next } = pageOf(rows, size, (row) => [row.fromCode, row.toCode, row.id]);
  const items = shown.map(({ fromCode, toCode, validFrom, validTo, note }) => ({
    from: fromCode,
    to: toCode,
    validFrom,
    validTo,
    note,
  }));
  return conditional(request, { items, next }, { headers: linksOf(request, next) });
}

const factsView = (catalogue: Catalogue) => ({
  code: catalogue.code,
  name: { vi: catalogue.nameVi, en: catalogue.nameEn },
  description: { vi: catalogue.descriptionVi, en: catalogue.descriptionEn },
  scope: catalogue.scope,
  owner: catalogue.owner,
  legalBasis: catalogue.legalBasis,
  partnerCode: catalogue.partnerCode,
  isUnsure: catalogue.isUnsure,
  unsureNote: catalogue.unsureNote,
});
const versionView = (version: Version) => ({
  number: version.number,
  validFrom: version.validFrom,
  decision: version.decision,
  items: version.itemCount,
});
const itemView = (item: Item, day: string) => ({
  code: item.code,
  name: { vi: item.nameVi, en: item.nameEn },
  parent: item.parentCode,
  validFrom: item.validFrom,
  validTo: item.validTo,
  replacedBy: item.replacedBy,
  attributes: item.attributes,
  isUnsure: item.isUnsure,
  isChoosable: isChoosable(item, day),
});
