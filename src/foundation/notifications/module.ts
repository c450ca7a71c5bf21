import { anyJob, defineModule } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { callbackRoutes } from './callback-routes.ts';
import { choiceRoutes } from './choice-routes.tsx';
import { deadLetterRoutes } from './dead-letter-routes.tsx';
import { figureRoutes } from './figure-routes.tsx';
import { paperRoutes } from './paper-routes.tsx';
import { providerRoutes } from './provider-routes.tsx';
import { textRoutes } from './text-routes.tsx';
import { trialRoutes } from './trial-routes.tsx';
import { notificationSchedules, sendDue } from './notification-jobs.ts';
import { editMessageTexts, handPaperNotes, manageNotifications } from './notification-permissions.ts';
import { providersOf } from './provider-settings.ts';
import { keepBound } from './transport.ts';
import { notificationRoutes } from './notification-routes.tsx';

const entry = (
  label: { vi: string; en: string },
  href: string,
  permission: typeof manageNotifications,
  order: number,
) => ({
  group: { vi: 'Quản trị', en: 'Administration' },
  label,
  href,
  permission,
  order,
});

export default defineModule({
  name: 'notifications',
  floor: 'foundation',
  uses: ['organisations'],
  routes(web, context) {
    notificationRoutes(web, context);
    choiceRoutes(web, context);
    callbackRoutes(web, context);
    deadLetterRoutes(web);
    figureRoutes(web);
    paperRoutes(web);
    providerRoutes(web, context);
    textRoutes(web);
    trialRoutes(web);
  },
  async start(context) {
    providersOf(context.config); // a wrong file stops the program here, not at the first message
    if (context.config.role !== 'web') keepBound(context);
  },
  jobs: [anyJob(sendDue)],
  schedules: notificationSchedules,
  permissions: [manageNotifications, editMessageTexts, handPaperNotes],
  menu: [
    entry({ vi: 'Hộp thư đi', en: 'Outgoing messages' }, paths.adminOutbox(), manageNotifications, 950),
    entry({ vi: 'Tin không gửi được', en: 'Undelivered messages' }, paths.adminDeadLetters(), manageNotifications, 951),
    entry({ vi: 'Tin nhắn gửi đến', en: 'Incoming texts' }, paths.adminInboundTexts(), manageNotifications, 952),
    entry({ vi: 'Mẫu tin', en: 'Message texts' }, paths.adminMessageTexts(), editMessageTexts, 953),
    entry(
      { vi: 'Nhà cung cấp gửi tin', en: 'Message providers' },
      paths.adminMessageProviders(),
      manageNotifications,
      954,
    ),
    entry({ vi: 'Số liệu gửi tin', en: 'Figures of messages' }, paths.adminMessageFigures(), manageNotifications, 955),
    {
      group: { vi: 'Một cửa', en: 'Front desk' },
      label: { vi: 'Cần báo trực tiếp', en: 'To be told in person' },
      href: paths.paperNotes(),
      permission: handPaperNotes,
      order: 250,
    },
  ],
});
