import { Type } from 'typebox';
import type { ApiDoc } from '../../platform/http/api-doc.ts';
import { aDay, anId, maybe, oneOf, pageOf, said, UnitName, Words } from '../../platform/http/api-schema.ts';
import { formNotFound, formSchema } from '../../engines/forms/index.ts';
import { procedureNotFound } from './procedure-problems.ts';
import { audiences, levels, partialReasons, timeUnits } from './procedure.ts';

const tag = 'procedures';
const codeParameter = {
  code: {
    description: { vi: 'Mã thủ tục trong cơ sở dữ liệu quốc gia', en: 'Code in the national catalogue' },
    example: '1.001193',
  },
};

const summary = {
  code: Type.String(said('Mã thủ tục', 'Code in the national catalogue')),
  ownCode: maybe(Type.String(said('Mã riêng của tỉnh', 'The province’s own code'))),
  name: Words,
  field: maybe(Type.String(said('Mã lĩnh vực', 'Code of the field'))),
  nationalField: maybe(Type.String()),
  levels: Type.Array(oneOf(levels)),
  audiences: Type.Array(oneOf(audiences)),
  onlineScope: oneOf(['none', 'partial', 'full'], said('Làm trực tuyến được đến đâu', 'How far it can be done online')),
  partialReason: maybe(oneOf(partialReasons)),
  serviceLevel: Type.Integer({ minimum: 1, maximum: 4, ...said('Mức độ dịch vụ công', 'Service level') }),
  intakeChannel: oneOf(['local', 'dvcqg', 'ministry']),
  decisionNumber: maybe(Type.String(said('Quyết định công bố', 'Decision that published it'))),
  validFrom: aDay('Có hiệu lực từ ngày', 'Holds from this day'),
  validTo: maybe(aDay('Đến hết ngày', 'Until the end of this day')),
  version: Type.Integer(said('Phiên bản', 'Version')),
};
const ProcedureSummary = Type.Object(summary, { title: 'ProcedureSummary' });
const Time = Type.Object({
  amount: maybe(Type.Number()),
  unit: maybe(oneOf(timeUnits)),
  text: maybe(Type.String()),
});
const Fee = Type.Object(
  {
    key: Type.String(),
    kind: oneOf(['fee', 'charge'], said('Lệ phí hay phí', 'Lệ phí (fee) or phí (charge)')),
    name: maybe(Words),
    case: maybe(Words),
    amountDong: maybe(Type.Integer(said('Số tiền, đồng', 'Amount in đồng'))),
    text: maybe(Type.String()),
  },
  { title: 'ProcedureFee' },
);
const Channel = Type.Object({
  kind: oneOf(['online', 'post', 'counter'], said('Cách nộp', 'Way to hand in')),
  time: Time,
  feesKnown: Type.Boolean(),
  fees: Type.Array(Fee),
  note: maybe(Words),
});
const PaperCase = Type.Object({
  key: Type.String(),
  title: maybe(Words),
  papers: Type.Array(
    Type.Object(
      {
        key: Type.String(said('Mã thành phần hồ sơ, dùng khi nộp', 'Code of the paper, for `componentCode`')),
        name: Words,
        originals: maybe(Type.Integer()),
        copies: maybe(Type.Integer()),
        required: Type.Boolean(said('Luôn phải có', 'Asked from everybody')),
      },
      { title: 'ProcedurePaper' },
    ),
  ),
});
const Procedure = Type.Object(
  {
    ...summary,
    versionId: anId('Mã phiên bản', 'Version'),
    formVersionId: maybe(anId('Mã phiên bản biểu mẫu', 'Version of the e-form')),
    summary: maybe(Words),
    channels: Type.Array(Channel),
    papers: Type.Array(PaperCase),
    results: Type.Array(Type.Object({ name: Words, code: maybe(Type.String()) })),
    legalBases: Type.Array(Type.Object({ number: Type.String(), title: maybe(Words) })),
    conditions: maybe(Words),
    related: Type.Array(Type.String()),
  },
  { title: 'Procedure' },
);
const VersionLine = Type.Object({
  number: Type.Integer(),
  status: oneOf(['published', 'retired']),
  validFrom: aDay('Có hiệu lực từ ngày', 'Holds from'),
  validTo: maybe(aDay('Đến hết ngày', 'Until')),
  decisionNumber: maybe(Type.String()),
  publishedAt: maybe(Type.String()),
});
const Offer = Type.Object(
  {
    id: anId('Mã', 'Offer'),
    procedure: Type.Object({ code: Type.String(), name: Words }),
    unit: Type.Object({ id: anId('Cơ quan giải quyết', 'Competent unit'), name: UnitName }),
    receivingUnit: Type.Object({ id: anId('Nơi tiếp nhận', 'Where papers are handed in'), name: UnitName }),
    validFrom: aDay('Từ ngày', 'From'),
    validTo: maybe(aDay('Đến hết ngày', 'Until')),
    ownTime: maybe(Type.Object({ amount: Type.Number(), unit: oneOf(timeUnits) })),
  },
  { title: 'Offer' },
);
const offersAnswer = {
  200: {
    description: { vi: 'Các đơn vị tiếp nhận', en: 'The offers' },
    schema: Type.Object({ items: Type.Array(Offer) }),
  },
};

