import { eventTitle } from '../../platform/events.ts';
import { defineModule } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { backupCommands } from './backup-commands.ts';
import { manageOperations, viewEvents, viewOperations } from './operations-permissions.ts';
import { downtimeRoutes, eventRoutes, jobRoutes } from './operations-routes.tsx';
import { operationsSchedules } from './operations-schedules.ts';

const group = { vi: 'Vận hành', en: 'Operations' };

export default defineModule({
  name: 'operations',
  floor: 'insight',
  routes(web) {
    eventRoutes(web, eventTitle);
    jobRoutes(web);
    downtimeRoutes(web);
  },
  commands: backupCommands,
  schedules: operationsSchedules,
  permissions: [viewEvents, viewOperations, manageOperations],
  menu: [
    {
      group,
      label: { vi: 'Nhật ký hệ thống', en: 'Event log' },
      href: paths.adminEvents(),
      permission: viewEvents,
      order: 960,
    },
    {
      group,
      label: { vi: 'Tác vụ nền', en: 'Background jobs' },
      href: paths.adminJobs(),
      permission: viewOperations,
      order: 970,
    },
    {
      group,
      label: { vi: 'Tạm dừng theo kế hoạch', en: 'Planned downtime' },
      href: paths.adminDowntime(),
      permission: manageOperations,
      order: 980,
    },
  ],
});
