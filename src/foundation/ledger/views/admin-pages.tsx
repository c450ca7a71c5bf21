import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../ui/components/error-summary-for.tsx';
import { bound, type FormState } from '../../../ui/components/form-state.ts';
import { TypedText } from '../../../ui/components/typed-text.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { CheckRun, FindingRow } from '../check-queries.ts';
import type { LogKey } from '../key-queries.ts';
import type { KnownWitness } from '../witness-queries.ts';
import { ledgerWords } from './ledger-words.ts';

export interface AdminLedgerProps {
  size: number;
  isWaiting: boolean;
  checkpoint: { size: number; issuedAt: Date; origin: string } | null;
  witnesses: readonly KnownWitness[];
  keys: readonly LogKey[];
  runs: readonly CheckRun[];
  findings: readonly FindingRow[];
  openCount: number;
  onlyOpen: boolean;
  nextCursor: string | null;
  canManage: boolean;
  isAsked: boolean;
}

/** How the ledger stands, its witnesses, its checks and what they found. */
export function AdminLedgerPage(props: AdminLedgerProps) {
  const own = ledgerWords.use();
  const locale = useLocale();
  const at = (date: Date) => formatDateTime(date, locale);
  return (
    <WorkspaceLayout title={own.admin}>
      <p class="govuk-body">{own.adminLead}</p>
      {props.isAsked && <InsetText text={own.asked} />}
      {props.openCount === 0 ? (
        <p class="govuk-body">
          <Tag classes="govuk-tag--green">{own.fine}</Tag>
        </p>
      ) : (
        <WarningText text={own.open(props.openCount)} />
      )}
      <SummaryList
        rows={[
          { key: { text: own.entries }, value: { text: formatNumber(props.size, locale) } },
          { key: { text: own.waiting }, value: { text: props.isWaiting ? own.yes : own.no } },
          {
            key: { text: own.last },
            value: {
              text: props.checkpoint
                ? `${at(props.checkpoint.issuedAt)} (${formatNumber(props.checkpoint.size, locale)})`
                : own.noneYet,
            },
          },
          ...(props.checkpoint ? [{ key: { text: own.origin }, value: { text: props.checkpoint.origin } }] : []),
        ]}
      />
      {props.canManage && (
        <Form action={paths.adminLedgerCheck()}>
          <Button>{own.checkNow}</Button>
        </Form>
      )}
      <h2 class="govuk-heading-m">{own.findings}</h2>
      <p class="govuk-body">
        <Link to={props.onlyOpen ? paths.adminLedger({ xem: 'tat-ca' }) : paths.adminLedger()}>
          {props.onlyOpen ? own.all : own.onlyOpen}
        </Link>
      </p>
      <Findings {...props} />
      <h2 class="govuk-heading-m">{own.witnesses}</h2>
      <Witnesses witnesses={props.witnesses} />
      <h2 class="govuk-heading-m">{own.checks}</h2>
      <Checks runs={props.runs} />
      <h2 class="govuk-heading-m">{own.keys}</h2>
      {props.keys.map((key) => (
        <p class="govuk-body sen-long-text" key={key.id}>
          <code>{key.verifierKey}</code>
          {key.retiredAt && ` (${own.until(at(key.retiredAt))})`}
        </p>
      ))}
    </WorkspaceLayout>
  );
}

const stateOf = (row: FindingRow): 'open' | 'noted' | 'gone' => (row.goneAt ? 'gone' : row.notedAt ? 'noted' : 'open');
const TAGS = { open: 'govuk-tag--red', noted: 'govuk-tag--blue', gone: 'govuk-tag--grey' } as const;

function placeOf(row: FindingRow): string {
  return [row.subjectLabel, row.column ?? row.place].filter(Boolean).join(', ');
}

function Findings(props: AdminLedgerProps) {
  const own = ledgerWords.use();
  const locale = useLocale();
  return (
    <DataTable
      caption={own.findings}
      columns={[
        {
          heading: own.found,
          cell: (row) => (
            <Link to={paths.adminLedgerFinding({ id: row.id })}>{own.findingWords[row.kind]?.[0] ?? row.kind}</Link>
          ),
          isRowHeader: true,
        },
        { heading: own.where, cell: placeOf },
        { heading: own.seen, cell: (row) => formatDateTime(row.firstSeenAt, locale), isTight: true },
        { heading: own.state, cell: (row) => <Tag text={own.states[stateOf(row)]} classes={TAGS[stateOf(row)]} /> },
      ]}
      rows={props.findings}
      idOf={(row) => row.id}
      path={paths.adminLedger()}
      query={props.onlyOpen ? {} : { xem: 'tat-ca' }}
      nextCursor={props.nextCursor}
      empty={<EmptyState heading={own.noFinding} />}
    />
  );
}

