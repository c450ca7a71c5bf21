import { defineModule } from '../../platform/module.ts';
import { formsCommand } from './form-commands.ts';
import { placeRoutes } from './place-routes.ts';
import { expireDraftsNightly } from './form-jobs.ts';

export default defineModule({
  name: 'forms',
  floor: 'engines',
  routes: (web) => placeRoutes(web),
  schedules: [expireDraftsNightly],
  commands: [formsCommand],
});
