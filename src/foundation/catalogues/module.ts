import { defineModule } from '../../platform/module.ts';
import { apiRoutes } from './api-routes.ts';
import { cataloguesCommand } from './catalogue-commands.ts';
import { manageCatalogues, proposeCatalogues } from './catalogue-permissions.ts';
import { loadProvinceCatalogues } from './load-catalogue-files.ts';
import { publicRoutes } from './public-routes.tsx';

export default defineModule({
  name: 'catalogues',
  floor: 'foundation',
  uses: ['organisations'],
  permissions: [manageCatalogues, proposeCatalogues],
  routes(web) {
    apiRoutes(web);
    publicRoutes(web);
  },
  commands: [cataloguesCommand],
  demo: [{ name: 'catalogues.province', order: 15, load: loadProvinceCatalogues }],
});