function Witnesses({ witnesses }: { witnesses: readonly KnownWitness[] }) {
  const own = ledgerWords.use();
  const locale = useLocale();
  if (witnesses.length === 0) return <p class="govuk-body">{own.noWitnessAdmin}</p>;
  return (
    <>
      {witnesses.map((witness) => (
        <SummaryList
          key={witness.address}
          rows={[
            { key: { text: own.witnessAddress }, value: { text: witness.address } },
            { key: { text: own.witnessKey }, value: { text: witness.verifierKey } },
            {
              key: { text: own.witnessSize },
              value: {
                text: `${formatNumber(witness.size, locale)}${witness.cosignedAt ? ` (${formatDateTime(witness.cosignedAt, locale)})` : ''}`,
              },
            },
            ...(witness.failure
              ? [{ key: { text: own.witnessFailure }, value: { html: <span lang="en">{witness.failure}</span> } }]
              : []),
          ]}
        />
      ))}
    </>
  );
}

function Checks({ runs }: { runs: readonly CheckRun[] }) {
  const own = ledgerWords.use();
  const locale = useLocale();
  const number = (value: number) => formatNumber(value, locale);
  const outcome = (run: CheckRun) =>
    run.failure ? own.failed : run.finishedAt === null ? own.running : number(run.findings);
  return (
    <DataTable
      caption={own.checks}
      columns={[
        { heading: own.at, cell: (run) => formatDateTime(run.startedAt, locale), isTight: true, isRowHeader: true },
        { heading: own.reason, cell: (run) => own.reasons[run.reason] ?? run.reason },
        { heading: own.from, cell: (run) => `${number(run.fromLeaf)}–${number(run.toLeaf)}`, isNumeric: true },
        { heading: own.subjects, cell: (run) => number(run.subjects), isNumeric: true },
        { heading: own.found, cell: outcome, isNumeric: true },
      ]}
      rows={runs}
      idOf={(run) => run.id}
      path={paths.adminLedger()}
      query={{}}
      empty={<EmptyState heading={own.noneYet} />}
    />
  );
}

/** One finding, and what was found out about it. */
export function FindingPage({ row, form, canManage }: { row: FindingRow; form: FormState; canManage: boolean }) {
  const own = ledgerWords.use();
  const locale = useLocale();
  const [title, advice] = own.findingWords[row.kind] ?? [row.kind, ''];
  const value = (text: string | null) => ({ html: <code>{text ?? own.nothing}</code> });
  return (
    <WorkspaceLayout
      title={title}
      breadcrumbs={[{ text: own.admin, path: paths.adminLedger() }]}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      <p class="govuk-body">{advice}</p>
      <SummaryList
        rows={[
          {
            key: { text: own.state },
            value: { html: <Tag text={own.states[stateOf(row)]} classes={TAGS[stateOf(row)]} /> },
          },
          { key: { text: own.where }, value: { text: placeOf(row) } },
          ...(row.recorded !== null || row.column !== null
            ? [{ key: { text: own.recorded }, value: value(row.recorded) }]
            : []),
          ...(row.found !== null || row.column !== null
            ? [{ key: { text: own.stored }, value: value(row.found) }]
            : []),
          { key: { text: own.seen }, value: { text: formatDateTime(row.firstSeenAt, locale) } },
          { key: { text: own.lastSeen }, value: { text: formatDateTime(row.lastSeenAt, locale) } },
          ...(row.notedAt
            ? [
                {
                  key: { text: own.states.noted },
                  value: {
                    html: (
                      <TypedText
                        text={`${row.remark ?? ''} (${own.noted(row.notedBy ?? '', formatDateTime(row.notedAt, locale))})`}
                      />
                    ),
                  },
                },
              ]
            : []),
        ]}
      />
      {canManage && row.notedAt === null && (
        <Form action={paths.adminLedgerFinding({ id: row.id })}>
          <Textarea {...bound(form, 'ket-qua')} label={{ text: own.remark }} hint={{ text: own.remarkHint }} rows={4} />
          <Button>{own.save}</Button>
        </Form>
      )}
    </WorkspaceLayout>
  );
}
