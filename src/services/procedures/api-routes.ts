import { Type } from 'typebox';
import { namesOf } from '../../foundation/organisations/index.ts';
import { search } from '../../foundation/search/index.ts';
import { isDate } from '../../platform/day.ts';
import { askedDay } from '../../platform/http/asked-day.ts';
import { anId, pageQuery, said } from '../../platform/http/api-schema.ts';
import { conditional } from '../../platform/http/conditional.ts';
import { linksOf } from '../../platform/http/paging.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { invalidInput, problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { procedureDocumentKind } from './index-procedure.ts';
import { offersFor, offersOf, type Offer } from './offer-queries.ts';
import { procedureDocs } from './api-doc.ts';
import { procedureNotFound } from './procedure-problems.ts';
import {
  findProcedure,
  listCurrentByCode,
  listProcedures,
  listVersions,
  type ProcedureSummary,
} from './procedure-queries.ts';
import { audiences, levels, type Procedure } from './procedure.ts';

const onDate = Type.Optional(
  Type.String({
    pattern: '^\\d{4}-\\d{2}-\\d{2}$',
    ...said('Vào ngày nào; bỏ trống là hôm nay', 'Day on which it holds; today when left out'),
  }),
);
const id = anId('Mã đơn vị', 'A unit');

const listQuery = Type.Object({
  q: Type.Optional(
    Type.String({
      maxLength: 300,
      ...said('Từ khóa hoặc mã, có thể không dấu', 'Words or a code; marks may be left out'),
    }),
  ),
  field: Type.Optional(Type.String({ maxLength: 60, ...said('Mã lĩnh vực', 'Code of the field') })),
  level: Type.Optional(
    Type.Unsafe<string>({ type: 'string', enum: [...levels], ...said('Cấp giải quyết', 'Level of government') }),
  ),
  audience: Type.Optional(
    Type.Unsafe<string>({ type: 'string', enum: [...audiences], ...said('Đối tượng thực hiện', 'Who may ask for it') }),
  ),
  unit: Type.Optional(id),
  offered: Type.Optional(
    Type.Boolean({ ...said('Chỉ thủ tục có đơn vị tiếp nhận', 'Only what a unit of the province offers') }),
  ),
  on: onDate,
  ...pageQuery(50, 20),
});

const offersQuery = Type.Object({
  unit: Type.Optional(id),
  procedure: Type.Optional(Type.String({ maxLength: 40, ...said('Mã thủ tục', 'Code of the procedure') })),
  on: onDate,
});

/** The public API of procedures: search, one procedure with everything it says, who offers what. */
export function apiRoutes(web: Web): void {
  web.get(
    paths.apiProcedures,
    { access: 'public', machine: true, query: listQuery, api: procedureDocs.list },
    async (request) => {
      const found = await listFor(request);
      return conditional(request, found, { headers: linksOf(request, found.next) });
    },
  );
  web.get(
    paths.apiProcedure,
    {
      access: 'public',
      machine: true,
      query: Type.Object({ on: onDate }),
      api: procedureDocs.one,
      example: { code: '1.001193' },
    },
    async (request) => conditional(request, procedureView(await getByCode(request))),
  );
  web.get(
    paths.apiProcedureVersions,
    { access: 'public', machine: true, api: procedureDocs.versions, example: { code: '1.001193' } },
    async (request) => {
      const versions = await listVersions(request.reader, request.params['code'] ?? '');
      const items = versions.flatMap(({ number, status, validFrom, validTo, decisionNumber, publishedAt }) =>
        status === 'draft' ? [] : [{ number, status, validFrom, validTo, decisionNumber, publishedAt }],
      );
      if (items.length === 0) throw problem(procedureNotFound);
      return conditional(request, { items });
    },
  );
  web.get(
    paths.apiProcedureOffers,
    {
      access: 'public',
      machine: true,
      query: Type.Object({ on: onDate }),
      api: procedureDocs.offers,
      example: { code: '1.001193' },
    },
    async (request) => {
      const procedure = await getByCode(request);
      return conditional(request, {
        items: await offerViews(request, await offersFor(request.reader, procedure.id, dayOf(request))),
      });
    },
  );
  web.get(
    paths.apiOffers,
    {
      access: 'public',
      machine: true,
      query: offersQuery,
      api: procedureDocs.allOffers,
    },
    async (request) => {
      const unit = request.query.get('unit');
      const code = request.query.get('procedure');
      const day = dayOf(request);
      if (unit !== null && isId(unit)) {
        const offers = (await offersOf(request.reader, unit, day)).filter(
          (offer) => code === null || offer.code === code,
        );
        return conditional(request, { items: await offerViews(request, offers) });
      }
      if (code === null)
        throw problem(invalidInput, { errors: [{ pointer: '/unit', message: 'unit or procedure is needed' }] });
      const procedure = await findProcedure(request.reader, code, day);
      const offers = procedure ? await offersFor(request.reader, procedure.id, day) : [];
      return conditional(request, { items: await offerViews(request, offers) });
    },
  );
}

