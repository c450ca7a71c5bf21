import { can } from './platform/access.ts';
import { displayClasses } from './platform/http/display.ts';
import type { MenuGroup, NavItem, PageAssets, PageProvince, PageView } from './platform/http/page-context.ts';
import type { WebRequest } from './platform/http/web.ts';
import type { AppContext, MenuEntry, Module } from './platform/module.ts';
import { paths } from './ui/paths.ts';
import { downtimeNotice, pagePersonOf, unreadCountOf } from './wiring.ts';

interface Input {
  context: AppContext;
  modules: readonly Module[];
  assets: PageAssets;
  province: PageProvince;
  request: WebRequest;
  csrfToken: string | null;
}

const NAVIGATION: Record<'vi' | 'en', readonly NavItem[]> = {
  vi: [
    { text: 'Trang chủ', path: paths.home() },
    { text: 'Thủ tục hành chính', path: paths.procedures() },
    { text: 'Tra cứu hồ sơ', path: paths.tracking() },
    { text: 'Số liệu công khai', path: paths.figures() },
    { text: 'Hỗ trợ', path: paths.help() },
  ],
  en: [
    { text: 'Home', path: paths.home() },
    { text: 'Procedures', path: paths.procedures() },
    { text: 'Track a dossier', path: paths.tracking() },
    { text: 'Public figures', path: paths.figures() },
    { text: 'Help', path: paths.help() },
  ],
};

/** Gathers what a page may know about its request. Anonymous pages cost no database read here. */
export async function pageViewFor(input: Input): Promise<PageView> {
  const { context, request, province, assets } = input;
  const { actor, locale } = request;
  const official = actor.kind === 'official';
  const signedIn = actor.kind !== 'anonymous' && actor.kind !== 'client';
  const [workspaceMenu, unreadCount, downtime, person] = await Promise.all([
    official ? menuFor(input) : [],
    signedIn ? orWithout(request, 'the count of unread messages', () => unreadCountOf(request), 0) : 0,
    orWithout(request, 'the announcement of a downtime', () => downtimeNotice(context, locale), null),
    signedIn ? orWithout(request, 'the name of the person', () => pagePersonOf(request), null) : null,
  ]);
  return {
    locale,
    path: request.path,
    csrfToken: input.csrfToken,
    person,
    province,
    navigation: NAVIGATION[locale],
    workspaceMenu,
    unreadCount,
    downtime,
    assets,
    displayClasses: displayClasses(request.display),
    canonicalUrl: `${context.config.publicUrl}${request.href(request.path)}`,
    origin: context.config.publicUrl,
    adminOrigin: request.door === 'service' ? context.config.admin?.url : undefined,
  };
}

/** What stands around a page must not bring it down: the page that says the database is away would then say that the program is broken. */
async function orWithout<T>(request: WebRequest, what: string, read: () => T | Promise<T>, otherwise: T): Promise<T> {
  try {
    return await read();
  } catch (error) {
    request.log.warn({ err: error }, `${what} could not be read; the page goes on without it`);
    return otherwise;
  }
}

async function menuFor({ context, modules, request }: Input): Promise<MenuGroup[]> {
  const { actor, locale } = request;
  const entries = modules
    .flatMap((module) => module.menu ?? [])
    .filter((entry) => can(actor, entry.permission))
    .sort((a, b) => a.order - b.order);
  const counted = await Promise.all(
    entries.map(async (entry) => ({ entry, count: entry.count ? await countOf(entry, context, request) : undefined })),
  );
  return [...Map.groupBy(counted, ({ entry }) => entry.group[locale])].map(([heading, items]) => ({
    heading,
    items: items.map(({ entry, count }) => ({ text: entry.label[locale], path: entry.href, count })),
  }));
}

async function countOf(entry: MenuEntry, context: AppContext, request: WebRequest): Promise<number | undefined> {
  return orWithout(request, `the count at ${entry.href}`, () => entry.count?.(context, request.actor), undefined);
}
