import type { ErrorMessageProps } from '../govuk/error-message.tsx';

/** What was typed: one value, or several for check boxes. */
export type FormValues = Record<string, string | readonly string[] | undefined>;

/** What was typed and what is wrong with it, by field name. A page that comes back (422) gets both; a fresh one has no errors. */
export interface FormState {
  values: FormValues;
  errors: Record<string, string>;
}

/** A form nobody has touched, perhaps with values to start from. */
export function freshForm(values: FormValues = {}): FormState {
  return { values, errors: {} };
}

/** Id of a field: its name without the characters that have a meaning in selectors and fragments. */
export function fieldId(name: string): string {
  return name.replace(/[^\w-]+/g, '-');
}

/** The error option of a field, or undefined. */
export function errorOf(form: FormState, name: string): ErrorMessageProps | undefined {
  const text = form.errors[name];
  return text ? { text } : undefined;
}

/** Props of `Input`, `Textarea`, `Select`, `Radios`, `CharacterCount`, `DatePicker`: `<Input {...bound(form, 'phone')} label={…} />`. */
export function bound(
  form: FormState,
  name: string,
): {
  id: string;
  idPrefix: string;
  name: string;
  value: string | undefined;
  errorMessage: ErrorMessageProps | undefined;
} {
  const value = form.values[name];
  const text = typeof value === 'string' ? value : value?.[0];
  return { id: fieldId(name), idPrefix: fieldId(name), name, value: text, errorMessage: errorOf(form, name) };
}

/** Props of `Checkboxes`: `<Checkboxes {...boundMany(form, 'channels')} items={…} />`. */
export function boundMany(
  form: FormState,
  name: string,
): { idPrefix: string; name: string; values: readonly string[]; errorMessage: ErrorMessageProps | undefined } {
  const value = form.values[name];
  const values = typeof value === 'string' ? [value] : (value ?? []);
  return { idPrefix: fieldId(name), name, values, errorMessage: errorOf(form, name) };
}

/** Props of `FileUpload`: a browser never gets its file back, so there is no value. With the script the button speaks the page's language. */
export function boundFile(
  form: FormState,
  name: string,
): { id: string; name: string; javascript: true; errorMessage: ErrorMessageProps | undefined } {
  return { id: fieldId(name), name, javascript: true, errorMessage: errorOf(form, name) };
}

/** Props of `DateInput` for three fields `name-day`, `name-month`, `name-year`; the error stands under `name`. */
export function boundDate(
  form: FormState,
  name: string,
): {
  id: string;
  namePrefix: string;
  values: Record<string, string | undefined>;
  errorMessage: ErrorMessageProps | undefined;
} {
  const values: Record<string, string | undefined> = {};
  for (const part of ['day', 'month', 'year']) {
    const value = form.values[`${name}-${part}`];
    values[`${name}-${part}`] = typeof value === 'string' ? value : value?.[0];
  }
  return { id: fieldId(name), namePrefix: name, values, errorMessage: errorOf(form, name) };
}
