import { Type } from 'typebox';
import type { ApiDoc } from '../../platform/http/api-doc.ts';
import { aDay, anId, maybe, pageOf, said } from '../../platform/http/api-schema.ts';
import { unitMissing } from './organisation-problems.ts';

const tag = 'organisations';
const facts = {
  id: anId('Mã đơn vị', 'The unit'),
  nameVi: Type.String(),
  nameEn: Type.String(),
  shortName: Type.String(),
  kind: Type.String(said('Loại đơn vị', 'What kind of unit')),
  tier: Type.Integer(said('Cấp, 1 là tỉnh', 'Tier of government, 1 at the top')),
  parentId: maybe(anId('Đơn vị cấp trên', 'The unit above')),
  gsoCode: maybe(Type.String(said('Mã địa bàn của Cục Thống kê', 'Code of the statistics office'))),
  agencyCode: maybe(Type.String(said('Mã định danh điện tử (QCVN 102)', 'Agency identifier (QCVN 102)'))),
  address: maybe(Type.String()),
  phone: maybe(Type.String()),
  email: maybe(Type.String()),
  validFrom: aDay('Từ ngày', 'So since'),
  validTo: maybe(aDay('Đến hết ngày', 'Until')),
};
const Unit = Type.Object(facts, { title: 'Unit' });

/** What the document says of units. */
export const unitDocs = {
  list: {
    id: 'listUnits',
    tag,
    summary: { vi: 'Các đơn vị vào một ngày', en: 'Units, as of a day' },
    answers: { 200: { description: { vi: 'Một trang', en: 'A page' }, schema: pageOf(Unit) } },
    conditional: 'etag',
  },
  one: {
    id: 'getUnit',
    tag,
    summary: { vi: 'Một đơn vị vào một ngày', en: 'One unit, as of a day' },
    description: {
      vi: 'Đơn vị đã sáp nhập thì xem vào ngày còn hoạt động; successors nêu đơn vị kế tục hôm nay.',
      en: 'A unit that was merged is there on its days; `successors` names who stands in for it today.',
    },
    params: {
      id: {
        description: { vi: 'Mã đơn vị, hoặc mã định danh điện tử', en: 'The unit, or its agency identifier' },
        example: '01998a52-0000-7000-8000-000000000001',
      },
    },
    answers: {
      200: {
        description: { vi: 'Đơn vị', en: 'The unit' },
        schema: Type.Object(
          { ...facts, successors: Type.Array(anId('Đơn vị kế tục', 'Who stands in for it today')) },
          { title: 'UnitWithSuccessors' },
        ),
      },
    },
    problems: [unitMissing],
    conditional: 'etag',
  },
} as const satisfies Record<string, ApiDoc>;
