import { defineModule } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { ledgerLoops } from './keep-ledger.ts';
import { presentSigner } from './log-keys.ts';
import { checkAtStart } from './run-check.ts';
import { logRoutes } from './log-routes.ts';

export default defineModule({
  name: 'ledger',
  floor: 'foundation',
  routes: logRoutes,
  loops: ledgerLoops(),
  async start(context) {
    const { db, clock, config } = context;
    await inTransaction(db, { actor: systemActor('ledger'), clock }, (tx) => presentSigner(tx, config));
    await checkAtStart(context);
  },
});
