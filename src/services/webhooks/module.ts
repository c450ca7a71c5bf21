import { appsManage, appsRequest } from '../../foundation/identity/index.ts';
import { anyJob, defineModule } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { webhookAdminRoutes } from './admin-routes.tsx';
import { webhookApiRoutes } from './api-routes.ts';
import { deliver } from './deliver.ts';
import { webhookSubscriptions } from './prepare-messages.ts';
import { sweepWebhooks, tellOfDisabled } from './webhook-jobs.ts';

export default defineModule({
  name: 'webhooks',
  floor: 'services',
  uses: ['dossiers', 'procedures'],
  routes(web) {
    webhookApiRoutes(web);
    webhookAdminRoutes(web);
  },
  jobs: [anyJob(deliver)],
  subscriptions: [...webhookSubscriptions, tellOfDisabled],
  schedules: [sweepWebhooks],
  menu: [appsManage, appsRequest].map((permission, at) => ({
    group: { vi: 'Quản trị', en: 'Administration' },
    label: { vi: 'Gửi thông báo tự động', en: 'Webhooks' },
    href: paths.adminWebhooks(),
    permission,
    order: 927 + at,
  })),
});
