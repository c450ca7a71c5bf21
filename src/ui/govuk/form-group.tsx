import type { ComponentChildren } from 'preact';
import { attributesOf, classes, type Attributes, type Content, type Slot } from './content.tsx';
import { ErrorMessage, type ErrorMessageProps } from './error-message.tsx';
import { Hint } from './hint.tsx';
import { Label, type LabelProps } from './label.tsx';

/** The `formGroup` option of fields. */
export interface FormGroupOptions {
  classes?: string | undefined;
  attributes?: Attributes | undefined;
  beforeInput?: Content | undefined;
  afterInput?: Content | undefined;
  beforeInputs?: Content | undefined;
  afterInputs?: Content | undefined;
}

/** What every field of the kit takes. */
export interface FieldOptions {
  hint?: Slot | undefined;
  errorMessage?: ErrorMessageProps | undefined;
  formGroup?: FormGroupOptions | undefined;
}

/** A field with a label of its own. */
export interface LabelledFieldOptions extends FieldOptions {
  label?: Omit<LabelProps, 'for'> | undefined;
}

/** Value of `aria-describedby`: what was asked for, then hint and error. Undefined when there is nothing. */
export function describedByOf(given: string | undefined, id: string, field: FieldOptions): string | undefined {
  return classes(given, field.hint && `${id}-hint`, field.errorMessage && `${id}-error`) || undefined;
}

/** The wrapper that draws the red bar of an error. */
export function FormGroup(props: { field: FieldOptions; groupClass?: string; children?: ComponentChildren }) {
  const { formGroup, errorMessage } = props.field;
  return (
    <div
      class={classes(
        'govuk-form-group',
        errorMessage && 'govuk-form-group--error',
        props.groupClass,
        formGroup?.classes,
      )}
      {...attributesOf(formGroup?.attributes)}
    >
      {props.children}
    </div>
  );
}

/** Hint and error of a field, in that order, with the ids that `describedByOf` names. */
export function HintAndError(props: { id: string; field: FieldOptions }) {
  const { hint, errorMessage } = props.field;
  return (
    <>
      {hint && <Hint {...hint} id={`${props.id}-hint`} />}
      {errorMessage && <ErrorMessage {...errorMessage} id={`${props.id}-error`} />}
    </>
  );
}

/** Label, hint and error of a field. */
export function FieldIntro(props: { id: string; field: LabelledFieldOptions }) {
  return (
    <>
      {props.field.label && <Label {...props.field.label} for={props.id} />}
      <HintAndError id={props.id} field={props.field} />
    </>
  );
}
