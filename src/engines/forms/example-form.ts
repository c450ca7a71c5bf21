import type { FormDefinition } from './definition.ts';

/**
 * A form with one of everything, for the guide and the tests; not a real procedure. A real form is the same thing as
 * JSON (no comments) in `province/<name>/forms/<code>.json`.
 */
export const exampleForm: FormDefinition = {
  code: 'vi-du-dang-ky-ho-kinh-doanh',
  title: { vi: 'Đăng ký hộ kinh doanh (ví dụ)', en: 'Register a household business (example)' },
  // Only what narrows a field: its type, format and usual limits come from `ui`.
  schema: {
    type: 'object',
    properties: {
      businessName: { minLength: 3, maxLength: 120 },
      employees: { minimum: 0, maximum: 10 },
      members: { items: { properties: { share: { minimum: 1, maximum: 100 } } } },
    },
  },
  ui: {
    pages: [
      {
        id: 'nguoi-dang-ky',
        title: { vi: 'Bạn là ai?', en: 'Who are you?' },
        intro: {
          vi: 'Chúng tôi lấy sẵn những gì đã có trong tài khoản của bạn.',
          en: 'We fill in what your account already holds.',
        },
        groups: [
          {
            id: 'giay-to',
            fields: [
              {
                name: 'fullName',
                type: 'text',
                label: { vi: 'Họ và tên', en: 'Full name' },
                hint: { vi: 'Như trên căn cước', en: 'As on the identity card' },
                prefill: { source: 'person.fullName', locked: true },
              },
              {
                name: 'identityNumber',
                type: 'identityNumber',
                label: { vi: 'Số định danh cá nhân', en: 'Personal identity number' },
                prefill: { source: 'person.identityNumber', locked: true },
                sensitive: true,
                basis: {
                  vi: 'Để xác định người đăng ký (Luật Căn cước 2023, Điều 12).',
                  en: 'To identify the person who registers (Law on Identification 2023, article 12).',
                },
              },
              {
                name: 'dateOfBirth',
                type: 'date',
                label: { vi: 'Ngày sinh', en: 'Date of birth' },
                latest: 'today-18y',
                prefill: { source: 'person.dateOfBirth' },
              },
              {
                name: 'age',
                type: 'integer',
                label: { vi: 'Tuổi', en: 'Age' },
                calculate: { age: [{ var: 'dateOfBirth' }, { var: 'today' }] },
              },
              { name: 'phone', type: 'phone', label: { vi: 'Số điện thoại', en: 'Phone number' } },
              // `required: false`: the label then says "(không bắt buộc)".
              { name: 'email', type: 'email', label: { vi: 'Thư điện tử', en: 'E-mail' }, required: false },
            ],
          },
        ],
      },
      {
        id: 'co-so',
        title: { vi: 'Cơ sở kinh doanh', en: 'The business' },
        groups: [
          {
            id: 'ten-va-cho',
            title: { vi: 'Tên và nơi đặt', en: 'Name and place' },
            fields: [
              { name: 'businessName', type: 'text', label: { vi: 'Tên hộ kinh doanh', en: 'Name of the business' } },
              {
                name: 'place',
                type: 'address',
                label: { vi: 'Địa điểm kinh doanh', en: 'Place of business' },
                on: 'today',
                province: '40',
              },
              {
                name: 'trade',
                type: 'radios',
                label: { vi: 'Ngành chính', en: 'Main trade' },
                options: [
                  { value: 'food', label: { vi: 'Ăn uống', en: 'Food and drink' } },
                  { value: 'retail', label: { vi: 'Bán lẻ', en: 'Retail' } },
                  { value: 'other', label: { vi: 'Ngành khác', en: 'Another trade' } },
                ],
              },
              {
                // Shown only when needed; then it must be answered. When hidden its answer is dropped.
                name: 'otherTrade',
                type: 'text',
                label: { vi: 'Ghi rõ ngành', en: 'Which trade' },
                showWhen: { '==': [{ var: 'trade' }, 'other'] },
              },
              {
                name: 'foodNote',
                type: 'content',
                style: 'inset',
                showWhen: { '==': [{ var: 'trade' }, 'food'] },
                text: {
                  vi: 'Bạn cần có giấy chứng nhận đủ điều kiện an toàn thực phẩm trước khi mở cửa.',
                  en: 'You need a food safety certificate before you open.',
                },
              },
              {
                name: 'employees',
                type: 'integer',
                label: { vi: 'Số người làm', en: 'Number of workers' },
                suffix: { vi: 'người', en: 'people' },
                width: 3,
              },
            ],
          },
        ],
      },
      {
        id: 'von',
        title: { vi: 'Vốn và thành viên', en: 'Capital and members' },
        groups: [
          {
            id: 'loai-von',
            fields: [
              {
                name: 'shared',
                type: 'yesNo',
                label: { vi: 'Nhiều người cùng góp vốn?', en: 'Do several people share the capital?' },
              },
              {
                name: 'ownCapital',
                type: 'money',
                label: { vi: 'Vốn của bạn', en: 'Your capital' },
              },
            ],
          },
          {
            // A repeated group: its value is a list called `members`.
            id: 'thanh-vien',
            title: { vi: 'Các thành viên', en: 'Members' },
            showWhen: { '==': [{ var: 'shared' }, true] },
            repeat: { name: 'members', itemTitle: { vi: 'Thành viên', en: 'Member' }, min: 1, max: 5 },
            fields: [
              { name: 'memberName', type: 'text', label: { vi: 'Họ và tên', en: 'Full name' } },
              { name: 'capital', type: 'money', label: { vi: 'Số vốn góp', en: 'Capital' } },
              {
                name: 'share',
                type: 'decimal',
                label: { vi: 'Tỷ lệ', en: 'Share' },
                suffix: { vi: '%', en: '%' },
                // `row.` reads the same row.
                requiredWhen: { '>': [{ var: 'row.capital' }, 100000000] },
              },
            ],
          },
          {
            id: 'tong',
            fields: [
              {
                name: 'totalCapital',
                type: 'money',
                label: { vi: 'Tổng vốn', en: 'Total capital' },
                // Inside `map` a name means the item's own field.
                calculate: {
                  '+': [{ var: 'ownCapital' }, { sum: { map: [{ var: 'members' }, { var: 'capital' }] } }],
                },
              },
              {
                name: 'equipment',
                type: 'table',
                label: { vi: 'Máy móc, thiết bị', en: 'Equipment' },
                required: false,
                columns: [
                  { name: 'item', type: 'text', label: { vi: 'Tên', en: 'Item' } },
                  { name: 'quantity', type: 'integer', label: { vi: 'Số lượng', en: 'Quantity' }, width: 3 },
                  { name: 'price', type: 'money', label: { vi: 'Đơn giá', en: 'Unit price' } },
                  {
                    name: 'amount',
                    type: 'money',
                    label: { vi: 'Thành tiền', en: 'Amount' },
                    calculate: { '*': [{ var: 'row.quantity' }, { var: 'row.price' }] },
                  },
                ],
              },
            ],
          },
        ],
      },
      {
        id: 'giay-to-kem',
        title: { vi: 'Giấy tờ và cam kết', en: 'Papers and declaration' },
        groups: [
          {
            id: 'kem',
            fields: [
              {
                name: 'startDate',
                type: 'date',
                label: { vi: 'Ngày bắt đầu', en: 'Opening day' },
                earliest: 'today',
              },
              {
                name: 'endDate',
                type: 'date',
                label: { vi: 'Ngày kết thúc, nếu có', en: 'Closing day, if any' },
                required: false,
              },
              {
                name: 'lease',
                type: 'file',
                label: { vi: 'Hợp đồng thuê nhà', en: 'Lease' },
                accept: ['pdf', 'jpg', 'png'],
                maxMegabytes: 5,
                maxFiles: 3,
                required: false,
              },
              {
                name: 'services',
                type: 'checkboxes',
                label: { vi: 'Bạn cần thêm gì?', en: 'What else do you need?' },
                required: false,
                options: [
                  { value: 'tax', label: { vi: 'Hướng dẫn thuế', en: 'Tax guidance' } },
                  { value: 'sign', label: { vi: 'Giấy phép biển hiệu', en: 'Sign permit' } },
                ],
              },
              {
                name: 'oath',
                type: 'declaration',
                label: { vi: 'Cam kết', en: 'Declaration' },
                text: {
                  vi: 'Tôi cam đoan những điều khai trên là đúng và chịu trách nhiệm trước pháp luật.',
                  en: 'I declare that the above is true and take responsibility before the law.',
                },
              },
            ],
          },
        ],
      },
    ],
    checks: [
      {
        id: 'ket-thuc-sau-bat-dau',
        field: 'endDate',
        test: { '>=': [{ var: 'endDate' }, { var: 'startDate' }] },
        message: {
          vi: 'Ngày kết thúc không được trước ngày bắt đầu',
          en: 'The closing day cannot be before the opening day',
        },
      },
    ],
  },
};
