import { anyJob, defineModule } from '../../platform/module.ts';
import { loadDemoStaff } from './demo-staff.ts';
import { loadReorganisations } from './load-reorganisations.ts';
import { loadProvinceUnits } from './load-province-units.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { runOperationJob, startDueOperations } from './operation-jobs.ts';
import { unitApiRoutes } from './api-routes.ts';
import { importRoutes } from './import-routes.tsx';
import { operationFormRoutes } from './operation-form-routes.tsx';
import { operationListRoutes } from './operation-list-routes.tsx';
import { operationRoutes } from './operation-routes.tsx';
import { peopleRoutes } from './people-routes.tsx';
import { provinceOf } from './province-file.ts';
import { roleRoutes } from './role-routes.tsx';
import { unitRoutes } from './unit-routes.tsx';
import { reorganiseCommand } from './reorganise-command.ts';
import { paths } from '../../ui/paths.ts';

const administration = { vi: 'Quản trị', en: 'Administration' };
const entry = (label: { vi: string; en: string }, href: string, order: number) => ({
  group: administration,
  label,
  href,
  permission: manageOrganisations,
  order,
});

export default defineModule({
  name: 'organisations',
  floor: 'foundation',
  uses: ['rules', 'files'],
  permissions: [manageOrganisations],
  jobs: [anyJob(runOperationJob)],
  schedules: [startDueOperations],
  routes(web) {
    unitRoutes(web);
    unitApiRoutes(web);
    peopleRoutes(web);
    importRoutes(web);
    roleRoutes(web);
    operationListRoutes(web);
    operationFormRoutes(web);
    operationRoutes(web);
  },
  menu: [
    entry({ vi: 'Đơn vị', en: 'Units' }, paths.adminUnits(), 900),
    entry({ vi: 'Cán bộ', en: 'Staff' }, paths.adminPeople(), 901),
    entry({ vi: 'Vai trò', en: 'Roles' }, paths.adminRoles(), 902),
    entry({ vi: 'Sắp xếp đơn vị', en: 'Changes of units' }, paths.adminOperations(), 903),
  ],
  demo: [
    { name: 'organisations.units', order: 10, load: async (context) => void (await loadProvinceUnits(context)) },
    { name: 'organisations.staff', order: 11, load: loadDemoStaff },
    { name: 'organisations.reorganisations', order: 12, load: loadReorganisations },
  ],
  commands: [
    reorganiseCommand,
    {
      name: 'province',
      summary: 'Load the units and roles of the province folder (SEN_PROVINCE)',
      usage: 'npx sen province load',
      async run(context, args) {
        if (args[0] !== 'load') {
          process.stderr.write('Usage: npx sen province load\n');
          return 2;
        }
        const { unitsAdded } = await loadProvinceUnits(context);
        process.stdout.write(`${provinceOf(context.config).provinceName.vi}: ${unitsAdded} units added\n`);
        return 0;
      },
    },
  ],
  async start(context) {
    provinceOf(context.config); // a broken province.json is a clear sentence at start, not an error on a page
  },
});
