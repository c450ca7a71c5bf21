import { anyJob, defineModule } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { paths } from '../../ui/paths.ts';
import { adminRoutes, checkNow } from './admin-routes.tsx';
import { countOpenFindings, forgetCheckRuns } from './check-queries.ts';
import { thinCheckpoints } from './checkpoint-queries.ts';
import { ledgerLoops } from './keep-ledger.ts';
import { ledgerCommands } from './ledger-commands.ts';
import { manageLedger, viewLedger } from './ledger-permissions.ts';
import { logRoutes } from './log-routes.ts';
import { presentSigner } from './log-keys.ts';
import { publicRoutes } from './public-routes.tsx';
import { checkAtStart } from './run-check.ts';
import { tellOfFindings } from './tell-of-findings.ts';

export default defineModule({
  name: 'ledger',
  floor: 'foundation',
  uses: ['notifications', 'organisations'],
  permissions: [viewLedger, manageLedger],
  routes(web) {
    logRoutes(web);
    publicRoutes(web);
    adminRoutes(web);
  },
  jobs: [anyJob(checkNow)],
  subscriptions: [tellOfFindings],
  schedules: [
    {
      name: 'ledger.housekeeping',
      cron: '30 19 * * *', // 02:30 in Viet Nam
      run: ({ db, clock, requestId }) =>
        inTransaction(db, { actor: systemActor('ledger'), clock, requestId }, async (tx) => {
          await thinCheckpoints(tx);
          await forgetCheckRuns(tx);
        }),
    },
  ],
  loops: ledgerLoops(),
  commands: ledgerCommands,
  menu: [
    {
      group: { vi: 'Vận hành', en: 'Operations' },
      label: { vi: 'Sổ cái kiểm chứng', en: 'Verifiable ledger' },
      href: paths.adminLedger(),
      permission: viewLedger,
      order: 965,
      count: ({ db }) => countOpenFindings(db.reader),
    },
  ],
  async start(context) {
    const { db, clock, config } = context;
    await inTransaction(db, { actor: systemActor('ledger'), clock }, (tx) => presentSigner(tx, config));
    await checkAtStart(context);
  },
});
