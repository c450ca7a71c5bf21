import { attributesOf, classes, type Attributes } from './content.tsx';
import { describedByOf, labelledGroup, type LabelledFieldOptions } from './form-group.tsx';

/** One option of a list. */
export interface SelectItem {
  value?: string | number | undefined;
  text: string;
  selected?: boolean | undefined;
  disabled?: boolean | undefined;
  attributes?: Attributes | undefined;
}

/** Options of `govukSelect`. */
export interface SelectProps extends LabelledFieldOptions {
  id?: string | undefined;
  name: string;
  items?: readonly (SelectItem | null | undefined | false)[] | undefined;
  value?: string | number | null | undefined;
  disabled?: boolean | undefined;
  describedBy?: string | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

/** A list to choose one from. */
export function Select(props: SelectProps) {
  const id = props.id || props.name;
  const control = (
    <select
      class={classes('govuk-select', props.classes, props.errorMessage && 'govuk-select--error')}
      id={id}
      name={props.name}
      disabled={props.disabled}
      aria-describedby={describedByOf(props.describedBy, id, props)}
      {...attributesOf(props.attributes)}
    >
      {props.items?.map((item) => {
        if (!item) return null;
        const matches =
          Boolean(props.value) && String(item.value ?? item.text) === String(props.value) && item.selected !== false;
        return (
          <option
            value={item.value === undefined ? undefined : String(item.value)}
            selected={item.selected || matches}
            disabled={item.disabled}
            {...attributesOf(item.attributes)}
          >
            {item.text}
          </option>
        );
      })}
    </select>
  );
  return labelledGroup(id, props, control);
}
