import { attributesOf, classes, contentOf, type Slot } from './content.tsx';
import { useKitWords } from './words.ts';

/** Options of `govukErrorMessage`. */
export interface ErrorMessageProps extends Slot {
  id?: string | undefined;
  /** Read out before the message; “Lỗi” by default, `false` or '' for none. */
  visuallyHiddenText?: string | false | undefined;
}

/** Error message of a field. */
export function ErrorMessage(props: ErrorMessageProps) {
  const kit = useKitWords();
  const hidden = props.visuallyHiddenText ?? kit.error;
  return (
    <p id={props.id} class={classes('govuk-error-message', props.classes)} {...attributesOf(props.attributes)}>
      {hidden && <span class="govuk-visually-hidden">{hidden}:</span>} {contentOf(props)}
    </p>
  );
}
