import { defineProblem } from '../../platform/problems.ts';

export const contentNotBase64 = defineProblem({
  code: 'dossiers.content-not-base64',
  status: 422,
  title: { vi: 'Nội dung tệp không phải base64', en: 'The content of a paper is not base64' },
});
export const unitNeeded = defineProblem({
  code: 'dossiers.unit-needed',
  status: 422,
  title: {
    vi: 'Nhiều cơ quan giải quyết thủ tục này, cần chọn một',
    en: 'Several agencies offer this procedure: name one in unitId',
  },
});
export const uploadUnknown = defineProblem({
  code: 'dossiers.upload-unknown',
  status: 422,
  title: { vi: 'Tệp đã tải lên không có hoặc chưa tải xong', en: 'The upload is not there, or not complete' },
});
