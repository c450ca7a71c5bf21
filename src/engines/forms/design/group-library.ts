/** Groups of questions that nearly every form has, ready to be put in. Words as the declarations of Nghị định 61/2018 and Thông tư 04/2024/TT-BTP use them. */
import type { Group, Text } from '../definition.ts';

/** `id` stays; `content` is copied, and names are made unique where it is put in. */
export type ReadyGroup = { id: string; title: Text; content: Group };

const words = (vi: string, en: string): Text => ({ vi, en });

export const readyGroups: readonly ReadyGroup[] = [
  {
    id: 'person',
    title: words('Nhân thân', 'Person'),
    content: {
      id: 'nhan-than',
      title: words('Nhân thân', 'Person'),
      fields: [
        { name: 'fullName', type: 'text', label: words('Họ và tên', 'Full name'), hint: words('Như trên căn cước', 'As on the identity card'), prefill: { source: 'person.fullName' } },
        { name: 'dateOfBirth', type: 'date', label: words('Ngày sinh', 'Date of birth'), latest: 'today', prefill: { source: 'person.dateOfBirth' } },
        { name: 'gender', type: 'radios', label: words('Giới tính', 'Gender'), prefill: { source: 'person.gender' }, options: [{ value: 'male', label: words('Nam', 'Male') }, { value: 'female', label: words('Nữ', 'Female') }] },
        { name: 'identityNumber', type: 'identityNumber', label: words('Số định danh cá nhân', 'Personal identity number'), sensitive: true, prefill: { source: 'person.identityNumber' } },
      ],
    },
  },
  {
    id: 'contact',
    title: words('Liên lạc', 'Contact'),
    content: {
      id: 'lien-lac',
      title: words('Liên lạc', 'Contact'),
      fields: [
        { name: 'phone', type: 'phone', label: words('Số điện thoại', 'Phone number'), prefill: { source: 'person.phone' } },
        { name: 'email', type: 'email', label: words('Thư điện tử', 'E-mail'), required: false, prefill: { source: 'person.email' } },
      ],
    },
  },
  {
    id: 'address',
    title: words('Nơi cư trú', 'Residence'),
    content: {
      id: 'noi-cu-tru',
      title: words('Nơi cư trú', 'Residence'),
      fields: [
        { name: 'permanentAddress', type: 'address', label: words('Nơi thường trú', 'Permanent address'), prefill: { source: 'person.permanentAddress' } },
        { name: 'livesElsewhere', type: 'yesNo', label: words('Bạn đang ở nơi khác nơi thường trú?', 'Do you live somewhere else now?') },
        { name: 'currentAddress', type: 'address', label: words('Nơi ở hiện tại', 'Current address'), showWhen: { '==': [{ var: 'livesElsewhere' }, true] } },
      ],
    },
  },
  {
    id: 'business',
    title: words('Doanh nghiệp', 'Business'),
    content: {
      id: 'doanh-nghiep',
      title: words('Doanh nghiệp', 'Business'),
      fields: [
        { name: 'businessName', type: 'text', label: words('Tên doanh nghiệp', 'Name of the business'), prefill: { source: 'business.name' } },
        { name: 'taxCode', type: 'taxCode', label: words('Mã số thuế', 'Tax code'), prefill: { source: 'business.taxCode' } },
        { name: 'businessAddress', type: 'address', label: words('Địa chỉ trụ sở', 'Head office'), prefill: { source: 'business.address' } },
        { name: 'representative', type: 'text', label: words('Người đại diện theo pháp luật', 'Legal representative'), prefill: { source: 'business.representative' } },
      ],
    },
  },
  {
    id: 'members',
    title: words('Danh sách thành viên', 'Members'),
    content: {
      id: 'thanh-vien',
      title: words('Thành viên', 'Members'),
      repeat: { name: 'members', itemTitle: words('Thành viên', 'Member'), min: 1, max: 10 },
      fields: [
        { name: 'memberName', type: 'text', label: words('Họ và tên', 'Full name') },
        { name: 'memberIdentity', type: 'identityNumber', label: words('Số định danh cá nhân', 'Personal identity number'), sensitive: true },
        { name: 'relation', type: 'text', label: words('Quan hệ', 'Relation'), required: false },
      ],
    },
  },
  {
    id: 'representation',
    title: words('Nộp thay', 'On behalf of someone'),
    content: {
      id: 'nop-thay',
      title: words('Nộp thay người khác', 'On behalf of someone'),
      fields: [
        { name: 'isRepresentative', type: 'yesNo', label: words('Bạn nộp thay người khác?', 'Do you apply for someone else?') },
        { name: 'representedName', type: 'text', label: words('Họ và tên người được nộp thay', 'Name of that person'), showWhen: { '==': [{ var: 'isRepresentative' }, true] } },
        { name: 'authorisation', type: 'file', label: words('Giấy ủy quyền', 'Authorisation'), accept: ['pdf', 'jpg', 'png'], showWhen: { '==': [{ var: 'isRepresentative' }, true] } },
      ],
    },
  },
  {
    id: 'oath',
    title: words('Cam đoan', 'Declaration'),
    content: {
      id: 'cam-doan',
      fields: [
        { name: 'oath', type: 'declaration', label: words('Cam đoan', 'Declaration'), text: words('Tôi cam đoan những nội dung khai trên là đúng sự thật và chịu trách nhiệm trước pháp luật về lời khai của mình.', 'I declare that the above is true and answer for it before the law.') },
      ],
    },
  },
]; // prettier-ignore
