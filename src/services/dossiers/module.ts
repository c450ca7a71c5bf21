import { anyJob, defineModule } from '../../platform/module.ts';
import { apiRoutes } from './api-routes.ts';
import { followCalendar, recomputeBatch, remindOften } from './deadline-jobs.ts';
import { countMonth } from './dossier-jobs.ts';
import { dossierPermissions } from './dossier-permissions.ts';

export default defineModule({
  name: 'dossiers',
  floor: 'services',
  uses: ['procedures', 'delegations'],
  routes: apiRoutes,
  permissions: dossierPermissions,
  jobs: [anyJob(recomputeBatch)],
  schedules: [remindOften],
  subscriptions: [countMonth, followCalendar],
});
