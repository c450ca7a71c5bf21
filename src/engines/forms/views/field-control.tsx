import type { VNode } from 'preact';
import { formatNumber } from '../../../ui/format.ts';
import { moneyInWords } from '../../../ui/money-words.ts';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { DateInput } from '../../../ui/govuk/date-input.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { formLimits, type AnswerField, type FieldValue, type TableField } from '../definition.ts';
import { optionsOf } from '../display.ts';
import { controlId, controlName } from '../form-post.ts';
import { isRequired } from '../validate-answers.ts';
import { AddressControl } from './address-control.tsx';
import { FileControl } from './file-control.tsx';
import { rowAt, typedAt, valueAt, type FieldContext } from './field-context.ts';

/** How a control is labelled: with a label of its own, or silently inside a table whose heading says it. */
export type LabelStyle = 'normal' | 'hidden';
export type ControlProps = {
  field: Exclude<AnswerField, TableField>;
  at: string;
  context: FieldContext;
  labelStyle?: LabelStyle;
};

/** The words of a label, with "(không bắt buộc)" where an answer may be left out. */
export function labelText(field: AnswerField, at: string, context: FieldContext): string {
  const isOptional = !isRequired(field, context.evaluation, rowAt(context.values, at));
  return isOptional && field.calculate === undefined
    ? `${field.label[context.locale]} ${context.words.optional}`
    : field.label[context.locale];
}

/** Hint, error and the text to show again; the options every control takes. */
function shared({ field, at, context, labelStyle }: ControlProps) {
  const error = context.errors.get(at);
  const hint = hintText(field, at, context);
  const text = labelText(field, at, context);
  const isHidden = labelStyle === 'hidden';
  return {
    id: controlId(at),
    name: controlName(at),
    label: { text, classes: isHidden ? 'govuk-visually-hidden' : 'govuk-label--s' },
    legend: { text, classes: isHidden ? 'govuk-visually-hidden' : 'govuk-fieldset__legend--s' },
    hint: hint === '' || isHidden ? undefined : { text: hint },
    errorMessage: error ? { text: error.message[context.locale] } : undefined,
    error,
    typed: typedAt(context, at),
    value: valueAt(context.values, at),
  };
}

/** The hint of the author, and where the value came from. */
function hintText(field: AnswerField, at: string, context: FieldContext): string {
  const own = field.hint?.[context.locale] ?? (field.type === 'date' ? context.words.dateExample : '');
  const source = field.prefill?.source;
  const told = source !== undefined && Object.hasOwn(context.prefilled, source) ? context.prefilled[source] : undefined;
  const isTold = told !== undefined && JSON.stringify(told.value) === JSON.stringify(valueAt(context.values, at));
  return [own, isTold ? `${context.words.taken} ${told.from[context.locale]}.` : '']
    .filter((part) => part !== '')
    .join(' · ');
}

const shownNumber = (value: FieldValue | undefined): string => {
  if (typeof value !== 'number') return typeof value === 'string' ? value : '';
  return formatNumber(value, 'vi', (String(value).split('.')[1] ?? '').length).replace('−', '-');
};
const shownText = (value: FieldValue | undefined): string => (typeof value === 'string' ? value : '');

