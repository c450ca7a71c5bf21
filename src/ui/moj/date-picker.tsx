import { attributesOf, classes } from '../govuk/content.tsx';
import { Input, type InputProps } from '../govuk/input.tsx';

/** Options of `mojDatePicker`. Dates are `22/11/2026`. */
export interface DatePickerProps extends Pick<
  InputProps,
  'id' | 'name' | 'value' | 'label' | 'hint' | 'errorMessage' | 'formGroup' | 'classes' | 'attributes'
> {
  minDate?: string | undefined;
  maxDate?: string | undefined;
  /** Space-separated dates, ranges with a hyphen. */
  excludedDates?: string | undefined;
  /** Space-separated English day names, as the kit's script reads them. */
  excludedDays?: string | undefined;
  leadingZeros?: boolean | undefined;
  weekStartDay?: 'monday' | 'sunday' | undefined;
}

/** A date as text, with a calendar when the script is there. Set `leadingZeros` for Vietnamese dates. */
export function DatePicker(props: DatePickerProps) {
  return (
    <div
      class="moj-datepicker"
      {...attributesOf({
        'data-module': 'moj-date-picker',
        'data-min-date': { value: props.minDate, optional: true },
        'data-max-date': { value: props.maxDate, optional: true },
        'data-excluded-dates': { value: props.excludedDates, optional: true },
        'data-excluded-days': { value: props.excludedDays, optional: true },
        'data-leading-zeros': {
          value: props.leadingZeros === undefined ? undefined : String(props.leadingZeros),
          optional: true,
        },
        'data-week-start-day': { value: props.weekStartDay, optional: true },
      })}
    >
      <Input
        classes={classes('moj-js-datepicker-input', props.classes)}
        id={props.id}
        name={props.name}
        value={props.value}
        autocomplete="off"
        formGroup={props.formGroup}
        label={props.label}
        hint={props.hint}
        errorMessage={props.errorMessage}
        attributes={props.attributes}
      />
    </div>
  );
}
