import type { ComponentChildren } from 'preact';
import { attributesOf, classes, contentOf, type Slot } from './content.tsx';

/** A status in a coloured box. Classes: `govuk-tag--green|yellow|red|blue|grey|orange|purple|teal|magenta`. */
export function Tag(props: Slot & { children?: ComponentChildren }) {
  return (
    <strong class={classes('govuk-tag', props.classes)} {...attributesOf(props.attributes)}>
      {props.children ?? contentOf(props)}
    </strong>
  );
}
