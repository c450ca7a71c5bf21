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
