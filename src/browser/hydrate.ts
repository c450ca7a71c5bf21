import { h, hydrate, type ComponentType } from 'preact';
import { LocaleProvider, type Locale } from '../platform/http/page-context.ts';

/** Takes over the HTML that the server rendered inside `element`. */
export function start(element: Element, component: ComponentType<object>): void {
  const data = (element as HTMLElement).dataset;
  const props = JSON.parse(data['props'] ?? '{}') as object;
  hydrate(h(LocaleProvider, { locale: data['locale'] as Locale, children: h(component, props) }), element);
}
