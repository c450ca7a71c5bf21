import type { ComponentChildren } from 'preact';
import { attributesOf, classes, contentOf, type Slot } from './content.tsx';
import { useKitWords } from './words.ts';

/** A warning with an exclamation mark: for what cannot be undone. */
export function WarningText(props: Slot & { iconFallbackText?: string | undefined; children?: ComponentChildren }) {
  const kit = useKitWords();
  return (
    <div class={classes('govuk-warning-text', props.classes)} {...attributesOf(props.attributes)}>
      <span class="govuk-warning-text__icon" aria-hidden="true">
        !
      </span>
      <strong class="govuk-warning-text__text">
        <span class="govuk-visually-hidden">{props.iconFallbackText || kit.warning}</span>{' '}
        {props.children ?? contentOf(props)}
      </strong>
    </div>
  );
}
