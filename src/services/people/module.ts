import { can, unitsOf, type Actor } from '../../platform/access.ts';
import { defineModule, type AppContext } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { closeAccountsHourly } from './close-own-account.ts';
import { closingRoutes } from './closing-routes.tsx';
import { loadPeopleExamples } from './demo-examples.ts';
import { deskRequestRoutes } from './desk-request-routes.tsx';
import { countOpenBreaches } from './breach-queries.ts';
import { breachRoutes } from './breach-routes.tsx';
import { exportRoutes } from './export-routes.tsx';
import { countWaitingMergers } from './merger-queries.ts';
import { mergerRoutes } from './merger-routes.tsx';
import { mayAnswerRequests, mayApproveMergers, mayKeepBreaches, mayProposeMergers } from './people-permissions.ts';
import { readingsRoutes } from './readings-routes.tsx';
import { remindHourly } from './remind-of-terms.ts';
import { countWaiting } from './request-queries.ts';
import { requestRoutes } from './request-routes.tsx';

const group = { vi: 'Người dân', en: 'People' };

async function waiting({ db, clock }: AppContext, actor: Actor): Promise<number> {
  return can(actor, mayAnswerRequests)
    ? (await countWaiting(db.reader, clock.now(), unitsOf(actor, mayAnswerRequests))).open
    : 0;
}

const openBreaches = ({ db }: AppContext, actor: Actor): Promise<number> =>
  countOpenBreaches(db.reader, unitsOf(actor, mayKeepBreaches));
const waitingMergers = ({ db }: AppContext, actor: Actor): Promise<number> =>
  countWaitingMergers(db.reader, unitsOf(actor, mayApproveMergers));

export default defineModule({
  name: 'people',
  floor: 'services',
  uses: ['delegations', 'dossiers', 'paperstore', 'portal'],
  permissions: [mayAnswerRequests, mayKeepBreaches, mayProposeMergers, mayApproveMergers],
  routes(web) {
    readingsRoutes(web);
    requestRoutes(web);
    exportRoutes(web);
    closingRoutes(web);
    deskRequestRoutes(web);
    breachRoutes(web);
    mergerRoutes(web);
  },
  schedules: [closeAccountsHourly, remindHourly],
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
      label: { vi: 'Vi phạm dữ liệu', en: 'Data breaches' },
      href: paths.breaches(),
      permission: mayKeepBreaches,
      order: 215,
      count: openBreaches,
    },
    {
      group,
      label: { vi: 'Hợp nhất tài khoản', en: 'Merge accounts' },
      href: paths.accountMergers(),
      permission: mayProposeMergers,
      order: 220,
    },
    {
      group,
      label: { vi: 'Duyệt hợp nhất', en: 'Approve mergers' },
      href: `${paths.accountMergers()}?xem=proposed`,
      permission: mayApproveMergers,
      order: 221,
      count: waitingMergers,
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
