/** What people read when an answer is not right: plain words, both languages. */
import type { AnswerField, Text } from './definition.ts';

const number = (n: number, comma: ',' | '.'): string => {
  const [whole = '', fraction] = String(n).split('.');
  const grouped = whole.replaceAll(/\B(?=(\d{3})+$)/g, comma === ',' ? '.' : ',');
  return fraction === undefined ? grouped : `${grouped}${comma}${fraction}`;
};
const viNumber = (n: number): string => number(n, ',');
const enNumber = (n: number): string => number(n, '.');
const low = (text: string): string =>
  /^\p{Lu}\p{Lu}/u.test(text) ? text : text.slice(0, 1).toLowerCase() + text.slice(1);
const dayWords = (iso: string): string => iso.split('-').reverse().join('/');

/** The message for an answer that is missing. */
export function missingMessage(field: AnswerField): Text {
  const { vi, en } = field.label;
  switch (field.type) {
    case 'radios':
    case 'select':
    case 'checkboxes':
    case 'yesNo':
      return { vi: `Chọn ${low(vi)}`.replace(/\?$/, ''), en: `Choose: ${low(en)}`.replace(/\?$/, '') };
    case 'address':
      return { vi: `Chọn ${low(vi)}`, en: `Choose ${low(en)}` };
    case 'file':
      return { vi: `Đính kèm ${low(vi)}`, en: `Attach ${low(en)}` };
    case 'declaration':
      return { vi: 'Đánh dấu vào ô cam kết để tiếp tục', en: 'Tick the declaration to go on' };
    case 'table':
      return { vi: `Điền ${low(vi)}`, en: `Fill in ${low(en)}` };
    case 'text':
    case 'longText':
    case 'integer':
    case 'decimal':
    case 'money':
    case 'date':
    case 'identityNumber':
    case 'taxCode':
    case 'businessNumber':
    case 'phone':
    case 'email':
      return { vi: `Nhập ${low(vi)}`, en: `Enter ${low(en)}` };
    default:
      return field satisfies never;
  }
}

/** The message for an answer that is not of the field's kind. */
export function formatMessage(field: AnswerField): Text {
  switch (field.type) {
    case 'identityNumber':
      return field.allowOld
        ? {
            vi: 'Số định danh có 12 chữ số (hoặc 9 chữ số của chứng minh nhân dân cũ). Kiểm tra lại số trên căn cước',
            en: 'The identity number has 12 digits (or 9 on an old card). Check the number on the card',
          }
        : {
            vi: 'Số định danh có 12 chữ số, như in trên căn cước. Kiểm tra lại từng số',
            en: 'The identity number has 12 digits, as printed on the card. Check each digit',
          };
    case 'taxCode':
      return {
        vi: 'Mã số thuế có 10 chữ số (đơn vị phụ thuộc thêm gạch nối và 3 chữ số). Kiểm tra lại từng số',
        en: 'The tax code has 10 digits (a dependent unit adds a dash and 3 digits). Check each digit',
      };
    case 'businessNumber':
      return {
        vi: 'Mã số doanh nghiệp có 10 chữ số. Kiểm tra lại từng số',
        en: 'The business number has 10 digits. Check each digit',
      };
    case 'phone':
      return field.allowLandline
        ? {
            vi: 'Số điện thoại di động có 10 chữ số, số cố định có 11 chữ số, bắt đầu bằng 0',
            en: 'A mobile number has 10 digits, a fixed line 11, starting with 0',
          }
        : { vi: 'Số điện thoại có 10 chữ số, bắt đầu bằng 0', en: 'A phone number has 10 digits and starts with 0' };
    case 'email':
      return {
        vi: 'Nhập thư điện tử đúng dạng, như ten@vidu.vn',
        en: 'Enter an e-mail address in the right form, like name@example.com',
      };
    case 'date':
      return {
        vi: `${field.label.vi}: nhập ngày có thật, như 27 3 2007`,
        en: `${field.label.en}: enter a real date, like 27 3 2007`,
      };
    case 'integer':
      return {
        vi: `${field.label.vi} phải là số nguyên, như 12`,
        en: `${field.label.en} must be a whole number, like 12`,
      };
    case 'decimal':
      return { vi: `${field.label.vi} phải là số, như 12,5`, en: `${field.label.en} must be a number, like 12,5` };
    case 'money':
      return {
        vi: `${field.label.vi} phải là số tiền bằng đồng, như 1.250.000`,
        en: `${field.label.en} must be an amount in đồng, like 1.250.000`,
      };
    case 'radios':
    case 'select':
    case 'checkboxes':
    case 'yesNo':
      return { vi: 'Chọn một trong các mục có sẵn', en: 'Choose from the list' };
    case 'address':
      return {
        vi: 'Chọn lại tỉnh và xã, phường trong danh sách',
        en: 'Choose province and commune from the list again',
      };
    case 'file':
      return { vi: 'Tệp này không dùng được, hãy đính kèm lại', en: 'This file cannot be used, attach it again' };
    case 'declaration':
      return missingMessage(field);
    case 'text':
    case 'longText':
    case 'table':
      return { vi: `${field.label.vi} chưa đúng`, en: `${field.label.en} is not right` };
    default:
      return field satisfies never;
  }
}

