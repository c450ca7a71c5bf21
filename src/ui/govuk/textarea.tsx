import { attributesOf, classes, type Attributes } from './content.tsx';
import { describedByOf, labelledGroup, type LabelledFieldOptions } from './form-group.tsx';

/** Options of `govukTextarea`. */
export interface TextareaProps extends LabelledFieldOptions {
  id?: string | undefined;
  name: string;
  spellcheck?: boolean | undefined;
  rows?: number | string | undefined;
  value?: string | undefined;
  disabled?: boolean | undefined;
  describedBy?: string | undefined;
  classes?: string | undefined;
  autocomplete?: string | undefined;
  attributes?: Attributes | undefined;
}

/** Several lines of text. */
export function Textarea(props: TextareaProps) {
  const id = props.id || props.name;
  // A browser drops the first line break of a textarea: one more keeps what was typed.
  const value = props.value?.startsWith('\n') ? `\n${props.value}` : props.value;
  const spellcheck = typeof props.spellcheck === 'boolean' ? { spellcheck: String(props.spellcheck) } : {};
  const control = (
    <textarea
      class={classes('govuk-textarea', props.errorMessage && 'govuk-textarea--error', props.classes)}
      id={id}
      name={props.name}
      rows={Number(props.rows) || 5}
      disabled={props.disabled}
      aria-describedby={describedByOf(props.describedBy, id, props)}
      autocomplete={props.autocomplete as 'on' | undefined}
      {...attributesOf(spellcheck)}
      {...attributesOf(props.attributes)}
    >
      {value}
    </textarea>
  );
  return labelledGroup(id, props, control);
}
