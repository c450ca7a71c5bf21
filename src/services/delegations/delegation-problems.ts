import { defineProblem, mapConstraint } from '../../platform/problems.ts';

export const delegationNotFound = defineProblem({
  code: 'delegations.not-found',
  status: 404,
  title: { vi: 'Không tìm thấy giấy ủy quyền', en: 'Delegation not found' },
});
export const delegationSettled = defineProblem({
  code: 'delegations.settled',
  status: 409,
  title: { vi: 'Ủy quyền này đã được trả lời hoặc đã kết thúc', en: 'This delegation was answered or ended already' },
  advice: { vi: 'Tải lại trang để xem tình trạng mới.', en: 'Reload the page to see how it stands.' },
});
export const tooManyProposals = defineProblem({
  code: 'delegations.too-many',
  status: 409,
  title: { vi: 'Bạn có quá nhiều đề nghị ủy quyền đang chờ', en: 'Too many proposals are waiting' },
  advice: { vi: 'Rút bớt đề nghị cũ rồi tạo đề nghị mới.', en: 'Withdraw some before making another.' },
});
/** The mandate ran out, was withdrawn, or does not cover this. */
export const mandateEnded = defineProblem({
  code: 'delegations.mandate-ended',
  status: 403,
  title: {
    vi: 'Ủy quyền đã hết hiệu lực hoặc không bao gồm việc này',
    en: 'The mandate has ended or does not cover this',
  },
  advice: {
    vi: 'Nhờ người ủy quyền kiểm tra ở mục Ủy quyền trong tài khoản của họ.',
    en: 'Ask the person to check it under Mandates in their account.',
  },
});
export const notAnOperator = defineProblem({
  code: 'delegations.not-an-operator',
  status: 409,
  title: { vi: 'Tổ chức này không phải đơn vị bưu chính công ích', en: 'This organisation is not the public post' },
});
mapConstraint('delegation_period_check', delegationSettled);
