/** Findings of the analysis in words that an official understands, with what to do about it. */
import type { Finding, FindingCode } from './analyse-form.ts';
import type { Locale, Text } from './definition.ts';

const kinds: Record<string, Text> = {
  number: { vi: 'số', en: 'a number' },
  text: { vi: 'chữ', en: 'text' },
  date: { vi: 'ngày', en: 'a day' },
  yesNo: { vi: 'có/không', en: 'yes or no' },
  choice: { vi: 'một lựa chọn', en: 'a choice' },
  choices: { vi: 'nhiều lựa chọn', en: 'several choices' },
  list: { vi: 'danh sách', en: 'a list' },
  address: { vi: 'địa chỉ', en: 'an address' },
  any: { vi: 'giá trị khác', en: 'another value' },
};

type Words = (about: readonly string[], locale: Locale) => string;
const both =
  (vi: string, en: string): Words =>
  (_, locale) =>
    locale === 'vi' ? vi : en;
const named =
  (vi: (a: string, b: string) => string, en: (a: string, b: string) => string): Words =>
  ([a = '', b = ''], locale) =>
    (locale === 'vi' ? vi : en)(a, b);

const words: Record<FindingCode, Words> = {
  shape: both(
    'Có thông tin thiếu hoặc viết chưa đúng quy cách.',
    'Something is missing or not written as it should be.',
  ),
  'unknown-property': named(
    (a) => `Có phần “${a}” mà biểu mẫu không dùng.`,
    (a) => `There is a part “${a}” that forms do not have.`,
  ),
  'missing-words': both('Thiếu chữ tiếng Việt hoặc tiếng Anh.', 'The words are missing in Vietnamese or English.'),
  'unknown-type': both('Loại câu hỏi này không có.', 'There is no such type of question.'),
  'too-large': both('Biểu mẫu có quá nhiều nội dung.', 'The form is too large.'),
  'duplicate-name': named(
    (a) => `Tên “${a}” đã dùng ở chỗ khác. Mỗi câu hỏi cần một tên riêng.`,
    (a) => `The name “${a}” is already used. Every question needs a name of its own.`,
  ),
  'reserved-name': named(
    (a) => `Tên “${a}” dành riêng cho hệ thống. Hãy đặt tên khác.`,
    (a) => `The name “${a}” is reserved. Choose another.`,
  ),
  'unknown-field': named(
    (a) => `Đọc câu “${a}” mà biểu mẫu không có. Có thể câu đó đã bị xóa hoặc đổi tên.`,
    (a) => `Reads “${a}”, which the form does not have. It may have been removed or renamed.`,
  ),
  'unknown-option': named(
    (a, b) => `So sánh “${a}” với “${b}”, nhưng câu đó không có lựa chọn này.`,
    (a, b) => `Compares “${a}” with “${b}”, which it does not offer.`,
  ),
  'unknown-source': both('Nguồn điền sẵn này không có.', 'There is no such source.'),
  'bad-logic': both('Biểu thức viết sai.', 'The expression is not written rightly.'),
  circle: both(
    'Các câu phụ thuộc vòng tròn lẫn nhau nên không tính được. Bỏ bớt một điều kiện hoặc phép tính.',
    'Questions depend on each other in a circle. Take one condition or calculation away.',
  ),
  'later-page': named(
    (a) => `Đọc câu “${a}” được hỏi sau. Chuyển câu đó lên trang trước.`,
    (a) => `Reads “${a}”, which is asked later. Move it to an earlier page.`,
  ),
  'never-shown': named(
    (a) => `Câu “${a}” bắt buộc nhưng không bao giờ hiện ra.`,
    (a) => `“${a}” is required but never shown.`,
  ),
  'never-answered': both('Câu này không bao giờ được trả lời.', 'This is never answered.'),
  'bad-limit': both('Giới hạn không hợp với câu hỏi này.', 'A limit does not fit this question.'),
  'bad-options': both(
    'Các lựa chọn chưa đúng: thiếu, trùng, hoặc vừa liệt kê vừa lấy từ danh mục.',
    'The options are not right: missing, doubled, or both listed and from a catalogue.',
  ),
  'required-twice': both(
    'Vừa bắt buộc luôn, vừa bắt buộc theo điều kiện. Giữ một.',
    'Required always and by a condition. Keep one.',
  ),
  'calculated-and-asked': both(
    'Giá trị được tính nên không điền sẵn và không bắt buộc theo điều kiện được.',
    'It is calculated, so it can be neither filled in beforehand nor required by a condition.',
  ),
  'not-calculable': both('Loại câu hỏi này không tính tự động được.', 'A question of this type cannot be calculated.'),
  'prefill-in-row': both(
    'Câu trong nhóm lặp không điền sẵn được.',
    'A question of a row cannot be filled in beforehand.',
  ),
  'table-in-group': both('Bảng không đặt trong nhóm lặp được.', 'A table cannot stand inside a repeated group.'),
  'kind-clash': ([left = 'any', right = 'any'], locale) =>
    locale === 'vi'
      ? `Biểu thức ghép ${kinds[left]?.vi ?? left} với ${kinds[right]?.vi ?? right}: hai loại không so sánh hay tính với nhau được.`
      : `The expression puts ${kinds[left]?.en ?? left} together with ${kinds[right]?.en ?? right}: they cannot be compared or calculated.`,
  'wrong-result': ([kind = 'any'], locale) =>
    locale === 'vi'
      ? `Phép tính cho ra ${kinds[kind]?.vi ?? kind}, không hợp với loại câu hỏi này.`
      : `The calculation gives ${kinds[kind]?.en ?? kind}, which does not fit this type of question.`,
  unreachable: both(
    'Không ai đến được đây: các điều kiện không bao giờ cùng đúng.',
    'Nobody can get here: the conditions never hold together.',
  ),
  'doubtful-reach': both(
    'Thử nhiều câu trả lời mà chỗ này không hiện ra. Hãy xem lại điều kiện.',
    'Many answers were tried and this was never shown. Look at the condition again.',
  ),
  'required-unreachable': named(
    (a) => `Câu “${a}” bắt buộc nhưng điều kiện không bao giờ đúng.`,
    (a) => `“${a}” is required but its conditions never hold.`,
  ),
  'prefill-mismatch': both(
    'Nguồn điền sẵn không hợp với loại câu hỏi, nên sẽ không bao giờ điền được.',
    'The source does not fit the type of question, so it would never fill it.',
  ),
  'prefill-twice': named(
    (a) => `Nguồn này đã dùng cho câu “${a}”: người dân sẽ thấy một điều được hỏi hai lần.`,
    (a) => `This source is already used by “${a}”: people would be asked the same thing twice.`,
  ),
  'prefill-unused': both(
    'Câu này có thể điền sẵn từ tài khoản của người dân.',
    'This could be filled in from the person’s account.',
  ),
  'later-field': named(
    (a) => `Điều kiện đọc câu “${a}” nằm bên dưới: câu này sẽ đột ngột hiện ra ở phía trên.`,
    (a) => `The condition reads “${a}”, which stands below: this question would appear above it.`,
  ),
  'crowded-page': named(
    (a, b) => `Trang có ${a} câu hỏi; trên ${b} câu thì nhiều người bỏ dở. Nên tách thành hai trang.`,
    (a, b) => `The page has ${a} questions; above ${b} many people give up. Consider two pages.`,
  ),
  'same-label': named(
    (a) => `Trong nhóm có hai câu cùng là “${a}”.`,
    (a) => `Two questions of the group are both called “${a}”.`,
  ),
  'same-words': named(
    (a) => `Phần tiếng Anh vẫn là tiếng Việt: “${a}”.`,
    (a) => `The English words are still Vietnamese: “${a}”.`,
  ),
  'bad-signer': named(
    (a) => `Người cùng xác nhận “${a}” chưa đặt đúng: xem lại trang, trường họ tên và trường số định danh.`,
    (a) => `The signer “${a}” is not set up rightly: look at its pages and its fields for name and identity number.`,
  ),
};

