import type { ComponentChildren } from 'preact';
import { usePage } from '../../../platform/http/page-context.ts';
import type { LoggedEvent } from '../../../platform/event-log.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { Message, MessageStatus } from '../message-queries.ts';
import type { Subscription, SubscriptionStatus } from '../webhook-queries.ts';
import { webhookKinds } from '../webhook-kinds.ts';
import { webhookWords as words } from './webhook-words.ts';

const COLOURS: Record<SubscriptionStatus | MessageStatus, string> = {
  active: 'govuk-tag--green',
  paused: 'govuk-tag--grey',
  disabled: 'govuk-tag--red',
  waiting: 'govuk-tag--yellow',
  delivered: 'govuk-tag--green',
  dead: 'govuk-tag--red',
};
const useKindName = () => {
  const w = words.use();
  const { locale } = usePage();
  return (kind: string): string => webhookKinds.get(kind)?.[locale] ?? w.test;
};
const Address = (props: { url: string }) => <code class="sen-break">{props.url}</code>;

export interface WebhooksQuery {
  tim?: string | undefined;
  trangthai?: string | undefined;
}

/** Every webhook the viewer may see, newest first. */
export function WebhooksPage(props: {
  rows: readonly (Subscription & { dead: number })[];
  query: WebhooksQuery;
  nextCursor: string | null;
}) {
  const w = words.use();
  const { locale } = usePage();
  const statuses = Object.entries(w.statuses).map(([value, text]) => ({
    value,
    text,
    selected: props.query.trangthai === value,
  }));
  return (
    <WorkspaceLayout title={w.title} actions={<Button text={w.add} href={paths.adminWebhookNew()} />}>
      <p class="govuk-body">{w.intro}</p>
      <FilterBar action={paths.adminWebhooks()}>
        <Input name="tim" label={{ text: w.search }} value={props.query.tim} />
        <Select name="trangthai" label={{ text: w.status }} items={[{ value: '', text: w.all }, ...statuses]} />
      </FilterBar>
      <DataTable
        caption={w.title}
        path={paths.adminWebhooks()}
        query={{ ...props.query }}
        rows={props.rows}
        idOf={(row) => row.id}
        nextCursor={props.nextCursor}
        toneOf={(row) => (row.status === 'disabled' || row.dead > 0 ? 'late' : undefined)}
        empty={<EmptyState heading={w.none} text={w.noneText} />}
        columns={[
          {
            heading: w.client,
            isRowHeader: true,
            cell: (row) => <Link to={paths.adminWebhook({ id: row.id })}>{row.clientName}</Link>,
          },
          { heading: w.url, cell: (row) => <Address url={row.url} /> },
          { heading: w.status, cell: (row) => <Tag text={w.statuses[row.status]} classes={COLOURS[row.status]} /> },
          {
            heading: w.lastSuccess,
            isTight: true,
            cell: (row) => (row.lastSuccessAt ? formatDateTime(row.lastSuccessAt, locale) : w.never),
          },
          { heading: w.dead, isNumeric: true, cell: (row) => row.dead },
        ]}
      />
    </WorkspaceLayout>
  );
}

export type NewWebhookFault = 'unknownApp' | 'noKinds' | 'badUrl' | 'noScope' | 'tooMany';
const FIELD: Record<NewWebhookFault, string> = {
  unknownApp: 'app',
  noKinds: 'kinds',
  badUrl: 'url',
  noScope: 'kinds',
  tooMany: 'app',
};

