import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { DeadlineTag } from '../../../ui/components/deadline-tag.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Radios } from '../../../ui/govuk/radios.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import {
  isOpen,
  refusalGrounds,
  requestKinds,
  requestNumber,
  requestOutcomes,
  type DataRequest,
  type RequestKind,
} from '../data-request.ts';
import { RequestFacts, RequestStateTag } from './request-pages.tsx';
import { outcomeWords, requestWords } from './request-words.ts';

/** Figures of a period, one row per kind. */
export interface ShownFigure {
  kind: RequestKind;
  received: number;
  open: number;
  inTime: number;
  late: number;
  granted: number;
  partly: number;
  refused: number;
}

export interface DeskRequestsFilter {
  isDone: boolean;
  kind: RequestKind | null;
  isMine: boolean;
  number: string;
}

/** The worklist: the nearest deadline first; done ones the newest first; figures of the last thirty days. */
export function DeskRequestsPage(props: {
  rows: readonly DataRequest[];
  names: ReadonlyMap<string, { name: string }>;
  agencies: ReadonlyMap<string, string>;
  filter: DeskRequestsFilter;
  next: string | null;
  figures: readonly ShownFigure[];
  /** The number of a request that was just handed on. */
  forwarded: string | null;
  now: Date;
}) {
  const own = requestWords.use();
  const { locale } = usePage();
  const { filter } = props;
  const query = {
    xem: filter.isDone ? 'xong' : null,
    loai: filter.kind,
    cua: filter.isMine ? 'toi' : null,
    so: filter.number,
  };
  return (
    <WorkspaceLayout title={own.list}>
      {props.forwarded && <NotificationBanner type="success" text={own.forwarded(props.forwarded)} />}
      <FilterBar action={paths.deskDataRequests()}>
        <Select
          name="xem"
          label={{ text: own.state }}
          value={filter.isDone ? 'xong' : ''}
          items={[
            { value: '', text: own.open },
            { value: 'xong', text: own.done },
          ]}
        />
        <Select
          name="loai"
          label={{ text: own.asked }}
          value={filter.kind ?? ''}
          items={[
            { value: '', text: own.all },
            ...requestKinds.map((kind) => ({ value: kind, text: own.kinds[kind] })),
          ]}
        />
        <Select
          name="cua"
          label={{ text: own.whose }}
          value={filter.isMine ? 'toi' : ''}
          items={[
            { value: '', text: own.all },
            { value: 'toi', text: own.mineOnly },
          ]}
        />
        <Input name="so" label={{ text: own.number }} value={filter.number} classes="govuk-input--width-10" />
      </FilterBar>
      <DataTable
        caption={own.list}
        columns={[
          {
            heading: own.number,
            isTight: true,
            isRowHeader: true,
            cell: (row) => <Link to={paths.deskDataRequest({ id: row.id })}>{requestNumber(row.number)}</Link>,
          },
          { heading: own.asked, cell: (row) => own.kinds[row.kind] },
          { heading: own.person, cell: (row) => props.names.get(row.accountId)?.name ?? '' },
          { heading: own.answerer, cell: (row) => props.agencies.get(row.unitId ?? '') ?? own.province },
          { heading: own.sent, isTight: true, cell: (row) => formatDateTime(row.receivedAt, locale) },
          {
            heading: own.due,
            cell: (row) =>
              isOpen(row) ? <DeadlineTag due={row.dueAt} now={props.now} /> : formatDateTime(row.dueAt, locale),
          },
          { heading: own.assignee, cell: (row) => row.assigneeName ?? '' },
          { heading: own.state, cell: (row) => <RequestStateTag request={row} /> },
        ]}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.deskDataRequests()}
        query={query}
        nextCursor={props.next}
        summary={own.count(props.rows.length)}
        toneOf={(row) => (isOpen(row) && row.dueAt < props.now ? 'late' : undefined)}
        exports={[
          { text: 'XLSX', path: paths.deskDataRequestsExport({ format: 'xlsx' }, query) },
          { text: 'CSV', path: paths.deskDataRequestsExport({ format: 'csv' }, query) },
        ]}
        empty={<EmptyState heading={own.noneOpen} text={own.noneOpenText} />}
      />
      {props.figures.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{own.figures}</h2>
          <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.figures}>
            <Table
              head={[
                { text: own.asked },
                ...[own.received, own.open, own.inTime, own.lateCount].map((text) => ({ text, format: 'numeric' })),
                ...requestOutcomes.map((outcome) => ({ text: outcomeWords[outcome][locale], format: 'numeric' })),
              ]}
              rows={props.figures.map((row) => [
                { text: own.kinds[row.kind] },
                ...[row.received, row.open, row.inTime, row.late, row.granted, row.partly, row.refused].map((n) => ({
                  text: String(n),
                  format: 'numeric',
                })),
              ])}
            />
          </div>
        </>
      )}
    </WorkspaceLayout>
  );
}

