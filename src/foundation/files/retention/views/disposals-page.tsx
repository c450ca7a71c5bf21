import { TypedText } from '../../../../ui/components/typed-text.tsx';
import { useLocale } from '../../../../platform/http/page-context.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../../ui/components/form-state.ts';
import { Form } from '../../../../ui/form.tsx';
import { formatDate, formatDateTime } from '../../../../ui/format.ts';
import { Button } from '../../../../ui/govuk/button.tsx';
import { Input } from '../../../../ui/govuk/input.tsx';
import { Tag } from '../../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../../ui/link.tsx';
import { paths } from '../../../../ui/paths.ts';
import type { Disposal } from '../disposal-queries.ts';
import { retentionWords } from './retention-words.ts';

const COLOUR: Record<Disposal['state'], string> = {
  drawing: 'govuk-tag--blue',
  waiting: 'govuk-tag--yellow',
  refused: 'govuk-tag--grey',
  cancelled: 'govuk-tag--grey',
  running: 'govuk-tag--blue',
  done: 'govuk-tag--green',
};

export function DisposalTag(props: { disposal: Pick<Disposal, 'state'> }) {
  const own = retentionWords.use();
  return <Tag text={own.states[props.disposal.state]} classes={COLOUR[props.disposal.state]} />;
}

/** Every disposal, the newest first, and the form that draws up another. */
export function DisposalsPage(props: {
  disposals: readonly Disposal[];
  next: string | null;
  /** Null for whoever may approve and not draw up. */
  form: FormState | null;
}) {
  const own = retentionWords.use();
  const locale = useLocale();
  const { form } = props;
  return (
    <WorkspaceLayout
      title={own.disposalsTitle}
      hasErrors={form !== null && Object.keys(form.errors).length > 0}
      breadcrumbs={form ? [{ text: own.store, path: paths.adminFiles() }] : []}
    >
      {form && <ErrorSummaryFor form={form} />}
      <p class="govuk-body">{own.disposalsText}</p>
      {form && (
        <Form action={paths.adminDisposals()}>
          <Input
            {...bound(form, 'cutOff')}
            label={{ text: own.cutOff }}
            hint={{ text: own.dayHint }}
            classes="govuk-input--width-10"
          />
          <Button text={own.draw} preventDoubleClick />
        </Form>
      )}
      <DataTable
        caption={own.disposalsTitle}
        path={paths.adminDisposals()}
        query={{}}
        idOf={(row) => row.id}
        nextCursor={props.next}
        rows={props.disposals}
        empty={<EmptyState heading={own.noDisposals} />}
        columns={[
          {
            heading: own.number,
            isRowHeader: true,
            isTight: true,
            cell: (row) => <Link to={paths.adminDisposal({ id: row.id })}>{row.number}</Link>,
          },
          { heading: own.cutOff, cell: (row) => formatDate(row.cutOff), isTight: true },
          { heading: own.state, cell: (row) => <DisposalTag disposal={row} /> },
          { heading: own.drawnBy, cell: (row) => <TypedText text={row.drawnBy} /> },
          { heading: own.at, cell: (row) => formatDateTime(row.drawnAt, locale), isTight: true },
          { heading: own.decidedBy, cell: (row) => (row.decidedBy ? <TypedText text={row.decidedBy} /> : '–') },
        ]}
      />
    </WorkspaceLayout>
  );
}
