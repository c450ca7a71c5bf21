import { defineModule } from '../../platform/module.ts';
import { accountRoutes } from './account-routes.tsx';
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
  routes(web, context) {
    signInRoutes(web, context);
    registrationRoutes(web);
    passwordRoutes(web);
    sessionRoutes(web);
    accountRoutes(web);
  },
});
