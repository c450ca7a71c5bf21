import { Type, type Static } from 'typebox';
import { aDay, anId, anInstant, maybe, oneOf, pageOf, said, Words } from '../../../platform/http/api-schema.ts';

/* Schemas of what programs send and get about dossiers. */

const closed = { additionalProperties: false };
/** Something to read: no control characters, not only blanks. */
export const text = (maxLength: number, vi: string, en: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '^(?=.*\\S)[^\\u0000-\\u001f\\u007f]*$', ...said(vi, en) });
/** The same over several lines. */
const lines = (maxLength: number, vi: string, en: string) =>
  Type.String({ minLength: 1, maxLength, pattern: '\\S', ...said(vi, en) });
const optional = (maxLength: number, vi: string, en: string) =>
  Type.Optional(Type.Union([Type.Null(), text(maxLength, vi, en)]));
const channels = ['counter', 'online', 'post'] as const;

export const State = oneOf(
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  said(
    'Trạng thái: 1 mới nộp, 2 đã tiếp nhận, 3 từ chối, 4 đang giải quyết, 5 chờ bổ sung, 6 chờ nộp phí, 7 đã rút, 8 dừng, 9 có kết quả, 10 đã trả',
    'State of the national exchange: 1 submitted, 2 received, 3 refused, 4 in process, 5 supplement, 6 payment, 7 withdrawn, 8 stopped, 9 decided, 10 returned',
  ),
);

const facts = {
  id: anId('Mã định danh', 'The dossier'),
  code: maybe(Type.String(said('Mã hồ sơ, có khi được tiếp nhận', 'Code; given when it is received'))),
  state: State,
  version: Type.Integer(said('Số lần thay đổi, cũng là ETag', 'Goes up with every change; the ETag is made of it')),
  procedureCode: Type.String(said('Mã thủ tục', 'Code of the procedure')),
  procedureName: Words,
  channel: oneOf(channels, said('Cách nộp', 'How it was handed in')),
  submittedAt: anInstant('Lúc nộp', 'Submitted'),
  receivedAt: maybe(anInstant('Lúc tiếp nhận', 'Received')),
  dueAt: maybe(anInstant('Hẹn trả', 'Due')),
  finishedAt: maybe(anInstant('Lúc xong', 'Finished')),
  returnedAt: maybe(anInstant('Lúc trả kết quả', 'Returned')),
  isOnTime: maybe(Type.Boolean(said('Đúng hạn', 'In time'))),
};

export const DossierLine = Type.Object(
  { ...facts, changedAt: anInstant('Thay đổi gần nhất', 'Last change') },
  { title: 'DossierLine' },
);
export const DossierPage = pageOf(DossierLine);

export const WorklistLine = Type.Object(
  {
    ...facts,
    handlingUnitId: anId('Đơn vị đang giữ', 'Whose turn it is'),
    step: maybe(Words),
    stepDueAt: maybe(anInstant('Hạn của bước', 'The step is due')),
  },
  { title: 'WorklistLine' },
);
export const WorklistPageSchema = pageOf(WorklistLine);

const Paper = Type.Object(
  {
    id: anId('Giấy tờ', 'The paper'),
    componentCode: maybe(Type.String()),
    name: Type.String(),
    round: Type.Integer(
      said('0 lần nộp đầu, n lần bổ sung thứ n', '0 with the first submission, n with the n-th supplement'),
    ),
    fileId: maybe(anId('Tệp', 'The file')),
    isAccepted: maybe(Type.Boolean()),
    remark: maybe(Type.String()),
  },
  { title: 'Paper' },
);
const SupplementItem = Type.Object({
  paperId: maybe(anId('Giấy tờ phải sửa', 'The paper it is about')),
  componentCode: maybe(Type.String()),
  name: Type.String(),
  what: Type.String(said('Cần làm gì', 'What to do')),
});
const Supplement = Type.Object(
  {
    number: Type.Integer(),
    reason: Type.String(),
    items: Type.Array(SupplementItem),
    requestedAt: anInstant('Lúc yêu cầu', 'Requested'),
    answerBy: maybe(aDay('Nên nộp trước ngày', 'Answer by')),
    answeredAt: maybe(anInstant('Lúc bổ sung', 'Answered')),
  },
  { title: 'Supplement' },
);
const Fee = Type.Object(
  {
    id: anId('Khoản thu', 'The fee'),
    name: Type.String(),
    amountDong: Type.Integer(said('Số tiền, đồng', 'Amount in đồng')),
    paidAt: maybe(anInstant('Lúc nộp', 'Paid')),
    receiptNumber: maybe(Type.String()),
  },
  { title: 'Fee' },
);
const Result = Type.Object(
  {
    number: Type.Integer(),
    code: Type.String(),
    outcome: oneOf(['granted', 'refused']),
    title: Type.String(),
    remark: maybe(Type.String()),
    fileId: maybe(anId('Tệp kết quả', 'The file')),
    decidedAt: anInstant('Lúc có kết quả', 'Decided'),
  },
  { title: 'Result' },
);
const Step = Type.Object(
  {
    position: Type.Integer(),
    kind: oneOf(['process', 'approve', 'issue']),
    name: Words,
    unitId: anId('Đơn vị làm', 'Who does it'),
    startedAt: maybe(anInstant('Bắt đầu', 'Started')),
    dueAt: maybe(anInstant('Hạn', 'Due')),
    finishedAt: maybe(anInstant('Xong', 'Finished')),
    outcome: maybe(oneOf(['done', 'approved', 'sent-back'])),
  },
  { title: 'Step' },
);
const Applicant = Type.Object(
  {
    kind: oneOf(['citizen', 'business', 'household']),
    name: Type.String(),
    identity: maybe(Type.String()),
    phone: maybe(Type.String()),
    email: maybe(Type.String()),
    address: maybe(Type.String()),
  },
  { title: 'Applicant', ...said('Chỉ có khi được xem thông tin cá nhân', 'Only for those who may see personal data') },
);

