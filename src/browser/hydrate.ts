import { h, hydrate, type ComponentType } from 'preact';
import { LocaleProvider, type Locale } from '../platform/http/page-context.ts';

/** Takes over the HTML that the server rendered inside `element`. */
export function start(element: Element, component: ComponentType<object>, props: object): void {
  const locale = (element as HTMLElement).dataset['locale'] as Locale;
  hydrate(h(LocaleProvider, { locale, children: h(component, props) }), element);
}
