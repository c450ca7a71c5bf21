import { defineProblem, mapConstraint } from '../../platform/problems.ts';

export const catalogueMissing = defineProblem({
  code: 'catalogues.not-found',
  status: 404,
  title: { vi: 'Không có danh mục này', en: 'There is no such catalogue' },
  advice: { vi: 'Xem các danh mục đang có rồi chọn lại.', en: 'Choose one of the catalogues that exist.' },
});
export const versionMissing = defineProblem({
  code: 'catalogues.version-not-found',
  status: 404,
  title: { vi: 'Danh mục không có phiên bản này', en: 'The catalogue has no such version' },
});
export const itemMissing = defineProblem({
  code: 'catalogues.item-not-found',
  status: 404,
  title: { vi: 'Danh mục không có mã này', en: 'The catalogue has no such code' },
  advice: {
    vi: 'Mã có thể thuộc phiên bản của ngày khác. Hãy chọn ngày rồi xem lại.',
    en: 'The code may belong to the version of another day. Choose the day and look again.',
  },
});
export const codeTaken = defineProblem({
  code: 'catalogues.code-taken',
  status: 409,
  title: { vi: 'Đã có danh mục mang mã này', en: 'A catalogue has this code already' },
});
export const sameStart = defineProblem({
  code: 'catalogues.same-start',
  status: 409,
  title: { vi: 'Đã có phiên bản khác bắt đầu hiệu lực cùng ngày', en: 'Another version begins on the same day' },
});
export const draftThere = defineProblem({
  code: 'catalogues.draft-there',
  status: 409,
  title: { vi: 'Danh mục đang có một bản soạn', en: 'The catalogue has a draft already' },
  advice: { vi: 'Sửa tiếp bản soạn đó.', en: 'Go on with that draft.' },
});
export const draftMissing = defineProblem({
  code: 'catalogues.no-draft',
  status: 409,
  title: { vi: 'Bản soạn đã được ban hành hoặc đã bỏ', en: 'The draft was published or discarded' },
});
export const listWrong = defineProblem({
  code: 'catalogues.list-wrong',
  status: 422,
  title: { vi: 'Danh sách mục còn lỗi', en: 'The list of items is not right' },
  advice: { vi: 'Sửa các dòng được nêu rồi làm lại.', en: 'Correct the lines named, then try again.' },
});
export const proposalMissing = defineProblem({
  code: 'catalogues.proposal-not-found',
  status: 404,
  title: { vi: 'Không có đề nghị này', en: 'There is no such proposal' },
});
export const proposalDone = defineProblem({
  code: 'catalogues.proposal-done',
  status: 409,
  title: { vi: 'Đề nghị này đã có kết luận', en: 'The proposal has been decided' },
});
export const ownProposal = defineProblem({
  code: 'catalogues.own-proposal',
  status: 403,
  title: { vi: 'Người đề nghị không tự duyệt đề nghị của mình', en: 'Nobody decides on a proposal of their own' },
});
export const proposalStale = defineProblem({
  code: 'catalogues.proposal-stale',
  status: 409,
  title: {
    vi: 'Danh mục đã thay đổi nên đề nghị không còn áp dụng được',
    en: 'The catalogue has changed and the proposal no longer fits',
  },
  advice: {
    vi: 'Từ chối và nêu lý do, hoặc sửa bản soạn trước.',
    en: 'Refuse it with the reason, or change the draft.',
  },
});
export const importMissing = defineProblem({
  code: 'catalogues.import-not-found',
  status: 404,
  title: { vi: 'Không có lần nhập này', en: 'There is no such import' },
});
export const importDone = defineProblem({
  code: 'catalogues.import-done',
  status: 409,
  title: { vi: 'Lần nhập này đã xong', en: 'The import is over' },
});
export const mappingThere = defineProblem({
  code: 'catalogues.mapping-there',
  status: 409,
  title: { vi: 'Hai mã này đã được ánh xạ từ cùng ngày', en: 'These codes are mapped from the same day already' },
});
mapConstraint('catalogue_code_key', codeTaken);
mapConstraint('version_start_key', sameStart);
mapConstraint('version_draft_key', draftThere);
mapConstraint('version_number_key', draftThere);
mapConstraint('mapping_pair_key', mappingThere);
