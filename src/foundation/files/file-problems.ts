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
