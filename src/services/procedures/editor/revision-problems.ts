import { defineProblem, mapConstraint } from '../../../platform/problems.ts';

export const draftMissing = defineProblem({
  code: 'procedures.draft-missing',
  status: 404,
  title: { vi: 'Không có bản soạn nào đang mở', en: 'No draft is open' },
  advice: { vi: 'Mở bản soạn từ trang của thủ tục.', en: 'Open one from the page of the procedure.' },
});
export const draftOpenAlready = defineProblem({
  code: 'procedures.draft-open',
  status: 409,
  title: { vi: 'Thủ tục này đã có bản soạn đang mở', en: 'A draft of this procedure is open already' },
  advice: { vi: 'Làm tiếp trên bản đang mở.', en: 'Go on with that one.' },
});
export const draftShut = defineProblem({
  code: 'procedures.draft-shut',
  status: 409,
  title: { vi: 'Bản soạn không còn ở bước cho phép làm việc này', en: 'The draft is not at a step that allows this' },
  advice: { vi: 'Tải lại trang để xem bước hiện tại.', en: 'Load the page again to see where it is.' },
});
export const ownDraft = defineProblem({
  code: 'procedures.own-draft',
  status: 403,
  title: { vi: 'Người đã soạn không tự duyệt được', en: 'Nobody approves what they wrote' },
  advice: {
    vi: 'Hãy để một người khác có quyền duyệt xem và quyết định.',
    en: 'Another person who may review has to decide.',
  },
});
export const notReviewed = defineProblem({
  code: 'procedures.not-reviewed',
  status: 409,
  title: { vi: 'Bản này chưa được người thứ hai duyệt', en: 'A second person has not approved this version' },
  advice: { vi: 'Gửi duyệt trước khi công bố.', en: 'Send it for review before it is published.' },
});
export const codeTaken = defineProblem({
  code: 'procedures.code-taken',
  status: 409,
  title: { vi: 'Mã thủ tục này đã có', en: 'There is a procedure with this code' },
});
mapConstraint('revision_open_key', draftOpenAlready);
