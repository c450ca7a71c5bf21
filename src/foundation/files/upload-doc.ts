import type { ApiDoc } from '../../platform/http/api-doc.ts';
import {
  fileContentDiffers,
  fileEmpty,
  fileKindRefused,
  fileTooLarge,
  fileUnsafe,
  heicUnreadable,
  noRoomLeft,
  pictureBusy,
  uploadBroken,
} from './file-problems.ts';
import {
  tooManyUploads,
  uploadBusy,
  uploadChecksumDiffers,
  uploadGone,
  uploadMalformed,
  uploadNotGranted,
  uploadOffsetWrong,
  uploadOverrun,
  uploadTypeWrong,
  uploadVersionWrong,
} from './upload-problems.ts';

/** What may be wrong with the bytes of a file, however they came. */
export const fileProblems = [
  fileEmpty,
  fileTooLarge,
  fileKindRefused,
  fileContentDiffers,
  fileUnsafe,
  heicUnreadable,
  pictureBusy,
  uploadBroken,
  noRoomLeft,
] as const;

const tag = 'uploads';
const version = {
  'Tus-Resumable': { description: { vi: 'Phiên bản tus', en: 'Version of tus' }, required: true, example: '1.0.0' },
};
const params = {
  uploadId: {
    description: { vi: 'Lần tải lên', en: 'The upload' },
    example: '01998a52-0000-7000-8000-000000000001',
  },
};
const none = (vi: string, en: string) => ({ description: { vi, en } });

/** What the document says of uploads in pieces. */
export const uploadDocs = {
  create: {
    id: 'createUpload',
    tag,
    summary: { vi: 'Bắt đầu tải một tệp lên', en: 'Begin an upload' },
    description: {
      vi: 'Theo giao thức tus 1.0.0: tải từng phần, đứt thì tải tiếp. Tên tệp (base64) ghi trong Upload-Metadata. Tải xong thì dùng mã lần tải làm uploadId khi nộp, bổ sung, nhập kết quả; tệp chưa dùng bị bỏ sau 24 giờ.',
      en: 'The tus protocol 1.0.0: in pieces, going on after a break. Upload-Metadata holds the file name as base64. Its id is the `uploadId` of a paper or a result; what is not used is dropped after 24 hours.',
    },
    headers: {
      ...version,
      'Upload-Length': { description: { vi: 'Số byte', en: 'Bytes in all' }, required: true, example: '308' },
      'Upload-Metadata': {
        description: { vi: 'filename và tên tệp bằng base64', en: '`filename` and the name as base64' },
        required: true,
        example: 'filename Z2lheS5wZGY=',
      },
    },
    answers: { 201: none('Địa chỉ trong Location', 'Its address is in Location') },
    problems: [
      uploadVersionWrong,
      uploadMalformed,
      uploadNotGranted,
      fileKindRefused,
      fileTooLarge,
      noRoomLeft,
      tooManyUploads,
    ],
  },
  tell: {
    id: 'getUpload',
    tag,
    summary: { vi: 'Đã tải lên đến đâu', en: 'How far an upload has come' },
    description: {
      vi: 'Số byte đã nhận ở tiêu đề Upload-Offset. Cũng gọi được bằng HEAD.',
      en: 'Upload-Offset says how many bytes are there. HEAD works, too.',
    },
    params,
    headers: version,
    answers: { 200: { ...none('Trong các tiêu đề', 'In the headers'), type: 'text/plain' } },
    problems: [uploadVersionWrong, uploadGone],
  },
  append: {
    id: 'appendToUpload',
    tag,
    summary: { vi: 'Tải tiếp một phần', en: 'Send a piece' },
    params,
    headers: {
      ...version,
      'Upload-Offset': {
        description: { vi: 'Vị trí bắt đầu', en: 'Where the piece begins' },
        required: true,
        example: '0',
      },
    },
    bodyType: 'application/offset+octet-stream',
    answers: { 204: none('Đã nhận', 'Taken') },
    problems: [
      uploadVersionWrong,
      uploadMalformed,
      uploadTypeWrong,
      uploadGone,
      uploadBusy,
      uploadOffsetWrong,
      uploadOverrun,
      uploadChecksumDiffers,
      fileContentDiffers,
      fileUnsafe,
      heicUnreadable,
      pictureBusy,
      fileEmpty,
      uploadBroken,
    ],
  },
  cancel: {
    id: 'cancelUpload',
    tag,
    summary: { vi: 'Bỏ một lần tải lên', en: 'Drop an upload' },
    params,
    headers: version,
    answers: { 204: none('Đã bỏ', 'Dropped') },
    problems: [uploadVersionWrong, uploadGone],
  },
} as const satisfies Record<string, ApiDoc>;
