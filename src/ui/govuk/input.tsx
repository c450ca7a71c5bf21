import { attributesOf, classes, contentOf, hasContent, type Attributes, type Slot } from './content.tsx';
import { describedByOf, FieldIntro, FormGroup, type LabelledFieldOptions } from './form-group.tsx';

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

function Affix(props: { affix: Slot; kind: 'prefix' | 'suffix' }) {
  return (
    <div
      class={classes(`govuk-input__${props.kind}`, props.affix.classes)}
      aria-hidden="true"
      {...attributesOf(props.affix.attributes)}
    >
      {contentOf(props.affix)}
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
      {...attributesOf({
        id,
        name: props.name,
        type: props.type || 'text',
        spellcheck: {
          value: typeof props.spellcheck === 'boolean' ? String(props.spellcheck) : false,
          optional: true,
        },
        value: { value: props.value, optional: true },
        disabled: { value: props.disabled, optional: true },
        'aria-describedby': { value: describedByOf(props.describedBy, id, props), optional: true },
        autocomplete: { value: props.autocomplete, optional: true },
        autocapitalize: { value: props.autocapitalize, optional: true },
        pattern: { value: props.pattern, optional: true },
        inputmode: { value: props.inputmode, optional: true },
      })}
      {...attributesOf(props.attributes)}
    />
  );
  const isWrapped = [props.prefix, props.suffix, before, after].some((part) => hasContent(part));
  return (
    <FormGroup field={props}>
      <FieldIntro id={id} field={props} />
      {isWrapped ? (
        <div
          class={classes('govuk-input__wrapper', props.inputWrapper?.classes)}
          {...attributesOf(props.inputWrapper?.attributes)}
        >
          {contentOf(before)}
          {hasContent(props.prefix) && <Affix affix={props.prefix} kind="prefix" />}
          {input}
          {hasContent(props.suffix) && <Affix affix={props.suffix} kind="suffix" />}
          {contentOf(after)}
        </div>
      ) : (
        input
      )}
    </FormGroup>
  );
}
