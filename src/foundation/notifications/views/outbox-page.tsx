import type { ComponentChildren } from 'preact';
import { usePage } from '../../../platform/http/page-context.ts';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime, formatMoney } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Pagination } from '../../../ui/govuk/pagination.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { faultInWords, messageWords } from '../message-words.ts';
import { keptBy, type MessageMode } from '../trial.ts';
import { Paragraphs } from './inbox-page.tsx';
import { TrialMark } from './trial-page.tsx';

export interface OutboxItem {
  id: string;
  channel: string;
  address: string;
  subject: string;
  body: string;
  state: string;
  attempts: number;
  lastError: string | null;
  nextAttemptAt: Date | null;
  createdAt: Date;
  sentAt: Date | null;
  deliveredAt: Date | null;
  provider: string | null;
  parts: number | null;
  costDong: number | null;
  mode: string;
}

const words = localWords({
  vi: {
    title: 'Hộp thư đi',
    demoTitle: 'Hộp thư đi của bản trình diễn',
    demoHint:
      'Bản trình diễn không gửi thư và tin nhắn thật. Mọi tin gửi cho người dân và cán bộ nằm ở đây để bạn đọc, kể cả mã xác nhận.',
    none: 'Không có tin nào phù hợp.',
    state: 'Trạng thái',
    channel: 'Kênh',
    address: 'Địa chỉ hoặc số điện thoại',
    all: 'Tất cả',
    created: 'Lúc tạo',
    to: 'Gửi đến',
    content: 'Nội dung',
    attempts: 'Số lần gửi',
    actions: 'Thao tác',
    resend: 'Gửi lại',
    next: 'Thử lại lúc',
    older: 'Cũ hơn',
    forgotten: 'Nội dung mã đã được xóa sau khi gửi.',
    parts: (n: number): string => `${n} phần tin`,
  },
  en: {
    title: 'Outgoing messages',
    demoTitle: 'Outbox of the demonstration',
    demoHint:
      'The demonstration sends no real mail or text. Every message to citizens and officials is here for you to read, codes included.',
    none: 'No message matches.',
    state: 'State',
    channel: 'Channel',
    address: 'Address or phone number',
    all: 'All',
    created: 'Created',
    to: 'To',
    content: 'Content',
    attempts: 'Tries',
    actions: 'Actions',
    resend: 'Send again',
    next: 'Next try at',
    older: 'Older',
    forgotten: 'The text of the code was erased after sending.',
    parts: (n: number): string => `${n} parts`,
  },
});

export const stateColours: Record<string, string> = {
  queued: 'govuk-tag--yellow',
  sent: 'govuk-tag--green',
  refused: 'govuk-tag--red',
  dead: 'govuk-tag--red',
  'no-provider': 'govuk-tag--grey',
  delivered: 'govuk-tag--green',
  undelivered: 'govuk-tag--red',
  held: 'govuk-tag--yellow',
  gathered: 'govuk-tag--blue',
  discarded: 'govuk-tag--grey',
  'to-hand': 'govuk-tag--yellow',
  handed: 'govuk-tag--green',
};

/** Every e-mail and text message, with what became of it; on the demo it stands open to everybody. */
export function OutboxPage(props: {
  items: readonly OutboxItem[];
  olderHref: string | null;
  filter: { state: string; channel: string; address: string };
  isDemo: boolean;
  trialMode: MessageMode;
}) {
  const own = words.use();
  const common = messageWords.use();
  const title = props.isDemo ? own.demoTitle : own.title;
  const option = (value: string, text: string, chosen: string) => ({ value, text, selected: value === chosen });
  const content = (
    <>
      {props.isDemo ? <p class="govuk-body">{own.demoHint}</p> : <TrialMark mode={props.trialMode} />}
      <FilterBar action={props.isDemo ? paths.demoOutbox() : paths.adminOutbox()}>
        <Input id="dia-chi" name="dia-chi" label={{ text: own.address }} value={props.filter.address} />
        <Select
          id="kenh"
          name="kenh"
          label={{ text: own.channel }}
          items={[
            option('', own.all, props.filter.channel),
            ...outside(common.channels).map(([v, t]) => option(v, t, props.filter.channel)),
          ]}
        />
        <Select
          id="trang-thai"
          name="trang-thai"
          label={{ text: own.state }}
          items={[
            option('', own.all, props.filter.state),
            ...Object.entries(common.states).map(([v, t]) => option(v, t, props.filter.state)),
          ]}
        />
      </FilterBar>
      {props.items.length === 0 ? (
        <p class="govuk-body">{own.none}</p>
      ) : (
        <OutboxTable items={props.items} canResend={!props.isDemo} />
      )}
      {props.olderHref && <Pagination next={{ text: own.older, href: props.olderHref }} />}
    </>
  );
  return (
    <Frame isDemo={props.isDemo} title={title}>
      {content}
    </Frame>
  );
}

