import { Type, type Static } from 'typebox';
import { aDay, anId, anInstant, maybe, oneOf, said } from '../../../platform/http/api-schema.ts';
import { stepRoles } from '../procedure.ts';
import { defectStates } from '../defects/defect.ts';
import { revisionStates } from '../editor/revision.ts';
import { writableSchema } from '../package/package-schema.ts';

/* What programs send and get that work on procedures: drafts, defects of the national catalogue, packages. */

const closed = { additionalProperties: false } as const;
const code = Type.String({
  pattern: '^\\d{1,2}\\.\\d{4,8}$',
  examples: ['1.001193'],
  ...said('Mã thủ tục', 'Code of the procedure'),
});
const reason = Type.String({ minLength: 5, maxLength: 500, ...said('Lý do soạn', 'Why it is written') });

export const DraftBody = Type.Object(
  {
    code,
    reason,
    name: Type.Optional(
      Type.Object(
        { vi: Type.String({ minLength: 1, maxLength: 400 }), en: Type.Optional(Type.String({ maxLength: 400 })) },
        {
          ...closed,
          ...said(
            'Tên, khi thủ tục chưa có',
            'Name of a procedure that is not there yet; leave it out to write on one',
          ),
        },
      ),
    ),
  },
  closed,
);
export type DraftBody = Static<typeof DraftBody>;
export const DraftChange = Type.Partial(writableSchema, {
  ...closed,
  minProperties: 1,
  ...said('Chỉ những phần thay đổi; content thì gửi trọn', 'Only what changes; `content` as a whole'),
});
export type DraftChange = Static<typeof DraftChange>;

export const DraftLine = Type.Object(
  {
    id: anId('Bản soạn', 'The draft'),
    code: Type.String(),
    name: Type.String(),
    state: oneOf(revisionStates.filter((state) => state !== 'published')),
    reason: Type.String(),
    author: Type.String(),
    changedAt: anInstant('Thay đổi lúc', 'Changed at'),
    decisionNote: maybe(Type.String(said('Ý kiến khi duyệt hoặc trả lại', 'What the reviewer said'))),
  },
  { title: 'ProcedureDraftLine' },
);
export const Draft = Type.Intersect([DraftLine, Type.Object({
  number: Type.Integer(said('Phiên bản', 'Version it will be')),
  version: Type.Integer(said('Giống ETag', 'The same as the ETag')),
  missing: Type.Array(Type.String(), said('Phần còn thiếu để gửi duyệt', 'What is missing before it can be sent')),
  facts: Type.Object({}, { additionalProperties: true, ...said('Nội dung, như khi gửi thay đổi', 'What it says, as in a change') }),
  remarks: Type.Array(Type.Object({ section: Type.String(), body: Type.String(), madeBy: Type.String(), settled: Type.Boolean() })),
})], { title: 'ProcedureDraft' }); // prettier-ignore

export const DefectLine = Type.Object(
  {
    id: anId('Lỗi', 'The defect'),
    code: maybe(Type.String(said('Mã thủ tục', 'Code of the procedure'))),
    name: maybe(Type.String()),
    kind: Type.String(said('Loại lỗi', 'What is wrong')),
    severity: Type.Integer({ minimum: 1, maximum: 3, ...said('1 nặng nhất', '1 is the worst') }),
    place: Type.String(said('Ở đâu trong dữ liệu nguồn', 'Where in the source')),
    source: maybe(Type.String(said('Nguyên văn', 'What the source says'))),
    state: oneOf(defectStates),
    assignee: maybe(Type.String()),
    firstSeenAt: anInstant('Thấy lần đầu', 'First seen'),
    lastSeenAt: anInstant('Thấy lần cuối', 'Last seen'),
  },
  { title: 'ProcedureDefect' },
);

