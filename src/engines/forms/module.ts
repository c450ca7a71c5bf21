import { defineModule } from '../../platform/module.ts';
import { formsCommand } from './form-commands.ts';
import { expireDraftsNightly } from './form-jobs.ts';

export default defineModule({
  name: 'forms',
  floor: 'engines',
  schedules: [expireDraftsNightly],
  commands: [formsCommand],
});
