import { createHash } from 'node:crypto';
import { Type } from 'typebox';
import { localDate } from '../../platform/clock.ts';
import { json, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { invalidInput, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { catalogueMissing, itemMissing } from './catalogue-problems.ts';
import { findCatalogue, listCatalogues, type Catalogue } from './catalogue-queries.ts';
import { isChoosable, scopes, type Item } from './catalogue.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { isDate } from './day.ts';
import { listMapping, mappingsOf } from './mapping-queries.ts';
import { findItem, listVersions, pageOfItems, versionOn, type Version } from './version-queries.ts';

const on = Type.Optional(
  Type.String({ pattern: '^\\d{4}-\\d{2}-\\d{2}$', description: 'Day on which it holds; today when left out' }),
);
const limit = Type.Optional(Type.Integer({ minimum: 1, maximum: 500, default: 100 }));
const cursor = Type.Optional(Type.String({ maxLength: 1000 }));
const words = Type.Optional(
  Type.String({ maxLength: 200, description: 'Part of a name or code; marks may be left out' }),
);
const tag = 'catalogues';
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
        scope: Type.Optional(Type.Unsafe<string>({ type: 'string', enum: [...scopes] })),
        on,
        limit,
        cursor,
      }),
      api: { tag, summary: 'List shared catalogues' },
    },
    listFor,
  );
  web.get(
    paths.apiCatalogue,
    {
      access: 'public',
      machine: true,
      query: Type.Object({}),
      api: { tag, summary: 'One catalogue with its versions and mappings' },
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
        parent: Type.Optional(Type.String({ maxLength: 60 })),
        all: Type.Optional(Type.Boolean({ description: 'Also items that have ended or not begun on the day' })),
        limit,
        cursor,
      }),
      api: { tag, summary: 'Items of a catalogue on a day' },
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
      api: { tag, summary: 'One item, as it holds on a day' },
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
        from: Type.Optional(Type.String({ maxLength: 60, description: 'Only what this code stands for' })),
        to: Type.Optional(Type.String({ maxLength: 60, description: 'Only what stands for this code' })),
        limit,
        cursor,
      }),
      api: { tag, summary: 'What the codes of a catalogue stand for in another, on a day' },
      example: { code: 'tinh-thanh', target: 'tinh-thanh' },
    },
    mappingFor,
  );
}

/** JSON with an ETag of its content; 304 without a body when the caller has it already (RFC 9110 §13.1.2). */
function conditional(request: WebRequest, value: unknown): Reply {
  const answer = json(value);
  const body = answer.kind === 'data' ? answer.body : '';
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 27)}"`;
  const headers = { etag, 'cache-control': 'public, max-age=60' };
  const known = (request.headers['if-none-match'] ?? '').split(',').map((one) => one.trim().replace(/^W\//, ''));
  if (known.includes(etag) || known.includes('*'))
    return { kind: 'data', status: 304, body: '', type: 'application/json; charset=utf-8', headers };
  return { ...answer, headers };
}

function dayOf(request: WebRequest): string {
  const text = request.query.get('on');
  if (text === null) return localDate(request.now);
  if (!isDate(text))
    throw problem(invalidInput, { errors: [{ pointer: '/on', message: 'is no day of the calendar' }] });
  return text;
}

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
    after: readCursor(request.query.get('cursor'), 1)?.[0] ?? null,
    limit: size + 1,
  });
  const { shown, next } = pageOf(rows, size, (row) => [row.code]);
  const items = shown.map((row) => ({
    ...factsView(row),
    version: row.number,
    validFrom: row.validFrom,
    items: row.itemCount,
  }));
  return conditional(request, { items, next });
}

async function itemsFor(request: WebRequest): Promise<Reply> {
  const catalogue = await catalogueOf(request);
  const day = dayOf(request);
  const size = sizeOf(request);
  const version = await versionOn(request.reader, catalogue.id, day);
  if (!version) return conditional(request, { version: null, validFrom: null, items: [], next: null });
  const after = readCursor(request.query.get('cursor'), 2);
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
  return conditional(request, {
    version: version.number,
    validFrom: version.validFrom,
    items: shown.map((item) => itemView(item, day)),
    next,
  });
}

async function mappingFor(request: WebRequest): Promise<Reply> {
  const from = await catalogueOf(request);
  const to = await catalogueOf(request, 'target');
  const size = sizeOf(request);
  const after = readCursor(request.query.get('cursor'), 3);
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
  return conditional(request, { items, next });
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
