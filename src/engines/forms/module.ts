import { defineModule } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { designRoutes } from './design/design-routes.tsx';
import { formListRoutes } from './design/form-list-routes.tsx';
import { previewRoutes } from './design/preview-routes.tsx';
import { formsCommand } from './form-commands.ts';
import { manageForms } from './form-permissions.ts';
import { placeRoutes } from './place-routes.ts';
import { expireDraftsNightly } from './form-jobs.ts';

export default defineModule({
  name: 'forms',
  floor: 'engines',
  permissions: [manageForms],
  routes(web) {
    placeRoutes(web);
    formListRoutes(web);
    designRoutes(web);
    previewRoutes(web);
  },
  schedules: [expireDraftsNightly],
  commands: [formsCommand],
  menu: [
    {
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Biểu mẫu điện tử', en: 'E-forms' },
      href: paths.adminForms(),
      permission: manageForms,
      order: 932,
    },
  ],
});
