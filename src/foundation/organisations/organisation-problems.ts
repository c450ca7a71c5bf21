import { defineProblem, mapConstraint } from '../../platform/problems.ts';

export const unitMissing = defineProblem({
  code: 'organisations.unit-missing',
  status: 404,
  title: { vi: 'Không tìm thấy đơn vị này vào ngày đã chọn', en: 'There is no such unit on that day' },
});
export const unitOverlap = defineProblem({
  code: 'organisations.unit-overlap',
  status: 409,
  title: {
    vi: 'Thay đổi này chồng lên một thay đổi khác của đơn vị',
    en: 'Another change of this unit covers those days already',
  },
  advice: { vi: 'Chọn ngày sau lần thay đổi gần nhất.', en: 'Choose a day after the latest change.' },
});
export const unitInCircle = defineProblem({
  code: 'organisations.unit-in-circle',
  status: 409,
  title: {
    vi: 'Đơn vị không thể trực thuộc chính nó hoặc đơn vị cấp dưới của nó',
    en: 'A unit cannot be placed below itself',
  },
});
export const unitHasChildren = defineProblem({
  code: 'organisations.unit-has-children',
  status: 409,
  title: { vi: 'Đơn vị còn đơn vị trực thuộc đang hoạt động', en: 'Other units still belong to this unit' },
  advice: { vi: 'Chuyển hoặc kết thúc các đơn vị trực thuộc trước.', en: 'Move or close the units below it first.' },
});
export const unitHasStaff = defineProblem({
  code: 'organisations.unit-has-staff',
  status: 409,
  title: { vi: 'Đơn vị còn cán bộ giữ vị trí sau ngày kết thúc', en: 'People still hold posts here after that day' },
  advice: { vi: 'Kết thúc các vị trí của cán bộ trước.', en: 'End their appointments first.' },
});
export const parentNotValid = defineProblem({
  code: 'organisations.parent-not-valid',
  status: 409,
  title: { vi: 'Đơn vị cấp trên không hoạt động vào ngày này', en: 'The unit above does not exist on that day' },
});
export const codeTaken = defineProblem({
  code: 'organisations.code-taken',
  status: 409,
  title: { vi: 'Mã định danh này đang thuộc một đơn vị khác', en: 'Another unit has this identifier in that period' },
});
export const codeOverlap = defineProblem({
  code: 'organisations.code-overlap',
  status: 409,
  title: {
    vi: 'Đơn vị đã có mã định danh cùng loại trong thời gian này',
    en: 'The unit has an identifier of this kind in that period',
  },
});
export const codeWrong = defineProblem({
  code: 'organisations.code-wrong',
  status: 422,
  title: { vi: 'Mã định danh không đúng cấu trúc', en: 'This is not an agency identifier' },
  advice: { vi: 'Ví dụ đúng: 000.00.12.H41 hoặc H41.12', en: 'It looks like 000.00.12.H41 or H41.12' },
});
export const officerMissing = defineProblem({
  code: 'organisations.officer-missing',
  status: 404,
  title: { vi: 'Không tìm thấy cán bộ này', en: 'There is no such officer' },
});
export const staffCodeTaken = defineProblem({
  code: 'organisations.staff-code-taken',
  status: 409,
  title: { vi: 'Mã cán bộ này đã có người dùng', en: 'Another officer has this staff code' },
});
export const officerEmailTaken = defineProblem({
  code: 'organisations.officer-email-taken',
  status: 409,
  title: { vi: 'Địa chỉ thư điện tử này đã thuộc cán bộ khác', en: 'Another officer has this e-mail address' },
});
export const postMissing = defineProblem({
  code: 'organisations.post-missing',
  status: 404,
  title: { vi: 'Không tìm thấy vị trí này', en: 'There is no such post' },
});
export const postNotValid = defineProblem({
  code: 'organisations.post-not-valid',
  status: 409,
  title: { vi: 'Vị trí không có hiệu lực trong thời gian này', en: 'The post does not exist in that period' },
});
export const appointmentOverlap = defineProblem({
  code: 'organisations.appointment-overlap',
  status: 409,
  title: {
    vi: 'Cán bộ đã giữ vị trí này trong thời gian đó',
    en: 'The officer holds this post in that period already',
  },
});
export const appointmentMissing = defineProblem({
  code: 'organisations.appointment-missing',
  status: 404,
  title: { vi: 'Không tìm thấy quyết định bổ nhiệm này', en: 'There is no such appointment' },
});
export const substitutionOverlap = defineProblem({
  code: 'organisations.substitution-overlap',
  status: 409,
  title: {
    vi: 'Đã có uỷ quyền giữa hai người trong thời gian này',
    en: 'There is a substitution between the two in that period',
  },
});
export const substitutionWithoutPost = defineProblem({
  code: 'organisations.substitution-without-post',
  status: 409,
  title: {
    vi: 'Người uỷ quyền không giữ vị trí này suốt thời gian uỷ quyền',
    en: 'The person replaced does not hold the post over the whole period',
  },
});
export const substitutionMissing = defineProblem({
  code: 'organisations.substitution-missing',
  status: 404,
  title: { vi: 'Không tìm thấy uỷ quyền này', en: 'There is no such substitution' },
});
export const roleMissing = defineProblem({
  code: 'organisations.role-missing',
  status: 404,
  title: { vi: 'Không tìm thấy vai trò này', en: 'There is no such role' },
});
const roleKeyTaken = defineProblem({
  code: 'organisations.role-key-taken',
  status: 409,
  title: { vi: 'Mã vai trò này đã có', en: 'There is a role with this code' },
});
export const periodWrong = defineProblem({
  code: 'organisations.period-wrong',
  status: 422,
  title: { vi: 'Ngày kết thúc phải từ ngày bắt đầu trở đi', en: 'The last day cannot be before the first' },
});
export const importMissing = defineProblem({
  code: 'organisations.import-missing',
  status: 404,
  title: { vi: 'Không tìm thấy lần nhập này', en: 'There is no such import' },
});
export const importDone = defineProblem({
  code: 'organisations.import-done',
  status: 409,
  title: { vi: 'Lần nhập này đã kết thúc', en: 'This import is finished' },
});

mapConstraint('unit_version_overlap_excl', unitOverlap);
mapConstraint('unit_version_not_own_parent_check', unitInCircle);
mapConstraint('unit_ancestor_depth_check', unitInCircle);
mapConstraint('unit_ancestor_pkey', unitInCircle);
mapConstraint('unit_version_period_check', periodWrong);
mapConstraint('agency_identifier_code_excl', codeTaken);
mapConstraint('agency_identifier_unit_excl', codeOverlap);
mapConstraint('agency_identifier_shape_check', codeWrong);
mapConstraint('officer_staff_code_unique', staffCodeTaken);
mapConstraint('officer_email_unique', officerEmailTaken);
mapConstraint('appointment_overlap_excl', appointmentOverlap);
mapConstraint('appointment_period_check', periodWrong);
mapConstraint('agency_identifier_period_check', periodWrong);
mapConstraint('post_period_check', periodWrong);
mapConstraint('substitution_overlap_excl', substitutionOverlap);
mapConstraint('substitution_period_check', periodWrong);
mapConstraint('role_key_unique', roleKeyTaken);
