import type { ComponentChildren } from 'preact';
import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable, type BulkActions, type Column } from '../../../ui/components/data-table.tsx';
import { DeadlineTag } from '../../../ui/components/deadline-tag.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { formatDate, formatDateTime, formatTime, isoDate } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { SubNavigation } from '../../../ui/moj/sub-navigation.tsx';
import { paths } from '../../../ui/paths.ts';
import type { Channel, State } from '../../dossiers/index.ts';
import type { SavedView } from '../desk-queries.ts';
import type { Choice, ShownRow } from '../list-worklist.ts';
import { queues, queueSlugs, worklistQuery, type WorklistAddress } from '../worklist-address.ts';
import { deskWords, said, stateColour } from './desk-words.ts';
import { DoneMessage } from './done-message.tsx';
import { worklistWords } from './worklist-words.ts';

const dayNumber = (date: Date): number => Date.parse(isoDate(date)) / 86_400_000;

/** A dossier's deadline as words and colour: running, standing still, kept or missed. */
export function DueCell(props: {
  row: Pick<ShownRow, 'state' | 'dueAt' | 'pausedAt' | 'isOnTime' | 'submittedAt'>;
  now: Date;
}) {
  const own = worklistWords.use();
  const { row, now } = props;
  if (row.state === 1) {
    const days = Math.max(0, dayNumber(now) - dayNumber(row.submittedAt));
    return (
      <Tag
        text={own.waits(days)}
        classes={days === 0 ? 'govuk-tag--blue' : days === 1 ? 'govuk-tag--yellow' : 'govuk-tag--red'}
      />
    );
  }
  if (row.isOnTime !== null)
    return (
      <Tag text={row.isOnTime ? own.onTime : own.late} classes={row.isOnTime ? 'govuk-tag--green' : 'govuk-tag--red'} />
    );
  if (row.state === 3 || row.state === 7 || row.state === 8) return <>–</>;
  if (row.pausedAt !== null || row.state === 5 || row.state === 6)
    return <Tag text={own.paused} classes="govuk-tag--grey" />;
  return row.dueAt === null ? <>{own.noDue}</> : <DeadlineTag due={row.dueAt} now={now} />;
}

/** The columns of every list of dossiers; the deadline stands first. The unit is named only where the rows are of several. */
export function useDossierColumns(rows: readonly ShownRow[], now: Date, isSortable: boolean): Column<ShownRow>[] {
  const own = worklistWords.use();
  const shared = deskWords.use();
  const locale = useLocale();
  const hasUnits = new Set(rows.map((row) => row.handlingUnitId)).size > 1;
  return [
    {
      heading: own.due,
      sortKey: isSortable ? 'han' : undefined,
      isTight: true,
      cell: (row) => <DueCell row={row} now={now} />,
    },
    {
      heading: own.dossier,
      isRowHeader: true,
      cell: (row) => (
        <>
          <Link to={paths.dossier({ id: row.id })} class={row.code ? 'govuk-link sen-tight sen-code' : 'govuk-link'}>
            {row.code ?? said(row.procedureName, locale)}
          </Link>
          <span class="sen-under">{row.code ? said(row.procedureName, locale) : own.noCode}</span>
        </>
      ),
    },
    { heading: own.applicant, cell: (row) => row.applicantName },
    {
      heading: own.state,
      cell: (row) => (
        <>
          {shared.states[row.state]}
          {row.stepName && (row.state === 4 || row.state === 2) && (
            <span class="sen-under">{said(row.stepName, locale)}</span>
          )}
        </>
      ),
    },
    {
      heading: own.handler,
      cell: (row) => (
        <>
          {row.assigneeName ?? <span class="sen-soft">{own.unassigned}</span>}
          {hasUnits && <span class="sen-under">{said(row.unitName, locale)}</span>}
        </>
      ),
    },
    {
      heading: own.submitted,
      isTight: true,
      cell: (row) => (
        <time datetime={row.submittedAt.toISOString()} title={formatDateTime(row.submittedAt, locale)}>
          {formatDate(row.submittedAt)}
          <span class="sen-under">{`${formatTime(row.submittedAt)} · ${shared.channels[row.channel]}`}</span>
        </time>
      ),
    },
  ];
}

export const isLateRow = (row: ShownRow, now: Date): boolean =>
  row.isOnTime === false || ((row.state === 2 || row.state === 4) && row.dueAt !== null && row.dueAt < now);

