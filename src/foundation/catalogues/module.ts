import { defineModule } from '../../platform/module.ts';
import { paths } from '../../ui/paths.ts';
import { adminRoutes } from './admin-routes.tsx';
import { apiRoutes } from './api-routes.ts';
import { cataloguesCommand } from './catalogue-commands.ts';
import { manageCatalogues, proposeCatalogues } from './catalogue-permissions.ts';
import { importRoutes } from './import-routes.tsx';
import { loadProvinceCatalogues } from './load-catalogue-files.ts';
import { mappingChangeRoutes } from './mapping-change-routes.tsx';
import { mappingRoutes } from './mapping-routes.tsx';
import { countWaiting } from './proposal-queries.ts';
import { proposalRoutes } from './proposal-routes.tsx';
import { publicRoutes } from './public-routes.tsx';

export default defineModule({
  name: 'catalogues',
  floor: 'foundation',
  uses: ['organisations'],
  permissions: [manageCatalogues, proposeCatalogues],
  routes(web) {
    apiRoutes(web);
    publicRoutes(web);
    adminRoutes(web);
    importRoutes(web);
    mappingRoutes(web);
    mappingChangeRoutes(web);
    proposalRoutes(web);
  },
  menu: [
    {
      group: { vi: 'Quản trị', en: 'Administration' },
      label: { vi: 'Danh mục dùng chung', en: 'Shared catalogues' },
      href: paths.adminCatalogues(),
      permission: manageCatalogues,
      order: 931,
      count: (context) => countWaiting(context.db.reader),
    },
    {
      group: { vi: 'Dữ liệu', en: 'Data' },
      label: { vi: 'Đề nghị về danh mục', en: 'Proposals for catalogues' },
      href: paths.adminProposals(),
      permission: proposeCatalogues,
      order: 800,
    },
  ],
  commands: [cataloguesCommand],
  demo: [{ name: 'catalogues.province', order: 15, load: loadProvinceCatalogues }],
});
