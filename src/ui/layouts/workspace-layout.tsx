import type { ComponentChildren } from 'preact';
import { usePage, type MenuGroup } from '../../platform/http/page-context.ts';
import { BackLink } from '../govuk/back-link.tsx';
import { Breadcrumbs } from '../govuk/breadcrumbs.tsx';
import { Link } from '../link.tsx';
import { Island } from '../island.tsx';
import IdleLock from '../islands/idle-lock.tsx';
import { paths } from '../paths.ts';
import { AccountMenu } from './account-menu.tsx';
import { Document } from './document.tsx';
import { Lotus } from './lotus.tsx';
import { DowntimeBanner, Messages } from './messages.tsx';
import type { Crumb } from './public-layout.tsx';
import { currentNavPath, LanguageLink } from './site-header.tsx';
import { layoutWords } from './words.ts';

/** Options of `WorkspaceLayout`. */
export interface WorkspaceLayoutProps {
  title: string;
  /** The `h1`; the title when absent, none when false (the page brings its own). */
  heading?: string | false | undefined;
  /** Small line above the heading. */
  caption?: string | undefined;
  /** Buttons at the right of the heading. */
  actions?: ComponentChildren;
  breadcrumbs?: readonly Crumb[] | undefined;
  backPath?: string | undefined;
  /** Leaves out the side menu, for editors and print views that need the whole width. */
  isWide?: boolean | undefined;
  /** See `Document`. */
  isApart?: boolean | undefined;
  hasErrors?: boolean | undefined;
  children?: ComponentChildren;
}

function SideMenu(props: { groups: readonly MenuGroup[]; label: string }) {
  const page = usePage();
  const current = currentNavPath(
    props.groups.flatMap((group) => group.items),
    page.path,
  );
  return (
    <nav class="sen-side" aria-label={props.label}>
      {props.groups.map((group) => (
        <section class="sen-side__group">
          <h2 class="sen-side__heading">{group.heading}</h2>
          <ul class="sen-side__list">
            {group.items.map((item) => (
              <li>
                <Link
                  to={item.path}
                  class="sen-side__link"
                  aria-current={item.path.split('?')[0] === current ? 'page' : undefined}
                >
                  <span>{item.text}</span>
                  {item.count ? <span class="sen-count">{item.count > 999 ? '999+' : item.count}</span> : null}
                </Link>
              </li>
            ))}
          </ul>
        </section>
      ))}
    </nav>
  );
}

function WorkspaceHeader() {
  const page = usePage();
  const words = layoutWords.use();
  const place = [page.person?.unitName, page.person?.postName].filter(Boolean).join(' — ');
  return (
    <header class="sen-desk">
      <div class="sen-desk__in">
        <Link to={paths.workspace()} class="sen-desk__brand">
          <Lotus size={30} />
          <strong>Sen · {words.workspace}</strong>
        </Link>
        {place && <span class="sen-desk__place">{place}</span>}
        <div class="sen-desk__links">
          <LanguageLink class="sen-top__link sen-top__link--wide" />
          <Link to={paths.workspaceNotifications()} class="sen-top__link">
            {words.notifications}
            {page.unreadCount > 0 && (
              <span class="sen-count sen-count--gold">
                {page.unreadCount}
                <span class="govuk-visually-hidden"> {words.unread}</span>
              </span>
            )}
          </Link>
          <AccountMenu />
        </div>
      </div>
    </header>
  );
}

/**
 * A page of the officials' workspace: thin header, side menu with counts, the whole width of the screen. On a phone the menu folds
 * and opens without a script.
 */
export function WorkspaceLayout(props: WorkspaceLayoutProps) {
  const page = usePage();
  const words = layoutWords.use();
  const heading = props.heading ?? props.title;
  const hasMenu = !props.isWide && page.workspaceMenu.length > 0;
  return (
    <Document
      title={props.title}
      siteName={`Sen · ${page.province.shortName}`}
      entry="workspace"
      hasErrors={props.hasErrors}
      noIndex
      bodyClass="sen-workspace"
      isApart={props.isApart}
    >
      <DowntimeBanner />
      <WorkspaceHeader />
      <div class={hasMenu ? 'sen-room' : 'sen-room sen-room--wide'}>
        {hasMenu && (
          <>
            <details class="sen-fold sen-fold--side">
              <summary class="sen-fold__summary">{words.menu}</summary>
              <SideMenu groups={page.workspaceMenu} label={words.menu} />
            </details>
            <div class="sen-room__side">
              <SideMenu groups={page.workspaceMenu} label={words.sideMenu} />
            </div>
          </>
        )}
        <div class="sen-room__content">
          {props.backPath && (
            <nav aria-label={words.back}>
              <BackLink href={props.backPath} />
            </nav>
          )}
          {props.breadcrumbs && (
            <Breadcrumbs
              items={props.breadcrumbs.map((crumb) => ({
                text: crumb.text,
                href: crumb.path,
              }))}
            />
          )}
          <main id="main-content" tabIndex={-1}>
            <Messages />
            {heading && (
              <div class="sen-heading">
                <h1 class="govuk-heading-l sen-heading__text">
                  {props.caption && <span class="govuk-caption-m">{props.caption}</span>}
                  {heading}
                </h1>
                {props.actions && <div class="sen-heading__actions">{props.actions}</div>}
              </div>
            )}
            {props.children}
          </main>
        </div>
      </div>
      {page.person?.idleLockMinutes !== undefined && (
        <Island
          name="ui/idle-lock"
          component={IdleLock}
          props={{ lockMinutes: page.person.idleLockMinutes, pingPath: paths.keepAlive(), unlockPath: paths.unlock() }}
          on="load"
        />
      )}
    </Document>
  );
}