export type AnswerFault = 'outcome' | 'answer' | 'reason' | 'erase' | ForwardFault;
type ForwardFault = 'code' | 'forwardReason';

/** Handing a request on to the agency that it concerns. */
function Forwarding(props: { id: string; values: URLSearchParams; faults: readonly AnswerFault[] }) {
  const own = requestWords.use();
  const { values, faults } = props;
  const told = (name: ForwardFault) => (faults.includes(name) ? { text: own.forwardFaults[name] } : undefined);
  return (
    <>
      <h2 class="govuk-heading-m">{own.forward}</h2>
      <p class="govuk-body">{own.forwardText}</p>
      <Form action={paths.deskDataRequest({ id: props.id })}>
        <Input
          name="code"
          id="code"
          label={{ text: own.forwardCode, classes: 'govuk-label--s' }}
          hint={{ text: own.forwardCodeHint }}
          errorMessage={told('code')}
          value={(values.get('code') ?? '').slice(0, 40)}
          classes="govuk-input--width-20"
        />
        <Textarea
          name="forwardReason"
          id="forwardReason"
          rows={2}
          label={{ text: own.forwardReason, classes: 'govuk-label--s' }}
          errorMessage={told('forwardReason')}
          value={(values.get('forwardReason') ?? '').slice(0, 500)}
        />
        <Button text={own.forwardAct} name="act" value="forward" type="submit" classes="govuk-button--secondary" />
      </Form>
    </>
  );
}

/** One request for the official: facts, taking it on, decision. */
export function DeskRequestPage(props: {
  request: DataRequest;
  agency: string | null;
  personName: string;
  values: URLSearchParams;
  faults: readonly AnswerFault[];
}) {
  const own = requestWords.use();
  const { locale } = usePage();
  const { request, values, faults } = props;
  const faultText = { ...own.answerFaults, ...own.forwardFaults };
  const told = (name: AnswerFault) => (faults.includes(name) ? { text: faultText[name] } : undefined);
  const hrefOf = (name: AnswerFault) => `#${name === 'erase' ? 'outcome' : name}`;
  const small = (text: string) => ({ text, classes: 'govuk-label--s' });
  return (
    <WorkspaceLayout
      title={requestNumber(request.number)}
      caption={own.kinds[request.kind]}
      backPath={paths.deskDataRequests()}
      hasErrors={faults.length > 0}
      actions={<RequestStateTag request={request} />}
    >
      {faults.length > 0 && (
        <ErrorSummary
          titleText={own.problem}
          errorList={faults.map((name) => ({ text: faultText[name], href: hrefOf(name) }))}
        />
      )}
      <RequestFacts request={request} agency={props.agency} personName={props.personName} />
      {isOpen(request) && (
        <>
          <Form action={paths.deskDataRequest({ id: request.id })}>
            <Button text={own.take} name="act" value="take" type="submit" classes="govuk-button--secondary" />
          </Form>
          <h2 class="govuk-heading-m">{own.decide}</h2>
          <Form action={paths.deskDataRequest({ id: request.id })}>
            <Radios
              name="outcome"
              idPrefix="outcome"
              fieldset={{ legend: { text: own.outcome, classes: 'govuk-fieldset__legend--s' } }}
              errorMessage={told('outcome') ?? told('erase')}
              value={values.get('outcome')}
              items={requestOutcomes.map((outcome) => ({ value: outcome, text: outcomeWords[outcome][locale] }))}
            />
            <Select
              name="ground"
              id="reason"
              label={small(own.ground)}
              errorMessage={told('reason')}
              value={values.get('ground') ?? ''}
              items={[
                { value: '', text: own.noGround },
                ...refusalGrounds.map((ground) => ({ value: ground, text: own.grounds[ground] })),
              ]}
            />
            <Textarea
              name="reason"
              id="reason-text"
              rows={2}
              label={small(own.reasonMore)}
              value={(values.get('reason') ?? '').slice(0, 1_000)}
            />
            <Textarea
              name="answer"
              id="answer"
              rows={5}
              label={small(own.answerText)}
              errorMessage={told('answer')}
              value={(values.get('answer') ?? '').slice(0, 4_000)}
            />
            <Button text={own.sendAnswer} name="act" value="answer" type="submit" preventDoubleClick />
          </Form>
          <Forwarding id={request.id} values={values} faults={faults} />
        </>
      )}
    </WorkspaceLayout>
  );
}
