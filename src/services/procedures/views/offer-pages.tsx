import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable, listQuery } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { bound, boundMany, errorOf, type FormState } from '../../../ui/components/form-state.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { DatePicker } from '../../../ui/moj/date-picker.tsx';
import { paths } from '../../../ui/paths.ts';
import type { OpenOffer } from '../offer-change-queries.ts';
import { timeUnits, wordsIn, type Procedure } from '../procedure.ts';
import { offerWords } from './offer-words.ts';

export interface ListedOffer extends OpenOffer {
  unit: string;
  receivingUnit: string;
}
export interface FoundUnit {
  id: string;
  nameVi: string;
  nameEn: string;
}

const plain = { 'data-turbo': 'false' };

/** Who offers a procedure, now and from some day on; ticks lead to ending offers or an own time limit. */
export function OffersPage(props: {
  procedure: Procedure;
  rows: readonly ListedOffer[];
  total: number;
  next: string | null;
  query: Record<string, string>;
  today: string;
  done: { what: 'opened' | 'closed' | 'timed'; count: number } | null;
}) {
  const own = offerWords.use();
  const locale = useLocale();
  const { code, name } = props.procedure;
  const { [listQuery.after]: _after, ...kept } = props.query;
  return (
    <WorkspaceLayout
      title={own.title}
      caption={`${code} · ${wordsIn(name, locale)}`}
      backPath={paths.adminProcedure({ code })}
      actions={
        <Link to={paths.adminProcedureOffersOpen({ code })} class="govuk-button">
          {own.open}
        </Link>
      }
    >
      {props.done && <NotificationBanner type="success" text={own.done[props.done.what](props.done.count)} />}
      <FilterBar action={paths.adminProcedureOffers({ code })}>
        <Input id="tim" name="tim" label={{ text: own.search }} value={props.query['tim'] ?? ''} />
      </FilterBar>
      <DataTable
        caption={own.title}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.adminProcedureOffers({ code })}
        query={props.query}
        nextCursor={props.next}
        summary={own.shown(props.rows.length, props.total)}
        exports={['xlsx', 'csv'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminProcedureOffersExport({ code, format }, kept),
        }))}
        empty={<EmptyState heading={own.empty} text={own.emptyHint} />}
        bulk={{
          action: paths.adminProcedureOffersChange({ code }),
          labelOf: (row) => row.unit,
          // The answer is a page that asks, not a redirect: Turbo would not show it.
          buttons: [
            { text: own.setTime, name: 'act', value: 'time', classes: 'govuk-button--secondary', attributes: plain },
            { text: own.close, name: 'act', value: 'close', classes: 'govuk-button--warning', attributes: plain },
          ],
        }}
        columns={[
          { heading: own.unit, cell: (row) => row.unit, isRowHeader: true },
          { heading: own.receivingUnit, cell: (row) => row.receivingUnit },
          { heading: own.from, cell: (row) => formatDate(row.validFrom), isTight: true },
          { heading: own.to, cell: (row) => (row.validTo ? formatDate(row.validTo) : '—'), isTight: true },
          { heading: own.ownTime, cell: (row) => own.time(row.ownTime) },
          { heading: own.state, cell: (row) => <State offer={row} today={props.today} /> },
        ]}
      />
    </WorkspaceLayout>
  );
}

function State({ offer, today }: { offer: OpenOffer; today: string }) {
  const own = offerWords.use();
  if (offer.validFrom > today) return <Tag text={own.later} classes="govuk-tag--blue" />;
  if (offer.validTo !== null) return <Tag text={own.ending} classes="govuk-tag--yellow" />;
  return <Tag text={own.now} classes="govuk-tag--green" />;
}

