import { attributesOf, classes, contentOf, type Slot } from '../govuk/content.tsx';

/** A small mark. Classes: `moj-badge--green|red|blue|black|grey|…`, `moj-badge--large`. */
export function Badge(props: Slot) {
  return (
    <span class={classes('moj-badge', props.classes)} {...attributesOf(props.attributes)}>
      {contentOf(props)}
    </span>
  );
}
