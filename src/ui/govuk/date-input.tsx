import { attributesOf, classes, contentOf, type Attributes } from './content.tsx';
import { Fieldset, type FieldsetProps } from './fieldset.tsx';
import { describedByOf, formGroup, hintAndError, type FieldOptions } from './form-group.tsx';
import { Input } from './input.tsx';
import { useKitWords } from './words.ts';

/** One part of a date. */
export interface DateInputItem {
  id?: string | undefined;
  name?: string | undefined;
  label?: string | undefined;
  value?: string | number | undefined;
  autocomplete?: string | undefined;
  inputmode?: string | undefined;
  pattern?: string | undefined;
  classes?: string | undefined;
  error?: boolean | undefined;
  attributes?: Attributes | undefined;
}

/** Options of `govukDateInput`. `values` holds what was typed, keyed by the parts' full names. */
export interface DateInputProps extends FieldOptions {
  id: string;
  namePrefix?: string | undefined;
  day?: DateInputItem | undefined;
  month?: DateInputItem | undefined;
  year?: DateInputItem | undefined;
  items?: readonly (DateInputItem | null | undefined | false)[] | undefined;
  values?: Record<string, string | number | undefined> | undefined;
  fieldset?: FieldsetProps | undefined;
  classes?: string | undefined;
  attributes?: Attributes | undefined;
}

const partNames = ['day', 'month', 'year'] as const;
type Part = (typeof partNames)[number];

/** Day, month and year as three fields, in the order Vietnamese people write them. */
export function DateInput(props: DateInputProps) {
  const kit = useKitWords();
  const own: Record<Part, DateInputItem> = {
    day: props.day ?? { name: 'day', value: props.values?.['day'], classes: 'govuk-input--width-2' },
    month: props.month ?? { name: 'month', value: props.values?.['month'], classes: 'govuk-input--width-2' },
    year: props.year ?? { name: 'year', value: props.values?.['year'], classes: 'govuk-input--width-4' },
  };
  const items = props.items?.length ? props.items : partNames.map((part) => own[part]);
  const hasOwnError = items.some((item) => item && (item.error || item.classes?.includes('govuk-input--error')));
  const inner = (
    <>
      {hintAndError(props.id, props)}
      <div class={classes('govuk-date-input', props.classes)} {...attributesOf(props.attributes)} id={props.id}>
        {contentOf(props.formGroup?.beforeInputs)}
        {items.map((item) => {
          if (!item) return null;
          const part = partNames.find(
            (name) => item === own[name] || (item.name && (item.name === name || item.name === own[name].name)),
          );
          const name = item.name ?? part ?? '';
          const fullName = props.namePrefix ? `${props.namePrefix}-${name}` : name;
          const value = item.value ?? (part && own[part].value) ?? props.values?.[fullName];
          const width = part === 'year' ? 'govuk-input--width-4' : 'govuk-input--width-2';
          const isWrong = hasOwnError ? item.error : Boolean(props.errorMessage) && item.error !== false;
          const own_ = item.classes ?? '';
          return (
            <div class="govuk-date-input__item">
              <Input
                label={{ text: item.label || labelOf(kit, part, name), classes: 'govuk-date-input__label' }}
                id={item.id || `${props.id}-${name}`}
                classes={classes(
                  'govuk-date-input__input',
                  own_.includes('govuk-input--width-') ? '' : width,
                  own_,
                  isWrong && !own_.includes('govuk-input--error') && 'govuk-input--error',
                )}
                name={fullName}
                value={value}
                inputmode={item.inputmode || 'numeric'}
                autocomplete={item.autocomplete}
                pattern={item.pattern}
                attributes={item.attributes}
              />
            </div>
          );
        })}
        {contentOf(props.formGroup?.afterInputs)}
      </div>
    </>
  );
  return formGroup(
    props,
    props.fieldset ? (
      <Fieldset
        {...props.fieldset}
        role="group"
        describedBy={describedByOf(props.fieldset.describedBy, props.id, props)}
      >
        {inner}
      </Fieldset>
    ) : (
      inner
    ),
  );
}

function labelOf(kit: Record<Part, string>, part: Part | undefined, name: string): string {
  return part && part === name ? kit[part] : name.charAt(0).toUpperCase() + name.slice(1);
}
