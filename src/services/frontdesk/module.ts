import { countQueues, mayReceive, mayView } from '../dossiers/index.ts';
import { reachOf, type Actor } from '../../platform/access.ts';
import { defineModule, type AppContext } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { actRoutes } from './act-routes.tsx';
import { deskSchedules, tellApplicant, tellOfficial } from './desk-jobs.ts';
import { dossierRoutes } from './dossier-routes.tsx';
import { figureRoutes } from './figure-routes.tsx';
import { handoffRoutes } from './handoff-routes.tsx';
import { intakeRoutes } from './intake-routes.tsx';
import { counterStoreRoutes } from './store-routes.tsx';
import { phraseRoutes } from './phrase-routes.tsx';
import { worklistRoutes } from './worklist-routes.tsx';

const group = { vi: 'Hồ sơ', en: 'Dossiers' };

/** What is late or waits for receipt in the official's units. Whoever sees the whole province gets no count: it would say nothing. */
async function waiting({ db, clock }: AppContext, actor: Actor): Promise<number> {
  const reach = reachOf(actor, mayView);
  if (reach === 'all' || reach.length > 100) return 0;
  const counts = await countQueues(db.reader, reach, clock.now());
  return counts.late + counts['awaiting-receipt'];
}

export default defineModule({
  name: 'frontdesk',
  floor: 'services',
  uses: ['dossiers', 'paperstore', 'procedures'],
  routes(web) {
    worklistRoutes(web);
    dossierRoutes(web);
    actRoutes(web);
    intakeRoutes(web);
    counterStoreRoutes(web);
    handoffRoutes(web);
    phraseRoutes(web);
    figureRoutes(web);
  },
  subscriptions: [tellApplicant, tellOfficial],
  schedules: deskSchedules,
  menu: [
    { group, label: { vi: 'Việc hôm nay', en: 'Today' }, href: paths.workspace(), permission: mayView, order: 10 },
    {
      group,
      label: { vi: 'Danh sách hồ sơ', en: 'Worklist' },
      href: paths.worklist(),
      permission: mayView,
      order: 11,
      count: waiting,
    },
    {
      group,
      label: { vi: 'Tiếp nhận tại quầy', en: 'Take in at the counter' },
      href: paths.counterIntake(),
      permission: mayReceive,
      order: 12,
    },
    {
      group,
      label: { vi: 'Tìm hồ sơ', en: 'Find a dossier' },
      href: paths.workspaceSearch(),
      permission: mayView,
      order: 13,
    },
    { group, label: { vi: 'Mẫu câu', en: 'Phrases' }, href: paths.phrases(), permission: mayView, order: 14 },
    { group, label: { vi: 'Số liệu', en: 'Figures' }, href: paths.workspaceFigures(), permission: mayView, order: 15 },
  ],
});
