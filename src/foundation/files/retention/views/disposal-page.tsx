import { TypedText } from '../../../../ui/components/typed-text.tsx';
import { useLocale } from '../../../../platform/http/page-context.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { DescriptionGrid } from '../../../../ui/components/description-grid.tsx';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { Form } from '../../../../ui/form.tsx';
import { formatDate, formatDateTime, formatFileSize, formatNumber } from '../../../../ui/format.ts';
import { Button } from '../../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../../ui/govuk/input.tsx';
import { InsetText } from '../../../../ui/govuk/inset-text.tsx';
import { Select } from '../../../../ui/govuk/select.tsx';
import { Table } from '../../../../ui/govuk/table.tsx';
import { WarningText } from '../../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../../ui/link.tsx';
import { paths } from '../../../../ui/paths.ts';
import { ownerWords } from '../../views/owner-words.ts';
import { itemStates } from '../disposal.ts';
import type { Disposal, DisposalItem, ItemSum } from '../disposal-queries.ts';
import type { RetentionClass } from '../retention-source.ts';
import { DisposalTag } from './disposals-page.tsx';
import { retentionWords } from './retention-words.ts';

export interface DisposalPageProps {
  disposal: Disposal;
  sums: readonly ItemSum[];
  items: readonly DisposalItem[];
  next: string | null;
  classes: readonly RetentionClass[];
  filter: { class: string | null; state: string | null };
  today: string;
  may: { approve: boolean; manage: boolean; isDrawer: boolean };
  decision: string;
  error: string | null;
}

/** One disposal: where it stands, what is on its list, and what may be done next. */
export function DisposalPage(props: DisposalPageProps) {
  const own = retentionWords.use();
  const locale = useLocale();
  const { disposal } = props;
  const isPreview = disposal.cutOff > props.today;
  const isWorking = disposal.state === 'drawing' || disposal.state === 'running';
  return (
    <WorkspaceLayout
      title={disposal.number}
      caption={own.disposalsTitle}
      hasErrors={props.error !== null}
      breadcrumbs={[{ text: own.disposalsTitle, path: paths.adminDisposals() }]}
    >
      {props.error && <ErrorSummary titleText={own.errors} errorList={[{ text: props.error, href: '#decision' }]} />}
      <DescriptionGrid
        items={[
          { term: own.state, value: <DisposalTag disposal={disposal} /> },
          { term: own.cutOff, value: formatDate(disposal.cutOff) },
          { term: own.drawnBy, value: <TypedText text={disposal.drawnBy} /> },
          { term: own.at, value: formatDateTime(disposal.drawnAt, locale) },
          ...(disposal.decidedAt
            ? [
                { term: own.decidedBy, value: <TypedText text={disposal.decidedBy ?? ''} /> },
                { term: own.at, value: formatDateTime(disposal.decidedAt, locale) },
                { term: own.decision, value: <TypedText text={disposal.decision ?? ''} />, isWide: true },
              ]
            : []),
          ...(disposal.finishedAt
            ? [{ term: own.states.done, value: formatDateTime(disposal.finishedAt, locale) }]
            : []),
        ]}
      />
      {disposal.failedAt && (
        <WarningText
          text={own.failed(formatDateTime(disposal.failedAt, locale), disposal.failure ?? '')}
          iconFallbackText={own.warning}
        />
      )}
      {isWorking && (
        <InsetText>
          {own.working} <Link to={paths.adminDisposal({ id: disposal.id })}>{own.reload}</Link>
        </InsetText>
      )}
      {isPreview && <InsetText>{own.previewText}</InsetText>}
      <Sums {...props} />
      <Decide {...props} isPreview={isPreview} />
      <Items {...props} />
    </WorkspaceLayout>
  );
}

function Sums(props: DisposalPageProps) {
  const own = retentionWords.use();
  const locale = useLocale();
  const nameOf = (key: string) => props.classes.find((each) => each.key === key)?.name[locale] ?? key;
  if (props.sums.length === 0) return null;
  return (
    <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.sums}>
      <Table
        caption={own.sums}
        captionClasses="govuk-table__caption--m"
        firstCellIsHeader
        head={[
          { text: own.class },
          { text: own.state },
          { text: own.files, format: 'numeric' },
          { text: own.size, format: 'numeric' },
          { text: own.oldest },
        ]}
        rows={props.sums.map((sum) => [
          { text: nameOf(sum.class) + (sum.isSure ? '' : ` (${own.notSure.toLowerCase()})`) },
          { text: own.itemStates[sum.state] },
          { text: formatNumber(sum.files, locale), format: 'numeric' },
          { text: formatFileSize(sum.bytes, locale), format: 'numeric' },
          { text: formatDate(sum.oldest) },
        ])}
      />
    </div>
  );
}