/** State as a coloured tag. */
export function StateTag(props: { state: State }) {
  const shared = deskWords.use();
  return <Tag text={shared.states[props.state]} classes={stateColour[props.state]} />;
}

export interface WorklistPageProps {
  address: WorklistAddress;
  rows: readonly ShownRow[];
  previousCursor: string | null;
  nextCursor: string | null;
  counts: Partial<Record<string, number>>;
  choices: { procedures: readonly Choice[]; units: readonly Choice[]; people: readonly Choice[] };
  views: readonly SavedView[];
  may: { receive: boolean; assign: boolean; process: boolean; export: boolean };
  now: Date;
  done: { act: string; count: number } | null;
}

function Picker(props: { name: string; label: string; value: string | null; choices: readonly Choice[] }) {
  const own = worklistWords.use();
  const locale = useLocale();
  if (props.choices.length === 0) return null;
  return (
    <Select
      name={props.name}
      id={`loc-${props.name}`}
      label={{ text: props.label }}
      value={props.value ?? ''}
      items={[
        { value: '', text: own.all },
        ...props.choices.map((choice) => ({ value: choice.value, text: choice[locale] })),
      ]}
    />
  );
}

function Filters(props: WorklistPageProps) {
  const own = worklistWords.use();
  const shared = deskWords.use();
  const locale = useLocale();
  const { address, choices } = props;
  const query = worklistQuery(address);
  const same = (table: Record<string, string>): Choice[] =>
    Object.entries(table).map(([value, text]) => ({ value, vi: text, en: text }));
  const nameOf = (list: readonly Choice[], value: string | null): string =>
    list.find((choice) => choice.value === value)?.[locale] ?? '';
  const chosen: [string, string][] = [
    ['tim', address.text && `“${address.text}”`],
    ['thu-tuc', nameOf(choices.procedures, address.procedureId)],
    ['don-vi', nameOf(choices.units, address.unitId)],
    ['trang-thai', address.state ? shared.states[address.state] : ''],
    ['kenh', address.channel ? shared.channels[address.channel] : ''],
    ['nguoi-xu-ly', nameOf(choices.people, address.assigneePostId)],
    ['tu', address.fromDay ? `${own.from.toLowerCase()} ${formatDate(address.fromDay)}` : ''],
    ['den', address.toDay ? `${own.to} ${formatDate(address.toDay)}` : ''],
  ];
  const hasMore = Boolean(
    address.unitId ?? address.state ?? address.channel ?? address.assigneePostId ?? address.fromDay ?? address.toDay,
  );
  return (
    <FilterBar
      action={paths.worklist()}
      kept={{ hang: queueSlugs[address.queue], 'sap-xep': query['sap-xep'] ?? undefined }}
      chosen={chosen
        .filter(([, text]) => text !== '')
        .map(([name, text]) => ({ text, path: paths.worklist({ ...query, [name]: null }) }))}
    >
      <Input name="tim" id="loc-tim" value={address.text} label={{ text: own.text }} classes="govuk-input--width-20" />
      <Picker name="thu-tuc" label={own.procedure} value={address.procedureId} choices={choices.procedures} />
      <Details summaryText={own.more} open={hasMore} classes="sen-filter__more">
        <div class="sen-filter__fields">
          <Picker name="don-vi" label={own.unit} value={address.unitId} choices={choices.units} />
          <Picker
            name="trang-thai"
            label={own.state}
            value={address.state === null ? null : String(address.state)}
            choices={same(shared.states)}
          />
          <Picker
            name="kenh"
            label={own.channel}
            value={address.channel}
            choices={same(shared.channels satisfies Record<Channel, string>)}
          />
          <Picker name="nguoi-xu-ly" label={own.person} value={address.assigneePostId} choices={choices.people} />
          <Input
            name="tu"
            id="loc-tu"
            value={address.fromDay ? formatDate(address.fromDay) : ''}
            label={{ text: own.from }}
            classes="govuk-input--width-10"
          />
          <Input
            name="den"
            id="loc-den"
            value={address.toDay ? formatDate(address.toDay) : ''}
            label={{ text: own.to }}
            classes="govuk-input--width-10"
          />
          <Input name="ngay" id="loc-ngay" label={{ text: own.asOf }} classes="govuk-input--width-10" />
        </div>
      </Details>
    </FilterBar>
  );
}