/** Registers an address for an application. */
export function NewWebhookPage(props: { values: URLSearchParams; fault: NewWebhookFault | null }) {
  const w = words.use();
  const { locale } = usePage();
  const { values, fault } = props;
  const errorOf = (field: string) => (fault !== null && FIELD[fault] === field ? { text: w[fault] } : undefined);
  return (
    <WorkspaceLayout title={w.add} caption={w.title} backPath={paths.adminWebhooks()} hasErrors={fault !== null}>
      {fault !== null && (
        <ErrorSummary titleText={w.problem} errorList={[{ text: w[fault], href: `#${FIELD[fault]}` }]} />
      )}
      <Form action={paths.adminWebhookNew()}>
        <Input
          name="app"
          label={{ text: w.client }}
          hint={{ text: w.appHint }}
          value={values.get('app') ?? ''}
          errorMessage={errorOf('app')}
        />
        <Input
          name="url"
          type="url"
          label={{ text: w.url }}
          hint={{ text: w.urlHint }}
          value={values.get('url') ?? ''}
          errorMessage={errorOf('url')}
          spellcheck={false}
        />
        <Checkboxes
          name="kinds"
          values={values.getAll('kinds')}
          errorMessage={errorOf('kinds')}
          fieldset={{ legend: { text: w.kinds, classes: 'govuk-fieldset__legend--s' } }}
          items={[...webhookKinds].map(([value, title]) => ({ value, text: title[locale] }))}
        />
        <Input name="description" label={{ text: w.description }} value={values.get('description') ?? ''} />
        <Button text={w.save} />
      </Form>
    </WorkspaceLayout>
  );
}

/** Shown once, right after the secret was made. */
export function WebhookSecretPage(props: { subscription: Pick<Subscription, 'id' | 'clientName'>; secret: string }) {
  const w = words.use();
  return (
    <WorkspaceLayout title={w.secretTitle} caption={props.subscription.clientName}>
      <p class="govuk-body">{w.secretOnce}</p>
      <InsetText>
        <code class="sen-break" data-secret="">
          {props.secret}
        </code>
      </InsetText>
      <p class="govuk-body">
        <Link to={paths.adminWebhook({ id: props.subscription.id })}>{w.back}</Link>
      </p>
    </WorkspaceLayout>
  );
}

function Facts(props: { subscription: Subscription }) {
  const w = words.use();
  const { locale } = usePage();
  const nameOf = useKindName();
  const { subscription: row } = props;
  const at = (date: Date) => formatDateTime(date, locale);
  const text = (key: string, value: string) => ({ key: { text: key }, value: { text: value } });
  return (
    <SummaryList
      rows={[
        {
          key: { text: w.status },
          value: { html: <Tag text={w.statuses[row.status]} classes={COLOURS[row.status]} /> },
        },
        row.statusReason !== null && text('', w.reasons[row.statusReason] ?? row.statusReason),
        { key: { text: w.url }, value: { html: <Address url={row.url} /> } },
        text(w.kinds, row.kinds.map(nameOf).join('; ')),
        row.description !== null && text(w.description, row.description),
        text(w.lastSuccess, row.lastSuccessAt ? at(row.lastSuccessAt) : w.never),
        row.failingSince !== null && text(w.failingSince, at(row.failingSince)),
        row.previousUntil !== null && text(w.previousUntil, at(row.previousUntil)),
        text(w.created, `${at(row.createdAt)}, ${row.createdBy}`),
      ].map((line) => (line && line.key.text === '' ? { ...line, key: { text: w.problem } } : line))}
    />
  );
}

function Act(props: { id: string; action: string; text: string; children?: ComponentChildren }) {
  return (
    <Form action={paths.adminWebhookAction({ id: props.id, action: props.action })}>
      {props.children}
      <Button text={props.text} classes="govuk-button--secondary" />
    </Form>
  );
}