/** Sentences for what a shape defect is about, by where it stands. */
const shapeWords: readonly (readonly [end: RegExp, text: Text])[] = [
  [/\/name$/, { vi: 'Tên trường viết không dấu, liền nhau, bắt đầu bằng chữ thường (ví dụ: hoTen).', en: 'A field name is letters and digits without spaces, beginning with a small letter.' }],
  [/\/(id|code)$/, { vi: 'Mã viết không dấu, chữ thường, nối bằng gạch ngang.', en: 'A code is small letters and digits joined by hyphens.' }],
  [/\/value$/, { vi: 'Mã của lựa chọn chỉ gồm chữ không dấu, số, gạch ngang.', en: 'The code of an option is letters, digits and hyphens only.' }],
  [/\/fields$/, { vi: 'Nhóm này chưa có câu hỏi nào.', en: 'This group has no questions yet.' }],
  [/\/groups$/, { vi: 'Trang này chưa có nhóm nào.', en: 'This page has no groups yet.' }],
  [/\/pages$/, { vi: 'Biểu mẫu chưa có trang nào, hoặc có quá nhiều trang.', en: 'The form has no page, or too many.' }],
  [/\/options$/, { vi: 'Chưa có lựa chọn nào, hoặc có quá nhiều.', en: 'There are no options, or too many.' }],
  [/\/columns$/, { vi: 'Bảng chưa có cột nào, hoặc có quá nhiều cột.', en: 'The table has no columns, or too many.' }],
  [/\/accept$/, { vi: 'Chọn ít nhất một loại tệp.', en: 'Choose at least one kind of file.' }],
  [/\/(earliest|latest)$/, { vi: 'Mốc ngày chưa đúng. Ví dụ: 2014-01-01, today, today-18y.', en: 'The day is not right. For example: 2014-01-01, today, today-18y.' }],
  [/\/pattern$/, { vi: 'Mẫu ký tự chưa đúng.', en: 'The pattern is not right.' }],
  [/\/optionsFrom$/, { vi: 'Mã danh mục chưa đúng.', en: 'The code of the catalogue is not right.' }],
]; // prettier-ignore

/** One finding as a sentence. */
export function findingInWords(finding: Pick<Finding, 'code' | 'about' | 'path'>, locale: Locale): string {
  if (finding.code === 'shape') {
    const found = shapeWords.find(([end]) => end.test(finding.path));
    if (found) return found[1][locale];
  }
  return words[finding.code](finding.about, locale);
}
