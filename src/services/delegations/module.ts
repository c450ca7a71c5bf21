import { publish } from '../../platform/events.ts';
import { defineModule } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { paths } from '../../ui/paths.ts';
import { citizenRoutes } from './citizen-routes.tsx';
import { proposalDays } from './delegation.ts';
import { proposalsLapsed } from './delegation-events.ts';
import { mayConfirmDelegations, mayNameOperators } from './delegation-permissions.ts';
import { lapseProposals } from './delegation-queries.ts';
import { officialRoutes } from './official-routes.tsx';

const group = { vi: 'Người dân', en: 'People' };

export default defineModule({
  name: 'delegations',
  floor: 'services',
  uses: ['procedures'],
  permissions: [mayConfirmDelegations, mayNameOperators],
  routes(web) {
    citizenRoutes(web);
    officialRoutes(web);
  },
  schedules: [
    {
      name: 'delegations.lapse',
      cron: '50 18 * * *', // 01:50 in Viet Nam
      run: ({ db, clock, requestId }) =>
        inTransaction(db, { actor: systemActor('delegations.lapse'), clock, requestId }, async (tx) => {
          const before = new Date(tx.now.getTime() - proposalDays * 86_400_000);
          const { length } = await lapseProposals(tx, before);
          if (length > 0)
            publish(tx, proposalsLapsed, { subject: { kind: 'delegation', id: 'all' }, payload: { count: length } });
        }),
    },
  ],
  menu: [
    {
      group,
      label: { vi: 'Ủy quyền', en: 'Mandates' },
      href: paths.deskDelegations(),
      permission: mayConfirmDelegations,
      order: 200,
    },
    {
      group,
      label: { vi: 'Bưu chính công ích', en: 'Public post' },
      href: paths.postalOperators(),
      permission: mayNameOperators,
      order: 201,
    },
  ],
});
