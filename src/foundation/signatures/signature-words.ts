import type { Locale } from '../../platform/http/page-context.ts';
import type { Finding, Indication } from './judge/verdict.ts';

type Words = Record<Locale, string>;

/** The verdicts in words that are not the standard's. */
export const indicationWords: Record<Indication, Words> = {
  'TOTAL-PASSED': { vi: 'Chữ ký hợp lệ', en: 'The signature is valid' },
  INDETERMINATE: { vi: 'Chưa kết luận được', en: 'Not decided' },
  'TOTAL-FAILED': { vi: 'Chữ ký không hợp lệ', en: 'The signature is not valid' },
};

/** What was found, said to somebody who knows nothing of cryptography. */
export const findingWords: Record<Finding, Words> = {
  'cannot-be-read': {
    vi: 'Không đọc được chữ ký này: nó không theo định dạng mà chương trình biết.',
    en: 'This signature cannot be read: it is of a format that the program does not know.',
  },
  encrypted: {
    vi: 'Tệp được đặt mật khẩu nên không kiểm tra được.',
    en: 'The file is protected by a password and cannot be checked.',
  },
  'covers-part-only': {
    vi: 'Chữ ký chỉ bao trùm một phần của tệp. Phần còn lại không ai ký.',
    en: 'The signature covers only a part of the file. Nobody signed the rest.',
  },
  'content-changed': {
    vi: 'Nội dung đã bị thay đổi sau khi ký.',
    en: 'The content was changed after it was signed.',
  },
  'not-of-this-key': {
    vi: 'Chữ ký không do khóa của chứng thư này tạo ra.',
    en: 'The signature was not made by the key of this certificate.',
  },
  'other-certificate-named': {
    vi: 'Chữ ký nói về một chứng thư khác với chứng thư kèm theo.',
    en: 'The signature names another certificate than the one that comes with it.',
  },
  'signer-missing': { vi: 'Tệp không kèm chứng thư của người ký.', en: 'The signer’s certificate is not in the file.' },
  'changed-after': {
    vi: 'Sau khi ký, tệp bị thêm hoặc sửa những thứ mà chữ ký không cho phép. Điều bạn đang thấy có thể không phải điều đã ký.',
    en: 'After it was signed, the file was changed in ways that the signature does not allow. What you see may not be what was signed.',
  },
  'not-trusted': {
    vi: 'Chữ ký nguyên vẹn, nhưng cơ quan cấp chứng thư chưa có trong danh sách tin cậy của tỉnh, nên chưa xác nhận được ai ký.',
    en: 'The signature is intact, but the authority behind the certificate is not on the province’s trust list, so who signed cannot be confirmed.',
  },
  'chain-broken': {
    vi: 'Chuỗi chứng thư có mắt xích không được phép cấp chứng thư.',
    en: 'The chain of certificates has a link that may not issue certificates.',
  },
  'wrong-purpose': {
    vi: 'Chứng thư này không được cấp để ký văn bản.',
    en: 'This certificate was not issued for signing documents.',
  },
  'not-yet-valid': {
    vi: 'Chứng thư chưa có hiệu lực vào lúc ký.',
    en: 'The certificate was not valid yet at that time.',
  },
  expired: {
    vi: 'Chứng thư đã hết hạn và không có dấu thời gian chứng minh chữ ký có từ trước đó.',
    en: 'The certificate has expired, and no time-stamp proves that the signature is older.',
  },
  revoked: { vi: 'Chứng thư đã bị thu hồi.', en: 'The certificate was revoked.' },
  'revocation-unknown': {
    vi: 'Chưa biết chứng thư có bị thu hồi hay không: thiếu danh sách thu hồi đủ mới.',
    en: 'It is not known whether the certificate was revoked: a recent revocation list is missing.',
  },
  'weak-algorithm': {
    vi: 'Chữ ký dùng thuật toán hoặc khóa không còn an toàn vào lúc đó.',
    en: 'The signature uses an algorithm or a key that was no longer safe at that time.',
  },
  'time-out-of-order': { vi: 'Các mốc thời gian mâu thuẫn nhau.', en: 'The times contradict one another.' },
};

/** What was appended after a signature. */
export const changeWords: Record<string, Words> = {
  'validation-data': { vi: 'Dữ liệu để kiểm tra về sau', en: 'Data for checking it later' },
  signature: { vi: 'Thêm chữ ký hoặc dấu thời gian', en: 'A further signature or time-stamp' },
  metadata: { vi: 'Thông tin mô tả tệp', en: 'Descriptive data of the file' },
  form: { vi: 'Điền hoặc sửa ô trong biểu mẫu', en: 'A field of a form filled in or changed' },
  annotation: {
    vi: 'Thêm, sửa hoặc bỏ ghi chú, hình vẽ đè lên trang',
    en: 'Notes or drawings on a page added, changed or taken away',
  },
  page: { vi: 'Nội dung trang bị thay', en: 'What a page shows was replaced' },
  pages: { vi: 'Thêm, bớt hoặc đổi thứ tự trang', en: 'Pages added, taken away or put in another order' },
  'signature-replaced': { vi: 'Chữ ký trước bị thay hoặc gỡ bỏ', en: 'An earlier signature replaced or taken away' },
  structure: {
    vi: 'Thay đổi lớp hiển thị, tệp kèm, mã chạy hoặc cấu trúc',
    en: 'Layers, attachments, scripts or structure changed',
  },
};
