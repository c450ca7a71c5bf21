import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { defineModule, type AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { paths } from '../../ui/paths.ts';
import { adminRoutes } from './admin-routes.tsx';
import { manageCalendar } from './calendar-permissions.ts';
import { importCalendarFile } from './import-holidays.ts';

/** The province's file fills a calendar that is still empty; afterwards the pages are the master. */
async function fillFromProvince({ db, clock, config }: AppContext): Promise<void> {
  const text = await readFile(join(config.provinceFolder, 'calendar.json'), 'utf8');
  await inTransaction(db, { actor: systemActor('calendar'), clock }, (tx) => importCalendarFile(tx, JSON.parse(text)));
}

export default defineModule({
  name: 'calendar',
  floor: 'engines',
  permissions: [manageCalendar],
  routes: (web) => adminRoutes(web),
  menu: [
    {
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Lịch làm việc', en: 'Working calendar' },
      href: paths.adminCalendar(),
      permission: manageCalendar,
      order: 940,
    },
  ],
  // Demo dossiers need working hours before modules start.
  demo: [{ name: 'calendar.province', order: 10, load: fillFromProvince }],
  start: fillFromProvince,
});
