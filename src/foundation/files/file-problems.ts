import { defineProblem } from '../../platform/problems.ts';

export const fileEmpty = defineProblem({
  code: 'files.empty',
  status: 422,
  title: { vi: 'Tệp không có nội dung', en: 'The file is empty' },
  advice: {
    vi: 'Mở tệp trên máy để kiểm tra, rồi chọn lại.',
    en: 'Open the file on your device to check it, then choose it again.',
  },
});
export const fileTooLarge = defineProblem({
  code: 'files.too-large',
  status: 422,
  title: { vi: 'Tệp lớn quá mức cho phép', en: 'The file is too large' },
  advice: {
    vi: 'Chụp ảnh với độ phân giải thấp hơn hoặc tách thành nhiều tệp.',
    en: 'Take the picture at a lower resolution or split the file.',
  },
});
export const fileKindRefused = defineProblem({
  code: 'files.kind-refused',
  status: 422,
  title: { vi: 'Loại tệp này không được nhận', en: 'This kind of file is not accepted' },
});
export const fileContentDiffers = defineProblem({
  code: 'files.content-differs',
  status: 422,
  title: { vi: 'Nội dung tệp không đúng với phần đuôi của tên tệp', en: 'The content does not match the file name' },
  advice: {
    vi: 'Mở tệp để kiểm tra và lưu lại đúng loại.',
    en: 'Open the file, check it and save it as the right type.',
  },
});
export const fileUnsafe = defineProblem({
  code: 'files.unsafe',
  status: 422,
  title: { vi: 'Tệp nén này không an toàn để mở', en: 'This compressed file is not safe to open' },
});
export const heicUnreadable = defineProblem({
  code: 'files.heic-unreadable',
  status: 422,
  title: { vi: 'Không đọc được ảnh HEIC này', en: 'This HEIC picture cannot be read' },
  advice: {
    vi: 'Ảnh bị hỏng hoặc tải chưa hết. Trên iPhone: vào Cài đặt, Camera, Định dạng, chọn “Tương thích nhất” rồi chụp lại; hoặc mở ảnh, bấm Chia sẻ, Tùy chọn, chọn “Tương thích nhất” rồi gửi lại.',
    en: 'It is damaged or did not come whole. On an iPhone open Settings, Camera, Formats, choose “Most Compatible” and take it again; or open the picture, Share, Options, “Most Compatible”, and send it again.',
  },
});
export const pictureBusy = defineProblem({
  code: 'files.picture-busy',
  status: 503,
  title: { vi: 'Đang có nhiều ảnh chờ chuyển đổi', en: 'Many pictures are waiting to be converted' },
  advice: {
    vi: 'Ảnh chưa được lưu. Hãy gửi lại sau ít phút.',
    en: 'Nothing was kept. Send it again in a few minutes.',
  },
});
export const uploadBroken = defineProblem({
  code: 'files.upload-broken',
  status: 400,
  title: { vi: 'Đường truyền bị ngắt khi đang tải tệp', en: 'The upload broke off' },
  advice: { vi: 'Tệp chưa được lưu. Hãy tải lại.', en: 'Nothing was kept. Please upload again.' },
});
export const fileMissing = defineProblem({
  code: 'files.missing',
  status: 404,
  title: { vi: 'Không tìm thấy tệp này', en: 'File not found' },
});

export const fileErased = defineProblem({
  code: 'files.erased',
  status: 410,
  title: { vi: 'Tệp này đã được xóa theo quy định', en: 'This file was erased by decision' },
  advice: {
    vi: 'Biên bản xóa được lưu tại đơn vị quản trị hệ thống.',
    en: 'The certificate of erasure is kept by the administrators.',
  },
});
export const fileInfected = defineProblem({
  code: 'files.infected',
  status: 403,
  title: { vi: 'Tệp này có vi-rút nên đã bị cách ly', en: 'This file holds a virus and is in quarantine' },
  advice: {
    vi: 'Quét vi-rút trên máy của bạn, rồi gửi lại bản sạch. Nếu cho rằng nhầm, hãy gọi quản trị viên.',
    en: 'Clean your device and send a clean copy. If you think it is a mistake, call an administrator.',
  },
});
export const fileNotScanned = defineProblem({
  code: 'files.not-scanned',
  status: 409,
  title: { vi: 'Tệp đang được kiểm tra vi-rút', en: 'The file is being looked through for viruses' },
  advice: { vi: 'Hãy mở lại sau ít phút.', en: 'Open it again in a few minutes.' },
});
export const noRoomLeft = defineProblem({
  code: 'files.no-room-left',
  status: 422,
  title: { vi: 'Đã dùng hết dung lượng lưu tệp', en: 'The room for files is used up' },
  advice: {
    vi: 'Xóa bớt giấy tờ hoặc bản nháp không cần nữa, rồi tải lại.',
    en: 'Delete papers or drafts you no longer need, then try again.',
  },
});
export const policyWrong = defineProblem({
  code: 'files.policy-wrong',
  status: 422,
  title: { vi: 'Giá trị đặt chưa đúng', en: 'A setting is not right' },
});
