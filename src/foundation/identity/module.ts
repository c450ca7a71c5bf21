import { defineModule } from '../../platform/module.ts';
import { identityManage } from './identity-permissions.ts';

export default defineModule({
  name: 'identity',
  floor: 'foundation',
  uses: ['organisations'],
  permissions: [identityManage],
});
