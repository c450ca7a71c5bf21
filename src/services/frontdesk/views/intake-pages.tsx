import { useLocale } from '../../../platform/http/page-context.ts';
import { bound, boundFile, fieldId, type FormState } from '../../../ui/components/form-state.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { formatDateTime, formatNumber } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { FileUpload } from '../../../ui/govuk/file-upload.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { OpenIntake } from '../take-in.ts';
import { said } from './desk-words.ts';
import { intakeWords } from './intake-words.ts';

/** The procedure first: found by words, or one of those that this counter receives. */
export function ChooseProcedurePage(props: {
  text: string;
  rows: readonly { code: string; name: { vi: string; en?: string | undefined } }[];
}) {
  const own = intakeWords.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout title={own.title}>
      <FilterBar action={paths.counterIntake()} applyText={own.button}>
        <Input
          name="tim"
          id="tim"
          value={props.text}
          label={{ text: own.find }}
          hint={{ text: own.findHint }}
          classes="govuk-input--width-30"
        />
      </FilterBar>
      {props.rows.length === 0 ? (
        <EmptyState heading={own.none} text={own.noneText} />
      ) : (
        <>
          <h2 class="govuk-heading-s">{props.text === '' ? own.own : own.found}</h2>
          <ul class="sen-choices">
            {props.rows.map((row) => (
              <li>
                <Link to={paths.counterProcedure({ code: row.code })}>{said(row.name, locale)}</Link>
                <span class="sen-soft sen-code"> {row.code}</span>
              </li>
            ))}
          </ul>
        </>
      )}
    </WorkspaceLayout>
  );
}

export interface OfferChoice {
  value: string;
  vi: string;
  en: string;
}
const items = (table: Record<string, string>) => Object.entries(table).map(([value, text]) => ({ value, text }));

/** Who asks, for whom, and who decides. The number is looked up by a form of its own, without a script. */
export function ApplicantPage(props: {
  procedure: { code: string; name: { vi: string; en?: string | undefined } };
  offers: readonly OfferChoice[];
  form: FormState;
}) {
  const own = intakeWords.use();
  const locale = useLocale();
  const { form, procedure } = props;
  const found = typeof form.values['found'] === 'string' ? own.knownBy[form.values['found']] : undefined;
  return (
    <WorkspaceLayout
      title={`${own.title}: ${said(procedure.name, locale)}`}
      heading={own.title}
      caption={said(procedure.name, locale)}
      backPath={paths.counterIntake()}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <Form method="get" action={paths.counterProcedure({ code: procedure.code })} class="sen-inline sen-lookup">
        <Input
          name="so"
          id="so"
          value={typeof form.values['identity'] === 'string' ? form.values['identity'] : ''}
          label={{ text: own.lookUp }}
          inputmode="numeric"
          classes="govuk-input--width-20"
        />
        <Button text={own.lookUpButton} classes="govuk-button--secondary" />
      </Form>
      {found && (
        <div class="sen-message sen-message--information" role="status">
          <p class="sen-message__text">{found}</p>
        </div>
      )}
      <Form
        action={paths.counterProcedure({ code: procedure.code })}
        class="sen-fields"
        attributes={{ 'data-turbo': 'false' }}
      >
        <Input {...bound(form, 'identity')} label={{ text: own.identity }} inputmode="numeric" />
        <Input {...bound(form, 'name')} label={{ text: own.name }} />
        <Input {...bound(form, 'phone')} label={{ text: own.phone }} inputmode="tel" />
        <Input {...bound(form, 'email')} label={{ text: own.email }} inputmode="email" />
        <Input {...bound(form, 'address')} label={{ text: own.address }} />
        <Input {...bound(form, 'submitterName')} label={{ text: own.submitter }} />
        <Select {...bound(form, 'kind')} label={{ text: own.kind }} items={items(own.kinds)} />
        <Select
          {...bound(form, 'offerId')}
          label={{ text: own.competent }}
          items={props.offers.map((offer) => ({ value: offer.value, text: offer[locale] }))}
        />
        <Radios
          {...bound(form, 'channel')}
          value={String(form.values['channel'] ?? 'counter')}
          classes="govuk-radios--small govuk-radios--inline"
          fieldset={{ legend: { text: own.channel } }}
          items={items(own.channels)}
        />
        <Radios
          {...bound(form, 'delivery')}
          value={String(form.values['delivery'] ?? 'counter')}
          classes="govuk-radios--small govuk-radios--inline"
          fieldset={{ legend: { text: own.delivery } }}
          items={items(own.deliveries)}
        />
        <Input {...bound(form, 'deliveryAddress')} label={{ text: own.deliveryAddress }} />
        <div class="sen-fields__end">
          <Button text={own.next} preventDoubleClick />
        </div>
      </Form>
    </WorkspaceLayout>
  );
}

