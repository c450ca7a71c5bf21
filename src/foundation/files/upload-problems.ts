import { defineProblem } from '../../platform/problems.ts';

/* What an upload in pieces is refused for; the numbers are those of tus 1.0. */

export const uploadNotGranted = defineProblem({
  code: 'files.upload-not-granted',
  status: 403,
  title: { vi: 'Trang này đã mở quá lâu', en: 'This page has been open for too long' },
  advice: { vi: 'Tải lại trang rồi chọn tệp một lần nữa.', en: 'Reload the page and choose the file again.' },
});
export const uploadGone = defineProblem({
  code: 'files.upload-gone',
  status: 404,
  title: { vi: 'Phần tệp đã tải trước đây không còn', en: 'What was uploaded before is no longer there' },
  advice: { vi: 'Chọn tệp một lần nữa.', en: 'Choose the file again.' },
});
export const uploadBusy = defineProblem({
  code: 'files.upload-busy',
  status: 423,
  title: { vi: 'Tệp này đang được tải lên từ nơi khác', en: 'This file is being uploaded from elsewhere' },
});
export const uploadOffsetWrong = defineProblem({
  code: 'files.upload-offset-wrong',
  status: 409,
  title: { vi: 'Phần gửi lên không nối tiếp phần đã có', en: 'The piece does not follow what is there' },
});
export const uploadOverrun = defineProblem({
  code: 'files.upload-overrun',
  status: 413,
  title: { vi: 'Gửi lên nhiều hơn dung lượng đã báo', en: 'More was sent than was announced' },
});
export const uploadTypeWrong = defineProblem({
  code: 'files.upload-type-wrong',
  status: 415,
  title: { vi: 'Cách gửi tệp không đúng', en: 'The piece is not of the type application/offset+octet-stream' },
});
export const uploadVersionWrong = defineProblem({
  code: 'files.upload-version-wrong',
  status: 412,
  title: { vi: 'Cách tải tệp này không được hỗ trợ', en: 'Only tus 1.0.0 is spoken here' },
});
export const uploadMalformed = defineProblem({
  code: 'files.upload-malformed',
  status: 400,
  title: { vi: 'Yêu cầu tải tệp không đọc được', en: 'The headers of the upload make no sense' },
});
/** 460 is the number that tus gives it. */
export const uploadChecksumDiffers = defineProblem({
  code: 'files.upload-checksum-differs',
  status: 460,
  title: { vi: 'Phần gửi lên bị hỏng trên đường truyền', en: 'The piece was damaged on its way' },
});
export const tooManyUploads = defineProblem({
  code: 'files.too-many-uploads',
  status: 429,
  title: { vi: 'Bạn đang tải dở quá nhiều tệp', en: 'Too many of your uploads are unfinished' },
  advice: { vi: 'Đợi các tệp đang tải xong, hoặc hủy bớt.', en: 'Wait for the others to finish, or cancel some.' },
});
