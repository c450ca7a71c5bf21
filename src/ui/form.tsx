import type { ComponentChildren } from 'preact';
import { useHref, usePageIfAny } from '../platform/http/page-context.ts';

/** Name of the hidden field that carries the token against forged requests. */
export const csrfFieldName = '_csrf';

/** The hidden token field; nothing when the page has no token. */
export function CsrfField() {
  const token = usePageIfAny()?.csrfToken;
  return token ? <input type="hidden" name={csrfFieldName} value={token} /> : null;
}

/**
 * A form. Posts by default and carries the token; `upload` sends files (multipart). `action` is a path of the route map; without it the form
 * goes to the page's own address. Browser checks are off: the server's error summary speaks for all.
 */
export function Form(props: {
  action?: string | undefined;
  method?: 'post' | 'get' | undefined;
  upload?: boolean | undefined;
  id?: string | undefined;
  class?: string | undefined;
  role?: 'search' | undefined;
  label?: string | undefined;
  /** Extra attributes, such as `data-turbo="false"`. */
  attributes?: Record<string, string> | undefined;
  children?: ComponentChildren;
}) {
  const href = useHref();
  const method = props.method ?? 'post';
  return (
    <form
      method={method}
      action={props.action === undefined ? undefined : href(props.action)}
      enctype={props.upload ? 'multipart/form-data' : undefined}
      id={props.id}
      class={props.class}
      role={props.role}
      aria-label={props.label}
      novalidate
      {...props.attributes}
    >
      {method === 'post' && <CsrfField />}
      {props.children}
    </form>
  );
}
