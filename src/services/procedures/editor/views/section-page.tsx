import { useLocale } from '../../../../platform/http/page-context.ts';
import { errorOf, fieldId, type FormState } from '../../../../ui/components/form-state.ts';
import { ErrorSummaryFor } from '../../../../ui/components/error-summary-for.tsx';
import { Form } from '../../../../ui/form.tsx';
import { Button } from '../../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../../ui/govuk/checkboxes.tsx';
import { Input } from '../../../../ui/govuk/input.tsx';
import { InsetText } from '../../../../ui/govuk/inset-text.tsx';
import { Select } from '../../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../../ui/govuk/summary-list.tsx';
import { Textarea } from '../../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { paths } from '../../../../ui/paths.ts';
import { fieldName, type RowValues, type SectionInput } from '../read-section.ts';
import type { ReviewComment } from '../revision.ts';
import type { EditField, EditSection } from '../sections.ts';
import { editorWords } from './editor-words.ts';
import { Remarks } from './remarks.tsx';

interface SectionPageProps {
  code: string;
  name: string;
  section: EditSection;
  input: SectionInput;
  errors: Record<string, string>;
  rowVersion: number;
  /** Empty rows below those that are there. */
  blankRows: number;
  isWritable: boolean;
  isStale: boolean;
  fieldChoices: readonly (readonly [string, { vi: string; en: string }])[];
  warnings: readonly string[];
  comments: readonly ReviewComment[];
  remarkForm: FormState;
}

/** One section of a draft: fields to change, or what it says while it may not be changed; remarks below. */
export function SectionPage(props: SectionPageProps) {
  const own = editorWords.use();
  const locale = useLocale();
  const { section, code } = props;
  const errors = { ...props.errors, ...props.remarkForm.errors };
  return (
    <WorkspaceLayout
      title={section.title[locale]}
      caption={`${code} · ${props.name}`}
      backPath={paths.adminProcedureDraft({ code })}
      hasErrors={Object.keys(errors).length > 0}
    >
      <ErrorSummaryFor form={{ values: {}, errors }} />
      {props.isStale && <InsetText text={own.stale} />}
      {section.hint && <p class="govuk-body">{section.hint[locale]}</p>}
      {props.warnings.length > 0 && (
        <div class="sen-message sen-message--error" role="status">
          <div class="sen-message__text">
            <strong>{own.lostForceTitle}</strong>
            {props.warnings.map((text) => (
              <div>{text}</div>
            ))}
          </div>
        </div>
      )}
      {props.isWritable ? <Fields {...props} /> : <ReadOnly {...props} />}
      <Remarks code={code} section={section.key} comments={props.comments} form={props.remarkForm} />
    </WorkspaceLayout>
  );
}

function Fields(props: SectionPageProps) {
  const own = editorWords.use();
  const locale = useLocale();
  const { section, input, code } = props;
  const rows = section.rows ? [...input.rows, ...Array.from({ length: props.blankRows }, (): RowValues => ({}))] : [];
  return (
    <Form action={paths.adminProcedureDraftSection({ code, section: section.slug })}>
      <input type="hidden" name="version" value={props.rowVersion} />
      <button type="submit" name="act" value="save" class="govuk-visually-hidden" tabIndex={-1} aria-hidden="true">
        {own.save}
      </button>
      {section.fields.map((field) => (
        <Field {...props} field={field} values={input.fields} name={fieldName(field.name)} />
      ))}
      {section.rows && <input type="hidden" name="rows" value={rows.length} />}
      {rows.map((values, row) => (
        <fieldset class="govuk-fieldset sen-edit-row" id={`dong-${row + 1}`}>
          <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">
            {section.rows!.title[locale]} {row + 1}
          </legend>
          <div class="sen-edit-row__fields">
            {section.rows!.fields.map((field) => (
              <Field {...props} field={field} values={values} name={fieldName(field.name, row)} />
            ))}
          </div>
          {row < input.rows.length && (
            <div class="govuk-button-group">
              {(['up', 'down', 'remove'] as const)
                .filter((act) => (act === 'up' ? row > 0 : act === 'down' ? row < input.rows.length - 1 : true))
                .map((act) => (
                  <button
                    type="submit"
                    name="act"
                    value={`${act}:${row}`}
                    class="govuk-button govuk-button--secondary sen-edit-row__button"
                  >
                    {own[act]}
                    <span class="govuk-visually-hidden">
                      {' '}
                      {section.rows!.title[locale]} {row + 1}
                    </span>
                  </button>
                ))}
            </div>
          )}
        </fieldset>
      ))}
      <div class="govuk-button-group">
        <Button text={own.save} name="act" value="save" />
        <Button text={own.saveNext} name="act" value="next" classes="govuk-button--secondary" />
        {section.rows && rows.length < section.rows.max && (
          <Button
            text={own.addRow(section.rows.title[locale])}
            name="act"
            value="add"
            classes="govuk-button--secondary"
          />
        )}
      </div>
    </Form>
  );
}

