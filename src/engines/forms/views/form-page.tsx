import type { ComponentChildren, VNode } from 'preact';
import { LocaleProvider } from '../../../platform/http/page-context.ts';
import { Form } from '../../../ui/form.tsx';
import { Enhanced } from '../../../ui/island.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import type { Books, Prefilled } from '../books.ts';
import { evaluateForm, type Surroundings } from '../evaluate-form.ts';
import type { FormDefinition, Locale, Page, Values } from '../definition.ts';
import { commandName, controlId, type Typed } from '../form-post.ts';
import { liveFormOf } from '../live-form.ts';
import { outlineOf } from '../outline.ts';
import { applyPrefill } from '../prefill.ts';
import type { FormError } from '../validate-answers.ts';
import { FormGroupPart, Paragraphs } from './form-part.tsx';
import { formWords } from './form-words.ts';
import type { FieldContext, StoreBook } from './field-context.ts';

export type FormPageProps = {
  definition: FormDefinition;
  pageId: string;
  values: Values;
  locale: Locale;
  surroundings: Surroundings;
  books?: Books | undefined;
  prefilled?: Prefilled | undefined;
  /** Offers stored papers beside file questions; the caller carries out the commands `store` and `take`. */
  store?: StoreBook | undefined;
  /** From `parseFormPost`, when the page is shown again. */
  errors?: readonly FormError[] | undefined;
  typed?: Typed | undefined;
  revealed?: readonly string[] | undefined;
  /** Path the form is sent to; the page's own address when absent. */
  action?: string | undefined;
  /** Above the title: "Bước 2 trong 5 · Đăng ký kết hôn". */
  caption?: string | undefined;
  /** Hidden fields of the caller (the draft's version). */
  hidden?: Record<string, string> | undefined;
  /** Show "Lưu và tiếp tục sau" (command `save`). Default true. */
  canSave?: boolean | undefined;
  continueText?: string | undefined;
  /** More controls of the caller above the buttons. */
  children?: ComponentChildren;
};

/** The address inside the page of the control an error belongs to. */
export function errorTarget(definition: FormDefinition, error: FormError): string {
  const [top = '', , name] = error.at.split('.');
  const field = outlineOf(definition).byKey.get(name === undefined ? top : `${top}.${name}`)?.field;
  if (field?.type === 'date') return `#${controlId(error.at, error.part ?? 'day')}`;
  if (field?.type === 'address') return `#${controlId(error.at, error.part ?? 'province')}`;
  return error.at === '' ? '#form-title' : `#${controlId(error.at)}`;
}

/**
 * One page of a form, ready to stand inside a layout: error summary, title, fields, buttons. Works without a script. Throws a
 * RangeError for a page the form does not have (the caller answers 404 first).
 */
export function renderFormPage(props: FormPageProps): VNode {
  return (
    <LocaleProvider locale={props.locale}>
      <FormPage {...props} />
    </LocaleProvider>
  );
}

function pageOf(definition: FormDefinition, pageId: string): Page {
  const page = definition.ui.pages.find((page) => page.id === pageId);
  if (!page) throw new RangeError(`The form ${definition.code} has no page ${pageId}`);
  return page;
}

function FormPage(props: FormPageProps): VNode {
  const { definition, locale, surroundings } = props;
  const page = pageOf(definition, props.pageId);
  const words = formWords(locale);
  const prefilled = props.prefilled ?? {};
  // What was typed and refused stays empty: a prefilled value must not come back over it.
  const known = applyPrefill(definition, props.values, prefilled, props.typed ? 'locked' : 'all');
  const evaluation = evaluateForm(definition, known, surroundings);
  const errors = props.errors ?? [];
  const context: FieldContext = {
    definition,
    locale,
    words,
    evaluation,
    values: evaluation.values,
    today: surroundings.today,
    books: props.books,
    store: props.store,
    prefilled,
    typed: props.typed,
    errors: new Map(errors.map((error) => [error.at, error])),
    live: true,
  };
  const fields = page.groups.flatMap((group) => group.fields);
  const live = liveFormOf(definition, page, evaluation.values, surroundings, locale);
  return (
    <div class="sen-form">
      {errors.length > 0 && (
        <ErrorSummary
          titleText={words.problem}
          errorList={errors.map((error) => ({ text: error.message[locale], href: errorTarget(definition, error) }))}
        />
      )}
      {props.caption !== undefined && <span class="govuk-caption-l">{props.caption}</span>}
      <h1 class="govuk-heading-l" id="form-title">
        {page.title[locale]}
      </h1>
      {page.intro && <Paragraphs text={page.intro[locale]} />}
      {(props.revealed?.length ?? 0) > 0 && errors.length === 0 && <InsetText>{words.revealed}</InsetText>}
      <Form action={props.action} upload={fields.some((field) => field.type === 'file')}>
        {/* The first button is what the Enter key presses: it must not be one that removes a row. */}
        <button
          type="submit"
          name={commandName}
          value="continue"
          class="govuk-visually-hidden"
          tabIndex={-1}
          aria-hidden="true"
        >
          {props.continueText ?? words.continue}
        </button>
        {Object.entries(props.hidden ?? {}).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {page.groups.map((group) => (
          <FormGroupPart group={group} context={context} />
        ))}
        {live && <Enhanced name="forms/live-form" props={live} on="load" />}
        {props.children}
        <div class="govuk-button-group">
          <Button name={commandName} value="continue" text={props.continueText ?? words.continue} preventDoubleClick />
          {props.canSave !== false && (
            <Button name={commandName} value="save" text={words.saveLater} classes="govuk-button--secondary" />
          )}
        </div>
      </Form>
    </div>
  );
}
