import { Type } from 'typebox';
import type { ApiDoc } from '../../platform/http/api-doc.ts';
import { anId, anInstant, said } from '../../platform/http/api-schema.ts';
import { offerNotFound, procedureNotFound } from '../procedures/index.ts';
import { keyMissing } from '../../platform/http/idempotency.ts';
import { fileProblems } from '../../foundation/files/index.ts';
import { State } from './api/schemas.ts';
import { keyUsedForOther, submitBusy } from './dossier-problems.ts';
import { answersWrong } from './submit-with-answers.ts';
import { contentNotBase64, unitNeeded, uploadUnknown } from './api-problems.ts';

const tag = 'dossiers';
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
/** What the document says of submitting. */
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
      uploadUnknown,
      ...fileProblems,
    ],
  },
} as const satisfies Record<string, ApiDoc>;
