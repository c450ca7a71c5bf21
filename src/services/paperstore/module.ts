import { defineModule } from '../../platform/module.ts';
import { loadDemoPapers } from './demo-papers.ts';
import { eraseDeletedNightly } from './delete-paper.ts';
import { keepReturnedResults } from './keep-from-dossier.ts';
import { paperKindsOf } from './paper-kinds.ts';
import { paperRoutes } from './paper-routes.tsx';
import { remindDaily } from './remind-of-expiry.ts';
import { storeRoutes } from './store-routes.tsx';

export default defineModule({
  name: 'paperstore',
  floor: 'services',
  uses: ['dossiers'],
  routes(web) {
    storeRoutes(web);
    paperRoutes(web);
  },
  async start({ config }) {
    paperKindsOf(config); // a wrong file stops the program here, not at the first paper
  },
  subscriptions: [keepReturnedResults],
  demo: [{ name: 'paperstore.papers', order: 92, load: loadDemoPapers }],
  schedules: [eraseDeletedNightly, remindDaily],
});
