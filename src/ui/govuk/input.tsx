import { attributesOf, classes, contentOf, hasContent, type Attributes, type Slot } from './content.tsx';
import { describedByOf, fieldIntro, formGroup, type LabelledFieldOptions } from './form-group.tsx';

/** Options of `govukInput`. */
export interface InputProps extends LabelledFieldOptions {
  /** Defaults to `name`. */
  id?: string | undefined;
  name: string;
  type?: string | undefined;
  inputmode?: string | undefined;
  value?: string | number | undefined;
  disabled?: boolean | undefined;
  describedBy?: string | undefined;
  prefix?: Slot | undefined;
  suffix?: Slot | undefined;
  classes?: string | undefined;
  autocomplete?: string | undefined;
  pattern?: string | undefined;
  spellcheck?: boolean | undefined;
  autocapitalize?: string | undefined;
  inputWrapper?: { classes?: string | undefined; attributes?: Attributes | undefined } | undefined;
  attributes?: Attributes | undefined;
}

function affix(slot: Slot, kind: 'prefix' | 'suffix') {
  return (
    <div class={classes(`govuk-input__${kind}`, slot.classes)} aria-hidden="true" {...attributesOf(slot.attributes)}>
      {contentOf(slot)}
    </div>
  );
}

/** A line of text. */
export function Input(props: InputProps) {
  const id = props.id || props.name;
  const before = props.formGroup?.beforeInput;
  const after = props.formGroup?.afterInput;
  const input = (
    <input
      class={classes('govuk-input', props.classes, props.errorMessage && 'govuk-input--error')}
      id={id}
      name={props.name}
      type={(props.type || 'text') as 'text'}
      {...(typeof props.spellcheck === 'boolean' && { spellcheck: String(props.spellcheck) as unknown as boolean })}
      value={props.value}
      disabled={props.disabled}
      aria-describedby={describedByOf(props.describedBy, id, props)}
      autocomplete={props.autocomplete as 'on' | undefined}
      autocapitalize={props.autocapitalize as 'none' | undefined}
      pattern={props.pattern}
      inputmode={props.inputmode as 'none' | undefined}
      {...attributesOf(props.attributes)}
    />
  );
  const isWrapped = hasContent(props.prefix) || hasContent(props.suffix) || hasContent(before) || hasContent(after);
  const control = isWrapped ? (
    <div
      class={classes('govuk-input__wrapper', props.inputWrapper?.classes)}
      {...attributesOf(props.inputWrapper?.attributes)}
    >
      {contentOf(before)}
      {hasContent(props.prefix) && affix(props.prefix, 'prefix')}
      {input}
      {hasContent(props.suffix) && affix(props.suffix, 'suffix')}
      {contentOf(after)}
    </div>
  ) : (
    input
  );
  return formGroup(props, [fieldIntro(id, props), control]);
}
