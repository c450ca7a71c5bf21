import { anyJob, defineModule } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { adminRoutes } from './admin-routes.tsx';
import { draftApiRoutes } from './api/draft-routes.ts';
import { packageApiRoutes } from './api/package-routes.ts';
import { apiRoutes } from './api-routes.ts';
import { blankFormRoutes } from './blank-form-routes.ts';
import { formApiRoutes } from './form-api-routes.ts';
import { importCatalogueJob } from './import-job.ts';
import { loadProvinceOnce } from './load-province-once.ts';
import { proceduresCommand } from './procedure-commands.ts';
import { defectRoutes } from './defects/defect-routes.tsx';
import { loadDraftExample } from './editor/demo-draft.ts';
import { editorRoutes } from './editor/editor-routes.tsx';
import { countReviews } from './editor/revision-queries.ts';
import { versionRoutes } from './editor/version-routes.tsx';
import { procedureCommand } from './package/package-commands.ts';
import { packageRoutes } from './package/package-routes.tsx';
import { upgradeRoutes } from './upgrade/upgrade-routes.tsx';
import { legalRoutes } from './legal/legal-routes.tsx';
import { offerRoutes } from './offer-routes.tsx';
import { refreshTurnedNightly } from './procedure-jobs.ts';
import { editProcedures, manageProcedures, reviewProcedures } from './procedure-permissions.ts';

export default defineModule({
  name: 'procedures',
  floor: 'services',
  routes(web, context) {
    apiRoutes(web);
    formApiRoutes(web);
    draftApiRoutes(web);
    packageApiRoutes(web);
    blankFormRoutes(web);
    adminRoutes(web, context);
    offerRoutes(web);
    editorRoutes(web);
    versionRoutes(web);
    legalRoutes(web);
    defectRoutes(web);
    upgradeRoutes(web);
    packageRoutes(web);
  },
  jobs: [anyJob(importCatalogueJob)],
  schedules: [refreshTurnedNightly],
  permissions: [manageProcedures, editProcedures, reviewProcedures],
  menu: [
    {
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Thủ tục hành chính', en: 'Procedures' },
      href: paths.adminProcedures(),
      permission: manageProcedures,
      order: 930,
    },
    {
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Soạn thủ tục', en: 'Writing procedures' },
      href: paths.adminProcedureDrafts(),
      permission: editProcedures,
      order: 930.1,
    },
    {
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Duyệt thủ tục', en: 'Reviewing procedures' },
      href: paths.adminProcedureDrafts({ buoc: 'in-review' }),
      permission: reviewProcedures,
      order: 930.2,
      count: ({ db }) => countReviews(db.reader),
    },
  ],
  commands: [proceduresCommand, procedureCommand],
  demo: [
    {
      name: 'procedures.province',
      order: 30,
      load: loadProvinceOnce,
    },
    { name: 'procedures.draft', order: 31, load: loadDraftExample },
  ],
});