const side = oneOf(['ours', 'theirs']);
const map = (value: ReturnType<typeof Type.String> | typeof side, vi: string, en: string) =>
  Type.Optional(Type.Record(Type.String({ maxLength: 300 }), value, { maxProperties: 300, ...said(vi, en) }));
const name = Type.String({ maxLength: 300 });
const mapping = {
  fields: map(name, 'Lĩnh vực trong gói → lĩnh vực ở đây, hoặc new', 'Field of the package → field here, or `new`'),
  units: map(name, 'Cơ quan trong gói → id ở đây, hoặc none', 'Unit of the package → id here, or `none`'),
  divisions: map(name, 'Phòng trong gói → phòng ở đây', 'Division of the package → division here'),
  roles: Type.Optional(
    Type.Record(Type.String({ maxLength: 60 }), oneOf(stepRoles), {
      maxProperties: 30,
      ...said('Vai trò trong gói → vai trò ở đây', 'Role of the package → role here'),
    }),
  ),
  catalogues: map(side, 'Danh mục khác nhau: giữ của ta hay lấy của gói', 'Catalogues that differ: ours or theirs'),
  forms: map(side, 'Biểu mẫu khác nhau', 'Forms that differ'),
  templates: map(side, 'Mẫu giấy khác nhau', 'Templates that differ'),
  communes: Type.Optional(
    Type.Boolean(said('Mọi xã ở đây cũng nhận', 'Let all communes here offer what all communes there offer')),
  ),
};
const contentBase64 = Type.String({
  minLength: 4,
  maxLength: 42_000_000,
  pattern: '^[A-Za-z0-9+/]+={0,2}$',
  ...said('Tệp gói (zip), base64', 'The package (zip) as base64'),
});
export const PreviewBody = Type.Object({ contentBase64, ...mapping }, closed);
export const ImportBody = Type.Object(
  {
    contentBase64,
    ...mapping,
    mode: oneOf(
      ['draft', 'publish'],
      said('Thành bản soạn chờ duyệt, hay công bố ngay', 'As drafts for review, or published'),
    ),
    validFrom: Type.Optional(aDay('Có hiệu lực từ ngày; bỏ trống là hôm nay', 'Holds from; today when left out')),
  },
  closed,
);
export type PackageBody = Static<typeof ImportBody>;

const Part = Type.Object({ name: Type.String(), state: oneOf(['new', 'same', 'differs']), choice: side });
export const PackagePlan = Type.Object(
  {
    sha256: Type.String(),
    province: Type.String(said('Tỉnh đã đóng gói', 'The province that packed it')),
    procedures: Type.Array(
      Type.Object({
        code: Type.String(),
        name: Type.String(),
        state: oneOf(
          ['new', 'update', 'writing'],
          said('writing: đang soạn nên bỏ qua', '`writing`: a draft is open, so it is left out'),
        ),
        currentNumber: maybe(Type.Integer()),
      }),
    ),
    fields: Type.Array(Type.Object({ code: Type.String(), to: Type.String() })),
    units: Type.Array(
      Type.Object({
        name: Type.String(),
        to: Type.String(),
        found: Type.Array(Type.Object({ id: Type.String(), name: Type.String() })),
      }),
    ),
    divisions: Type.Array(Type.Object({ name: Type.String(), to: Type.String() })),
    roles: Type.Array(Type.Object({ role: Type.String(), isKnown: Type.Boolean(), to: Type.String() })),
    catalogues: Type.Array(Part),
    forms: Type.Array(Part),
    templates: Type.Array(Part),
    communes: Type.Boolean(),
  },
  { title: 'ProcedurePackagePlan' },
);
export const PackageOutcome = Type.Object(
  {
    id: anId('Lần nhập', 'The import'),
    results: Type.Array(
      Type.Object({
        code: Type.String(),
        outcome: oneOf(['published', 'drafted', 'unchanged', 'left-out', 'incomplete']),
        number: maybe(Type.Integer()),
      }),
    ),
  },
  { title: 'ProcedurePackageOutcome' },
);
