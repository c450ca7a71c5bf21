import type { ComponentChildren } from 'preact';
import { usePage } from '../../platform/http/page-context.ts';
import { Link } from '../link.tsx';
import { Document } from './document.tsx';
import { Lotus } from './lotus.tsx';
import { LanguageLink } from './site-header.tsx';
import { layoutWords } from './words.ts';

/** Options of `KioskLayout`. */
export interface KioskLayoutProps {
  title: string;
  /** First screen of the kiosk: every page offers the way back to it. */
  startPath: string;
  backPath?: string | undefined;
  hasErrors?: boolean | undefined;
  children?: ComponentChildren;
}

/** A page on the touch screen of a one-stop desk: large type, targets of 64 px, nothing to scroll sideways. */
export function KioskLayout(props: KioskLayoutProps) {
  const { province } = usePage();
  const words = layoutWords.use();
  return (
    <Document
      title={props.title}
      siteName={province.name}
      entry="public"
      hasErrors={props.hasErrors}
      noIndex
      bodyClass="sen-kiosk"
    >
      <header class="sen-kiosk__top">
        <Lotus size={64} />
        <strong class="sen-kiosk__name">{province.name}</strong>
        <LanguageLink class="sen-kiosk__language" />
      </header>
      <main class="sen-kiosk__main" id="main-content" tabIndex={-1}>
        {props.children}
      </main>
      <footer class="sen-kiosk__bottom">
        {props.backPath && (
          <Link to={props.backPath} class="sen-kiosk__button">
            ‹ {words.back}
          </Link>
        )}
        <p class="sen-kiosk__help">{words.callStaff}</p>
        <Link to={props.startPath} class="sen-kiosk__button sen-kiosk__button--gold">
          {words.startOver}
        </Link>
      </footer>
    </Document>
  );
}