function Field(props: SectionPageProps & { field: EditField; values: RowValues; name: string }) {
  const own = editorWords.use();
  const locale = useLocale();
  const { field, name } = props;
  const value = props.values[field.name] ?? (field.kind === 'choices' ? [] : '');
  const text = typeof value === 'string' ? value : '';
  const form: FormState = { values: {}, errors: props.errors };
  const isEnglish = field.name.endsWith('En');
  const shared = {
    id: fieldId(name),
    name,
    label: { text: field.label[locale] },
    ...(field.hint ? { hint: { text: field.hint[locale] } } : {}),
    errorMessage: errorOf(form, name),
  };
  const attributes = { lang: isEnglish ? 'en' : 'vi' };
  const list = field.name === 'field' ? props.fieldChoices : (field.options ?? []);
  // oxlint-disable-next-line typescript/switch-exhaustiveness-check -- the others are boxes of one line
  switch (field.kind) {
    case 'hidden':
      return <input type="hidden" name={name} value={text} />;
    case 'text':
      return <Textarea {...shared} value={text} rows={Math.min(12, Math.max(3, Math.ceil(text.length / 90)))} attributes={attributes} />; // prettier-ignore
    case 'choice':
      return (
        <Select
          {...shared}
          items={[
            { value: '', text: field.isRequired ? own.choose : own.none, selected: text === '' },
            ...list.map(([one, words]) => ({ value: one, text: words[locale], selected: one === text })),
          ]}
        />
      );
    case 'choices':
      return (
        <Checkboxes
          idPrefix={fieldId(name)}
          name={name}
          classes="govuk-checkboxes--small"
          fieldset={{ legend: { text: field.label[locale], classes: 'govuk-fieldset__legend--s' } }}
          values={typeof value === 'string' ? [] : value}
          errorMessage={errorOf(form, name)}
          items={list.map(([one, words]) => ({ value: one, text: words[locale] }))}
        />
      );
    default:
      return (
        <Input
          {...shared}
          value={text}
          classes={field.kind === 'line' ? undefined : 'govuk-input--width-10'}
          inputmode={field.kind === 'number' ? 'decimal' : undefined}
          attributes={field.kind === 'line' ? attributes : undefined}
        />
      );
  }
}

/** What a section says, in words. */
function ReadOnly(props: SectionPageProps) {
  const own = editorWords.use();
  const locale = useLocale();
  const { section, input } = props;
  const shown = (field: EditField, values: RowValues): string => {
    const value = values[field.name] ?? '';
    const list = field.name === 'field' ? props.fieldChoices : (field.options ?? []);
    const word = (one: string) => list.find(([known]) => known === one)?.[1][locale] ?? one;
    if (field.kind === 'choice' && typeof value === 'string') return value === '' ? '' : word(value);
    return typeof value === 'string' ? value : value.map(word).join(', ');
  };
  const lines = (fields: readonly EditField[], values: RowValues) =>
    fields
      .filter((field) => field.kind !== 'hidden' && shown(field, values) !== '')
      .map((field) => ({ key: { text: field.label[locale] }, value: { text: shown(field, values) } }));
  const isEmpty = input.rows.length === 0 && lines(section.fields, input.fields).length === 0;
  return (
    <>
      <InsetText text={own.readOnly} />
      {isEmpty && <p class="govuk-body">{own.empty}</p>}
      <SummaryList rows={lines(section.fields, input.fields)} />
      {section.rows &&
        input.rows.map((values, row) => (
          <>
            <h2 class="govuk-heading-s">
              {section.rows!.title[locale]} {row + 1}
            </h2>
            <SummaryList rows={lines(section.rows!.fields, values)} />
          </>
        ))}
    </>
  );
}
