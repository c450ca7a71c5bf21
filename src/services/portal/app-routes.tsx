import { provinceOf } from '../../foundation/organisations/index.ts';
import { json, page, type Reply } from '../../platform/http/reply.ts';
import type { Web, WebRequest } from '../../platform/http/web.ts';
import { paths } from '../../ui/paths.ts';
import { OfflinePage } from './views/offline-page.tsx';

/** What a browser needs to install the portal as an app (W3C Web Application Manifest). */
function webManifest(request: WebRequest): Reply {
  const { locale, config } = request;
  const province = provinceOf(config);
  const icon = (file: string, size: number, purpose: 'any' | 'maskable') => ({
    src: `/assets/${file}`,
    sizes: `${size}x${size}`,
    type: 'image/png',
    purpose,
  });
  const shortcut = (vi: string, en: string, path: string) => ({
    name: locale === 'en' ? en : vi,
    url: request.href(path),
  });
  const reply = json({
    id: '/',
    name: province.name[locale],
    short_name: province.shortName[locale],
    lang: locale,
    dir: 'ltr',
    start_url: request.href(paths.home()),
    scope: '/',
    display: 'standalone',
    background_color: '#ffffff',
    theme_color: '#0b5a50',
    icons: [
      icon('app-192.png', 192, 'any'),
      icon('app-512.png', 512, 'any'),
      icon('app-maskable-512.png', 512, 'maskable'),
    ],
    shortcuts: [
      shortcut('Trang của tôi', 'My page', paths.personalHome()),
      shortcut('Tìm thủ tục', 'Find a procedure', paths.procedures()),
      shortcut('Tra cứu hồ sơ', 'Track a dossier', paths.tracking()),
    ],
  });
  return {
    ...reply,
    type: 'application/manifest+json; charset=utf-8',
    headers: { 'cache-control': 'public, max-age=3600' },
  } as Reply;
}

/** The manifest, and the page that the service worker keeps for when there is no connection. */
export function appRoutes(web: Web): void {
  web.get(paths.webManifest, { access: 'public' }, webManifest);
  web.get(paths.offline, { access: 'public', cacheSeconds: 60 }, () => page(<OfflinePage />));
}
