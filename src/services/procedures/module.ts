import { anyJob, defineModule } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { adminRoutes } from './admin-routes.tsx';
import { apiRoutes } from './api-routes.ts';
import { blankFormRoutes } from './blank-form-routes.ts';
import { formApiRoutes } from './form-api-routes.ts';
import { importCatalogueJob } from './import-job.ts';
import { loadProvinceOnce } from './load-province-once.ts';
import { proceduresCommand } from './procedure-commands.ts';
import { offerRoutes } from './offer-routes.tsx';
import { refreshTurnedNightly } from './procedure-jobs.ts';
import { manageProcedures } from './procedure-permissions.ts';

export default defineModule({
  name: 'procedures',
  floor: 'services',
  routes(web, context) {
    apiRoutes(web);
    formApiRoutes(web);
    blankFormRoutes(web);
    adminRoutes(web, context);
    offerRoutes(web);
  },
  jobs: [anyJob(importCatalogueJob)],
  schedules: [refreshTurnedNightly],
  permissions: [manageProcedures],
  menu: [
    {
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Thủ tục hành chính', en: 'Procedures' },
      href: paths.adminProcedures(),
      permission: manageProcedures,
      order: 930,
    },
  ],
  commands: [proceduresCommand],
  demo: [
    {
      name: 'procedures.province',
      order: 30,
      load: loadProvinceOnce,
    },
  ],
});
