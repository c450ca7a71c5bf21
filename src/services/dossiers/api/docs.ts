import type { TSchema } from 'typebox';
import { fileMissing, fileProblems } from '../../../foundation/files/index.ts';
import type { ApiDoc } from '../../../platform/http/api-doc.ts';
import { forbidden, invalidInput, type LocalText, type ProblemDefinition } from '../../../platform/problems.ts';
import { contentNotBase64, uploadUnknown } from '../api-problems.ts';
import { answersWrong } from '../submit-with-answers.ts';
import { actNotPossible } from '../dossier.ts';
import { personalScope, readScope, viewScope } from '../dossier-permissions.ts';
import {
  agencyWithoutIdentifier,
  approvalMissing,
  dossierNotFound,
  feesOpen,
  feeUnknown,
  legalBasisMissing,
  noStepBefore,
  nothingAnswered,
  nothingRequested,
  reasonMissing,
  slipNotThere,
  slipsBusy,
  slipTooSlow,
  stepNotStarted,
  stepsOpen,
  unknownPaper,
} from '../dossier-problems.ts';
import {
  DossierDetail,
  DossierPage,
  DossierState,
  FiguresSchema,
  TrackedDossier,
  WorklistPageSchema,
} from './schemas.ts';
import { Type } from 'typebox';

const code = {
  description: {
    vi: 'Mã hồ sơ, số tra cứu hoặc mã định danh (id)',
    en: 'Code of the dossier, number of the acknowledgement, or id',
  },
  example: 'H41.12-20261122-0000001',
};
const answer = (schema: TSchema, vi: string, en: string) => ({ 200: { description: { vi, en }, schema } });

/** A change of one dossier: keyed, over the version that was read, answered with the new state. */
const change = (
  id: string,
  tag: 'dossiers' | 'agency',
  summary: LocalText,
  more: { description?: LocalText; bodyExample: unknown; problems?: readonly ProblemDefinition[] },
): ApiDoc => ({
  id,
  tag,
  summary,
  ...(more.description ? { description: more.description } : {}),
  bodyExample: more.bodyExample,
  params: { code },
  isKeyed: true,
  conditional: 'if-match',
  answers: answer(DossierState, 'Trạng thái mới', 'The new state'),
  problems: [dossierNotFound, actNotPossible, forbidden, ...(more.problems ?? [])],
});

