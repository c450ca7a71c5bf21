import { useLocale } from '../../../platform/http/page-context.ts';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { errorOf, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { VersionChange } from '../compare-versions.ts';
import { Sides } from '../editor/views/comparison-page.tsx';
import { wordsIn, type Channel, type Procedure } from '../procedure.ts';
import { feeTexts, timeText } from '../version-parts.ts';
import { statusColours } from './procedures-page.tsx';
import { words } from './words.ts';

export interface ShownVersion {
  procedure: Procedure;
  isInForce: boolean;
  /** Published, but its first day has not come. */
  isToCome: boolean;
  isDraftOpen: boolean;
  mayPublish: boolean;
  /** Against the version before; null for the first. */
  changes: readonly VersionChange[] | null;
  missing: readonly string[];
}

/** One procedure with all its versions: what each says, what changed, and what may be done with it. */
export function ProcedurePage(props: {
  code: string;
  versions: readonly ShownVersion[];
  form: FormState;
  formVersionId: string | null;
  revision: { state: string } | null;
  warnings: readonly string[];
  /** Defects of the national catalogue that wait to be put right. */
  defects: number;
  mayManage: boolean;
  mayEdit: boolean;
}) {
  const locale = useLocale();
  const newest = props.versions[0]!.procedure;
  const own = words.use();
  const { code } = props;
  const button = (path: string, text: string, isMain = false) => (
    <Link to={path} class={isMain ? 'govuk-button' : 'govuk-button govuk-button--secondary'}>
      {text}
    </Link>
  );
  return (
    <WorkspaceLayout
      title={wordsIn(newest.name, locale)}
      caption={code}
      backPath={paths.adminProcedures()}
      actions={
        <>
          {props.revision !== null
            ? button(paths.adminProcedureDraft({ code }), own.toDraft, true)
            : props.mayEdit && button(paths.adminProcedureDraft({ code }), own.writeNew, true)}
          {props.versions.length > 1 && button(paths.adminProcedureComparison({ code }), own.compare)}
          {button(paths.adminProcedureHistory({ code }), own.history)}
          {props.mayManage && button(paths.adminProcedureOffers({ code }), own.offers)}
          {props.mayManage && (
            <Link
              to={paths.adminProcedurePackage({ code })}
              class="govuk-button govuk-button--secondary"
              attributes={{ 'data-turbo': 'false' }}
            >
              {own.pack}
            </Link>
          )}
          {props.versions.some((shown) => shown.isInForce && shown.procedure.formVersionId !== null) && (
            <Link
              to={paths.procedureBlankForm({ code })}
              class="govuk-button govuk-button--secondary"
              attributes={{ 'data-turbo': 'false' }}
            >
              {own.blankForm}
            </Link>
          )}
        </>
      }
      hasErrors={Object.keys(props.form.errors).length > 0}
    >
      <ErrorSummaryFor form={props.form} />
      {props.warnings.length > 0 && (
        <WarningText text={`${own.lostForce} ${props.warnings.join(' ')}`} iconFallbackText="!" />
      )}
      {props.defects > 0 && (
        <p class="govuk-body">
          <Link to={paths.adminDefects({ ma: code })}>{own.openDefects(props.defects)}</Link>
        </p>
      )}
      {props.versions.map((shown) => (
        <section aria-labelledby={`v${shown.procedure.number}`}>
          <h2 class="govuk-heading-m" id={`v${shown.procedure.number}`}>
            {own.versions} {shown.procedure.number}{' '}
            <Tag text={own.statuses[shown.procedure.status] ?? ''} classes={statusColours[shown.procedure.status]} />
            {(shown.isInForce || shown.isToCome) && (
              <>
                {' '}
                <Tag text={shown.isInForce ? own.inUse : own.toCome} classes="govuk-tag--blue" />
              </>
            )}
          </h2>
          <Facts procedure={shown.procedure} />
          <Changes changes={shown.changes} />
          {props.mayManage && (
            <Actions
              shown={shown}
              form={shown.procedure.versionId === props.formVersionId ? props.form : { values: {}, errors: {} }}
            />
          )}
        </section>
      ))}
    </WorkspaceLayout>
  );
}

function Facts({ procedure }: { procedure: Procedure }) {
  const own = words.use();
  const locale = useLocale();
  const { content } = procedure;
  const row = (key: string, text: string | null | undefined) => ({
    key: { text: key },
    value: { text: text || own.nothing },
  });
  const papers = content.papers.reduce((sum, group) => sum + group.papers.length, 0);
  return (
    <SummaryList
      rows={[
        row(own.source, own.sources[procedure.source]),
        row(own.validFrom, formatDate(procedure.validFrom)),
        procedure.validTo !== null && row(own.validTo, formatDate(procedure.validTo)),
        row(own.decision, procedure.decisionNumber),
        row(own.field, procedure.nationalField),
        row(own.level, procedure.levels.map((level) => own.levels[level] ?? level).join(', ')),
        row(
          own.audiences,
          [...procedure.audiences.map((one) => own.audienceNames[one] ?? one), ...content.otherAudiences].join(', '),
        ),
        row(own.agency, content.competentAgency && wordsIn(content.competentAgency, locale)),
        row(own.online, `${own.scopes[procedure.onlineScope]} · ${own.serviceLevel} ${procedure.serviceLevel}`),
        { key: { text: own.channels }, value: { html: <Channels channels={content.channels} /> } },
        row(own.papers, papers === 0 ? null : formatNumber(papers, locale)),
        row(own.steps, content.steps?.steps.map((step) => wordsIn(step.name, locale)).join(' → ')),
        row(own.legal, content.legalBases.map((basis) => basis.number).join(', ')),
      ]}
    />
  );
}

function Channels({ channels }: { channels: readonly Channel[] }) {
  const own = words.use();
  const locale = useLocale();
  if (channels.length === 0) return <>{own.nothing}</>;
  return (
    <ul class="govuk-list">
      {channels.map((channel) => (
        <li>
          {own.channelKinds[channel.kind]}: {timeText(channel, locale)} · {feeTexts(channel, locale).join('; ')}
        </li>
      ))}
    </ul>
  );
}

function Changes(props: { changes: readonly VersionChange[] | null }) {
  const own = words.use();
  if (props.changes === null) return null;
  if (props.changes.length === 0) return <p class="govuk-body">{own.noChanges}</p>;
  return (
    <Details summaryText={own.changes}>
      <Sides changes={props.changes.filter((change) => change.part !== 'form')} />
    </Details>
  );
}

function Actions({ shown, form }: { shown: ShownVersion; form: FormState }) {
  const own = words.use();
  const { procedure, missing } = shown;
  const at = { code: procedure.code, versionId: procedure.versionId };
  const id = (name: string) => `${name}-${procedure.number}`;
  const hidden = <input type="hidden" name="version" value={procedure.rowVersion} />;
  if (shown.isToCome)
    return (
      <Form action={paths.adminProcedurePublicationUndo(at)}>
        {hidden}
        <Input
          id={id('undo')}
          name="reason"
          label={{ text: own.undoReason }}
          errorMessage={errorOf(form, id('undo'))}
        />
        <Button text={own.undo} classes="govuk-button--secondary" />
      </Form>
    );
  if (procedure.status === 'published')
    return (
      <Form action={paths.adminProcedureRetirement(at)}>
        {hidden}
        <Input
          id={id('reason')}
          name="reason"
          label={{ text: own.reason }}
          errorMessage={errorOf(form, id('reason'))}
          value={String(form.values['reason'] ?? '')}
        />
        <Input
          id={id('lastDay')}
          name="lastDay"
          label={{ text: own.lastDay }}
          hint={{ text: own.lastDayHint }}
          classes="govuk-input--width-10"
          errorMessage={errorOf(form, id('lastDay'))}
          value={String(form.values['lastDay'] ?? '')}
        />
        <Button text={own.retire} classes="govuk-button--warning" />
      </Form>
    );
  if (missing.length > 0)
    return (
      <WarningText
        text={`${own.missing}: ${missing.map((part) => own.parts[part] ?? part).join(', ')}`}
        iconFallbackText="!"
      />
    );
  if (!shown.mayPublish) return <p class="govuk-body">{shown.isDraftOpen ? own.waitsForReview : own.needsReview}</p>;
  return (
    <Form action={paths.adminProcedurePublication(at)}>
      {hidden}
      <Input
        id={id('validFrom')}
        name="validFrom"
        label={{ text: own.publishFrom }}
        hint={{ text: own.dateHint }}
        classes="govuk-input--width-10"
        errorMessage={errorOf(form, id('validFrom'))}
        value={String(form.values['validFrom'] ?? formatDate(procedure.validFrom))}
      />
      <Input
        id={id('validTo')}
        name="validTo"
        label={{ text: own.publishTo }}
        hint={{ text: own.publishToHint }}
        classes="govuk-input--width-10"
        errorMessage={errorOf(form, id('validTo'))}
        value={String(form.values['validTo'] ?? '')}
      />
      <Button text={own.publish} />
    </Form>
  );
}
