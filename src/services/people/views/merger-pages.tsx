import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import { TypedText } from '../../../ui/components/typed-text.tsx';
import type { MergeLine } from '../../../foundation/identity/index.ts';
import type { MergeSide } from '../merge-people.ts';
import type { Merger, MergerState } from '../merger.ts';
import { MergeLines, Sides } from './merger-preview-page.tsx';
import { mergerWords, type MergerFault } from './merger-words.ts';

export type { MergerFault } from './merger-words.ts';
export interface MergerFormValues {
  source: string;
  target: string;
}
const colours = { proposed: 'blue', done: 'green', refused: 'grey', undone: 'yellow' } as const;
const ORDER: readonly MergerState[] = ['proposed', 'done', 'refused', 'undone'];

function StateTag(props: { state: MergerState }) {
  const own = mergerWords.use();
  return <Tag text={own.states[props.state]} classes={`govuk-tag--${colours[props.state]}`} />;
}

/** The form that starts a merger: two numbers. */
function StartForm(props: { values: MergerFormValues; faults: readonly MergerFault[] }) {
  const own = mergerWords.use();
  const told = (...names: MergerFault[]) => {
    const fault = names.find((name) => props.faults.includes(name));
    return fault ? { text: own.faults[fault] } : undefined;
  };
  return (
    <Form action={paths.accountMergers()}>
      <h2 class="govuk-heading-m">{own.newOne}</h2>
      <Input
        name="giu"
        id="giu"
        label={{ text: own.keptNumber, classes: 'govuk-label--s' }}
        hint={{ text: own.keptHint }}
        errorMessage={told('target', 'noTarget')}
        value={props.values.target}
        inputmode="numeric"
        autocomplete="off"
        classes="govuk-input--width-20"
      />
      <Input
        name="bo"
        id="bo"
        label={{ text: own.goneNumber, classes: 'govuk-label--s' }}
        errorMessage={told('source', 'same', 'noSource')}
        value={props.values.source}
        inputmode="numeric"
        autocomplete="off"
        classes="govuk-input--width-20"
      />
      <Button text={own.look} name="act" value="preview" type="submit" classes="govuk-button--secondary" />
    </Form>
  );
}

/** All mergers, the newest first, and the form for another. */
export function MergersPage(props: {
  rows: readonly Merger[];
  names: ReadonlyMap<string, { name: string }>;
  state: MergerState | null;
  agencies: ReadonlyMap<string, string>;
  next: string | null;
  mayPropose: boolean;
  values: MergerFormValues;
  faults: readonly MergerFault[];
}) {
  const own = mergerWords.use();
  const { locale } = usePage();
  const href = { target: '#giu', noTarget: '#giu', source: '#bo', noSource: '#bo', same: '#bo' };
  return (
    <WorkspaceLayout title={own.title} hasErrors={props.faults.length > 0}>
      {props.faults.length > 0 && (
        <ErrorSummary
          titleText={own.problem}
          errorList={props.faults.map((fault) => ({ text: own.faults[fault], href: href[fault] }))}
        />
      )}
      <p class="govuk-body">{own.lead}</p>
      {props.mayPropose && <StartForm values={props.values} faults={props.faults} />}
      <FilterBar action={paths.accountMergers()}>
        <Select
          name="xem"
          label={{ text: own.state }}
          value={props.state ?? ''}
          items={[{ value: '', text: own.all }, ...ORDER.map((state) => ({ value: state, text: own.states[state] }))]}
        />
      </FilterBar>
      <DataTable
        caption={own.list}
        columns={[
          {
            heading: own.person,
            isRowHeader: true,
            cell: (row) => (
              <Link to={paths.accountMerger({ id: row.id })}>{props.names.get(row.targetId)?.name ?? own.title}</Link>
            ),
          },
          { heading: own.by, cell: (row) => row.proposedBy },
          { heading: own.unit, cell: (row) => props.agencies.get(row.unitId ?? '') ?? '' },
          { heading: own.at, isTight: true, cell: (row) => formatDateTime(row.proposedAt, locale) },
          { heading: own.state, cell: (row) => <StateTag state={row.state} /> },
        ]}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.accountMergers()}
        query={{ xem: props.state }}
        nextCursor={props.next}
        summary={own.count(props.rows.length)}
        empty={<EmptyState heading={own.none} text={own.noneText} />}
      />
    </WorkspaceLayout>
  );
}

