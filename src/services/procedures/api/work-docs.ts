import type { TSchema } from 'typebox';
import type { ApiDoc } from '../../../platform/http/api-doc.ts';
import { pageOf } from '../../../platform/http/api-schema.ts';
import { forbidden, invalidInput, type LocalText } from '../../../platform/problems.ts';
import { codeTaken, draftMissing, draftOpenAlready, draftShut } from '../editor/revision-problems.ts';
import { notPackable, nothingToPack, packageRefused } from '../package/package-problems.ts';
import { notPublishable } from '../procedure-problems.ts';
import { DefectLine, Draft, DraftLine, PackageOutcome, PackagePlan } from './work-schemas.ts';

const tag = 'catalogue-work';
const answer = (vi: string, en: string, schema: TSchema) => ({ description: { vi, en }, schema });
const params = {
  id: {
    description: { vi: 'Mã bản soạn', en: 'Id of the draft' } satisfies LocalText,
    example: '01998a52-0000-7000-8000-000000000001',
  },
};
/** A zip with a manifest that names nothing: it is refused, and says why. */
const EMPTY_ZIP = 'UEsFBgAAAAAAAAAAAAAAAAAAAAAAAA==';

/** What the document says of the work on procedures. */
export const workDocs = {
  drafts: {
    id: 'listProcedureDrafts',
    tag,
    summary: { vi: 'Các bản soạn thủ tục', en: 'Drafts of procedures' },
    answers: { 200: answer('Sửa gần nhất trước', 'The last changed first', pageOf(DraftLine)) },
  },
  createDraft: {
    id: 'createProcedureDraft',
    tag,
    summary: { vi: 'Mở một bản soạn', en: 'Open a draft' },
    description: {
      vi: 'Của thủ tục đã có (bắt đầu từ phiên bản mới nhất), hoặc của thủ tục mới: ghi thêm name.',
      en: 'Of a procedure that is there, beginning with what its newest version says; or of a new one, with its `name`.',
    },
    bodyExample: { code: '9.999999', reason: 'Cập nhật theo quyết định mới' },
    answers: { 201: answer('Bản soạn', 'The draft', Draft) },
    problems: [draftOpenAlready, codeTaken, invalidInput, forbidden],
    isKeyed: true,
  },
  draft: {
    id: 'getProcedureDraft',
    tag,
    summary: { vi: 'Xem một bản soạn', en: 'One draft' },
    params,
    answers: { 200: answer('Bản soạn', 'The draft', Draft) },
    problems: [draftMissing],
    conditional: 'etag',
  },
  changeDraft: {
    id: 'changeProcedureDraft',
    tag,
    summary: { vi: 'Sửa một bản soạn', en: 'Change a draft' },
    description: {
      vi: 'Chỉ phần thay đổi; content thì gửi trọn. Được khi đang soạn hoặc bị trả lại.',
      en: 'Only what changes; `content` as a whole. While it is being written or was sent back.',
    },
    params,
    bodyExample: { name: { vi: 'Đăng ký khai sinh', en: 'Birth registration' }, decisionNumber: '123/QĐ-UBND' },
    answers: { 200: answer('Bản soạn sau khi sửa', 'The draft as it is now', Draft) },
    problems: [draftMissing, draftShut, invalidInput, forbidden],
    conditional: 'if-match',
  },
  deleteDraft: {
    id: 'deleteProcedureDraft',
    tag,
    summary: { vi: 'Bỏ một bản soạn', en: 'Throw a draft away' },
    description: {
      vi: 'Thủ tục chưa từng công bố thì mất theo.',
      en: 'A procedure that was never published goes with it.',
    },
    params,
    answers: { 204: { description: { vi: 'Đã bỏ', en: 'Gone' } } },
    problems: [draftMissing, draftShut, forbidden],
    conditional: 'if-match',
  },
  sendDraft: {
    id: 'sendProcedureDraft',
    tag,
    summary: { vi: 'Gửi một bản soạn đi duyệt', en: 'Send a draft for review' },
    description: {
      vi: 'Người có quyền duyệt được báo; chỉ người duyệt, không phải ứng dụng.',
      en: 'Reviewers are told. People review, programs do not.',
    },
    params,
    bodyExample: {},
    answers: { 200: answer('Bản soạn đang chờ duyệt', 'The draft, waiting', Draft) },
    problems: [draftMissing, draftShut, notPublishable, forbidden],
    isKeyed: true,
    conditional: 'if-match',
  },
  defects: {
    id: 'listProcedureDefects',
    tag,
    summary: { vi: 'Lỗi trong danh mục quốc gia', en: 'Defects of the national catalogue' },
    answers: { 200: answer('Nặng nhất trước', 'The worst first', pageOf(DefectLine)) },
    problems: [invalidInput],
  },
  exportPackage: {
    id: 'exportProcedurePackage',
    tag,
    summary: { vi: 'Đóng gói thủ tục', en: 'Pack procedures' },
    description: {
      vi: 'Cùng biểu mẫu, mẫu giấy, danh mục và căn cứ pháp lý; nội dung như nhau thì tệp như nhau từng byte.',
      en: 'With their forms, templates, catalogues and law; the same content is the same bytes.',
    },
    answers: { 200: { description: { vi: 'Gói (zip)', en: 'The package (zip)' }, type: 'application/zip' } },
    problems: [nothingToPack, notPackable, invalidInput],
  },
  previewPackage: {
    id: 'previewProcedurePackage',
    tag,
    summary: { vi: 'Xem trước khi nhập gói', en: 'What importing a package would do' },
    description: { vi: 'Không ghi gì.', en: 'Nothing is written.' },
    bodyExample: { contentBase64: EMPTY_ZIP },
    answers: { 200: answer('Sẽ nhập những gì', 'The plan', PackagePlan) },
    problems: [packageRefused],
  },
  importPackage: {
    id: 'importProcedurePackage',
    tag,
    summary: { vi: 'Nhập gói thủ tục', en: 'Take a package over' },
    description: {
      vi: 'Tất cả hoặc không gì cả. Xem trước bằng previewProcedurePackage với cùng nội dung.',
      en: 'All of it or nothing. Look first with previewProcedurePackage and the same body.',
    },
    bodyExample: { contentBase64: EMPTY_ZIP, mode: 'draft' },
    answers: { 201: answer('Kết quả từng thủ tục', 'What became of each', PackageOutcome) },
    problems: [packageRefused, invalidInput, forbidden],
    isKeyed: true,
  },
} as const satisfies Record<string, ApiDoc>;
