import type { ComponentChildren } from 'preact';
import { localisedPath, usePage } from '../../platform/http/page-context.ts';
import { SkipLink } from '../govuk/skip-link.tsx';
import { classes } from '../govuk/content.tsx';
import { paths } from '../paths.ts';
import { layoutWords } from './words.ts';

/** What every layout passes to the document around it. */
export interface DocumentProps {
  /** Title of the page; the portal's name is added. */
  title: string;
  siteName: string;
  entry: 'public' | 'workspace';
  description?: string | undefined;
  /** Puts “Lỗi: ” before the title, so that a screen reader hears at once that the form came back. */
  hasErrors?: boolean | undefined;
  /** Keeps the page out of search engines; pages of a signed-in person always are. */
  noIndex?: boolean | undefined;
  bodyClass?: string | undefined;
  /** The page needs a document of its own (other headers, an editor): a visit from another page loads it anew. */
  isApart?: boolean | undefined;
  children?: ComponentChildren;
}

const iconPath = '/assets/sen.svg';

/** The HTML document: head, skip link, body. The answer's writer adds the doctype. No inline script or style. */
export function Document(props: DocumentProps) {
  const page = usePage();
  const words = layoutWords.use();
  const title = `${props.hasErrors ? words.errorTitle : ''}${props.title} – ${props.siteName}`;
  const origin = page.origin ?? '';
  const isPrivate = props.noIndex || page.person !== null;
  return (
    <html lang={page.locale} class={classes('govuk-template', page.displayClasses)}>
      <head>
        <meta charset="utf-8" />
        <title>{title}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <meta name="theme-color" content={page.displayClasses?.includes('sen-dark') ? '#0b1513' : '#0b5a50'} />
        {props.description && <meta name="description" content={props.description} />}
        {props.isApart && <meta name="turbo-visit-control" content="reload" />}
        {isPrivate && <meta name="robots" content="noindex" />}
        {!isPrivate && <link rel="canonical" href={page.canonicalUrl} />}
        {!isPrivate &&
          (['vi', 'en'] as const).map((locale) => (
            <link rel="alternate" hreflang={locale} href={origin + localisedPath(locale, page.path)} />
          ))}
        <link rel="icon" href={iconPath} type="image/svg+xml" />
        <link rel="apple-touch-icon" href="/assets/app-192.png" />
        <link rel="manifest" href={localisedPath(page.locale, paths.webManifest())} />
        <link rel="stylesheet" href={page.assets.css(props.entry)} />
        {page.province.theme && <link rel="stylesheet" href={page.province.theme} />}
        {/* After the province's colours, and never on paper. */}
        {page.displayClasses && <link rel="stylesheet" href={page.assets.css('display')} media="screen" />}
        {page.assets.preload(props.entry).map((file) => (
          <link rel="modulepreload" href={file} />
        ))}
        <script type="module" src={page.assets.script(props.entry)} />
      </head>
      <body class={classes('govuk-template__body', props.bodyClass)}>
        <SkipLink href="#main-content" text={words.skipToContent} />
        {props.children}
      </body>
    </html>
  );
}
