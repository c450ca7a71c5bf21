import type { ComponentChildren, VNode } from 'preact';
import { attributesOf, classes, contentOf, type Attributes, type Content, type Slot } from './content.tsx';
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

/*
 * The parts that every field has are called, not mounted: a component costs the renderer more than an element does, and a form of 120 fields
 * had two of them to each element.
 */

/** The wrapper that draws the red bar of an error. */
export function formGroup(field: FieldOptions, children: ComponentChildren): VNode {
  const { formGroup: own, errorMessage } = field;
  return (
    <div
      class={classes('govuk-form-group', errorMessage && 'govuk-form-group--error', own?.classes)}
      {...attributesOf(own?.attributes)}
    >
      {children}
    </div>
  );
}

/** Hint and error of a field, in that order, with the ids that `describedByOf` names. */
export function hintAndError(id: string, { hint, errorMessage }: FieldOptions): ComponentChildren {
  return [
    hint && Hint({ ...hint, id: `${id}-hint` }),
    errorMessage && <ErrorMessage {...errorMessage} id={`${id}-error`} />,
  ];
}

/** Label, hint and error of a field. */
export function fieldIntro(id: string, field: LabelledFieldOptions): ComponentChildren {
  return [field.label && Label({ ...field.label, for: id }), hintAndError(id, field)];
}

/** A field with its label, hint and error, and what the caller puts before and after its control. */
export function labelledGroup(id: string, field: LabelledFieldOptions, control: VNode): VNode {
  const { beforeInput, afterInput } = field.formGroup ?? {};
  return formGroup(field, [fieldIntro(id, field), contentOf(beforeInput), control, contentOf(afterInput)]);
}
