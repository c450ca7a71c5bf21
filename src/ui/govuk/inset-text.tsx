import type { ComponentChildren } from 'preact';
import { attributesOf, classes, contentOf, type Slot } from './content.tsx';

/** A paragraph set off from the text around it. */
export function InsetText(props: Slot & { id?: string | undefined; children?: ComponentChildren }) {
  return (
    <div id={props.id} class={classes('govuk-inset-text', props.classes)} {...attributesOf(props.attributes)}>
      {props.children ?? contentOf(props)}
    </div>
  );
}
