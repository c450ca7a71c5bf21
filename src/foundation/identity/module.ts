import { anyJob, defineModule, type AppContext } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { accountRoutes } from './account-routes.tsx';
import { adminRoutes } from './admin-routes.tsx';
import { loadDemoAccounts } from './demo-accounts.ts';
import { loadDemoApps } from './demo-apps.ts';
import { factorRoutes } from './factor-routes.tsx';
import { identityCommands } from './identity-commands.ts';
import { identitySchedules } from './identity-jobs.ts';
import { appsManage, appsRequest, identityManage, recoverAtCounter } from './identity-permissions.ts';
import { countRequestedApps } from './oidc-app-queries.ts';
import { oidcAppRoutes } from './oidc-app-routes.tsx';
import { sendLogout } from './oidc-logout.ts';
import { oidcNationalRoutes } from './oidc-national-routes.tsx';
import { oidcNoticeRoutes } from './oidc-notice-routes.tsx';
import { memberRoutes } from './member-routes.tsx';
import { passwordRoutes } from './password-routes.tsx';
import { recoveryRoutes } from './recovery-routes.tsx';
import { registrationRoutes } from './registration-routes.tsx';
import { sessionRoutes } from './session-routes.tsx';
import { stepUpRoutes } from './step-up-routes.tsx';
import { signInRoutes } from './sign-in-routes.tsx';

export default defineModule({
  name: 'identity',
  floor: 'foundation',
  uses: ['notifications', 'organisations', 'readings'],
  permissions: [recoverAtCounter, identityManage, appsManage, appsRequest],
  jobs: [anyJob(sendLogout)],
  schedules: identitySchedules,
  commands: identityCommands,
  demo: [
    { name: 'identity.accounts', order: 20, load: loadDemoAccounts },
    { name: 'identity.apps', order: 21, load: loadDemoApps },
  ],
  menu: [
    {
      group: { vi: 'Một cửa', en: 'One-stop desk' },
      label: { vi: 'Khôi phục tài khoản', en: 'Recover an account' },
      href: paths.counterRecovery(),
      permission: recoverAtCounter,
      order: 190,
    },
    {
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Tài khoản', en: 'Accounts' },
      href: paths.adminAccounts(),
      permission: identityManage,
      order: 920,
    },
    ...([appsManage, appsRequest] as const).map((permission, at) => ({
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Ứng dụng kết nối', en: 'Applications' },
      href: paths.adminApps(),
      permission,
      order: 925 + at,
      ...(permission === appsManage ? { count: (context: AppContext) => countRequestedApps(context.db.reader) } : {}),
    })),
  ],
  routes(web, context) {
    signInRoutes(web, context);
    registrationRoutes(web);
    passwordRoutes(web);
    sessionRoutes(web);
    accountRoutes(web);
    recoveryRoutes(web);
    stepUpRoutes(web);
    factorRoutes(web);
    memberRoutes(web);
    adminRoutes(web);
    oidcAppRoutes(web);
    oidcNoticeRoutes(web);
    oidcNationalRoutes(web, context);
  },
});
