import { useLocale } from '../../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../../ui/components/error-summary-for.tsx';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { bound, boundMany, type FormState } from '../../../../ui/components/form-state.ts';
import { Form } from '../../../../ui/form.tsx';
import { formatDateTime } from '../../../../ui/format.ts';
import { Button } from '../../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../../ui/govuk/checkboxes.tsx';
import { Details } from '../../../../ui/govuk/details.tsx';
import { Input } from '../../../../ui/govuk/input.tsx';
import { InsetText } from '../../../../ui/govuk/inset-text.tsx';
import { Select } from '../../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../../ui/govuk/tag.tsx';
import { TaskList } from '../../../../ui/govuk/task-list.tsx';
import { Textarea } from '../../../../ui/govuk/textarea.tsx';
import { WarningText } from '../../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../../ui/link.tsx';
import { paths } from '../../../../ui/paths.ts';
import { words } from '../../views/words.ts';
import type { Revision } from '../revision.ts';
import { editorWords } from './editor-words.ts';

export const revisionColours: Record<string, string> = {
  writing: 'govuk-tag--yellow',
  'in-review': 'govuk-tag--blue',
  'sent-back': 'govuk-tag--orange',
  approved: 'govuk-tag--green',
  published: 'govuk-tag--grey',
};

export interface SectionState {
  slug: string;
  title: string;
  filled: boolean;
  openRemarks: number;
}

/** A draft as a whole: its sections, where it is, and what may be done with it by whom. */
export function DraftPage(props: {
  revision: Revision;
  sections: readonly SectionState[];
  missing: readonly string[];
  warnings: readonly string[];
  mayEdit: boolean;
  mayReview: boolean;
  /** The person looking wrote in it. */
  isOwn: boolean;
  form: FormState;
}) {
  const own = editorWords.use();
  const locale = useLocale();
  const { revision, form } = props;
  const { code } = revision;
  const row = (key: string, text: string | null) =>
    text !== null && text !== '' && { key: { text: key }, value: { text } };
  return (
    <WorkspaceLayout
      title={`${own.draft}: ${revision.name}`}
      caption={code}
      backPath={paths.adminProcedure({ code })}
      hasErrors={Object.keys(form.errors).length > 0}
      actions={
        revision.baseVersionId !== null && (
          <Link
            to={paths.adminProcedureComparison({ code }, { tu: revision.baseVersionId, den: revision.versionId })}
            class="govuk-button govuk-button--secondary"
          >
            {own.compare}
          </Link>
        )
      }
    >
      <ErrorSummaryFor form={form} />
      <SummaryList
        rows={[
          {
            key: { text: own.state },
            value: {
              html: (
                <Tag text={own.states[revision.state] ?? revision.state} classes={revisionColours[revision.state]} />
              ),
            },
          },
          row(own.why, revision.reason),
          row(own.author, revision.author),
          row(own.changedAt, formatDateTime(revision.changedAt, locale)),
          row(own.sentBy, revision.sentBy && `${revision.sentBy} · ${formatDateTime(revision.sentAt!, locale)}`),
          row(own.decidedBy, revision.decidedBy && `${revision.decidedBy} · ${formatDateTime(revision.decidedAt!, locale)}`), // prettier-ignore
          row(own.note, revision.decisionNote),
        ]}
      />
      {props.warnings.length > 0 && (
        <WarningText text={`${own.lostForceTitle}: ${props.warnings.join(' ')}`} iconFallbackText="!" />
      )}
      <h2 class="govuk-heading-m">{own.sections}</h2>
      <TaskList
        items={props.sections.map((section) => ({
          title: { text: section.title },
          href:
            section.slug === 'bieu-mau'
              ? paths.adminProcedureDraftForm({ code })
              : paths.adminProcedureDraftSection({ code, section: section.slug }),
          status: section.openRemarks > 0
            ? { tag: { text: own.remarksOpen(section.openRemarks), classes: 'govuk-tag--orange' } }
            : section.filled ? { text: own.complete } : { tag: { text: own.empty, classes: 'govuk-tag--yellow' } },
        }))} // prettier-ignore
      />
      <Steps {...props} />
    </WorkspaceLayout>
  );
}

