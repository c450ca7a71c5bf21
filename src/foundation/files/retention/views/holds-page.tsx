import { TypedText } from '../../../../ui/components/typed-text.tsx';
import { useLocale } from '../../../../platform/http/page-context.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../../ui/components/form-state.ts';
import { Form } from '../../../../ui/form.tsx';
import { formatDateTime } from '../../../../ui/format.ts';
import { Button } from '../../../../ui/govuk/button.tsx';
import { Input } from '../../../../ui/govuk/input.tsx';
import { NotificationBanner } from '../../../../ui/govuk/notification-banner.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../../ui/link.tsx';
import { paths } from '../../../../ui/paths.ts';
import type { Hold } from '../retention-queries.ts';
import { retentionWords } from './retention-words.ts';

/** Dossiers whose files must stay, and a form to add one. */
export function HoldsPage(props: {
  holds: readonly Hold[];
  next: string | null;
  withLifted: boolean;
  form: FormState;
  isSaved: boolean;
}) {
  const own = retentionWords.use();
  const locale = useLocale();
  const { form } = props;
  const query = props.withLifted ? { xem: 'tat-ca' } : {};
  return (
    <WorkspaceLayout
      title={own.holdsTitle}
      hasErrors={Object.keys(form.errors).length > 0}
      breadcrumbs={[{ text: own.store, path: paths.adminFiles() }]}
    >
      <ErrorSummaryFor form={form} />
      {props.isSaved && <NotificationBanner type="success" titleText={own.done} text={own.saved} />}
      <p class="govuk-body">{own.holdsText}</p>
      <Form action={paths.adminHolds()}>
        <Input
          {...bound(form, 'dossier')}
          label={{ text: own.dossier }}
          hint={{ text: own.dossierHint }}
          classes="govuk-input--width-20"
        />
        <Input {...bound(form, 'reason')} label={{ text: own.reason }} hint={{ text: own.reasonHint }} />
        <Button text={own.placeHold} preventDoubleClick />
      </Form>
      <p class="govuk-body">
        <Link to={props.withLifted ? paths.adminHolds() : paths.adminHolds({ xem: 'tat-ca' })}>
          {props.withLifted ? own.openHolds : own.allHolds}
        </Link>
      </p>
      <DataTable
        caption={own.holdsTitle}
        path={paths.adminHolds()}
        query={query}
        idOf={(row) => row.id}
        nextCursor={props.next}
        rows={props.holds}
        empty={<EmptyState heading={own.noHolds} />}
        columns={[
          { heading: own.dossier, isRowHeader: true, cell: (row) => row.label },
          { heading: own.reason, cell: (row) => <TypedText text={row.reason} /> },
          { heading: own.at, cell: (row) => formatDateTime(row.placedAt, locale), isTight: true },
          { heading: own.placedBy, cell: (row) => <TypedText text={row.placedBy} /> },
          {
            heading: own.state,
            cell: (row) =>
              row.liftedAt ? (
                <>
                  {own.lifted(formatDateTime(row.liftedAt, locale), row.liftedBy ?? '')}
                  <br />
                  <TypedText text={row.liftReason ?? ''} />
                </>
              ) : (
                <Form action={paths.adminHoldLift({ holdId: row.id })}>
                  <Input
                    id={`lift-${row.id}`}
                    name="reason"
                    label={{
                      html: (
                        <>
                          {own.liftReason}
                          <span class="govuk-visually-hidden"> – {row.label}</span>
                        </>
                      ),
                    }}
                    errorMessage={form.errors[`lift-${row.id}`] ? { text: form.errors[`lift-${row.id}`]! } : undefined}
                  />
                  <Button text={own.lift} classes="govuk-button--secondary" preventDoubleClick />
                </Form>
              ),
          },
        ]}
      />
    </WorkspaceLayout>
  );
}
