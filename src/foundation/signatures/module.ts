import { defineModule } from '../../platform/module.ts';
import { signatureCommands } from './signature-commands.ts';
import { signatureRoutes } from './signature-routes.tsx';

export default defineModule({
  name: 'signatures',
  floor: 'foundation',
  routes: signatureRoutes,
  commands: signatureCommands,
});