function Steps(props: Parameters<typeof DraftPage>[0]) {
  const own = editorWords.use();
  const names = words.use();
  const { revision, missing, form } = props;
  const action = paths.adminProcedureDraftState({ code: revision.code });
  const isWritable = revision.state === 'writing' || revision.state === 'sent-back';
  return (
    <>
      {revision.state === 'approved' && (
        <>
          <InsetText text={own.approved} />
          <p class="govuk-body">
            <Link to={paths.adminProcedure({ code: revision.code })}>{own.toPublish}</Link>
          </p>
        </>
      )}
      {isWritable && props.mayEdit && (
        <>
          {missing.length > 0 ? (
            <WarningText
              text={`${own.cannotSend}: ${missing.map((part) => names.parts[part] ?? part).join(', ')}`}
              iconFallbackText="!"
            />
          ) : (
            <Form action={action}>
              <p class="govuk-body">{own.sendHint}</p>
              <Button text={own.send} name="act" value="send" preventDoubleClick />
            </Form>
          )}
          <Details summaryText={own.discard} open={form.errors['discard'] !== undefined}>
            <Form action={action}>
              <p class="govuk-body">{own.discardHint}</p>
              <Checkboxes
                {...boundMany(form, 'discard')}
                items={[{ value: 'yes', text: own.confirmDiscard }]}
                classes="govuk-checkboxes--small"
              />
              <Button text={own.discard} name="act" value="discard" classes="govuk-button--warning" />
            </Form>
          </Details>
        </>
      )}
      {revision.state === 'in-review' && props.mayReview && <Decision {...props} />}
      {(revision.state === 'in-review' || revision.state === 'approved') && props.mayEdit && (
        <Form action={action}>
          <Button text={own.recall} name="act" value="recall" classes="govuk-button--secondary" />
        </Form>
      )}
    </>
  );
}

function Decision(props: Parameters<typeof DraftPage>[0]) {
  const own = editorWords.use();
  if (props.isOwn) return <InsetText text={own.own} />;
  return (
    <Form action={paths.adminProcedureDraftState({ code: props.revision.code })}>
      <h2 class="govuk-heading-m">{own.review}</h2>
      <Textarea
        {...bound(props.form, 'note')}
        label={{ text: own.decisionNote }}
        hint={{ text: own.reviewHint }}
        rows={4}
      />
      <div class="govuk-button-group">
        <Button text={own.approve} name="act" value="approve" preventDoubleClick />
        <Button text={own.sendBack} name="act" value="return" classes="govuk-button--secondary" />
      </div>
    </Form>
  );
}

/** Nobody is writing: where a draft is opened. */
export function NoDraftPage(props: {
  code: string;
  name: string;
  versions: readonly { versionId: string; number: number; status: string }[];
  mayEdit: boolean;
  /** The section to go to once it is open. */
  section: string;
  form: FormState;
}) {
  const own = editorWords.use();
  const names = words.use();
  return (
    <WorkspaceLayout
      title={props.name}
      caption={props.code}
      backPath={paths.adminProcedure({ code: props.code })}
      hasErrors={Object.keys(props.form.errors).length > 0}
    >
      <ErrorSummaryFor form={props.form} />
      <EmptyState heading={own.noDraft} text={own.noDraftHint} />
      {props.mayEdit ? (
        <Form action={paths.adminProcedureDraft({ code: props.code })}>
          <input type="hidden" name="muc" value={props.section} />
          <Select
            {...bound(props.form, 'from')}
            label={{ text: own.from }}
            items={props.versions.map((version) => ({
              value: version.versionId,
              text: own.versionNo(version.number, names.statuses[version.status] ?? version.status),
              selected: props.form.values['from'] === version.versionId,
            }))}
          />
          <Textarea
            {...bound(props.form, 'reason')}
            label={{ text: own.reason }}
            hint={{ text: own.reasonHint }}
            rows={3}
          />
          <Button text={own.open} preventDoubleClick />
        </Form>
      ) : (
        <p class="govuk-body">{own.mayNotEdit}</p>
      )}
    </WorkspaceLayout>
  );
}

/** Where a procedure that is not there yet begins. */
export function NewProcedurePage(props: { form: FormState }) {
  const own = editorWords.use();
  const { form } = props;
  return (
    <WorkspaceLayout
      title={own.newProcedure}
      backPath={paths.adminProcedures()}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <Form action={paths.adminProcedureNew()}>
        <Input
          {...bound(form, 'code')}
          label={{ text: own.code }}
          hint={{ text: own.codeHint }}
          classes="govuk-input--width-10"
        />
        <Input {...bound(form, 'nameVi')} label={{ text: own.nameVi }} attributes={{ lang: 'vi' }} />
        <Input {...bound(form, 'nameEn')} label={{ text: own.nameEn }} attributes={{ lang: 'en' }} />
        <Textarea {...bound(form, 'reason')} label={{ text: own.reason }} hint={{ text: own.reasonHint }} rows={3} />
        <Button text={own.begin} preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}