/** The control of one field, with what was typed or known in it. */
export function FieldControl(props: ControlProps): VNode {
  const { field, at, context } = props;
  const { legend, value, typed, error: _error, ...own } = shared(props);
  const fieldset = { legend };
  const line = { ...own, spellcheck: false };
  switch (field.type) {
    case 'text':
      return (
        <Input
          {...own}
          value={typed ?? shownText(value)}
          classes={field.width && `govuk-input--width-${field.width}`}
          autocomplete={field.autocomplete}
        />
      );
    case 'longText':
      return <Textarea {...own} value={typed ?? shownText(value)} rows={field.rows ?? 5} />;
    case 'integer':
    case 'decimal':
      return (
        <Input
          {...line}
          value={typed ?? shownNumber(value)}
          inputmode={field.type === 'integer' ? 'numeric' : 'decimal'}
          classes={`govuk-input--width-${field.width ?? 10}`}
          suffix={field.suffix && { text: field.suffix[context.locale] }}
        />
      );
    case 'money':
      return <MoneyControl {...props} />;
    case 'date':
      return <DateControl {...props} />;
    case 'identityNumber':
    case 'taxCode':
    case 'businessNumber':
      return <Input {...line} value={typed ?? shownText(value)} inputmode="numeric" classes="govuk-input--width-20" />;
    case 'phone':
      return (
        <Input
          {...line}
          type="tel"
          autocomplete="tel"
          value={typed ?? shownText(value)}
          classes="govuk-input--width-10"
        />
      );
    case 'email':
      return <Input {...line} type="email" autocomplete="email" value={typed ?? shownText(value)} />;
    case 'yesNo': {
      const { id, label: _label, ...rest } = own;
      const items = [
        { value: 'yes', text: context.words.yes },
        { value: 'no', text: context.words.no },
      ];
      const known = typeof value === 'boolean' ? (value ? 'yes' : 'no') : '';
      return (
        <Radios
          {...rest}
          idPrefix={id}
          fieldset={fieldset}
          classes="govuk-radios--inline"
          value={typed ?? known}
          items={items}
        />
      );
    }
    case 'radios':
      if (props.labelStyle !== 'hidden') return <ChoiceControl {...props} />;
      return <ListControl {...props} />;
    case 'select':
      return <ListControl {...props} />;
    case 'checkboxes':
      return <ChoiceControl {...props} />;
    case 'address':
      return <AddressControl field={field} at={at} context={context} legend={legend} hint={own.hint} />;
    case 'file':
      return <FileControl field={field} at={at} context={context} label={own.label} hint={own.hint} />;
    case 'declaration': {
      const { id, label: _label, ...rest } = own;
      const isTicked = (context.typed ? typed === 'yes' : value === true) || false;
      const items = [{ value: 'yes', text: field.text[context.locale], checked: isTicked }];
      return <Checkboxes {...rest} idPrefix={id} fieldset={fieldset} items={items} />;
    }
    default:
      return field satisfies never;
  }
}

function MoneyControl(props: ControlProps) {
  const { context } = props;
  const { legend: _legend, value, typed, error: _error, ...own } = shared(props);
  const wordsId = `${own.id}-words`;
  const words = typeof value === 'number' && value <= formLimits.moneyDong ? moneyInWords(value, context.locale) : '';
  return (
    <div class="sen-money">
      <Input
        {...own}
        spellcheck={false}
        value={typed ?? shownNumber(value)}
        inputmode="numeric"
        classes="govuk-input--width-10"
        suffix={props.labelStyle === 'hidden' ? undefined : { text: 'đồng' }}
        describedBy={props.labelStyle === 'hidden' ? undefined : wordsId}
      />
      {props.labelStyle !== 'hidden' && (
        <p class="govuk-hint sen-money__words" id={wordsId} data-money-words={own.name} aria-live="polite">
          {words}
        </p>
      )}
    </div>
  );
}

function DateControl(props: ControlProps) {
  const { at, context } = props;
  const { legend, label: _label, name: _name, value, typed: _typed, error, ...own } = shared(props);
  const [year, month, day] = typeof value === 'string' ? value.split('-') : [];
  const known = { day: day && String(Number(day)), month: month && String(Number(month)), year };
  const item = (part: 'day' | 'month' | 'year') => ({
    name: part,
    value: context.typed ? (typedAt(context, at, part) ?? known[part] ?? '') : (known[part] ?? ''),
    ...(error?.part === undefined ? {} : { error: error.part === part }),
  });
  return (
    <DateInput
      {...own}
      namePrefix={controlName(at)}
      day={item('day')}
      month={item('month')}
      year={item('year')}
      fieldset={{ legend }}
    />
  );
}

function ChoiceControl(props: ControlProps) {
  const { field, at, context } = props;
  const { legend, id, label: _label, value, typed, error: _error, ...own } = shared(props);
  const items = optionsOf(field, context.books, context.today).map((option) => ({
    value: option.value,
    text: option.label[context.locale],
    ...(option.hint ? { hint: { text: option.hint[context.locale] } } : {}),
  }));
  if (field.type !== 'checkboxes') {
    return <Radios {...own} idPrefix={id} fieldset={{ legend }} items={items} value={typed ?? shownText(value)} />;
  }
  const chosen = context.typed?.get(controlName(at)) ?? (Array.isArray(value) ? (value as string[]) : []);
  return <Checkboxes {...own} idPrefix={id} fieldset={{ legend }} items={items} values={chosen} />;
}

function ListControl(props: ControlProps) {
  const { field, context } = props;
  const { legend: _legend, value, typed, error: _error, ...own } = shared(props);
  const items = [
    { value: '', text: context.words.choose },
    ...optionsOf(field, context.books, context.today).map((option) => ({
      value: option.value,
      text: option.label[context.locale],
    })),
  ];
  return <Select {...own} items={items} value={typed ?? shownText(value)} />;
}