/** What the document says of following and going on with what one submitted. */
export const ownDocs = {
  list: {
    id: 'listDossiers',
    tag: 'dossiers',
    summary: { vi: 'Các hồ sơ ứng dụng đã nộp', en: 'Dossiers that this client submitted' },
    description: {
      vi: 'Thay đổi cũ nhất trước. Hỏi định kỳ với updatedSince để biết hồ sơ nào vừa thay đổi; đã hết thì next trống.',
      en: 'The oldest change first: ask again with `updatedSince` to learn what changed. `next` is null at the end.',
    },
    answers: answer(DossierPage, 'Một trang', 'A page'),
  },
  follow: {
    id: 'getDossier',
    tag: 'dossiers',
    summary: { vi: 'Theo dõi một hồ sơ', en: 'Follow a dossier' },
    description: {
      vi: 'Có mã tra cứu (đầu mục Tracking-Secret) thì ai cũng xem được trạng thái và mức độ hoàn thành. Ứng dụng đã nộp hồ sơ, hoặc phần mềm của đơn vị giải quyết, xem được toàn bộ; việc đọc hồ sơ của đơn vị được ghi lại và người nộp xem được.',
      en: 'With the code of tracking in the header `Tracking-Secret` anybody sees state and degree of completion. The client that submitted it, and systems of its units, see all of it; the latter’s reading is recorded, and shown to the applicant.',
    },
    params: { code },
    headers: {
      'Tracking-Secret': {
        description: {
          vi: 'Mã tra cứu trên phiếu xác nhận',
          en: 'Secret of the acknowledgement; in no address, where logs keep it',
        },
        required: false,
        example: 'K7M2P9QX',
      },
    },
    moreWith: [readScope, viewScope, personalScope],
    conditional: 'etag',
    answers: answer(Type.Union([DossierDetail, TrackedDossier]), 'Hồ sơ', 'The dossier'),
    problems: [dossierNotFound],
  },
  supplement: change(
    'supplementDossier',
    'dossiers',
    { vi: 'Bổ sung hồ sơ', en: 'Hand in a supplement' },
    {
      description: {
        vi: 'Khi hồ sơ chờ bổ sung (trạng thái 5). Tệp lớn thì tải lên trước rồi ghi uploadId. Sửa tờ khai thì gửi lại toàn bộ trong answers; lỗi nêu từng trường.',
        en: 'While the dossier waits for it (state 5). Upload large files first and name them by `uploadId`. To change the e-form send all of it in `answers`; faults name each field.',
      },
      bodyExample: { papers: [{ name: 'Giấy chứng sinh (bản rõ)' }], remark: 'Đã chụp lại' },
      problems: [nothingAnswered, unknownPaper, answersWrong, contentNotBase64, uploadUnknown, ...fileProblems],
    },
  ),
  withdraw: change(
    'withdrawDossier',
    'dossiers',
    { vi: 'Rút hồ sơ', en: 'Withdraw a dossier' },
    {
      bodyExample: { reason: 'Người nộp thay đổi ý định' },
      problems: [reasonMissing],
    },
  ),
  file: {
    id: 'downloadDossierFile',
    tag: 'dossiers',
    summary: { vi: 'Tải giấy tờ hoặc kết quả', en: 'Download a paper or the result' },
    description: {
      vi: 'fileId lấy từ papers hoặc results của hồ sơ.',
      en: '`fileId` comes from `papers` or `results` of the dossier.',
    },
    params: {
      code,
      fileId: { description: { vi: 'Mã tệp', en: 'The file' }, example: '01998a52-0000-7000-8000-000000000001' },
    },
    answers: { 200: { description: { vi: 'Nội dung tệp', en: 'The bytes' }, type: 'application/octet-stream' } },
    problems: [dossierNotFound, fileMissing],
  },
  slip: {
    id: 'downloadDossierSlip',
    tag: 'dossiers',
    summary: { vi: 'Tải giấy tiếp nhận và các phiếu', en: 'Download the receipt and other slips' },
    params: {
      code,
      slip: {
        description: {
          vi: 'acknowledgement (đã nộp), receipt (tiếp nhận, hẹn trả), supplement, refusal, apology, stop',
          en: 'acknowledgement, receipt, supplement, refusal, apology, stop',
        },
        example: 'receipt',
      },
    },
    answers: { 200: { description: { vi: 'Phiếu', en: 'The slip' }, type: 'application/pdf' } },
    problems: [dossierNotFound, slipNotThere, slipsBusy, slipTooSlow],
  },
} as const satisfies Record<string, ApiDoc>;

const agency = (
  id: string,
  summary: LocalText,
  bodyExample: unknown,
  problems: readonly ProblemDefinition[] = [],
  description?: LocalText,
): ApiDoc => change(id, 'agency', summary, { bodyExample, problems, ...(description ? { description } : {}) });
const BASIS = 'Nghị định 61/2018/NĐ-CP, Điều 17';

