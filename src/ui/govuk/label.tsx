import { attributesOf, classes, contentOf, hasContent, type Slot } from './content.tsx';

/** Options of `govukLabel`. */
export interface LabelProps extends Slot {
  for?: string | undefined;
  isPageHeading?: boolean | undefined;
}

/** Label of a field; nothing when it has no text. `isPageHeading` makes it the page's `h1`. */
export function Label(props: LabelProps) {
  if (!hasContent(props)) return null;
  const label = (
    <label class={classes('govuk-label', props.classes)} {...attributesOf(props.attributes)} for={props.for}>
      {contentOf(props)}
    </label>
  );
  return props.isPageHeading ? <h1 class="govuk-label-wrapper">{label}</h1> : label;
}
