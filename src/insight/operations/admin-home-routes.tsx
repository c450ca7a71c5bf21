import { page } from '../../platform/http/reply.ts';
import type { Web } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';
import { AdminHomePage } from './views/admin-home-page.tsx';

/** Where signing in at the port of administration leads to. */
export function adminHomeRoutes(web: Web): void {
  web.get(paths.admin, { access: 'official' }, () => page(<AdminHomePage />));
}