export interface IntakePapersPageProps {
  intake: OpenIntake;
  form: FormState;
  suggestedFees: readonly { name: string; amountDong: number | null }[];
  fileNames: ReadonlyMap<string, string>;
  appointment: Date | null;
  competent: string;
  receiving: string;
}

function Checklist(props: IntakePapersPageProps) {
  const own = intakeWords.use();
  const { form } = props;
  const { facts } = props.intake;
  if (facts.papers.length === 0) return <p class="govuk-body">{own.noPapers}</p>;
  return (
    <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.papers}>
      <table class="govuk-table sen-table sen-checks">
        <caption class="govuk-visually-hidden">{own.papers}</caption>
        <thead class="govuk-table__head">
          <tr>
            {[own.paper, own.originals, own.copies, own.scan].map((heading) => (
              <th scope="col" class="govuk-table__header">
                {heading}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {facts.papers.map((paper) => (
            <tr class="govuk-table__row">
              <th scope="row" class="govuk-table__header">
                {paper.name}
              </th>
              {(['originals', 'copies'] as const).map((what) => (
                <td class="govuk-table__cell" data-label={what === 'originals' ? own.originals : own.copies}>
                  <input
                    type="text"
                    class="govuk-input govuk-input--width-2 sen-small"
                    id={fieldId(`${paper.key}-${what}`)}
                    name={`${paper.key}-${what}`}
                    inputmode="numeric"
                    value={String(form.values[`${paper.key}-${what}`] ?? (paper[what] || ''))}
                    aria-label={`${what === 'originals' ? own.originals : own.copies}: ${paper.name}`}
                  />
                </td>
              ))}
              <td class="govuk-table__cell" data-label={own.scan}>
                {paper.fileId && <span class="sen-under">{own.has(props.fileNames.get(paper.fileId) ?? '')}</span>}
                <FileUpload
                  {...boundFile(form, `${paper.key}-file`)}
                  label={{ text: `${own.scan}: ${paper.name}`, classes: 'govuk-visually-hidden' }}
                  javascript={false}
                />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function CounterFees(props: IntakePapersPageProps) {
  const own = intakeWords.use();
  const { form, suggestedFees } = props;
  const lines = Math.max(1, suggestedFees.length);
  return (
    <fieldset class="govuk-fieldset">
      <legend class="govuk-fieldset__legend govuk-fieldset__legend--s">{own.fees}</legend>
      <p class="govuk-hint">
        {own.feesHint}{' '}
        {suggestedFees
          .map((fee) => `${fee.name}: ${fee.amountDong === null ? '?' : formatNumber(fee.amountDong)} đ`)
          .join('; ')}
      </p>
      {Array.from({ length: lines }, (_, at) => (
        <div class="sen-inline">
          <Input
            {...bound(form, `f-${at}-name`)}
            value={String(form.values[`f-${at}-name`] ?? suggestedFees[at]?.name ?? '')}
            label={{ text: own.fee }}
            classes="govuk-input--width-20"
          />
          <Input
            {...bound(form, `f-${at}-amount`)}
            label={{ text: own.amount }}
            classes="govuk-input--width-10"
            inputmode="numeric"
          />
          <Input {...bound(form, `f-${at}-receipt`)} label={{ text: own.receipt }} classes="govuk-input--width-10" />
          <Select {...bound(form, `f-${at}-method`)} label={{ text: own.method }} items={items(own.methods)} />
        </div>
      ))}
    </fieldset>
  );
}

/** The checklist, the fee and the appointment on one page; its button receives. */
export function IntakePapersPage(props: IntakePapersPageProps) {
  const own = intakeWords.use();
  const locale = useLocale();
  const { intake, form } = props;
  return (
    <WorkspaceLayout
      title={own.papers}
      caption={`${said(intake.procedure.name, locale)} · ${intake.facts.name}`}
      backPath={
        intake.draftId
          ? paths.counterForm({ intakeId: intake.id })
          : paths.counterProcedure({ code: intake.procedure.code })
      }
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <Form action={paths.counterPapers({ intakeId: intake.id })} upload attributes={{ 'data-turbo': 'false' }}>
        <Checklist {...props} />
        {intake.facts.papers.length > 0 && (
          <p class="govuk-body">
            <Link to={paths.counterStore({ intakeId: intake.id })}>{own.fromStore}</Link>
          </p>
        )}
        <CounterFees {...props} />
        <div class="sen-appointment">
          <span class="sen-appointment__label">{own.appointment}</span>
          <strong class="sen-appointment__value">
            {props.appointment ? formatDateTime(props.appointment, locale) : own.noAppointment}
          </strong>
          <span class="sen-under">
            {own.at}: {props.receiving} · {own.competent}: {props.competent}
          </span>
        </div>
        <div class="govuk-button-group">
          <Button text={own.receive} preventDoubleClick />
          {intake.draftId && <Link to={paths.counterForm({ intakeId: intake.id })}>{own.backToForm}</Link>}
        </div>
      </Form>
    </WorkspaceLayout>
  );
}
