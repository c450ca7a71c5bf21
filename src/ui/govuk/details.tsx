import type { ComponentChildren } from 'preact';
import { attributesOf, classes, contentOf, type Slot } from './content.tsx';

/** Options of `govukDetails`. */
export interface DetailsProps extends Slot {
  summaryText?: ComponentChildren | undefined;
  summaryHtml?: ComponentChildren | undefined;
  id?: string | undefined;
  open?: boolean | undefined;
  children?: ComponentChildren;
}

/** Text that opens on a click; needs no script. */
export function Details(props: DetailsProps) {
  return (
    <details
      id={props.id}
      class={classes('govuk-details', props.classes)}
      {...attributesOf(props.attributes)}
      open={props.open}
    >
      <summary class="govuk-details__summary">
        <span class="govuk-details__summary-text">{props.summaryHtml ?? props.summaryText}</span>
      </summary>
      <div class="govuk-details__text">{props.children ?? contentOf(props)}</div>
    </details>
  );
}
