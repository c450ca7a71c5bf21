import { definePermission } from '../../platform/access.ts';

/** Already part of the administrator's role in `province/<name>/roles.json`. */
export const manageForms = definePermission(
  'forms.manage',
  {
    vi: 'Quản lý biểu mẫu điện tử: soạn, công bố, xem số liệu',
    en: 'Manage e-forms: design, publish, see figures',
  },
  'province',
);

/** Front desk: records that a signer agreed in person. */
export const confirmAtCounter = definePermission(
  'forms.confirm',
  {
    vi: 'Ghi nhận xác nhận tờ khai của người có mặt tại quầy',
    en: 'Record that a signer confirmed a form at the counter',
  },
  'counter',
);