export const DossierDetail = Type.Object(
  {
    ...facts,
    delivery: oneOf(channels, said('Cách nhận kết quả', 'How the result is handed over')),
    receivingUnitId: anId('Nơi tiếp nhận', 'Place of receipt'),
    competentUnitId: anId('Cơ quan giải quyết', 'Competent unit'),
    handlingUnitId: anId('Đơn vị đang giữ', 'Whose turn it is'),
    completionPercent: Type.Integer({ minimum: 0, maximum: 100 }),
    acts: Type.Array(Type.String(), said('Việc có thể làm bây giờ', 'What this client may do now')),
    papers: Type.Array(Paper),
    supplements: Type.Array(Supplement),
    fees: Type.Array(Fee),
    results: Type.Array(Result),
    steps: Type.Array(Step),
    applicant: maybe(Applicant),
  },
  { title: 'Dossier' },
);
export const TrackedDossier = Type.Object(
  {
    code: maybe(Type.String()),
    state: State,
    completionPercent: Type.Integer({ minimum: 0, maximum: 100 }),
  },
  { title: 'TrackedDossier' },
);
/** What every change answers with. */
export const DossierState = Type.Object(
  {
    id: facts.id,
    code: facts.code,
    state: State,
    version: facts.version,
    dueAt: facts.dueAt,
    acts: Type.Array(Type.String(), said('Việc có thể làm tiếp', 'What this client may do next')),
  },
  { title: 'DossierState' },
);

// No maxLength on base64: counting the letters of megabytes costs more than reading them, and the body and the file have limits.
const content = {
  fileName: Type.Optional(text(255, 'Tên tệp', 'File name')),
  contentBase64: Type.Optional(Type.String(said('Nội dung tệp, base64', 'The bytes, base64'))),
  uploadId: Type.Optional(anId('Tệp đã tải lên trước', 'An upload that is complete')),
};
export const PaperBody = Type.Object(
  {
    componentCode: optional(60, 'Mã thành phần hồ sơ', 'Code of the paper in the procedure'),
    name: text(500, 'Tên giấy tờ', 'Name'),
    ...content,
  },
  { title: 'PaperInput', ...closed },
);
export type PaperBody = Static<typeof PaperBody>;

const SupplementPaper = Type.Object(
  {
    ...PaperBody.properties,
    replacesPaperId: Type.Optional(Type.Union([Type.Null(), anId('Thay cho giấy tờ', 'The paper that it replaces')])),
  },
  { title: 'SupplementPaperInput', ...closed },
);
const reason = lines(4_000, 'Lý do', 'Reason');
const legalBasis = lines(1_000, 'Căn cứ pháp lý', 'Legal basis');
const remark = Type.Optional(Type.Union([Type.Null(), lines(4_000, 'Ghi chú', 'Remark')]));

