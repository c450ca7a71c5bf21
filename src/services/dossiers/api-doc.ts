import { Type } from 'typebox';
import type { ApiDoc } from '../../platform/http/api-doc.ts';
import { anId, anInstant, maybe, oneOf, said } from '../../platform/http/api-schema.ts';
import { offerNotFound, procedureNotFound } from '../procedures/index.ts';
import { keyMissing } from '../../platform/http/idempotency.ts';
import { dossierNotFound, keyUsedForOther, submitBusy } from './dossier-problems.ts';
import { readScope } from './dossier-permissions.ts';
import { answersWrong } from './submit-with-answers.ts';
import { contentNotBase64, unitNeeded } from './api-problems.ts';

const tag = 'dossiers';
const State = oneOf(
  [1, 2, 3, 4, 5, 6, 7, 8, 9, 10],
  said(
    'Trạng thái: 1 mới nộp, 2 đã tiếp nhận, 3 từ chối, 4 đang giải quyết, 5 chờ bổ sung, 6 chờ nộp phí, 7 đã rút, 8 dừng, 9 có kết quả, 10 đã trả',
    'State of the national exchange: 1 submitted, 2 received, 3 refused, 4 in process, 5 supplement, 6 payment, 7 withdrawn, 8 stopped, 9 decided, 10 returned',
  ),
);
const code = {
  description: {
    vi: 'Mã hồ sơ, số tra cứu hoặc mã định danh (id)',
    en: 'Code of the dossier, number of the acknowledgement, or id',
  },
  example: 'H41.12-20261122-0000001',
};

const Acknowledgement = Type.Object(
  {
    id: anId('Mã định danh', 'The dossier'),
    state: State,
    submittedAt: anInstant('Lúc nộp', 'When it was submitted'),
    trackingNumber: Type.String(said('Số tra cứu', 'Short number to follow it by')),
    trackingSecret: Type.String(said('Mã tra cứu', 'Opens the public tracking page')),
    isNew: Type.Boolean(said('Sai nếu khóa này đã gửi trước đó', 'False when this key had been sent before')),
  },
  { title: 'Acknowledgement' },
);
const Tracked = Type.Object({
  code: maybe(Type.String()),
  state: State,
  completionPercent: Type.Integer({ minimum: 0, maximum: 100 }),
});
const Followed = Type.Object({
  id: anId('Mã định danh', 'The dossier'),
  code: maybe(Type.String()),
  state: State,
  procedureCode: Type.String(),
  submittedAt: anInstant('Lúc nộp', 'Submitted'),
  receivedAt: maybe(anInstant('Lúc tiếp nhận', 'Received')),
  dueAt: maybe(anInstant('Hẹn trả', 'Due')),
  finishedAt: maybe(anInstant('Lúc có kết quả', 'Finished')),
  returnedAt: maybe(anInstant('Lúc trả', 'Returned')),
  isOnTime: maybe(Type.Boolean()),
});

/** What the document says of submitting and following. */
export const dossierDocs = {
  submit: {
    id: 'submitDossier',
    tag,
    summary: { vi: 'Nộp hồ sơ', en: 'Submit a dossier' },
    description: {
      vi: 'Thủ tục có biểu mẫu điện tử thì gửi nội dung điền trong answers; lỗi nêu từng trường. Ứng dụng có quyền dossiers.submit-paper được bỏ trống. Mã hồ sơ có khi được tiếp nhận.',
      en: 'Where the procedure has an e-form, `answers` holds its values; faults name each field by JSON Pointer. Clients with the scope dossiers.submit-paper may leave them out. The code comes when the dossier is received.',
    },
    isKeyed: true,
    bodyExample: {
      procedureCode: '1.001193',
      applicant: { kind: 'citizen', name: 'Nguyễn Thị Ánh Nguyệt', identity: '040190001234', phone: '0912345678' },
      delivery: 'counter',
      papers: [{ componentCode: 'GCS', name: 'Giấy chứng sinh' }],
    },
    answers: {
      201: { description: { vi: 'Đã nộp', en: 'Submitted' }, schema: Acknowledgement },
      200: {
        description: { vi: 'Đã nộp trước đó với cùng khóa', en: 'Submitted before under this key' },
        schema: Acknowledgement,
      },
    },
    problems: [
      procedureNotFound,
      offerNotFound,
      keyMissing,
      keyUsedForOther,
      unitNeeded,
      contentNotBase64,
      answersWrong,
      submitBusy,
    ],
  },
  follow: {
    id: 'getDossier',
    tag,
    summary: { vi: 'Theo dõi một hồ sơ', en: 'Follow a dossier' },
    description: {
      vi: 'Có mã tra cứu (secret) thì ai cũng xem được trạng thái và mức độ hoàn thành. Ứng dụng có quyền dossiers.read xem được các mốc thời gian, không cần secret.',
      en: 'With `secret` anybody sees state and degree of completion. Clients with the scope dossiers.read get the dates and leave the secret out.',
    },
    params: { code },
    moreWith: [readScope],
    answers: {
      200: { description: { vi: 'Hồ sơ', en: 'The dossier' }, schema: Type.Union([Followed, Tracked]) },
    },
    problems: [dossierNotFound],
  },
} as const satisfies Record<string, ApiDoc>;
