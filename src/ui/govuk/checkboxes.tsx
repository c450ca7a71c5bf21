import { attributesOf, classes, contentOf, hasContent, type Attributes } from './content.tsx';
import { Fieldset, type FieldsetProps } from './fieldset.tsx';
import { describedByOf, formGroup, hintAndError, type FieldOptions } from './form-group.tsx';
import { Hint } from './hint.tsx';
import { Label } from './label.tsx';
import type { ChoiceItem } from './radios.tsx';

/** One box; `behaviour: 'exclusive'` clears the others. */
export interface CheckboxItem extends ChoiceItem {
  name?: string | undefined;
  behaviour?: string | undefined;
}

/** Options of `govukCheckboxes`. Class: `govuk-checkboxes--small`. */
export interface CheckboxesProps extends FieldOptions {
  describedBy?: string | undefined;
  fieldset?: FieldsetProps | undefined;
  idPrefix?: string | undefined;
  name: string;
  items: readonly (CheckboxItem | null | undefined | false)[];
  values?: readonly (string | number)[] | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

function Checkbox(props: {
  item: CheckboxItem;
  id: string;
  name: string;
  isChecked: boolean;
  describedBy?: string | undefined;
}) {
  const { item, id } = props;
  const conditional = item.conditional?.html;
  const hasHint = hasContent(item.hint);
  const box = (
    <div class="govuk-checkboxes__item">
      <input
        class="govuk-checkboxes__input"
        id={id}
        name={item.name || props.name}
        type="checkbox"
        value={String(item.value ?? '')}
        checked={props.isChecked}
        disabled={item.disabled}
        data-aria-controls={conditional ? `conditional-${id}` : undefined}
        data-behaviour={item.behaviour || undefined}
        aria-describedby={classes(props.describedBy, hasHint && `${id}-item-hint`) || undefined}
        {...attributesOf(item.attributes)}
      />
      {Label({
        text: item.text,
        html: item.html,
        classes: classes('govuk-checkboxes__label', item.label?.classes),
        attributes: item.label?.attributes,
        for: id,
      })}
      {hasHint && (
        <Hint {...item.hint} id={`${id}-item-hint`} classes={classes('govuk-checkboxes__hint', item.hint?.classes)} />
      )}
    </div>
  );
  if (!conditional) return box;
  return (
    <>
      {box}
      <div
        class={classes('govuk-checkboxes__conditional', !props.isChecked && 'govuk-checkboxes__conditional--hidden')}
        id={`conditional-${id}`}
      >
        {conditional}
      </div>
    </>
  );
}

/** Any number of choices. */
export function Checkboxes(props: CheckboxesProps) {
  const idPrefix = props.idPrefix || props.name;
  const given = props.fieldset?.describedBy || props.describedBy;
  const describedBy = describedByOf(given, idPrefix, props);
  const inner = (
    <>
      {hintAndError(idPrefix, props)}
      <div
        class={classes('govuk-checkboxes', props.classes)}
        {...attributesOf(props.attributes)}
        data-module="govuk-checkboxes"
      >
        {contentOf(props.formGroup?.beforeInputs)}
        {props.items.map((item, at) => {
          if (!item) return null;
          if (item.divider) return <div class="govuk-checkboxes__divider">{item.divider}</div>;
          const matches = Boolean(props.values?.map(String).includes(String(item.value))) && item.checked !== false;
          return (
            <Checkbox
              item={item}
              id={item.id || (at > 0 ? `${idPrefix}-${at + 1}` : idPrefix)}
              name={props.name}
              isChecked={item.checked || matches}
              describedBy={props.fieldset ? undefined : describedBy}
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
      <Fieldset {...props.fieldset} describedBy={describedBy}>
        {inner}
      </Fieldset>
    ) : (
      inner
    ),
  );
}