const dayOf = (request: WebRequest): string => askedDay(request, isDate);

async function getByCode(request: WebRequest): Promise<Procedure> {
  const procedure = await findProcedure(request.reader, request.params['code'] ?? '', dayOf(request));
  if (!procedure) throw problem(procedureNotFound);
  return procedure;
}

async function listFor(request: WebRequest) {
  const { query, reader } = request;
  const rows = Number(query.get('limit') ?? 20);
  const cursor = query.get('cursor');
  const unit = query.get('unit');
  const words = (query.get('q') ?? '').trim();
  const onDay = dayOf(request);
  if (words === '') {
    const filter = {
      onDate: onDay,
      field: query.get('field'),
      level: query.get('level'),
      audience: query.get('audience'),
      unitId: unit !== null && isId(unit) ? unit : null,
      offeredOnly: query.get('offered') === 'true',
    };
    const page = await listProcedures(reader, filter, { after: cursor, limit: rows });
    return { items: page.rows.map(summaryView), next: page.next, searchedFor: null };
  }
  const facets = (['field', 'level', 'audience'] as const).flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [`${name}:${value}`];
  });
  if (query.get('offered') === 'true') facets.push('offered');
  const found = await search(reader, {
    query: words,
    locale: request.locale,
    kinds: [procedureDocumentKind],
    facets,
    limit: rows,
    cursor,
  });
  const codes = found.hits.map((hit) => hit.refId);
  const byCode = new Map((await listCurrentByCode(reader, codes, onDay)).map((row) => [row.code, row]));
  const offered =
    unit !== null && isId(unit) ? new Set((await offersOf(reader, unit, onDay)).map((offer) => offer.code)) : null;
  const items = codes.flatMap((code) => {
    const row = byCode.get(code);
    return row && (offered === null || offered.has(code)) ? [summaryView(row)] : [];
  });
  return { items, next: found.next, searchedFor: found.searchedFor };
}

/** What the API tells of a procedure in a list; names of values are stable. */
function summaryView(row: ProcedureSummary) {
  const { code, ownCode, name, fieldCode, nationalField, onlineScope, partialReason, serviceLevel, intakeChannel } =
    row;
  return {
    code,
    ownCode,
    name,
    field: fieldCode,
    nationalField,
    levels: row.levels,
    audiences: row.audiences,
    onlineScope,
    partialReason,
    serviceLevel,
    intakeChannel,
    decisionNumber: row.decisionNumber,
    validFrom: row.validFrom,
    validTo: row.validTo,
    version: row.number,
  };
}

function procedureView(procedure: Procedure) {
  const { steps: _internal, keywords: _search, ...content } = procedure.content;
  return {
    ...summaryView(procedure),
    versionId: procedure.versionId,
    formVersionId: procedure.formVersionId,
    ...content,
  };
}

async function offerViews(request: WebRequest, offers: readonly Offer[]) {
  const day = dayOf(request);
  const ids = [...new Set(offers.flatMap((offer) => [offer.unitId, offer.receivingUnitId]))];
  const names = await namesOf(request.reader, ids, day);
  return offers.map((offer) => ({
    id: offer.id,
    procedure: { code: offer.code, name: offer.name },
    unit: { id: offer.unitId, name: names.get(offer.unitId) ?? null },
    receivingUnit: { id: offer.receivingUnitId, name: names.get(offer.receivingUnitId) ?? null },
    validFrom: offer.validFrom,
    validTo: offer.validTo,
    ownTime: offer.ownTime,
  }));
}
