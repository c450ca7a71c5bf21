import { defineModule } from '../../platform/module.ts';
import { applicationRoutes } from './application-routes.tsx';
import { catalogueRoutes } from './catalogue-routes.tsx';
import { expireApplicationsNightly } from './discard-application.ts';
import { dossierRoutes } from './dossier-routes.tsx';
import { handoffRoutes } from './handoff-routes.tsx';
import { informationRoutes } from './information-routes.tsx';
import { newVersionRoutes } from './new-version-routes.tsx';
import { signerRoutes } from './signer-routes.tsx';
import { startRoutes } from './start-routes.tsx';

export default defineModule({
  name: 'portal',
  floor: 'services',
  uses: ['procedures', 'dossiers', 'delegations'],
  routes(web) {
    catalogueRoutes(web);
    informationRoutes(web);
    startRoutes(web);
    applicationRoutes(web);
    signerRoutes(web);
    newVersionRoutes(web);
    handoffRoutes(web);
    dossierRoutes(web);
  },
  schedules: [expireApplicationsNightly],
});
