import { anyJob, defineModule } from '../../platform/module.ts';
import { applicationRoutes } from './application-routes.tsx';
import { appRoutes } from './app-routes.tsx';
import { displayRoutes } from './display-routes.tsx';
import { homeRoutes } from './home-routes.tsx';
import { lifeEventRoutes } from './life-event-routes.tsx';
import { lifeEventsOf } from './life-events.ts';
import { savedSearchRoutes } from './saved-search-routes.tsx';
import { tellOfChanges, tellSavers } from './tell-of-changes.ts';
import { catalogueRoutes } from './catalogue-routes.tsx';
import { expireApplicationsNightly } from './discard-application.ts';
import { dossierRoutes } from './dossier-routes.tsx';
import { handoffRoutes } from './handoff-routes.tsx';
import { informationRoutes } from './information-routes.tsx';
import { newVersionRoutes } from './new-version-routes.tsx';
import { storeRoutes } from './store-routes.tsx';
import { signerRoutes } from './signer-routes.tsx';
import { startRoutes } from './start-routes.tsx';

export default defineModule({
  name: 'portal',
  floor: 'services',
  uses: ['procedures', 'dossiers', 'delegations', 'paperstore'],
  routes(web) {
    catalogueRoutes(web);
    informationRoutes(web);
    lifeEventRoutes(web);
    homeRoutes(web);
    displayRoutes(web);
    appRoutes(web);
    savedSearchRoutes(web);
    startRoutes(web);
    applicationRoutes(web);
    storeRoutes(web);
    signerRoutes(web);
    newVersionRoutes(web);
    handoffRoutes(web);
    dossierRoutes(web);
  },
  async start({ config }) {
    lifeEventsOf(config); // a wrong file stops the program here, not at the first visit
  },
  subscriptions: [tellOfChanges],
  jobs: [anyJob(tellSavers)],
  schedules: [expireApplicationsNightly],
});
