import { useLocale } from '../../../platform/http/page-context.ts';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { DatePicker } from '../../../ui/moj/date-picker.tsx';
import { adminWords, kindItems } from './admin-words.ts';

/** A day as text; ids get a prefix where several forms stand on one page. */
export function DayField(props: { form: FormState; name: string; label: string; prefix?: string; hint?: string }) {
  const own = adminWords.use();
  return (
    <DatePicker
      {...bound(props.form, props.name)}
      id={`${props.prefix ?? ''}${props.name}`}
      leadingZeros
      label={{ text: props.label }}
      hint={{ text: props.hint ?? own.dateHint }}
    />
  );
}

export function TextField(props: {
  form: FormState;
  name: string;
  label: string;
  prefix?: string;
  hint?: string;
  type?: string;
  classes?: string;
}) {
  return (
    <Input
      {...bound(props.form, props.name)}
      id={`${props.prefix ?? ''}${props.name}`}
      type={props.type}
      classes={props.classes}
      label={{ text: props.label }}
      hint={props.hint ? { text: props.hint } : undefined}
    />
  );
}

/** The fields of a unit, for setting up and for changing. */
export function UnitFields(props: { form: FormState; prefix: string; hasParent?: boolean }) {
  const own = adminWords.use();
  const locale = useLocale();
  const { form, prefix } = props;
  return (
    <>
      <TextField form={form} prefix={prefix} name="nameVi" label={own.nameVi} />
      <TextField form={form} prefix={prefix} name="nameEn" label={own.nameEn} />
      <TextField form={form} prefix={prefix} name="shortName" label={own.shortName} classes="govuk-input--width-20" />
      <Select {...bound(form, 'kind')} id={`${prefix}kind`} label={{ text: own.kind }} items={kindItems(locale)} />
      <TextField form={form} prefix={prefix} name="tier" label={own.tier} classes="govuk-input--width-2" />
      {props.hasParent && (
        <TextField
          form={form}
          prefix={prefix}
          name="parentCode"
          label={own.parent}
          hint="H41.12 · 000.00.12.H41"
          classes="govuk-input--width-20"
        />
      )}
      <TextField form={form} prefix={prefix} name="address" label={own.address} />
      <TextField
        form={form}
        prefix={prefix}
        name="phone"
        label={own.phone}
        type="tel"
        classes="govuk-input--width-20"
      />
      <TextField
        form={form}
        prefix={prefix}
        name="email"
        label={own.email}
        type="email"
        classes="govuk-input--width-20"
      />
      <TextField form={form} prefix={prefix} name="gsoCode" label={own.gsoCode} classes="govuk-input--width-5" />
      <TextField form={form} prefix={prefix} name="sortOrder" label={own.sortOrder} classes="govuk-input--width-5" />
      <TextField
        form={form}
        prefix={prefix}
        name="decisionNumber"
        label={own.decision}
        classes="govuk-input--width-20"
      />
      <DayField form={form} prefix={prefix} name="validFrom" label={own.from} />
    </>
  );
}