function Actions(props: { subscription: Subscription }) {
  const w = words.use();
  const { id, status } = props.subscription;
  return (
    <>
      <h2 class="govuk-heading-m">{w.actions}</h2>
      {status === 'active' ? (
        <>
          <Act id={id} action="gui-thu" text={w.ping} />
          <Act id={id} action="gui-lai" text={w.replayDead} />
          <Act id={id} action="tam-dung" text={w.pause} />
        </>
      ) : (
        <Act id={id} action="bat-lai" text={w.resume} />
      )}
      <Act id={id} action="doi-khoa" text={w.rotate}>
        <p class="govuk-body">{w.rotateText}</p>
      </Act>
      <Act id={id} action="bo" text={w.remove}>
        <p class="govuk-body">{w.removeText}</p>
        <Checkboxes name="sure" items={[{ value: 'yes', text: w.removeSure }]} />
      </Act>
    </>
  );
}

/** One webhook: what it is, what was sent and how it went, what may be done. */
export function WebhookPage(props: {
  subscription: Subscription;
  messages: readonly Message[];
  status: MessageStatus | null;
  nextCursor: string | null;
  history: readonly (LoggedEvent & { title: string })[];
  done: string | null;
}) {
  const w = words.use();
  const { locale } = usePage();
  const nameOf = useKindName();
  const { subscription } = props;
  const at = (date: Date) => formatDateTime(date, locale);
  const path = paths.adminWebhook({ id: subscription.id });
  const answerOf = ({ lastStatus, lastFault }: Message): string =>
    lastStatus !== null ? w.http(lastStatus) : lastFault === null ? '' : (w.faults[lastFault] ?? lastFault);
  const statuses = Object.entries(w.messageStatuses).map(([value, text]) => ({
    value,
    text,
    selected: props.status === value,
  }));
  return (
    <WorkspaceLayout title={subscription.clientName} caption={w.title} backPath={paths.adminWebhooks()}>
      {props.done !== null && w.done[props.done] && <InsetText>{w.done[props.done]}</InsetText>}
      <Facts subscription={subscription} />
      <h2 class="govuk-heading-m">{w.messages}</h2>
      <FilterBar action={path}>
        <Select name="trangthai" label={{ text: w.status }} items={[{ value: '', text: w.all }, ...statuses]} />
      </FilterBar>
      <DataTable
        caption={w.messages}
        path={path}
        query={{ trangthai: props.status ?? undefined }}
        rows={props.messages}
        idOf={(row) => row.id}
        nextCursor={props.nextCursor}
        toneOf={(row) => (row.status === 'dead' ? 'late' : undefined)}
        empty={<EmptyState heading={w.noMessages} text={w.noMessagesText} />}
        columns={[
          { heading: w.kind, isRowHeader: true, cell: (row) => nameOf(row.kind) },
          { heading: w.when, isTight: true, cell: (row) => at(row.createdAt) },
          {
            heading: w.status,
            cell: (row) => <Tag text={w.messageStatuses[row.status]} classes={COLOURS[row.status]} />,
          },
          { heading: w.tries, isNumeric: true, cell: (row) => row.attempts },
          { heading: w.answer, cell: answerOf },
          {
            heading: w.next,
            isTight: true,
            cell: (row) => (row.status === 'waiting' && row.nextAt ? at(row.nextAt) : ''),
          },
          {
            heading: w.again,
            cell: (row) =>
              row.status !== 'waiting' &&
              subscription.status === 'active' && (
                <Form action={paths.adminWebhookAction({ id: subscription.id, action: 'gui-lai' })}>
                  <input type="hidden" name="messageId" value={row.id} />
                  <button
                    type="submit"
                    class="govuk-button govuk-button--secondary"
                    aria-label={w.againOne(nameOf(row.kind), at(row.createdAt))}
                  >
                    {w.again}
                  </button>
                </Form>
              ),
          },
        ]}
      />
      <Actions subscription={subscription} />
      <h2 class="govuk-heading-m">{w.history}</h2>
      <Table
        head={[{ text: w.when }, { text: w.act }, { text: w.who }]}
        rows={props.history.map((event) => [
          { text: at(event.occurredAt) },
          { text: event.title },
          { html: <span lang="vi">{event.actorLabel}</span> },
        ])}
      />
    </WorkspaceLayout>
  );
}
