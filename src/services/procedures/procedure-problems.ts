import { defineProblem, mapConstraint } from '../../platform/problems.ts';

export const procedureNotFound = defineProblem({
  code: 'procedures.not-found',
  status: 404,
  title: { vi: 'Không có thủ tục này', en: 'There is no such procedure' },
  advice: {
    vi: 'Thủ tục có thể đã được thay thế. Hãy tìm theo tên.',
    en: 'It may have been replaced. Search for its name.',
  },
});
export const versionNotFound = defineProblem({
  code: 'procedures.version-not-found',
  status: 404,
  title: { vi: 'Không có phiên bản thủ tục này', en: 'There is no such version' },
});
export const notPublishable = defineProblem({
  code: 'procedures.not-publishable',
  status: 422,
  title: { vi: 'Thủ tục chưa đủ nội dung để công bố', en: 'The procedure is not complete enough to be published' },
  advice: { vi: 'Bổ sung các mục còn thiếu rồi công bố.', en: 'Add what is missing, then publish.' },
});
export const wrongState = defineProblem({
  code: 'procedures.wrong-state',
  status: 409,
  title: { vi: 'Phiên bản này không còn ở trạng thái cho phép', en: 'The version is not in a state that allows this' },
});
export const inForceAlready = defineProblem({
  code: 'procedures.in-force-already',
  status: 409,
  title: { vi: 'Phiên bản này đã có hiệu lực', en: 'This version is in force already' },
  advice: {
    vi: 'Chỉ rút lại được công bố chưa đến ngày hiệu lực. Hãy bãi bỏ, hoặc công bố một phiên bản mới.',
    en: 'Only a publication whose day has not come can be taken back. Retire it, or publish a new version.',
  },
});
export const ownTimeLonger = defineProblem({
  code: 'procedures.own-time-longer',
  status: 422,
  title: {
    vi: 'Thời hạn của đơn vị không được dài hơn quy định',
    en: "A unit's own time limit cannot be longer than the law's",
  },
});
export const offerNotFound = defineProblem({
  code: 'procedures.offer-not-found',
  status: 404,
  title: { vi: 'Đơn vị không tiếp nhận thủ tục này', en: 'The unit does not offer this procedure' },
});
export const formNotThere = defineProblem({
  code: 'procedures.form-not-there',
  status: 404,
  title: { vi: 'Thủ tục này không có biểu mẫu đó', en: 'The procedure has no such form' },
  advice: {
    vi: 'Xem thành phần hồ sơ trên trang của thủ tục, hoặc hỏi bộ phận một cửa.',
    en: 'See the papers on the page of the procedure, or ask at the one-stop desk.',
  },
});
const twiceADay = defineProblem({
  code: 'procedures.same-start',
  status: 409,
  title: { vi: 'Đã có phiên bản khác bắt đầu hiệu lực cùng ngày', en: 'Another version begins on the same day' },
});
const offeredAlready = defineProblem({
  code: 'procedures.offered-already',
  status: 409,
  title: { vi: 'Đơn vị đã tiếp nhận thủ tục này', en: 'The unit offers this procedure already' },
});
mapConstraint('procedure_version_start_key', twiceADay);
mapConstraint('offer_start_key', offeredAlready);