/** What leaves the house: the app's own messages are not in the outbox. */
const outside = (channels: Record<string, string>) => Object.entries(channels).filter(([key]) => key !== 'in-app');

const isKept = ({ provider }: OutboxItem): boolean => provider === keptBy.test || provider === keptBy.trial;
const isTrial = (item: OutboxItem): boolean => item.mode !== 'live' || isKept(item);

function OutboxTable(props: { items: readonly OutboxItem[]; canResend: boolean }) {
  const own = words.use();
  const common = messageWords.use();
  const { locale } = usePage();
  return (
    <div class="sen-scroll" tabIndex={0} role="region" aria-label={own.title}>
      <table class="govuk-table sen-table sen-outbox">
        <thead class="govuk-table__head">
          <tr class="govuk-table__row">
            {[own.created, own.to, own.content, own.state].map((text) => (
              <th scope="col" class="govuk-table__header">
                {text}
              </th>
            ))}
            {props.canResend && (
              <th scope="col" class="govuk-table__header">
                {own.actions}
              </th>
            )}
          </tr>
        </thead>
        <tbody class="govuk-table__body">
          {props.items.map((item) => (
            <tr class="govuk-table__row" key={item.id}>
              <td class="govuk-table__cell" data-label={own.created}>
                {formatDateTime(item.createdAt, locale)}
              </td>
              <td class="govuk-table__cell" data-label={own.to}>
                {common.channels[item.channel]}
                <br />
                {item.address}
              </td>
              <td class="govuk-table__cell" data-label={own.content}>
                <Details summaryText={item.subject}>
                  {item.body === '' ? <p class="govuk-body">{own.forgotten}</p> : <Paragraphs text={item.body} />}
                </Details>
              </td>
              <td class="govuk-table__cell" data-label={own.state}>
                <Tag classes={stateColours[item.state]}>{common.states[item.state]}</Tag>
                {isTrial(item) && <Tag classes="govuk-tag--purple">{common.trial}</Tag>}
                <p class="govuk-hint">
                  {[
                    isKept(item) ? common.stayed : null,
                    item.channel === 'sms' && item.parts !== null ? own.parts(item.parts) : null,
                    item.costDong ? formatMoney(item.costDong, locale) : null,
                    item.deliveredAt ? formatDateTime(item.deliveredAt, locale) : null,
                  ]
                    .filter((each) => each !== null)
                    .join(' · ')}
                </p>
                {item.lastError && <p class="govuk-hint">{faultInWords(item.lastError, locale)}</p>}
                {item.nextAttemptAt && item.attempts > 0 && (
                  <p class="govuk-hint">
                    {own.next} {formatDateTime(item.nextAttemptAt, locale)}
                  </p>
                )}
              </td>
              {props.canResend && (
                <td class="govuk-table__cell">
                  {['refused', 'dead', 'undelivered', 'no-provider', 'held'].includes(item.state) && (
                    <Form action={paths.adminOutboxResend({ id: item.id })}>
                      <Button classes="govuk-button--secondary">
                        {own.resend}
                        <span class="govuk-visually-hidden">: {item.address}</span>
                      </Button>
                    </Form>
                  )}
                </td>
              )}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Frame(props: { isDemo: boolean; title: string; children: ComponentChildren }) {
  if (!props.isDemo) return <WorkspaceLayout title={props.title}>{props.children}</WorkspaceLayout>;
  return (
    <PublicLayout title={props.title} breadcrumbs={[{ text: props.title }]} noIndex>
      <h1 class="govuk-heading-xl">{props.title}</h1>
      {props.children}
    </PublicLayout>
  );
}
