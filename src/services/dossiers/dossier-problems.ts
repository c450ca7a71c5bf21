import { defineProblem, mapConstraint } from '../../platform/problems.ts';

export const dossierNotFound = defineProblem({
  code: 'dossiers.not-found',
  status: 404,
  title: { vi: 'Không tìm thấy hồ sơ', en: 'Dossier not found' },
  advice: { vi: 'Kiểm tra lại mã hồ sơ và mã tra cứu.', en: 'Check the dossier code and the tracking code.' },
});
export const codeTaken = defineProblem({
  code: 'dossiers.code-taken',
  status: 409,
  title: { vi: 'Mã hồ sơ này đã được cấp', en: 'This dossier code has been given already' },
  advice: { vi: 'Hãy tiếp nhận lại.', en: 'Receive the dossier again.' },
});
export const agencyWithoutIdentifier = defineProblem({
  code: 'dossiers.agency-without-identifier',
  status: 409,
  title: {
    vi: 'Cơ quan tiếp nhận chưa có mã định danh vào ngày này',
    en: 'The receiving agency has no identifier on this day',
  },
  advice: {
    vi: 'Quản trị viên cần nhập mã định danh của cơ quan.',
    en: 'An administrator has to enter the identifier of the agency.',
  },
});
export const calendarMissing = defineProblem({
  code: 'dossiers.calendar-missing',
  status: 409,
  title: { vi: 'Cơ quan giải quyết chưa có lịch làm việc', en: 'The competent agency has no working calendar' },
  advice: {
    vi: 'Quản trị viên cần nhập lịch làm việc trước khi tiếp nhận.',
    en: 'An administrator has to enter the calendar first.',
  },
});
export const keyUsedForOther = defineProblem({
  code: 'dossiers.key-used-for-other-content',
  status: 422,
  title: { vi: 'Khóa gửi này đã dùng cho một nội dung khác', en: 'This idempotency key was used with another content' },
});
export const submitBusy = defineProblem({
  code: 'dossiers.submit-busy',
  status: 503,
  title: { vi: 'Quá nhiều hồ sơ đang được gửi cùng lúc', en: 'Too many dossiers are being submitted at once' },
  advice: {
    vi: 'Hồ sơ chưa được gửi. Hãy thử lại sau một phút.',
    en: 'The dossier was not submitted. Try again in a minute.',
  },
});
export const reasonMissing = defineProblem({
  code: 'dossiers.reason-missing',
  status: 422,
  title: { vi: 'Cần ghi rõ lý do', en: 'A reason is needed' },
});
export const legalBasisMissing = defineProblem({
  code: 'dossiers.legal-basis-missing',
  status: 422,
  title: { vi: 'Cần ghi căn cứ pháp lý', en: 'A legal basis is needed' },
});
export const nothingRequested = defineProblem({
  code: 'dossiers.nothing-requested',
  status: 422,
  title: { vi: 'Cần ghi ít nhất một nội dung phải bổ sung', en: 'Name at least one thing to supplement' },
});
export const nothingAnswered = defineProblem({
  code: 'dossiers.nothing-answered',
  status: 422,
  title: { vi: 'Chưa có giấy tờ hoặc nội dung bổ sung nào', en: 'Nothing has been supplemented' },
});
export const unknownPaper = defineProblem({
  code: 'dossiers.unknown-paper',
  status: 422,
  title: { vi: 'Giấy tờ này không thuộc hồ sơ', en: 'This paper does not belong to the dossier' },
});
export const feeUnknown = defineProblem({
  code: 'dossiers.fee-unknown',
  status: 422,
  title: {
    vi: 'Khoản thu này không thuộc hồ sơ hoặc đã thu',
    en: 'This fee does not belong to the dossier or is paid',
  },
});
export const feesOpen = defineProblem({
  code: 'dossiers.fees-open',
  status: 409,
  title: { vi: 'Hồ sơ còn khoản chưa thu', en: 'A fee is still to be paid' },
});
export const stepNotStarted = defineProblem({
  code: 'dossiers.step-not-started',
  status: 409,
  title: { vi: 'Bước này chưa bắt đầu', en: 'This step has not been started' },
});
export const approvalMissing = defineProblem({
  code: 'dossiers.approval-missing',
  status: 409,
  title: { vi: 'Bước này cần người có thẩm quyền phê duyệt', en: 'This step needs an approval' },
});
export const stepsOpen = defineProblem({
  code: 'dossiers.steps-open',
  status: 409,
  title: { vi: 'Còn bước chưa làm xong', en: 'Steps are still open' },
});
export const noStepBefore = defineProblem({
  code: 'dossiers.no-step-before',
  status: 409,
  title: { vi: 'Đây là bước đầu tiên', en: 'This is the first step' },
});
export const extensionTooLate = defineProblem({
  code: 'dossiers.extension-too-late',
  status: 409,
  title: {
    vi: 'Phải xin lỗi và hẹn lại chậm nhất 01 ngày trước ngày hẹn',
    en: 'A re-appointment has to be made at least one day before the appointment',
  },
});
export const extensionTwice = defineProblem({
  code: 'dossiers.extension-twice',
  status: 409,
  title: { vi: 'Chỉ được hẹn lại một lần', en: 'A dossier may be re-appointed once only' },
});
export const extensionNotLater = defineProblem({
  code: 'dossiers.extension-not-later',
  status: 422,
  title: { vi: 'Ngày hẹn lại phải sau ngày hẹn cũ', en: 'The new appointment has to be later than the old one' },
});
export const noAppointment = defineProblem({
  code: 'dossiers.no-appointment',
  status: 409,
  title: { vi: 'Hồ sơ này không có ngày hẹn trả', en: 'This dossier has no appointment' },
});
export const takeBackTooLate = defineProblem({
  code: 'dossiers.take-back-too-late',
  status: 409,
  title: { vi: 'Đã quá thời gian hoàn tác', en: 'It is too late to take this back' },
});
export const nothingToTakeBack = defineProblem({
  code: 'dossiers.nothing-to-take-back',
  status: 409,
  title: { vi: 'Không có thao tác nào của bạn để hoàn tác', en: 'There is nothing of yours to take back' },
});
export const postElsewhere = defineProblem({
  code: 'dossiers.post-elsewhere',
  status: 422,
  title: {
    vi: 'Vị trí được phân công không thuộc đơn vị đang xử lý',
    en: 'The post does not belong to the unit that handles the dossier',
  },
});
export const slipNotThere = defineProblem({
  code: 'dossiers.slip-not-there',
  status: 404,
  title: { vi: 'Hồ sơ này chưa có phiếu đó', en: 'This dossier has no such slip yet' },
});

mapConstraint('dossier_code_key', codeTaken);
mapConstraint('dossier_code_parts_key', codeTaken);

export const slipsBusy = defineProblem({
  code: 'dossiers.slips-busy',
  status: 503,
  title: { vi: 'Đang có quá nhiều phiếu chờ in', en: 'Too many slips wait to be set' },
  advice: { vi: 'Chờ vài giây rồi mở lại.', en: 'Wait a few seconds and open it again.' },
});
export const slipTooSlow = defineProblem({
  code: 'dossiers.slip-too-slow',
  status: 503,
  title: { vi: 'Chưa lập được phiếu này trong thời gian cho phép', en: 'This slip could not be set in time' },
  advice: {
    vi: 'Mở lại. Nếu vẫn vậy, báo người quản trị hệ thống.',
    en: 'Open it again. If it happens again, tell the administrator.',
  },
});
