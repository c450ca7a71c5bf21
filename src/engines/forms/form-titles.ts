/** What officials call types of questions and sources of values; shared with the browser. */
import type { Text } from './definition.ts';

/** Types of questions as officials call them. */
export const typeTitles: Record<string, Text> = {
  text: { vi: 'Chữ một dòng', en: 'Short text' },
  longText: { vi: 'Đoạn văn', en: 'Long text' },
  integer: { vi: 'Số nguyên', en: 'Whole number' },
  decimal: { vi: 'Số thập phân', en: 'Decimal number' },
  money: { vi: 'Số tiền', en: 'Amount of money' },
  date: { vi: 'Ngày tháng', en: 'Date' },
  identityNumber: { vi: 'Số định danh cá nhân', en: 'Personal identity number' },
  taxCode: { vi: 'Mã số thuế', en: 'Tax code' },
  businessNumber: { vi: 'Mã số doanh nghiệp', en: 'Business number' },
  phone: { vi: 'Số điện thoại', en: 'Phone number' },
  email: { vi: 'Thư điện tử', en: 'E-mail' },
  yesNo: { vi: 'Có / Không', en: 'Yes or no' },
  radios: { vi: 'Chọn một', en: 'Choose one' },
  select: { vi: 'Chọn từ danh sách', en: 'Choose from a list' },
  checkboxes: { vi: 'Chọn nhiều', en: 'Choose several' },
  address: { vi: 'Địa chỉ', en: 'Address' },
  file: { vi: 'Tệp đính kèm', en: 'Files' },
  table: { vi: 'Bảng', en: 'Table' },
  declaration: { vi: 'Lời cam đoan', en: 'Declaration' },
  content: { vi: 'Đoạn hướng dẫn', en: 'Words to read' },
};

/** Sources of values as officials call them. */
export const sourceTitles: Record<string, Text> = {
  'person.fullName': { vi: 'Họ và tên của người dân', en: 'The person’s full name' },
  'person.identityNumber': { vi: 'Số định danh của người dân', en: 'The person’s identity number' },
  'person.identityIssuedOn': { vi: 'Ngày cấp căn cước', en: 'Day the identity card was issued' },
  'person.identityIssuedBy': { vi: 'Nơi cấp căn cước', en: 'Who issued the identity card' },
  'person.dateOfBirth': { vi: 'Ngày sinh', en: 'Date of birth' },
  'person.gender': { vi: 'Giới tính', en: 'Gender' },
  'person.ethnicity': { vi: 'Dân tộc', en: 'Ethnic group' },
  'person.nationality': { vi: 'Quốc tịch', en: 'Nationality' },
  'person.phone': { vi: 'Số điện thoại của người dân', en: 'The person’s phone number' },
  'person.email': { vi: 'Thư điện tử của người dân', en: 'The person’s e-mail' },
  'person.permanentAddress': { vi: 'Nơi thường trú', en: 'Permanent address' },
  'person.currentAddress': { vi: 'Nơi ở hiện tại', en: 'Current address' },
  'business.name': { vi: 'Tên doanh nghiệp', en: 'Name of the business' },
  'business.taxCode': { vi: 'Mã số thuế của doanh nghiệp', en: 'Tax code of the business' },
  'business.businessNumber': { vi: 'Mã số doanh nghiệp', en: 'Business number' },
  'business.address': { vi: 'Địa chỉ doanh nghiệp', en: 'Address of the business' },
  'business.phone': { vi: 'Số điện thoại doanh nghiệp', en: 'Phone of the business' },
  'business.email': { vi: 'Thư điện tử doanh nghiệp', en: 'E-mail of the business' },
  'business.representative': { vi: 'Người đại diện', en: 'Representative' },
};
