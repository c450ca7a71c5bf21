import type { ComponentChildren } from 'preact';
import { attributesOf, classes, contentOf, hasContent, type Attributes, type Slot } from './content.tsx';

/** Options of `govukFieldset`. */
export interface FieldsetProps {
  describedBy?: string | undefined;
  legend?: (Slot & { isPageHeading?: boolean | undefined }) | undefined;
  classes?: string | undefined;
  role?: string | undefined;
  attributes?: Attributes | undefined;
  html?: ComponentChildren | undefined;
  children?: ComponentChildren;
}

/** A group of fields under one legend. */
export function Fieldset(props: FieldsetProps) {
  const { legend } = props;
  return (
    <fieldset
      class={classes('govuk-fieldset', props.classes)}
      role={props.role as 'group' | undefined}
      aria-describedby={props.describedBy || undefined}
      {...attributesOf(props.attributes)}
    >
      {hasContent(legend) && (
        <legend class={classes('govuk-fieldset__legend', legend.classes)}>
          {legend.isPageHeading ? <h1 class="govuk-fieldset__heading">{contentOf(legend)}</h1> : contentOf(legend)}
        </legend>
      )}
      {props.children ?? props.html}
    </fieldset>
  );
}