function SavedViews(props: WorklistPageProps) {
  const own = worklistWords.use();
  const query = worklistQuery(props.address);
  return (
    <Details summaryText={`${own.views} (${props.views.length})`} classes="sen-views">
      {props.views.length > 0 && (
        <ul class="govuk-list">
          {props.views.map((view) => (
            <li class="sen-views__item">
              <Link to={`${paths.worklist()}?${view.query}`}>{view.name}</Link>
              <Form action={paths.savedViewRemoval({ viewId: view.id })}>
                <button type="submit" class="sen-textbutton">
                  {own.remove}
                  <span class="govuk-visually-hidden"> {view.name}</span>
                </button>
              </Form>
            </li>
          ))}
        </ul>
      )}
      <Form action={paths.savedViews(query)} class="sen-inline">
        <Input name="name" id="view-name" label={{ text: own.viewName }} classes="govuk-input--width-20" />
        <Button text={own.save} classes="govuk-button--secondary" />
      </Form>
    </Details>
  );
}

function bulkOf(
  props: WorklistPageProps,
  own: { receive: string; assign: string; start: string; finish: string; choose: string; noCode: string },
): BulkActions<ShownRow> | undefined {
  const { queue } = props.address;
  const buttons: { text: string; name: string; value: string; classes?: string }[] = [];
  if (props.may.receive && queue === 'awaiting-receipt')
    buttons.push({ text: own.receive, name: 'viec', value: 'tiep-nhan' });
  if (props.may.process && ['in-process', 'mine', 'late', 'due-soon'].includes(queue)) {
    buttons.push({ text: own.finish, name: 'viec', value: 'xong-buoc' });
    buttons.push({ text: own.start, name: 'viec', value: 'bat-dau', classes: 'govuk-button--secondary' });
  }
  if (props.may.assign && queue !== 'closed')
    buttons.push({ text: own.assign, name: 'viec', value: 'phan-cong', classes: 'govuk-button--secondary' });
  if (buttons.length === 0) return undefined;
  return {
    action: paths.worklistBulk(worklistQuery(props.address)),
    buttons,
    labelOf: (row) => `${own.choose} ${row.code ?? row.applicantName}`,
  };
}

/** The worklist: queues as tabs, filters, the table by deadline, bulk acts, exports and saved views. */
export function WorklistPage(props: WorklistPageProps): ComponentChildren {
  const own = worklistWords.use();
  const shared = deskWords.use();
  const { address, rows, now } = props;
  const query = worklistQuery(address);
  const isSearch = address.text.length >= 2;
  return (
    <WorkspaceLayout
      title={`${own.title}: ${shared.queues[address.queue].toLowerCase()}`}
      heading={own.title}
      actions={
        props.may.receive && <Button href={paths.counterIntake()} text={own.intake} classes="govuk-button--secondary" />
      }
    >
      {props.done && <DoneMessage slug={props.done.act} count={props.done.count} />}
      <SubNavigation
        label={own.queues}
        classes="sen-queues"
        items={queues.map((queue) => ({
          html: (
            <>
              {shared.queues[queue]}
              {props.counts[queue] ? (
                <span class={queue === 'late' ? 'sen-count sen-count--late' : 'sen-count'}>
                  {props.counts[queue]! >= 1000 ? '1000+' : props.counts[queue]}
                </span>
              ) : null}
            </>
          ),
          href: paths.worklist({ ...query, hang: queueSlugs[queue], tim: null }),
          active: queue === address.queue && !isSearch,
        }))}
      />
      <Filters {...props} />
      <DataTable
        caption={isSearch ? own.found(rows.length) : shared.queues[address.queue]}
        columns={useDossierColumns(rows, now, !isSearch)}
        rows={rows}
        idOf={(row) => row.id}
        path={paths.worklist()}
        query={{ ...query, 'sap-xep': address.sort === 'latest' ? '-han' : 'han' }}
        previousCursor={props.previousCursor}
        nextCursor={props.nextCursor}
        summary={isSearch ? own.found(rows.length) : own.shown(rows.length, props.nextCursor !== null)}
        exports={
          props.may.export
            ? [
                { text: 'Excel', path: paths.worklistExport({ format: 'xlsx' }, query) },
                { text: 'CSV', path: paths.worklistExport({ format: 'csv' }, query) },
              ]
            : []
        }
        bulk={bulkOf(props, own)}
        toneOf={(row) => (isLateRow(row, now) ? 'late' : undefined)}
        empty={
          <EmptyState heading={own.empty} text={own.emptyText}>
            <Link to={paths.worklist({ hang: queueSlugs[address.queue] })}>{own.showAll}</Link>
          </EmptyState>
        }
      />
      <SavedViews {...props} />
    </WorkspaceLayout>
  );
}
