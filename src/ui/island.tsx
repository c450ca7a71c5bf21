import { h, type ComponentChildren, type ComponentType } from 'preact';
import { useLocale, usePageIfAny } from '../platform/http/page-context.ts';

/** When the browser takes an island over: at once, when it comes into view, or at the first touch or focus. */
export type IslandMoment = 'load' | 'visible' | 'interaction';

/**
 * Renders a component on the server inside `<x-island>`, which the loader hydrates with the same props. `name` is `module/file`
 * (`forms/money-words` for `src/engines/forms/islands/money-words.tsx`, whose default export is the component). Props must survive JSON. The
 * page must work without it.
 */
export function Island<Props extends object>(props: {
  name: string;
  component: ComponentType<Props>;
  props: Props;
  on?: IslandMoment | undefined;
}) {
  const source = usePageIfAny()?.assets.island(props.name);
  const locale = useLocale();
  return h(
    'x-island',
    source
      ? { src: source, on: props.on ?? 'visible', 'data-props': JSON.stringify(props.props), 'data-locale': locale }
      : {},
    h(props.component as ComponentType<object>, props.props),
  );
}

/**
 * HTML of the server that a small script makes livelier, without a component: `name` is the file as for `Island`, ending in `.ts`, whose
 * default export is `(element, props) => void`. It costs no Preact, so that a form page stays within its weight.
 */
export function Enhanced(props: {
  name: string;
  props: object;
  on?: IslandMoment | undefined;
  children?: ComponentChildren;
}) {
  const source = usePageIfAny()?.assets.island(props.name);
  return h(
    'x-island',
    source ? { src: source, plain: '', on: props.on ?? 'visible', 'data-props': JSON.stringify(props.props) } : {},
    props.children,
  );
}
