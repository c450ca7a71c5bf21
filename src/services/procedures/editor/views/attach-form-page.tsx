import { useLocale } from '../../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../../ui/components/form-state.ts';
import { Form } from '../../../../ui/form.tsx';
import { formatDate } from '../../../../ui/format.ts';
import { Button } from '../../../../ui/govuk/button.tsx';
import { InsetText } from '../../../../ui/govuk/inset-text.tsx';
import { Input } from '../../../../ui/govuk/input.tsx';
import { Radios } from '../../../../ui/govuk/radios.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../../ui/link.tsx';
import { paths } from '../../../../ui/paths.ts';
import type { ReviewComment } from '../revision.ts';
import { editorWords } from './editor-words.ts';
import { Remarks } from './remarks.tsx';

export interface FormChoice {
  versionId: string;
  code: string;
  title: { vi: string; en: string };
  version: number;
  validFrom: string;
}

/** Which e-form a draft asks applicants to fill in: none, an existing version, or a new form made first. */
export function AttachFormPage(props: {
  code: string;
  name: string;
  current: FormChoice | null;
  choices: readonly FormChoice[];
  search: string;
  rowVersion: number;
  isWritable: boolean;
  isStale: boolean;
  mayDesign: boolean;
  form: FormState;
  comments: readonly ReviewComment[];
}) {
  const own = editorWords.use();
  const locale = useLocale();
  const { current, form, code } = props;
  const nameOf = (one: FormChoice) =>
    `${one.title[locale]} — ${own.formVersion(one.version, formatDate(one.validFrom))}`;
  const choices = current && !props.choices.some((one) => one.versionId === current.versionId)
    ? [current, ...props.choices]
    : props.choices; // prettier-ignore
  const chosen = form.values['formVersion'] ?? current?.versionId ?? 'none';
  return (
    <WorkspaceLayout
      title={own.form}
      caption={`${code} · ${props.name}`}
      backPath={paths.adminProcedureDraft({ code })}
      hasErrors={Object.keys(form.errors).length > 0}
      actions={
        props.mayDesign && (
          <Link to={paths.adminFormNew()} class="govuk-button govuk-button--secondary">
            {own.formNew}
          </Link>
        )
      }
    >
      <ErrorSummaryFor form={form} />
      {props.isStale && <InsetText text={own.stale} />}
      <p class="govuk-body">
        {own.formNow}:{' '}
        {current === null ? (
          own.formNone
        ) : props.mayDesign ? (
          <Link to={paths.adminForm({ code: current.code })}>{nameOf(current)}</Link>
        ) : (
          nameOf(current)
        )}
      </p>
      {props.isWritable ? (
        <>
          <Form method="get" action={paths.adminProcedureDraftForm({ code })} role="search" label={own.formSearch}>
            <Input id="tim" name="tim" label={{ text: own.formSearch }} value={props.search} />
            <Button text={own.formFind} classes="govuk-button--secondary" />
          </Form>
          <Form action={paths.adminProcedureDraftForm({ code })}>
            <input type="hidden" name="version" value={props.rowVersion} />
            <Radios
              {...bound(form, 'formVersion')}
              value={String(chosen)}
              fieldset={{ legend: { text: own.formChoose, classes: 'govuk-fieldset__legend--m' } }}
              items={[
                { value: 'none', text: own.formNone },
                ...choices.map((one) => ({ value: one.versionId, text: nameOf(one), hint: { text: one.code } })),
              ]}
            />
            <p class="govuk-hint">{own.formNewHint}</p>
            <Button text={own.save} />
          </Form>
        </>
      ) : (
        <InsetText text={own.readOnly} />
      )}
      <Remarks code={code} section="form" comments={props.comments} form={{ values: {}, errors: {} }} />
    </WorkspaceLayout>
  );
}