/** Opens the procedure for a whole kind of units, for single ones, or both. */
export function OpenOffersPage(props: {
  procedure: Procedure;
  kinds: readonly { kind: string; count: number }[];
  units: readonly FoundUnit[];
  search: string;
  form: FormState;
  today: string;
}) {
  const own = offerWords.use();
  const locale = useLocale();
  const { form } = props;
  const { code, name } = props.procedure;
  const action = paths.adminProcedureOffersOpen({ code });
  return (
    <WorkspaceLayout
      title={own.openTitle}
      caption={`${code} · ${wordsIn(name, locale)}`}
      backPath={paths.adminProcedureOffers({ code })}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <FilterBar action={action} applyText={own.findButton}>
        <Input id="tim" name="tim" label={{ text: own.find }} value={props.search} />
      </FilterBar>
      <Form action={action}>
        {props.units.length > 0 ? (
          <Checkboxes
            {...boundMany(form, 'unit')}
            classes="govuk-checkboxes--small"
            fieldset={{ legend: { text: own.found, classes: 'govuk-fieldset__legend--s' } }}
            items={props.units.map((unit) => ({ value: unit.id, text: locale === 'en' ? unit.nameEn : unit.nameVi }))}
          />
        ) : (
          props.search !== '' && <p class="govuk-body">{own.foundNone}</p>
        )}
        <Checkboxes
          {...boundMany(form, 'kind')}
          classes="govuk-checkboxes--small"
          fieldset={{ legend: { text: own.kinds, classes: 'govuk-fieldset__legend--s' } }}
          items={props.kinds.map(({ kind, count }) => ({
            value: kind,
            text: `${own.kindNames[kind] ?? kind} (${count})`,
          }))}
        />
        <Radios
          idPrefix="receivedAt"
          name="receivedAt"
          value={String(form.values['receivedAt'] || 'centre')}
          fieldset={{ legend: { text: own.receivedAt, classes: 'govuk-fieldset__legend--s' } }}
          items={[
            { value: 'centre', text: own.centre },
            { value: 'own', text: own.self },
          ]}
        />
        <DatePicker
          {...bound(form, 'validFrom')}
          value={String(form.values['validFrom'] ?? formatDate(props.today))}
          leadingZeros
          label={{ text: own.validFrom }}
          hint={{ text: own.dateHint }}
        />
        <TimeFields form={form} />
        <Button text={own.save} />
      </Form>
    </WorkspaceLayout>
  );
}

function TimeFields({ form }: { form: FormState }) {
  const own = offerWords.use();
  const chosen = form.values['timeUnit'] || 'workingDay';
  return (
    <>
      <Input
        {...bound(form, 'amount')}
        label={{ text: own.ownTime }}
        hint={{ text: own.amountHint }}
        classes="govuk-input--width-4"
        inputmode="decimal"
      />
      <Select
        id="timeUnit"
        name="timeUnit"
        label={{ text: own.timeUnit }}
        items={timeUnits.map((unit) => ({ value: unit, text: own.units[unit] ?? unit, selected: unit === chosen }))}
      />
    </>
  );
}

/** Asks once for the last day, or the limit, of the chosen offers. */
export function ChangeOffersPage(props: {
  procedure: Procedure;
  act: 'close' | 'time';
  offers: readonly ListedOffer[];
  form: FormState;
  today: string;
}) {
  const own = offerWords.use();
  const locale = useLocale();
  const { form, offers, act } = props;
  const { code, name } = props.procedure;
  const isClosing = act === 'close';
  return (
    <WorkspaceLayout
      title={isClosing ? own.closeTitle : own.timeTitle}
      caption={`${code} · ${wordsIn(name, locale)}`}
      backPath={paths.adminProcedureOffers({ code })}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      {offers.length === 0 ? (
        <>
          <p class="govuk-error-message">{form.errors['id']}</p>
          <p class="govuk-body">
            <Link to={paths.adminProcedureOffers({ code })}>{own.back}</Link>
          </p>
        </>
      ) : (
        <>
          <ErrorSummaryFor form={form} />
          <InsetText text={isClosing ? own.closeNote : own.timeNote} />
          <Details summaryText={own.chosen(offers.length)}>
            <ul class="govuk-list govuk-list--bullet">
              {offers.map((offer) => (
                <li>{offer.unit}</li>
              ))}
            </ul>
          </Details>
          <Form action={paths.adminProcedureOffersChange({ code })}>
            <input type="hidden" name="act" value={act} />
            <input type="hidden" name="confirmed" value="yes" />
            {offers.map((offer) => (
              <input type="hidden" name="id" value={offer.id} />
            ))}
            {isClosing ? (
              <DatePicker
                {...bound(form, 'lastDay')}
                errorMessage={errorOf(form, 'lastDay')}
                value={String(form.values['lastDay'] || formatDate(props.today))}
                leadingZeros
                label={{ text: own.lastDay }}
                hint={{ text: own.dateHint }}
              />
            ) : (
              <TimeFields form={form} />
            )}
            <Button
              text={isClosing ? own.confirmClose : own.confirmTime}
              classes={isClosing ? 'govuk-button--warning' : undefined}
            />
          </Form>
        </>
      )}
    </WorkspaceLayout>
  );
}
