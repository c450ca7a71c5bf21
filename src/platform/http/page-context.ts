import { createContext, h, type ComponentChildren } from 'preact';
import { useContext } from 'preact/hooks';
import { isAdminPath } from './admin-path.ts';

/** Language of a page. Vietnamese lives at `/…`, English at `/en/…`. */
export type Locale = 'vi' | 'en';

/** One entry of the portal's main navigation; `path` carries no language prefix. */
export interface NavItem {
  text: string;
  path: string;
}

/** One entry of the officials' side menu; `count` is drawn as a badge when it is above zero. */
export interface MenuItem {
  text: string;
  path: string;
  count?: number | undefined;
}

/** A titled group of the officials' side menu. */
export interface MenuGroup {
  heading: string;
  items: readonly MenuItem[];
}

/** The signed-in person as a page shows them. `switchPaths` are the other posts the person may act in. */
export interface PagePerson {
  name: string;
  kind: 'citizen' | 'business' | 'official';
  unitName?: string | undefined;
  postName?: string | undefined;
  /** Minutes without a request after which an official's screen locks. */
  idleLockMinutes?: number | undefined;
  otherPosts?: readonly { postId: string; postName: string; unitName: string }[] | undefined;
}

/** Texts and look of the province, already in the page's language. */
export interface PageProvince {
  name: string;
  shortName: string;
  motto: string;
  hotline: string;
  email: string;
  address: string;
  responsible: string;
  responsiblePerson?: string | undefined;
  emblemPath?: string | undefined;
  theme?: string | undefined;
}

/** Built files of one browser entry; see `ui/assets.ts`. */
export interface PageAssets {
  css(entry: 'public' | 'workspace' | 'display'): string;
  script(entry: 'public' | 'workspace'): string;
  preload(entry: 'public' | 'workspace'): readonly string[];
  /** Address of an island's module (`forms/money-words`), or null when it was not built: the island then stays plain HTML. */
  island(name: string): string | null;
}

/** Message shown once after a redirect. */
export interface PageMessage {
  kind: 'success' | 'information' | 'warning' | 'error';
  text: string;
}

/**
 * What a page knows about the request. Views read it through `usePage()` and nothing else:
 * no session, clock or database inside a view. `path` has no language prefix; `csrfToken` is null on
 * cached and anonymous pages.
 */
export interface PageView {
  locale: Locale;
  path: string;
  csrfToken: string | null;
  person: PagePerson | null;
  province: PageProvince;
  navigation: readonly NavItem[];
  workspaceMenu: readonly MenuGroup[];
  unreadCount: number;
  /** What stands above every page; without a heading it is a planned downtime. */
  downtime: { text: string; heading?: string } | null;
  messages?: readonly PageMessage[] | undefined;
  assets: PageAssets;
  canonicalUrl: string;
  /** Start of the public address (`https://dichvucong.nghean.gov.vn`), for alternate links; no slash at the end. */
  origin?: string | undefined;
  /** Classes of the document by the person's choice of display; empty or absent: as usual. */
  displayClasses?: string | undefined;
  /** Start of the address of administration, where this page's own port does not serve it. */
  adminOrigin?: string | undefined;
}

const PageContext = createContext<PageView | null>(null);
const LocaleContext = createContext<Locale>('vi');
const KeepsPathsContext = createContext(false);

/** Gives `view` to everything rendered inside. */
export function PageProvider(props: { view: PageView; children?: ComponentChildren }) {
  return h(
    PageContext.Provider,
    { value: props.view },
    h(LocaleContext.Provider, { value: props.view.locale }, props.children),
  );
}

/** Gives only a language: for islands in the browser and for fragments rendered outside a page. `keepsPaths` leaves addresses as they are. */
export function LocaleProvider(props: { locale: Locale; keepsPaths?: boolean; children?: ComponentChildren }) {
  return h(
    LocaleContext.Provider,
    { value: props.locale },
    h(KeepsPathsContext.Provider, { value: props.keepsPaths ?? false }, props.children),
  );
}

/** The request's page view. Throws when a view is rendered outside a `PageProvider`, which is a programming error. */
export function usePage(): PageView {
  const view = useContext(PageContext);
  if (!view) throw new Error('usePage() was called outside a PageProvider');
  return view;
}

/** The page view when there is one; null inside islands and fragments. */
export function usePageIfAny(): PageView | null {
  return useContext(PageContext);
}

/** Language of the surrounding page or fragment; Vietnamese when nothing says otherwise. */
export function useLocale(): Locale {
  return useContext(LocaleContext);
}

/**
 * Puts the language prefix before a path of the route map. Absolute addresses, fragments, `/assets`, `/api`
 * and paths that already carry the prefix are returned as they are.
 */
export function localisedPath(locale: Locale, path: string): string {
  if (locale === 'vi' || !path.startsWith('/') || path.startsWith('//')) return path;
  if (/^\/(en|api\/v1|api\/openapi\.json|assets|health)(\/|\?|#|$)/.test(path)) return path;
  return path === '/' ? '/en' : `/en${path}`;
}

/** A function that turns a path of the route map into an address in the page's language. */
export function useHref(): (path: string) => string {
  const locale = useLocale();
  const keepsPaths = useContext(KeepsPathsContext);
  const adminOrigin = useContext(PageContext)?.adminOrigin;
  return (path) => {
    if (keepsPaths) return path;
    const address = localisedPath(locale, path);
    return adminOrigin && isAdminPath(address) ? adminOrigin + address : address;
  };
}
