import type { ComponentChildren } from 'preact';
import { useHref } from '../platform/http/page-context.ts';

/** Options of a link; anything else an `a` needs goes into `attributes`. */
export interface LinkProps {
  /** A path of the route map (`paths.help()`), a fragment or a full address. */
  to: string;
  class?: string | undefined;
  id?: string | undefined;
  rel?: string | undefined;
  download?: boolean | undefined;
  'aria-current'?: 'page' | 'true' | 'location' | 'step' | undefined;
  'aria-label'?: string | undefined;
  attributes?: Record<string, string> | undefined;
  children?: ComponentChildren;
}

/** A link to a path of the route map, in the language of the page. `class` defaults to `govuk-link`. */
export function Link(props: LinkProps) {
  const { to, class: className = 'govuk-link', attributes, children, ...rest } = props;
  const href = useHref();
  return (
    <a {...rest} {...attributes} class={className} href={href(to)}>
      {children}
    </a>
  );
}
