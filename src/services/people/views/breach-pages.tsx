import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { DeadlineTag } from '../../../ui/components/deadline-tag.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { StatTiles } from '../../../ui/components/stat-tiles.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import {
  breachNumber,
  breachStates,
  isNoticeDue,
  type Breach,
  type BreachFigures,
  type BreachState,
} from '../breach.ts';
import { breachWords, type BreachFault, type BreachField } from './breach-words.ts';

const colours = { open: 'blue', notified: 'yellow', closed: 'grey' } as const;

export function BreachStateTag(props: { state: BreachState }) {
  const own = breachWords.use();
  return <Tag text={own.states[props.state]} classes={`govuk-tag--${colours[props.state]}`} />;
}

/** The register: the newest first, figures of a year. */
export function BreachesPage(props: {
  rows: readonly Breach[];
  state: BreachState | null;
  agencies: ReadonlyMap<string, string>;
  next: string | null;
  figures: BreachFigures;
  noticeHours: number;
  now: Date;
}) {
  const own = breachWords.use();
  const locale = useLocale();
  const { figures } = props;
  const query = { xem: props.state };
  return (
    <WorkspaceLayout title={own.title} actions={<Button text={own.record} href={paths.breachNew()} />}>
      <p class="govuk-body">{own.lead(props.noticeHours)}</p>
      <StatTiles
        label={own.figures}
        tiles={(['recorded', 'inTime', 'late', 'open', 'persons'] as const).map((name) => ({
          value: figures[name],
          label: own.figureNames[name],
          tone: name === 'late' && figures.late > 0 ? 'bad' : 'plain',
        }))}
      />
      <FilterBar action={paths.breaches()}>
        <Select
          name="xem"
          label={{ text: own.state }}
          value={props.state ?? ''}
          items={[
            { value: '', text: own.all },
            ...breachStates.map((state) => ({ value: state, text: own.states[state] })),
          ]}
        />
      </FilterBar>
      <DataTable
        caption={own.title}
        columns={[
          {
            heading: own.number,
            isTight: true,
            isRowHeader: true,
            cell: (row) => <Link to={paths.breach({ id: row.id })}>{breachNumber(row.number)}</Link>,
          },
          { heading: own.what, cell: (row) => row.title },
          { heading: own.unit, cell: (row) => props.agencies.get(row.unitId ?? '') ?? '' },
          { heading: own.persons, isNumeric: true, cell: (row) => row.personsCount ?? '' },
          {
            heading: own.due,
            cell: (row) =>
              isNoticeDue(row) ? <DeadlineTag due={row.dueAt} now={props.now} /> : formatDateTime(row.dueAt, locale),
          },
          { heading: own.state, cell: (row) => <BreachStateTag state={row.state} /> },
        ]}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.breaches()}
        query={query}
        nextCursor={props.next}
        summary={own.count(props.rows.length)}
        toneOf={(row) => (isNoticeDue(row) && row.dueAt < props.now ? 'late' : undefined)}
        exports={[
          { text: 'XLSX', path: paths.breachesExport({ format: 'xlsx' }, query) },
          { text: 'CSV', path: paths.breachesExport({ format: 'csv' }, query) },
        ]}
        empty={<EmptyState heading={own.none} text={own.noneText} />}
      />
    </WorkspaceLayout>
  );
}

const SHORT: ReadonlySet<BreachField> = new Set(['title', 'place', 'contact']);
const breachFields: readonly BreachField[] = [
  'title',
  'discoveredAt',
  'nature',
  'place',
  'dataKinds',
  'personsCount',
  'consequences',
  'measures',
  'contact',
];

/** The form of a new breach. */
export function BreachFormPage(props: { values: URLSearchParams; faults: readonly BreachFault[] }) {
  const own = breachWords.use();
  const { values, faults } = props;
  const field = (name: BreachField) => {
    const common = {
      name,
      id: name,
      label: { text: own.fields[name], classes: 'govuk-label--s' },
      errorMessage: faults.includes(name) ? { text: own.faults[name] } : undefined,
      value: (values.get(name) ?? '').slice(0, 4_000),
    };
    if (name === 'discoveredAt') return <Input {...common} type="datetime-local" classes="govuk-input--width-20" />;
    if (name === 'personsCount') return <Input {...common} inputmode="numeric" classes="govuk-input--width-10" />;
    return SHORT.has(name) ? <Input {...common} /> : <Textarea {...common} rows={3} />;
  };
  return (
    <WorkspaceLayout title={own.record} backPath={paths.breaches()} hasErrors={faults.length > 0}>
      {faults.length > 0 && (
        <ErrorSummary
          titleText={own.problem}
          errorList={faults.map((name) => ({ text: own.faults[name], href: `#${name}` }))}
        />
      )}
      <Form action={paths.breachNew()}>
        {breachFields.map(field)}
        <Button text={own.recordAct} type="submit" preventDoubleClick />
      </Form>
    </WorkspaceLayout>
  );
}
