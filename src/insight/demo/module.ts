import { defineModule } from '../../platform/module.ts';
import { demoGenerate } from './demo-commands.ts';
import { generateDossiers } from './generate.ts';

/** What the demonstration shows from the first start. */
const DEMO_DOSSIERS = 5_000;

export default defineModule({
  name: 'demo',
  floor: 'insight',
  commands: [demoGenerate],
  demo: [
    {
      name: 'demo.dossiers',
      order: 90,
      async load(context) {
        await generateDossiers(context, DEMO_DOSSIERS);
      },
    },
  ],
});
