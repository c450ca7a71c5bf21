import { defineProblem } from '../../platform/problems.ts';

export const formNotFound = defineProblem({
  code: 'forms.form-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy biểu mẫu này', en: 'Form not found' },
});
export const invalidDefinition = defineProblem({
  code: 'forms.invalid-definition',
  status: 422,
  title: { vi: 'Biểu mẫu còn lỗi, chưa thể công bố', en: 'The form has defects and cannot be published' },
});
export const draftNotFound = defineProblem({
  code: 'forms.draft-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy bản nháp này', en: 'Draft not found' },
  advice: {
    vi: 'Bản nháp có thể đã nộp, đã bỏ hoặc hết hạn lưu.',
    en: 'It may have been submitted, discarded, or kept too long.',
  },
});
/** Details: `current` (values, page, version as stored) and `given` (the values that were not saved). */
export const staleDraft = defineProblem({
  code: 'forms.stale-draft',
  status: 409,
  title: { vi: 'Bản nháp này vừa được sửa ở nơi khác', en: 'This draft has just been changed elsewhere' },
  advice: {
    vi: 'Xem lại hai bản rồi chọn bản muốn giữ.',
    en: 'Compare the two and choose which to keep.',
  },
});
export const tooManyDrafts = defineProblem({
  code: 'forms.too-many-drafts',
  status: 409,
  title: { vi: 'Bạn có quá nhiều bản nháp', en: 'You have too many drafts' },
  advice: { vi: 'Nộp hoặc bỏ bớt bản nháp cũ.', en: 'Submit or discard some of them first.' },
});
/** Details: `errors`, as `validateAnswers` gives them. */
export const incompleteForm = defineProblem({
  code: 'forms.incomplete',
  status: 422,
  title: { vi: 'Biểu mẫu chưa đủ hoặc chưa đúng', en: 'The form is not complete or not right' },
});
export const answersRefused = defineProblem({
  code: 'forms.answers-refused',
  status: 422,
  title: { vi: 'Nội dung biểu mẫu không lưu được', en: 'These answers cannot be stored' },
});
export const submissionNotFound = defineProblem({
  code: 'forms.submission-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy tờ khai này', en: 'Submission not found' },
});
export const designNotFound = defineProblem({
  code: 'forms.design-not-found',
  status: 404,
  title: { vi: 'Biểu mẫu này chưa có bản đang sửa', en: 'This form is not being changed' },
  advice: { vi: 'Mở lại biểu mẫu từ danh sách để sửa.', en: 'Open it for changes from the list of forms.' },
});
/** Details: `current` (definition, version, who and when) and `given` (what was not saved). */
export const staleDesign = defineProblem({
  code: 'forms.stale-design',
  status: 409,
  title: { vi: 'Biểu mẫu này vừa được sửa ở nơi khác', en: 'This form has just been changed elsewhere' },
  advice: { vi: 'Xem bản mới rồi sửa lại.', en: 'Look at the new one, then change it again.' },
});
export const formCodeTaken = defineProblem({
  code: 'forms.code-taken',
  status: 409,
  title: { vi: 'Mã biểu mẫu này đã có', en: 'There is a form with this code already' },
});
export const designTooLarge = defineProblem({
  code: 'forms.design-too-large',
  status: 413,
  title: { vi: 'Biểu mẫu quá lớn', en: 'The form is too large' },
});
export const signingNotFound = defineProblem({
  code: 'forms.signing-not-found',
  status: 404,
  title: { vi: 'Không tìm thấy lời mời xác nhận này', en: 'This invitation was not found' },
  advice: { vi: 'Xin người mời gửi lại liên kết.', en: 'Ask for a new link.' },
});
export const signingVoid = defineProblem({
  code: 'forms.signing-void',
  status: 409,
  title: {
    vi: 'Nội dung đã thay đổi hoặc lời mời đã hết hạn',
    en: 'The answers changed or the invitation has expired',
  },
  advice: { vi: 'Người khai cần mời xác nhận lại.', en: 'The applicant has to invite again.' },
});
export const alreadyConfirmed = defineProblem({
  code: 'forms.already-confirmed',
  status: 409,
  title: { vi: 'Người này đã xác nhận rồi', en: 'This person has confirmed already' },
});
export const notTheSigner = defineProblem({
  code: 'forms.not-the-signer',
  status: 403,
  title: { vi: 'Lời mời này dành cho người khác', en: 'This invitation is for somebody else' },
  advice: {
    vi: 'Số định danh của tài khoản phải đúng với số ghi trong tờ khai. Hãy đăng nhập bằng tài khoản của người được mời.',
    en: 'The identity number of the account must be the one in the form. Sign in with the account of the person invited.',
  },
});
export const notSignedYet = defineProblem({
  code: 'forms.not-signed-yet',
  status: 409,
  title: { vi: 'Chưa đủ người xác nhận', en: 'Not everybody has confirmed yet' },
  advice: { vi: 'Tờ khai gửi được sau khi mọi người xác nhận.', en: 'It can be sent when all have confirmed.' },
});
export const handoffNotFound = defineProblem({
  code: 'forms.handoff-not-found',
  status: 404,
  title: { vi: 'Liên kết này không còn dùng được', en: 'This link does not work any more' },
  advice: { vi: 'Liên kết dùng trong một ngày. Xin tạo liên kết mới.', en: 'It lasts a day. Ask for a new one.' },
});
