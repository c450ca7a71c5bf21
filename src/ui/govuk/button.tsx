import { useHref } from '../../platform/http/page-context.ts';
import type { ComponentChildren } from 'preact';
import { attributesOf, classes, type Attributes } from './content.tsx';

/** Options of `govukButton`. `element` is not needed: a button with `href` is a link. */
export interface ButtonProps {
  text?: ComponentChildren | undefined;
  html?: ComponentChildren | undefined;
  children?: ComponentChildren;
  type?: string | undefined;
  name?: string | undefined;
  value?: string | number | undefined;
  disabled?: boolean | undefined;
  /** A path of the route map or an address; makes a link that looks like a button. */
  href?: string | undefined;
  classes?: string | undefined;
  id?: string | undefined;
  attributes?: Attributes | undefined;
  preventDoubleClick?: boolean | undefined;
  isStartButton?: boolean | undefined;
}

/** A button, or a link in its shape. Classes: `govuk-button--secondary`, `govuk-button--warning`, `govuk-button--inverse`. */
export function Button(props: ButtonProps) {
  const href = useHref();
  const own = {
    class: classes('govuk-button', props.classes, props.isStartButton && 'govuk-button--start'),
    'data-module': 'govuk-button',
    ...attributesOf(props.attributes),
    ...(props.id ? { id: props.id } : {}),
  };
  const markup = props.children ?? props.html;
  const content = markup && props.isStartButton ? <span>{markup}</span> : (markup ?? props.text);
  const icon = props.isStartButton && (
    <svg
      class="govuk-button__start-icon"
      xmlns="http://www.w3.org/2000/svg"
      width="17.5"
      height="19"
      viewBox="0 0 33 40"
      aria-hidden="true"
      focusable="false"
    >
      <path fill="currentColor" d="M0 0h13l20 20-20 20H0l20-20z" />
    </svg>
  );
  if (props.href) {
    return (
      <a href={href(props.href)} role="button" {...attributesOf({ draggable: false })} {...own}>
        {content}
        {icon}
      </a>
    );
  }
  return (
    <button
      type={(props.type || 'submit') as 'submit'}
      value={props.value || undefined}
      name={props.name || undefined}
      disabled={props.disabled || undefined}
      aria-disabled={props.disabled ? 'true' : undefined}
      data-prevent-double-click={props.preventDoubleClick === undefined ? undefined : String(props.preventDoubleClick)}
      {...own}
    >
      {content}
      {icon}
    </button>
  );
}
