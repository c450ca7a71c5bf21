import { localisedPath, usePage, type NavItem } from '../../platform/http/page-context.ts';
import { Link } from '../link.tsx';
import { paths } from '../paths.ts';
import { AccountMenu } from './account-menu.tsx';
import { Lotus } from './lotus.tsx';
import { layoutWords } from './words.ts';

/** The entry of a menu that the page belongs to: the longest path that begins the page's own. */
export function currentNavPath(items: readonly { path: string }[], path: string): string | null {
  const fitting = items
    .map((item) => item.path.split('?')[0] ?? '')
    .filter((start) => path === start || (start !== '/' && path.startsWith(`${start}/`)));
  return fitting.sort((a, b) => b.length - a.length)[0] ?? null;
}

/** Link to the same page in the other language. */
export function LanguageLink(props: { class: string }) {
  const page = usePage();
  const words = layoutWords.use();
  const other = page.locale === 'vi' ? 'en' : 'vi';
  return (
    <a class={props.class} href={localisedPath(other, page.path)} hreflang={other} lang={other}>
      {words.otherLanguage}
    </a>
  );
}

/** Link to the settings of text size and colours; it leads back to this page. */
export function DisplayLink(props: { class?: string | undefined }) {
  const page = usePage();
  const words = layoutWords.use();
  return (
    <Link to={paths.displaySettings({ ve: page.path })} class={props.class} rel="nofollow">
      {words.display}
    </Link>
  );
}

/** Telephone number of the province's call centre. */
function HotlineLink(props: { class: string }) {
  const { province } = usePage();
  const words = layoutWords.use();
  if (!province.hotline) return null;
  return (
    <a class={props.class} href={`tel:${province.hotline.replace(/[^\d+]/g, '')}`}>
      {words.hotline} {province.hotline}
    </a>
  );
}

function NavLinks(props: { items: readonly NavItem[]; linkClass: string }) {
  const page = usePage();
  const current = currentNavPath(props.items, page.path);
  return (
    <>
      {props.items.map((item) => (
        <li>
          <Link to={item.path} class={props.linkClass} aria-current={item.path === current ? 'page' : undefined}>
            {item.text}
          </Link>
        </li>
      ))}
    </>
  );
}

/** Emblem and name of the portal; `subtitle` replaces the motto on the pages of a form. */
function Brand(props: { subtitle?: string | undefined }) {
  const { province } = usePage();
  return (
    <Link to={paths.home()} class="sen-brand">
      {province.emblemPath ? (
        <img src={province.emblemPath} alt="" width="48" height="48" class="sen-brand__emblem" />
      ) : (
        <Lotus size={48} />
      )}
      <span class="sen-brand__text">
        <strong class="sen-brand__name">{province.name}</strong>
        <span class="sen-brand__motto">{props.subtitle ?? province.motto}</span>
      </span>
    </Link>
  );
}

/**
 * Header of the portal: emblem, name, gold rule, main navigation. Below 1000 px the navigation folds into a menu that opens without a script.
 * `isQuiet` leaves the navigation out, for the pages of a form.
 */
export function SiteHeader(props: { subtitle?: string | undefined; isQuiet?: boolean | undefined }) {
  const page = usePage();
  const words = layoutWords.use();
  const hasMenu = !props.isQuiet && page.navigation.length > 0;
  return (
    <header class="sen-header">
      <div class="sen-top">
        <div class="govuk-width-container sen-top__in">
          <Brand subtitle={props.subtitle} />
          <div class="sen-top__links">
            <DisplayLink class="sen-top__link sen-top__link--wide" />
            <LanguageLink class="sen-top__link sen-top__link--wide" />
            <HotlineLink class="sen-top__link sen-top__link--wide" />
            <AccountMenu />
          </div>
        </div>
      </div>
      {hasMenu && (
        <>
          <nav class="sen-nav" aria-label={words.mainNavigation}>
            <ul class="govuk-width-container sen-nav__list">
              <NavLinks items={page.navigation} linkClass="sen-nav__link" />
            </ul>
          </nav>
          <details class="sen-fold">
            <summary class="sen-fold__summary govuk-width-container">{words.menu}</summary>
            <nav class="govuk-width-container" aria-label={words.menu}>
              <ul class="sen-fold__list">
                <NavLinks items={page.navigation} linkClass="sen-fold__link" />
                <li>
                  <DisplayLink class="sen-fold__link" />
                </li>
                <li>
                  <LanguageLink class="sen-fold__link" />
                </li>
                <li>
                  <HotlineLink class="sen-fold__link" />
                </li>
              </ul>
            </nav>
          </details>
        </>
      )}
    </header>
  );
}
