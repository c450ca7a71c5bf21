import { defineModule } from '../../platform/module.ts';
import { identityManage } from './identity-permissions.ts';
import { sessionRoutes } from './session-routes.tsx';
import { signInRoutes } from './sign-in-routes.tsx';

export default defineModule({
  name: 'identity',
  floor: 'foundation',
  uses: ['organisations'],
  permissions: [identityManage],
  routes(web, context) {
    signInRoutes(web, context);
    sessionRoutes(web);
  },
});
