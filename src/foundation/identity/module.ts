import { defineModule } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { accountRoutes } from './account-routes.tsx';
import { adminRoutes } from './admin-routes.tsx';
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
  menu: [
    {
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Tài khoản', en: 'Accounts' },
      href: paths.adminAccounts(),
      permission: identityManage,
      order: 920,
    },
  ],
  routes(web, context) {
    signInRoutes(web, context);
    registrationRoutes(web);
    passwordRoutes(web);
    sessionRoutes(web);
    accountRoutes(web);
    adminRoutes(web);
  },
});