/** What the document says of the work of agencies' systems. */
export const agencyDocs = {
  worklist: {
    id: 'listWorklist',
    tag: 'agency',
    summary: { vi: 'Hồ sơ đang ở các đơn vị', en: 'Dossiers whose turn it is with the units' },
    description: {
      vi: 'Theo hàng chờ, hạn gần nhất trước. Không có thông tin cá nhân.',
      en: 'By queue, the nearest appointment first. Holds no personal data.',
    },
    answers: answer(WorklistPageSchema, 'Một trang', 'A page'),
    problems: [forbidden],
  },
  figures: {
    id: 'listFigures',
    tag: 'agency',
    summary: { vi: 'Số liệu theo tháng của các đơn vị', en: 'Figures of the units by month' },
    conditional: 'etag',
    answers: answer(FiguresSchema, 'Số liệu', 'The figures'),
    problems: [forbidden],
  },
  receive: agency('receiveDossier', { vi: 'Tiếp nhận hồ sơ', en: 'Receive a dossier' }, {}, [agencyWithoutIdentifier], {
    vi: 'Cấp mã hồ sơ, bắt đầu tính thời hạn, hẹn ngày trả.',
    en: 'It gets its code, its clock starts, and the appointment is computed.',
  }),
  refuse: agency(
    'refuseDossier',
    { vi: 'Từ chối tiếp nhận', en: 'Refuse to receive' },
    { reason: 'Không thuộc thẩm quyền giải quyết', legalBasis: BASIS },
    [reasonMissing, legalBasisMissing],
  ),
  requestSupplement: agency(
    'requestSupplement',
    { vi: 'Yêu cầu bổ sung', en: 'Ask for a supplement' },
    {
      reason: 'Thiếu giấy tờ',
      items: [{ name: 'Giấy chứng sinh', what: 'Nộp bản chụp rõ chữ' }],
      answerBy: '2026-12-15',
    },
    [nothingRequested, reasonMissing, unknownPaper],
  ),
  requestFee: agency(
    'requestFee',
    { vi: 'Yêu cầu nộp phí, lệ phí', en: 'Ask for a payment' },
    { fees: [{ name: 'Lệ phí', amountDong: 8000 }] },
    [nothingRequested],
  ),
  recordFee: agency(
    'recordPayment',
    { vi: 'Ghi nhận đã nộp phí, lệ phí', en: 'Record a payment' },
    { payments: [{ feeId: '01998a52-0000-7000-8000-000000000001', receiptNumber: 'BL-0001', method: 'transfer' }] },
    [feeUnknown, feesOpen, reasonMissing],
  ),
  step: agency(
    'recordStep',
    { vi: 'Cập nhật bước đang làm', en: 'Work on the current step' },
    { outcome: 'started', remark: 'Đã chuyển chuyên viên' },
    [stepNotStarted, approvalMissing, noStepBefore, reasonMissing],
  ),
  result: agency(
    'enterResult',
    { vi: 'Nhập kết quả', en: 'Enter the result' },
    { outcome: 'granted', title: 'Giấy khai sinh' },
    [stepsOpen, stepNotStarted, approvalMissing, reasonMissing, contentNotBase64, uploadUnknown, ...fileProblems],
    {
      vi: 'Kèm tệp bằng contentBase64 hoặc uploadId. Từ chối giải quyết cũng là kết quả, phải ghi lý do trong remark.',
      en: 'With a file by `contentBase64` or `uploadId`. To refuse is a result too, with the reason in `remark`.',
    },
  ),
  handOver: agency(
    'handOverResult',
    { vi: 'Trả kết quả', en: 'Hand the result over' },
    { receivedBy: 'Nguyễn Thị Ánh Nguyệt', channel: 'counter' },
  ),
  stop: agency(
    'stopDossier',
    { vi: 'Dừng giải quyết', en: 'Stop for good' },
    { reason: 'Người nộp không bổ sung đúng hạn', legalBasis: BASIS },
    [reasonMissing, legalBasisMissing],
  ),
  state: agency(
    'pushState',
    { vi: 'Đẩy trạng thái từ phần mềm chuyên ngành', en: 'Push the state of a line-of-business system' },
    { state: 4, remark: 'Phần mềm hộ tịch đang xử lý' },
    [
      agencyWithoutIdentifier,
      reasonMissing,
      legalBasisMissing,
      stepNotStarted,
      stepsOpen,
      approvalMissing,
      contentNotBase64,
      uploadUnknown,
      ...fileProblems,
    ],
    {
      vi: 'Hồ sơ được đưa đến trạng thái đó qua mọi việc ở giữa (tiếp nhận, các bước, kết quả, trả), mỗi việc cần quyền của nó. Trạng thái 9 và 10 cần result.',
      en: 'The dossier is brought there through everything that lies between (receipt, steps, result, handing over), each with its own right. States 9 and 10 need `result`.',
    },
  ),
  note: {
    id: 'addNote',
    tag: 'agency',
    summary: { vi: 'Thêm ghi chú nội bộ', en: 'Add a note for colleagues' },
    description: { vi: 'Người nộp không xem được.', en: 'The applicant does not see it.' },
    params: { code },
    isKeyed: true,
    bodyExample: { text: 'Đã trao đổi với chuyên viên qua điện thoại' },
    answers: {
      201: { description: { vi: 'Đã thêm', en: 'Added' }, schema: Type.Object({ added: Type.Boolean() }) },
    },
    problems: [dossierNotFound, reasonMissing, invalidInput],
  },
} as const satisfies Record<string, ApiDoc>;
