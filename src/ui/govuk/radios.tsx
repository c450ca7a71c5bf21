import type { ComponentChildren } from 'preact';
import { attributesOf, classes, contentOf, hasContent, type Attributes, type Slot } from './content.tsx';
import { Fieldset, type FieldsetProps } from './fieldset.tsx';
import { describedByOf, formGroup, hintAndError, type FieldOptions } from './form-group.tsx';
import { Hint } from './hint.tsx';
import { Label } from './label.tsx';

/** One choice. `conditional.html` is shown under it while it is chosen (always, without a script). */
export interface ChoiceItem {
  text?: ComponentChildren | undefined;
  html?: ComponentChildren | undefined;
  id?: string | undefined;
  value?: string | number | undefined;
  label?: Pick<Slot, 'classes' | 'attributes'> | undefined;
  hint?: Slot | undefined;
  divider?: ComponentChildren | undefined;
  checked?: boolean | undefined;
  conditional?: { html?: ComponentChildren | undefined } | undefined;
  disabled?: boolean | undefined;
  attributes?: Attributes | undefined;
}

/** Options of `govukRadios`. Classes: `govuk-radios--inline`, `govuk-radios--small`. */
export interface RadiosProps extends FieldOptions {
  fieldset?: FieldsetProps | undefined;
  idPrefix?: string | undefined;
  name: string;
  items: readonly (ChoiceItem | null | undefined | false)[];
  value?: string | number | null | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

function Radio(props: { item: ChoiceItem; id: string; name: string; isChecked: boolean }) {
  const { item, id } = props;
  const conditional = item.conditional?.html;
  const hasHint = hasContent(item.hint);
  const box = (
    <div class="govuk-radios__item">
      <input
        class="govuk-radios__input"
        id={id}
        name={props.name}
        type="radio"
        value={String(item.value ?? '')}
        checked={props.isChecked}
        disabled={item.disabled}
        data-aria-controls={conditional ? `conditional-${id}` : undefined}
        aria-describedby={hasHint ? `${id}-item-hint` : undefined}
        {...attributesOf(item.attributes)}
      />
      {Label({
        text: item.text,
        html: item.html,
        classes: classes('govuk-radios__label', item.label?.classes),
        attributes: item.label?.attributes,
        for: id,
      })}
      {hasHint && (
        <Hint {...item.hint} id={`${id}-item-hint`} classes={classes('govuk-radios__hint', item.hint?.classes)} />
      )}
    </div>
  );
  if (!conditional) return box;
  return (
    <>
      {box}
      <div
        class={classes('govuk-radios__conditional', !props.isChecked && 'govuk-radios__conditional--hidden')}
        id={`conditional-${id}`}
      >
        {conditional}
      </div>
    </>
  );
}

/** One choice out of several. */
export function Radios(props: RadiosProps) {
  const idPrefix = props.idPrefix || props.name;
  const inner = (
    <>
      {hintAndError(idPrefix, props)}
      <div
        class={classes('govuk-radios', props.classes)}
        {...attributesOf(props.attributes)}
        data-module="govuk-radios"
      >
        {contentOf(props.formGroup?.beforeInputs)}
        {props.items.map((item, at) => {
          if (!item) return null;
          if (item.divider) return <div class="govuk-radios__divider">{item.divider}</div>;
          const matches = Boolean(props.value) && String(item.value) === String(props.value) && item.checked !== false;
          return (
            <Radio
              item={item}
              id={item.id || (at > 0 ? `${idPrefix}-${at + 1}` : idPrefix)}
              name={props.name}
              isChecked={item.checked || matches}
            />
          );
        })}
        {contentOf(props.formGroup?.afterInputs)}
      </div>
    </>
  );
  return formGroup(
    props,
    props.fieldset ? (
      <Fieldset {...props.fieldset} describedBy={describedByOf(props.fieldset.describedBy, idPrefix, props)}>
        {inner}
      </Fieldset>
    ) : (
      inner
    ),
  );
}
