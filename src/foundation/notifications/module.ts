import { anyJob, defineModule } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { notificationSchedules, sendMessage } from './notification-jobs.ts';
import { manageNotifications } from './notification-permissions.ts';
import { notificationRoutes } from './notification-routes.tsx';

export default defineModule({
  name: 'notifications',
  floor: 'foundation',
  routes: notificationRoutes,
  jobs: [anyJob(sendMessage)],
  schedules: notificationSchedules,
  permissions: [manageNotifications],
  menu: [
    {
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Hộp thư đi', en: 'Outgoing messages' },
      href: paths.adminOutbox(),
      permission: manageNotifications,
      order: 950,
    },
  ],
});
