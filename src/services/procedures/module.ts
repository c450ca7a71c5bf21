import { defineModule } from '../../platform/module.ts';
import { loadProvinceProcedures } from './load-province.ts';
import { proceduresCommand } from './procedure-commands.ts';
import { manageProcedures } from './procedure-permissions.ts';

export default defineModule({
  name: 'procedures',
  floor: 'services',
  permissions: [manageProcedures],
  commands: [proceduresCommand],
  demo: [
    {
      name: 'procedures.province',
      order: 30,
      async load(context) {
        const { defects } = await loadProvinceProcedures(context);
        for (const defect of defects) context.log.warn(defect, 'a file of the province is left out');
      },
    },
  ],
});