function Decide(props: DisposalPageProps & { isPreview: boolean }) {
  const own = retentionWords.use();
  const { disposal, may } = props;
  const act = (name: string) => paths.adminDisposalAct({ id: disposal.id, act: name });
  const isWaiting = disposal.state === 'waiting';
  const canApprove = isWaiting && may.approve && !may.isDrawer && !props.isPreview;
  const field = (
    <Input
      id="decision"
      name="decision"
      label={{ text: own.decision }}
      value={props.decision}
      errorMessage={props.error ? { text: props.error } : undefined}
    />
  );
  return (
    <>
      {isWaiting && may.approve && may.isDrawer && !props.isPreview && <InsetText>{own.samePerson}</InsetText>}
      {canApprove && (
        <Form action={act('duyet')}>
          {props.sums.some((sum) => !sum.isSure) && (
            <WarningText text={own.unsureText} iconFallbackText={own.warning} />
          )}
          <WarningText text={own.approveText} iconFallbackText={own.warning} />
          {field}
          <div class="govuk-button-group">
            <Button text={own.approve} classes="govuk-button--warning" preventDoubleClick />
            <Button
              text={own.refuse}
              classes="govuk-button--secondary"
              attributes={{ formaction: act('tu-choi') }}
              preventDoubleClick
            />
          </div>
        </Form>
      )}
      {(isWaiting || disposal.state === 'drawing') && may.manage && (
        <Form action={act('bo')}>
          <Button text={own.cancel} classes="govuk-button--secondary" preventDoubleClick />
        </Form>
      )}
      {disposal.failedAt && may.manage && (
        <Form action={act('chay-tiep')}>
          <Button text={own.resume} preventDoubleClick />
        </Form>
      )}
    </>
  );
}

function Items(props: DisposalPageProps) {
  const own = retentionWords.use();
  const locale = useLocale();
  const { disposal, filter, classes } = props;
  const path = paths.adminDisposal({ id: disposal.id });
  const used = new Set(props.sums.map((sum) => sum.class));
  return (
    <>
      <h2 class="govuk-heading-m">{own.items}</h2>
      <Form method="get" action={path} role="search" label={own.filter}>
        <div class="sen-inline">
          <Select
            id="loai"
            name="loai"
            label={{ text: own.class }}
            items={[
              { value: '', text: own.all },
              ...classes
                .filter((each) => used.has(each.key))
                .map((each) => ({ value: each.key, text: each.name[locale], selected: filter.class === each.key })),
            ]}
          />
          <Select
            id="tinh-trang"
            name="tinh-trang"
            label={{ text: own.state }}
            items={[
              { value: '', text: own.all },
              ...itemStates.map((state) => ({
                value: state,
                text: own.itemStates[state],
                selected: filter.state === state,
              })),
            ]}
          />
          <Button text={own.filter} classes="govuk-button--secondary" />
        </div>
      </Form>
      <DataTable
        caption={own.items}
        path={path}
        query={{ loai: filter.class ?? undefined, 'tinh-trang': filter.state ?? undefined }}
        idOf={(row) => row.fileId}
        nextCursor={props.next}
        rows={props.items}
        exports={(['xlsx', 'csv'] as const).map((format) => ({
          text: own.export[format],
          path: paths.adminDisposalExport({ id: disposal.id, format }),
        }))}
        empty={<EmptyState heading={own.noItems} text={own.noItemsText} />}
        columns={[
          {
            heading: own.subject,
            isRowHeader: true,
            cell: (row) => row.label ?? ownerWords(row.ownerKind, locale),
          },
          {
            heading: own.class,
            cell: (row) => classes.find((each) => each.key === row.class)?.name[locale] ?? row.class,
          },
          { heading: own.counted, cell: (row) => formatDate(row.countedAt), isTight: true },
          { heading: own.kind, cell: (row) => row.kind.toUpperCase() },
          { heading: own.size, cell: (row) => formatFileSize(row.sizeBytes, locale), isNumeric: true },
          { heading: own.state, cell: (row) => own.itemStates[row.state] },
          {
            heading: own.certificate,
            cell: (row) =>
              row.erasureId && row.certificate ? (
                <Link to={paths.adminErasure({ id: row.erasureId })}>{row.certificate}</Link>
              ) : (
                '–'
              ),
          },
        ]}
      />
    </>
  );
}
