import { eventTitle } from '../../platform/events.ts';
import { anyJob, defineModule } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { adminHomeRoutes } from './admin-home-routes.tsx';
import { backupCommands } from './backup-commands.ts';
import { tellOfFailure } from './backup-messages.ts';
import { watchBackups } from './backup-metrics.ts';
import { backupRoutes, runNow } from './backup-routes.tsx';
import { copyCommands } from './copy-commands.ts';
import { downtimeCommands } from './downtime-commands.ts';
import { manageOperations, viewEvents, viewOperations } from './operations-permissions.ts';
import { downtimeRoutes, eventRoutes, jobRoutes } from './operations-routes.tsx';
import { prepareCopyCommand } from './prepare-copy.ts';
import { operationsSchedules } from './operations-schedules.ts';

const group = { vi: 'Vận hành', en: 'Operations' };

export default defineModule({
  name: 'operations',
  floor: 'insight',
  routes(web) {
    adminHomeRoutes(web);
    eventRoutes(web, eventTitle);
    jobRoutes(web);
    downtimeRoutes(web);
    backupRoutes(web);
  },
  jobs: [anyJob(runNow)],
  subscriptions: [tellOfFailure],
  start: watchBackups,
  commands: [...backupCommands, ...copyCommands, ...downtimeCommands, prepareCopyCommand],
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
      label: { vi: 'Sao lưu và phục hồi', en: 'Back-up and restore' },
      href: paths.adminBackups(),
      permission: viewOperations,
      order: 975,
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
