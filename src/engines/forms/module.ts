import { defineModule } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { designRoutes } from './design/design-routes.tsx';
import { formListRoutes } from './design/form-list-routes.tsx';
import { previewRoutes } from './design/preview-routes.tsx';
import { formApiRoutes } from './form-api-routes.ts';
import { formsCommand } from './form-commands.ts';
import { figureRoutes } from './figures/figure-routes.tsx';
import { confirmAtCounter, manageForms } from './form-permissions.ts';
import { placeRoutes } from './place-routes.ts';
import { addUpFiguresNightly, expireDraftsNightly } from './form-jobs.ts';
import { inviteSigners, remindSignersDaily, tellSigners } from './signing/signing-jobs.ts';
import { signingRoutes } from './signing/signing-routes.tsx';

export default defineModule({
  name: 'forms',
  floor: 'engines',
  permissions: [manageForms, confirmAtCounter],
  routes(web) {
    placeRoutes(web);
    formApiRoutes(web);
    formListRoutes(web);
    designRoutes(web);
    previewRoutes(web);
    figureRoutes(web);
    signingRoutes(web);
  },
  subscriptions: [inviteSigners, tellSigners],
  schedules: [expireDraftsNightly, addUpFiguresNightly, remindSignersDaily],
  commands: [formsCommand],
  menu: [
    {
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Biểu mẫu điện tử', en: 'E-forms' },
      href: paths.adminForms(),
      permission: manageForms,
      order: 932,
    },
    {
      group: { vi: 'Hồ sơ', en: 'Dossiers' },
      label: { vi: 'Xác nhận tại quầy', en: 'Confirm at the counter' },
      href: paths.counterSigning(),
      permission: confirmAtCounter,
      order: 16,
    },
  ],
});