/** Messages that need the label and a figure. */
export const limitMessage = {
  tooLong: (field: AnswerField, max: number): Text => ({
    vi: `${field.label.vi} dài nhất ${viNumber(max)} ký tự`,
    en: `${field.label.en} must be ${enNumber(max)} characters or fewer`,
  }),
  tooShort: (field: AnswerField, min: number): Text => ({
    vi: `${field.label.vi} có ít nhất ${viNumber(min)} ký tự`,
    en: `${field.label.en} must be at least ${enNumber(min)} characters`,
  }),
  tooLow: (field: AnswerField, min: number, exclusive: boolean): Text => ({
    vi: `${field.label.vi} phải ${exclusive ? 'lớn hơn' : 'từ'} ${viNumber(min)}${exclusive ? '' : ' trở lên'}`,
    en: `${field.label.en} must be ${exclusive ? 'more than' : 'at least'} ${enNumber(min)}`,
  }),
  tooHigh: (field: AnswerField, max: number, exclusive: boolean): Text => ({
    vi: `${field.label.vi} phải ${exclusive ? 'nhỏ hơn' : 'không quá'} ${viNumber(max)}`,
    en: `${field.label.en} must be ${exclusive ? 'less than' : 'at most'} ${enNumber(max)}`,
  }),
  notMultiple: (field: AnswerField, step: number): Text => ({
    vi: `${field.label.vi} phải là bội số của ${viNumber(step)}`,
    en: `${field.label.en} must be a multiple of ${enNumber(step)}`,
  }),
  wrongPattern: (field: AnswerField): Text => ({
    vi: `${field.label.vi} chưa đúng mẫu`,
    en: `${field.label.en} is not in the right form`,
  }),
  controlCharacters: (field: AnswerField): Text => ({
    vi: `${field.label.vi} có ký tự không dùng được. Hãy gõ lại`,
    en: `${field.label.en} has characters that cannot be used. Type it again`,
  }),
  tooEarly: (field: AnswerField, day: string): Text => ({
    vi: `${field.label.vi} phải từ ngày ${dayWords(day)} trở đi`,
    en: `${field.label.en} must be on or after ${dayWords(day)}`,
  }),
  tooLate: (field: AnswerField, day: string): Text => ({
    vi: `${field.label.vi} phải đến hết ngày ${dayWords(day)} là muộn nhất`,
    en: `${field.label.en} must be on or before ${dayWords(day)}`,
  }),
  tooFew: (label: Text, min: number): Text => ({
    vi: `${label.vi}: cần ít nhất ${min}`,
    en: `${label.en}: at least ${min} needed`,
  }),
  tooMany: (label: Text, max: number): Text => ({
    vi: `${label.vi}: nhiều nhất ${max}`,
    en: `${label.en}: at most ${max}`,
  }),
  doubled: (label: Text): Text => ({ vi: `${label.vi}: có mục trùng nhau`, en: `${label.en}: the same thing twice` }),
  wrongFileKind: (field: AnswerField, kinds: string[]): Text => ({
    vi: `${field.label.vi}: tệp phải là ${kinds.join(', ')}`,
    en: `${field.label.en}: the file must be ${kinds.join(', ')}`,
  }),
  fileTooLarge: (field: AnswerField, megabytes: number): Text => ({
    vi: `${field.label.vi}: mỗi tệp tối đa ${megabytes} MB`,
    en: `${field.label.en}: a file may be ${megabytes} MB at most`,
  }),
  missingCommune: (): Text => ({ vi: 'Chọn xã, phường', en: 'Choose a commune' }),
  missingDistrict: (): Text => ({ vi: 'Chọn huyện, thành phố, thị xã', en: 'Choose a district' }),
  missingDetail: (): Text => ({ vi: 'Nhập số nhà, đường hoặc xóm', en: 'Enter the house number and street or hamlet' }),
  tooMuch: (): Text => ({ vi: 'Nội dung gửi lên quá lớn', en: 'The answers are too large' }),
  notOurs: (): Text => ({
    vi: 'Có thông tin không thuộc biểu mẫu này',
    en: 'There is something that is not part of this form',
  }),
};
