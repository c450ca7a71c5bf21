import { can, type Actor } from '../../platform/access.ts';
import { defineModule, type AppContext } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { closeAccountsHourly } from './close-own-account.ts';
import { closingRoutes } from './closing-routes.tsx';
import { loadPeopleExamples } from './demo-examples.ts';
import { deskRequestRoutes } from './desk-request-routes.tsx';
import { exportRoutes } from './export-routes.tsx';
import { mayAnswerRequests, mayApproveMergers, mayKeepBreaches, mayProposeMergers } from './people-permissions.ts';
import { readingsRoutes } from './readings-routes.tsx';
import { countWaiting } from './request-queries.ts';
import { requestRoutes } from './request-routes.tsx';

const group = { vi: 'Người dân', en: 'People' };

async function waiting({ db, clock }: AppContext, actor: Actor): Promise<number> {
  return can(actor, mayAnswerRequests) ? (await countWaiting(db.reader, clock.now())).open : 0;
}

export default defineModule({
  name: 'people',
  floor: 'services',
  uses: ['delegations', 'dossiers', 'portal'],
  permissions: [mayAnswerRequests, mayKeepBreaches, mayProposeMergers, mayApproveMergers],
  routes(web) {
    readingsRoutes(web);
    requestRoutes(web);
    exportRoutes(web);
    closingRoutes(web);
    deskRequestRoutes(web);
  },
  schedules: [closeAccountsHourly],
  demo: [{ name: 'people.examples', order: 95, load: loadPeopleExamples }],
  menu: [
    {
      group,
      label: { vi: 'Yêu cầu về dữ liệu', en: 'Data requests' },
      href: paths.deskDataRequests(),
      permission: mayAnswerRequests,
      order: 210,
      count: waiting,
    },
    {
      group,
      label: { vi: 'Mở lại tài khoản', en: 'Reopen an account' },
      href: paths.accountReopening(),
      permission: mayProposeMergers,
      order: 230,
    },
  ],
});
