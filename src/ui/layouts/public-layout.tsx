import type { ComponentChildren } from 'preact';
import { usePage } from '../../platform/http/page-context.ts';
import { ReadAloud } from '../components/read-aloud.tsx';
import { BackLink } from '../govuk/back-link.tsx';
import { Breadcrumbs } from '../govuk/breadcrumbs.tsx';
import { Document } from './document.tsx';
import { DowntimeBanner, Messages } from './messages.tsx';
import { SiteFooter } from './site-footer.tsx';
import { SiteHeader } from './site-header.tsx';
import { layoutWords } from './words.ts';

/** A step of the way to this page; the last one has no path. `path` carries no language prefix. */
export interface Crumb {
  text: string;
  path?: string | undefined;
}

/** Options of `PublicLayout`. */
export interface PublicLayoutProps {
  title: string;
  description?: string | undefined;
  /** Full-width band under the navigation, such as `SearchHero`; it then holds the page's `h1`. */
  hero?: ComponentChildren;
  /** Way to this page; “Trang chủ” is put first. Not together with `backPath`. */
  breadcrumbs?: readonly Crumb[] | undefined;
  /** One step back, on the pages of a form. */
  backPath?: string | undefined;
  backText?: string | undefined;
  /** `narrow` sets the content in two thirds, for reading and for forms. */
  width?: 'full' | 'narrow' | undefined;
  /** Right-hand column beside a narrow page. */
  aside?: ComponentChildren;
  /** Replaces the motto in the header, on the pages of a form: the procedure's name. */
  subtitle?: string | undefined;
  /** Leaves the main navigation out, on the pages of a form. */
  isQuiet?: boolean | undefined;
  hasErrors?: boolean | undefined;
  noIndex?: boolean | undefined;
  /** Offers to have the page read aloud. */
  readsAloud?: boolean | undefined;
  children?: ComponentChildren;
}

/** A page of the portal. Put the `h1` into the children (or the hero). */
export function PublicLayout(props: PublicLayoutProps) {
  const { province } = usePage();
  const words = layoutWords.use();
  const crumbs = props.breadcrumbs && [{ text: words.home, path: '/' }, ...props.breadcrumbs];
  return (
    <Document
      title={props.title}
      siteName={province.name}
      entry="public"
      description={props.description}
      hasErrors={props.hasErrors}
      noIndex={props.noIndex}
      bodyClass="sen-public"
    >
      <DowntimeBanner />
      <SiteHeader subtitle={props.subtitle} isQuiet={props.isQuiet} />
      {props.hero ? (
        <main class="sen-page sen-page--hero" id="main-content" tabIndex={-1}>
          <div class="sen-hero">
            <div class="govuk-width-container">{props.hero}</div>
          </div>
          <div class="govuk-width-container govuk-main-wrapper sen-main">
            <Content {...props} />
          </div>
        </main>
      ) : (
        <div class="govuk-width-container sen-page">
          {props.backPath && (
            <nav aria-label={words.back}>
              <BackLink href={props.backPath} text={props.backText} />
            </nav>
          )}
          {crumbs && (
            <Breadcrumbs collapseOnMobile items={crumbs.map((crumb) => ({ text: crumb.text, href: crumb.path }))} />
          )}
          <main class="govuk-main-wrapper sen-main" id="main-content" tabIndex={-1}>
            <Content {...props} />
          </main>
        </div>
      )}
      <SiteFooter />
    </Document>
  );
}

function Content(props: PublicLayoutProps) {
  return (
    <>
      <Messages />
      {props.readsAloud && <ReadAloud />}
      {props.width === 'narrow' || props.aside ? (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-two-thirds">{props.children}</div>
          {props.aside && <aside class="govuk-grid-column-one-third">{props.aside}</aside>}
        </div>
      ) : (
        props.children
      )}
    </>
  );
}