/** Approving or refusing, by somebody else than who proposed. */
function Decision(props: { id: string; fault: 'reason' | 'blocked' | null }) {
  const own = mergerWords.use();
  return (
    <>
      <h2 class="govuk-heading-m">{own.decide}</h2>
      <Form action={paths.accountMerger({ id: props.id })}>
        <Button text={own.approve} name="act" value="approve" type="submit" preventDoubleClick />
      </Form>
      <Form action={paths.accountMerger({ id: props.id })}>
        <Textarea
          name="reason"
          id="reason"
          rows={2}
          label={{ text: own.refuseReason, classes: 'govuk-label--s' }}
          errorMessage={props.fault === 'reason' ? { text: own.reasonFault } : undefined}
        />
        <Button text={own.refuse} name="act" value="refuse" type="submit" classes="govuk-button--secondary" />
      </Form>
    </>
  );
}

function Undoing(props: { id: string; fault: 'reason' | 'blocked' | null }) {
  const own = mergerWords.use();
  return (
    <>
      <h2 class="govuk-heading-m">{own.undo}</h2>
      <p class="govuk-body">{own.undoText}</p>
      <Form action={paths.accountMerger({ id: props.id })}>
        <Textarea
          name="reason"
          id="reason"
          rows={2}
          label={{ text: own.undoReason, classes: 'govuk-label--s' }}
          errorMessage={props.fault === 'reason' ? { text: own.reasonFault } : undefined}
        />
        <Button text={own.undo} name="act" value="undo" type="submit" classes="govuk-button--warning" />
      </Form>
    </>
  );
}

/** One merger: both accounts, what moves, who decided, and what may be done. */
export function MergerPage(props: {
  merger: Merger;
  source: MergeSide | null;
  target: MergeSide | null;
  agency: string | null;
  lines: readonly MergeLine[];
  isOwn: boolean;
  mayDecide: boolean;
  now: Date;
  fault: 'reason' | 'blocked' | null;
}) {
  const own = mergerWords.use();
  const { locale } = usePage();
  const { merger: m, fault } = props;
  const row = (key: string, text: string | null) => (text ? { key: { text: key }, value: { text } } : null);
  const typed = (key: string, text: string | null) =>
    text ? { key: { text: key }, value: { html: <TypedText text={text} /> } } : null;
  const when = (at: Date | null, by: string | null) => (at && by ? `${by}, ${formatDateTime(at, locale)}` : null);
  const isUndoable = m.state === 'done' && m.undoUntil !== null && m.undoUntil > props.now;
  return (
    <WorkspaceLayout
      title={own.title}
      caption={props.target?.name ?? ''}
      backPath={paths.accountMergers()}
      hasErrors={fault !== null}
      actions={<StateTag state={m.state} />}
    >
      {fault && (
        <ErrorSummary
          titleText={own.problem}
          errorList={[
            fault === 'reason'
              ? { text: own.reasonFault, href: '#reason' }
              : { text: own.blockedFault, href: '#reason' },
          ]}
        />
      )}
      <Sides source={props.source} target={props.target} />
      <SummaryList
        rows={[
          typed(own.proof, m.proof),
          row(own.by, when(m.proposedAt, m.proposedBy)),
          row(own.unit, props.agency),
          row(own.decided, when(m.decidedAt, m.decidedBy)),
          row(own.undoUntil, m.state === 'done' && m.undoUntil ? formatDateTime(m.undoUntil, locale) : null),
          row(own.undone, when(m.undoneAt, m.undoneBy)),
          typed(own.remark, m.remark),
        ]}
      />
      <MergeLines lines={props.lines} />
      {m.state === 'proposed' && (!props.mayDecide || props.isOwn) && (
        <InsetText text={props.isOwn ? own.ownOne : own.waitsFor} />
      )}
      {m.state === 'proposed' && props.mayDecide && !props.isOwn && <Decision id={m.id} fault={fault} />}
      {isUndoable && props.mayDecide && <Undoing id={m.id} fault={fault} />}
    </WorkspaceLayout>
  );
}