export const SupplementBody = Type.Object(
  {
    papers: Type.Array(SupplementPaper, { maxItems: 40, ...said('Giấy tờ bổ sung', 'What is handed in') }),
    answers: Type.Optional(
      Type.Record(Type.String({ maxLength: 200 }), Type.Unknown(), {
        maxProperties: 500,
        ...said(
          'Toàn bộ nội dung tờ khai điện tử sau khi sửa; chỗ khác với lần trước được ghi lại',
          'The whole e-form as it is now; what differs from before is listed',
        ),
      }),
    ),
    remark,
  },
  closed,
);
export type SupplementBody = Static<typeof SupplementBody>;
export const ReasonBody = Type.Object({ reason }, closed);
export type ReasonBody = Static<typeof ReasonBody>;
export const EmptyBody = Type.Object({ remark }, closed);
export const RefusalBody = Type.Object({ reason, legalBasis }, closed);
export type RefusalBody = Static<typeof RefusalBody>;
export const SupplementRequestBody = Type.Object(
  {
    reason,
    items: Type.Array(
      Type.Object(
        {
          paperId: Type.Optional(Type.Union([Type.Null(), anId('Giấy tờ', 'The paper it is about')])),
          componentCode: optional(60, 'Mã thành phần hồ sơ', 'Code of the paper'),
          name: text(500, 'Tên giấy tờ, nội dung', 'What is missing or wrong'),
          what: lines(2_000, 'Cần làm gì', 'What to do'),
        },
        closed,
      ),
      { minItems: 1, maxItems: 40 },
    ),
    answerBy: Type.Optional(Type.Union([Type.Null(), aDay('Nên nộp trước ngày', 'Answer by')])),
  },
  closed,
);
export type SupplementRequestBody = Static<typeof SupplementRequestBody>;
export const FeesBody = Type.Object(
  {
    fees: Type.Array(
      Type.Object(
        {
          name: text(300, 'Tên khoản thu', 'Name'),
          amountDong: Type.Integer({
            minimum: 0,
            maximum: 1_000_000_000_000,
            ...said('Số tiền, đồng', 'Amount in đồng'),
          }),
        },
        closed,
      ),
      { minItems: 1, maxItems: 20 },
    ),
  },
  closed,
);
export type FeesBody = Static<typeof FeesBody>;
export const PaymentsBody = Type.Object(
  {
    payments: Type.Array(
      Type.Object(
        {
          feeId: anId('Khoản thu', 'The fee'),
          receiptNumber: text(60, 'Số biên lai', 'Receipt number'),
          method: oneOf(['cash', 'transfer', 'post', 'online'], said('Cách nộp', 'How it was paid')),
        },
        closed,
      ),
      { minItems: 1, maxItems: 20 },
    ),
  },
  closed,
);
export type PaymentsBody = Static<typeof PaymentsBody>;
export const StepBody = Type.Object(
  {
    outcome: oneOf(
      ['started', 'finished', 'approved', 'sent-back'],
      said('Bắt đầu, xong, phê duyệt, hay trả lại bước trước', 'What happened to the current step'),
    ),
    remark,
  },
  closed,
);
export type StepBody = { outcome: 'started' | 'finished' | 'approved' | 'sent-back'; remark?: string | null };
const result = {
  outcome: oneOf(['granted', 'refused'], said('Giải quyết hay từ chối giải quyết', 'Granted, or refused to grant')),
  title: text(300, 'Tên kết quả', 'What the result is called'),
  remark,
  file: Type.Optional(Type.Union([Type.Null(), Type.Object(content, { title: 'FileInput', ...closed })])),
};
export const ResultBody = Type.Object(result, closed);
export type FileBody = { fileName?: string; contentBase64?: string; uploadId?: string };
export interface ResultBody {
  outcome: 'granted' | 'refused';
  title: string;
  remark?: string | null;
  file?: FileBody | null;
}
export const HandoverBody = Type.Object(
  {
    receivedBy: text(200, 'Người nhận', 'Who took it'),
    channel: oneOf(channels, said('Cách trả', 'How it was handed over')),
    remark,
  },
  closed,
);
export interface HandoverBody {
  receivedBy: string;
  channel: 'counter' | 'online' | 'post';
  remark?: string | null;
}
export const NoteBody = Type.Object({ text: lines(4_000, 'Ghi chú nội bộ', 'Note for colleagues') }, closed);
export const StateBody = Type.Object(
  {
    state: oneOf([2, 4, 8, 9, 10], said('Trạng thái ở phần mềm của cơ quan', 'The state in the agency’s own system')),
    remark,
    reason: Type.Optional(reason),
    legalBasis: Type.Optional(legalBasis),
    result: Type.Optional(Type.Object(result, { title: 'ResultInput', ...closed })),
    receivedBy: Type.Optional(text(200, 'Người nhận kết quả', 'Who took the result')),
  },
  closed,
);
export interface StateBody {
  state: 2 | 4 | 8 | 9 | 10;
  remark?: string | null;
  reason?: string;
  legalBasis?: string;
  result?: ResultBody;
  receivedBy?: string;
}
const count = Type.Integer({ minimum: 0 });
export const FiguresSchema = Type.Object({
  items: Type.Array(
    Type.Object(
      {
        month: aDay('Ngày đầu tháng', 'First day of the month'),
        unitId: anId('Đơn vị', 'Competent unit'),
        submitted: count,
        submittedOnline: count,
        received: count,
        finishedOnTime: count,
        finishedLate: count,
        refused: count,
        withdrawn: count,
        stopped: count,
        returned: count,
      },
      { title: 'MonthlyFigure' },
    ),
  ),
});
