import { defineModule } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { ledgerLoop } from './keep-ledger.ts';
import { presentSigner } from './log-keys.ts';
import { logRoutes } from './log-routes.ts';

export default defineModule({
  name: 'ledger',
  floor: 'foundation',
  routes: logRoutes,
  loops: [ledgerLoop()],
  async start({ db, clock, config }) {
    await inTransaction(db, { actor: systemActor('ledger'), clock }, (tx) => presentSigner(tx, config));
  },
});
