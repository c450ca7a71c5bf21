import { Type } from 'typebox';
import { localDate } from '../../platform/clock.ts';
import { askedDay } from '../../platform/http/asked-day.ts';
import { aDay, anId, pageQuery, said } from '../../platform/http/api-schema.ts';
import { conditional } from '../../platform/http/conditional.ts';
import { cursorOf, cursorWrong, cut, limitOf, linksOf } from '../../platform/http/paging.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { isDate } from '../../platform/day.ts';
import { paths } from '../../ui/paths.ts';
import { unitDocs } from './api-doc.ts';
import { findUnit } from './get-unit.ts';
import { heirsOf } from './kin-queries.ts';
import { unitMissing } from './organisation-problems.ts';
import { agencyCodesOf, findByAgencyCode, pageOfUnits } from './unit-queries.ts';
import type { Unit } from './unit.ts';

const on = Type.Optional(aDay('Vào ngày nào; bỏ trống là hôm nay', 'Day on which it holds; today when left out'));

const dayOf = (request: WebRequest): string => askedDay(request, isDate);

const unitView = (unit: Unit, agencyCode: string | undefined) => ({
  id: unit.id,
  nameVi: unit.nameVi,
  nameEn: unit.nameEn,
  shortName: unit.shortName,
  kind: unit.kind,
  tier: unit.tier,
  parentId: unit.parentId,
  gsoCode: unit.gsoCode,
  agencyCode: agencyCode ?? null,
  address: unit.address,
  phone: unit.phone,
  email: unit.email,
  validFrom: unit.validFrom,
  validTo: unit.validTo,
});

/** The public API of units: which there are on a day, and one of them. */
export function unitApiRoutes(web: Web): void {
  web.get(
    paths.apiUnits,
    {
      access: 'public',
      machine: true,
      query: Type.Object({
        q: Type.Optional(
          Type.String({
            maxLength: 100,
            ...said('Một phần tên, có thể không dấu', 'Part of a name; marks may be left out'),
          }),
        ),
        parent: Type.Optional(anId('Chỉ đơn vị trực thuộc đơn vị này', 'Only directly below this unit')),
        kind: Type.Optional(Type.String({ maxLength: 40, ...said('Chỉ loại này', 'Only this kind') })),
        on,
        ...pageQuery(500, 100),
      }),
      api: unitDocs.list,
    },
    async (request) => {
      const { query, reader } = request;
      const size = limitOf(request, 100);
      const day = dayOf(request);
      const after = cursorOf(request, 1)?.[0] ?? null;
      if (after !== null && !isId(after)) throw problem(cursorWrong);
      const rows = await pageOfUnits(reader, {
        on: day,
        text: query.get('q'),
        parentId: query.get('parent'),
        kind: query.get('kind'),
        after,
        limit: size + 1,
      });
      const page = cut(rows, size, ({ id }) => [id]);
      const codes = await agencyCodesOf(
        reader,
        page.rows.map(({ id }) => id),
        'qcvn102',
        day,
      );
      const items = page.rows.map((unit) => unitView(unit, codes.get(unit.id)));
      return conditional(request, { items, next: page.next }, { headers: linksOf(request, page.next) });
    },
  );
  web.get(
    paths.apiUnit,
    {
      access: 'public',
      machine: true,
      query: Type.Object({ on }),
      api: unitDocs.one,
      example: { id: '01998a52-0000-7000-8000-000000000001' },
    },
    async (request) => {
      const { reader, params } = request;
      const day = dayOf(request);
      const asked: string = params['id'] ?? '';
      const unit = await (isId(params['id'])
        ? findUnit(reader, asked, day)
        : findByAgencyCode(reader, asked.toUpperCase(), day));
      if (!unit) throw problem(unitMissing);
      const codes = await agencyCodesOf(reader, [unit.id], 'qcvn102', day);
      const today = localDate(request.now);
      const heirs = (await heirsOf(reader, [unit.id], today)).get(unit.id) ?? [];
      const successors = heirs.filter((id) => id !== unit.id);
      return conditional(request, { ...unitView(unit, codes.get(unit.id)), successors });
    },
  );
}
