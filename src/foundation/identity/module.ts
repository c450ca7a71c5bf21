import { defineModule } from '../../platform/module.ts';
import { accountRoutes } from './account-routes.tsx';
import { loadDemoAccounts } from './demo-accounts.ts';
import { identityCommands } from './identity-commands.ts';
import { identitySchedules } from './identity-jobs.ts';
import { identityManage } from './identity-permissions.ts';
import { passwordRoutes } from './password-routes.tsx';
import { registrationRoutes } from './registration-routes.tsx';
import { sessionRoutes } from './session-routes.tsx';
import { signInRoutes } from './sign-in-routes.tsx';

export default defineModule({
  name: 'identity',
  floor: 'foundation',
  uses: ['notifications', 'organisations'],
  permissions: [identityManage],
  schedules: identitySchedules,
  commands: identityCommands,
  demo: [{ name: 'identity.accounts', order: 20, load: loadDemoAccounts }],
  routes(web, context) {
    signInRoutes(web, context);
    registrationRoutes(web);
    passwordRoutes(web);
    sessionRoutes(web);
    accountRoutes(web);
  },
});
