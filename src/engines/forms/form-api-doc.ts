import { Type } from 'typebox';
import type { ApiDoc } from '../../platform/http/api-doc.ts';
import { aDay, maybe, oneOf, said } from '../../platform/http/api-schema.ts';
import { formNotFound } from './form-problems.ts';

const tag = 'forms';
const params = {
  code: { description: { vi: 'Mã biểu mẫu', en: 'Code of the form' }, example: 'dang-ky-khai-sinh' },
};
const version = {
  version: Type.Integer(said('Phiên bản', 'Version')),
  status: oneOf(['published', 'retired']),
  validFrom: maybe(aDay('Dùng từ ngày', 'In force from')),
  validTo: maybe(aDay('Đến hết ngày', 'Until')),
  digest: maybe(Type.String(said('Dấu vân tay của nội dung', 'SHA-256 of the definition'))),
  publishedAt: maybe(Type.String({ format: 'date-time' })),
};

/** A form as partners read it. */
export const formSchema = Type.Object(
  {
    code: Type.String(),
    ...version,
    definition: Type.Object(
      {},
      said('Định nghĩa biểu mẫu: trang, nhóm, trường, điều kiện', 'Pages, groups, fields, conditions'),
    ),
    answersSchema: Type.Object(
      {},
      said('JSON Schema (draft-07) của nội dung điền', 'JSON Schema (draft-07) of the answers'),
    ),
  },
  { title: 'Form' },
);

/** What the document says of the operations of forms. */
export const formDocs = {
  one: {
    id: 'getForm',
    tag,
    summary: { vi: 'Biểu mẫu đang dùng', en: 'The form in force, with the JSON Schema of its answers' },
    params,
    answers: { 200: { description: { vi: 'Biểu mẫu', en: 'The form' }, schema: formSchema } },
    problems: [formNotFound],
    conditional: 'etag',
  },
  versions: {
    id: 'listFormVersions',
    tag,
    summary: { vi: 'Các phiên bản đã công bố', en: 'Published versions of a form, the newest first' },
    params,
    answers: {
      200: {
        description: { vi: 'Mới nhất trước', en: 'The newest first' },
        schema: Type.Object({ items: Type.Array(Type.Object(version, { title: 'FormVersion' })) }),
      },
    },
    problems: [formNotFound],
    conditional: 'etag',
  },
  validation: {
    id: 'validateAnswers',
    tag,
    summary: { vi: 'Kiểm tra nội dung điền, không gửi đi', en: 'Judge answers without sending them' },
    description: {
      vi: 'Trả về nội dung đã chuẩn hóa (bỏ phần bị ẩn, đã tính các ô tự tính) và mọi lỗi kèm chỗ sai. Không lưu gì.',
      en: 'Gives the settled answers (hidden ones dropped, calculations done) and every error with its place. Nothing is stored.',
    },
    params,
    bodyExample: { answers: { childName: 'Nguyễn Minh An' } },
    answers: {
      200: {
        description: { vi: 'Kết quả kiểm tra', en: 'What was found' },
        schema: Type.Object(
          {
            version: Type.Integer(),
            isValid: Type.Boolean(),
            errors: Type.Array(
              Type.Object({
                at: Type.String(said('Trường có lỗi', 'The field')),
                message: Type.Object({ vi: Type.String(), en: Type.String() }),
              }),
            ),
            answers: Type.Object({}, said('Nội dung đã chuẩn hóa', 'The settled answers')),
          },
          { title: 'JudgedAnswers' },
        ),
      },
    },
    problems: [formNotFound],
  },
} as const satisfies Record<string, ApiDoc>;
