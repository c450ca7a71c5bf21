import { attributesOf, classes, contentOf, type Slot } from './content.tsx';

/** Hint of a field. */
export function Hint(props: Slot & { id?: string | undefined }) {
  return (
    <div id={props.id} class={classes('govuk-hint', props.classes)} {...attributesOf(props.attributes)}>
      {contentOf(props)}
    </div>
  );
}
