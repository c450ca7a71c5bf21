import type { FormDefinition, Text } from '../definition.ts';

const words = (vi: string, en: string): Text => ({ vi, en });

/** A short marriage registration that both spouses confirm; `code` is the form it stands in for. */
export const marriageForm = (code: string): FormDefinition => ({
  code,
  title: words('Tờ khai đăng ký kết hôn', 'Marriage registration'),
  schema: { type: 'object' },
  ui: {
    pages: [
      {
        id: 'ben-nam',
        title: words('Bên nam', 'The groom'),
        groups: [
          {
            id: 'nam',
            fields: [
              { name: 'groomName', type: 'text', label: words('Họ và tên bên nam', 'Name of the groom') },
              {
                name: 'groomIdentity',
                type: 'identityNumber',
                label: words('Số định danh bên nam', 'Number of the groom'),
              },
              { name: 'groomBorn', type: 'date', label: words('Ngày sinh bên nam', 'Born'), latest: 'today-20y' },
              {
                name: 'groomAge',
                type: 'integer',
                label: words('Tuổi bên nam', 'Age'),
                calculate: { age: [{ var: 'groomBorn' }, { var: 'today' }] },
              },
            ],
          },
        ],
      },
      {
        id: 'ben-nu',
        title: words('Bên nữ', 'The bride'),
        groups: [
          {
            id: 'nu',
            fields: [
              { name: 'brideName', type: 'text', label: words('Họ và tên bên nữ', 'Name of the bride') },
              {
                name: 'brideIdentity',
                type: 'identityNumber',
                label: words('Số định danh bên nữ', 'Number of the bride'),
              },
              { name: 'bridePhone', type: 'phone', label: words('Điện thoại bên nữ', 'Phone of the bride') },
            ],
          },
        ],
      },
    ],
    signers: [
      { id: 'ben-nam', title: words('Bên nam', 'Groom'), nameField: 'groomName', identityField: 'groomIdentity' },
      {
        id: 'ben-nu',
        title: words('Bên nữ', 'Bride'),
        pages: ['ben-nu'],
        nameField: 'brideName',
        identityField: 'brideIdentity',
        contactField: 'bridePhone',
      },
    ],
  },
});