/** What the document says of the operations of procedures. */
export const procedureDocs = {
  list: {
    id: 'searchProcedures',
    tag,
    summary: { vi: 'Tìm và liệt kê thủ tục', en: 'Search and list procedures' },
    description: {
      vi: 'Có q thì xếp theo độ khớp, chấp nhận thiếu dấu và gõ sai; không có thì xếp theo mã.',
      en: 'With `q` the best come first, marks and typing mistakes forgiven; without it they come by code.',
    },
    answers: {
      200: {
        description: { vi: 'Một trang', en: 'A page' },
        schema: pageOf(ProcedureSummary, {
          searchedFor: maybe(Type.String(said('Từ khóa đã sửa lại', 'The words as they were corrected'))),
        }),
      },
    },
    conditional: 'etag',
  },
  one: {
    id: 'getProcedure',
    tag,
    summary: { vi: 'Xem một thủ tục', en: 'One procedure, as it holds on a day' },
    description: {
      vi: 'Toàn bộ nội dung: trình tự, cách nộp, thời hạn, phí, lệ phí, thành phần hồ sơ, căn cứ pháp lý.',
      en: 'Everything it says: order, channels, times, fees, papers, legal bases.',
    },
    params: codeParameter,
    answers: { 200: { description: { vi: 'Thủ tục', en: 'The procedure' }, schema: Procedure } },
    problems: [procedureNotFound],
    conditional: 'etag',
  },
  versions: {
    id: 'listProcedureVersions',
    tag,
    summary: { vi: 'Các phiên bản đã công bố của một thủ tục', en: 'Published versions of a procedure' },
    params: codeParameter,
    answers: {
      200: {
        description: { vi: 'Mới nhất trước', en: 'The newest first' },
        schema: Type.Object({ items: Type.Array(VersionLine) }),
      },
    },
    problems: [procedureNotFound],
    conditional: 'etag',
  },
  offers: {
    id: 'listOffersOfProcedure',
    tag,
    summary: { vi: 'Đơn vị tiếp nhận một thủ tục', en: 'Units that offer a procedure' },
    params: codeParameter,
    answers: offersAnswer,
    problems: [procedureNotFound],
    conditional: 'etag',
  },
  allOffers: {
    id: 'listOffers',
    tag,
    summary: { vi: 'Thủ tục của một đơn vị', en: 'Offers of a unit, or of a procedure' },
    description: { vi: 'Cần unit hoặc procedure.', en: 'One of `unit` and `procedure` is needed.' },
    answers: offersAnswer,
    conditional: 'etag',
  },
  form: {
    id: 'getProcedureForm',
    tag,
    summary: { vi: 'Biểu mẫu điện tử của một thủ tục', en: 'The e-form of a procedure, as it is in force today' },
    params: codeParameter,
    answers: { 200: { description: { vi: 'Biểu mẫu', en: 'The form' }, schema: formSchema } },
    problems: [procedureNotFound, formNotFound],
    conditional: 'etag',
  },
} as const satisfies Record<string, ApiDoc>;
