import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { NotificationBanner } from '../../../ui/govuk/notification-banner.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { faultInWords, messageWords } from '../message-words.ts';
import { stateColours } from './outbox-page.tsx';

/** States in which a message waits for a person's decision. */
export const deadStates = ['dead', 'refused', 'undelivered', 'no-provider', 'held'] as const;

export interface DeadLetter {
  id: string;
  channel: string;
  address: string | null;
  subject: string;
  isSensitive: boolean;
  state: string;
  attempts: number;
  lastError: string | null;
  provider: string | null;
  createdAt: Date;
}

export const deadWords = localWords({
  vi: {
    title: 'Tin không gửi được',
    lead: 'Những tin đã thử nhiều lần mà không đến nơi. Chọn tin để gửi lại, hoặc bỏ hẳn kèm lý do.',
    state: 'Trạng thái',
    channel: 'Kênh',
    provider: 'Nhà cung cấp',
    template: 'Mẫu tin',
    address: 'Địa chỉ hoặc số điện thoại',
    from: 'Từ ngày',
    until: 'Đến ngày',
    all: 'Tất cả',
    created: 'Lúc tạo',
    message: 'Tin',
    reason: 'Lý do',
    tries: 'Số lần gửi',
    hidden: 'Mã bảo mật',
    resend: 'Gửi lại các tin đã chọn',
    discard: 'Bỏ hẳn các tin đã chọn',
    why: 'Lý do bỏ',
    whyHint: 'Chỉ cần khi bỏ hẳn, ví dụ: số điện thoại không còn dùng.',
    none: 'Không có tin nào như vậy',
    noneText: 'Mọi tin đã được gửi hoặc đang chờ gửi.',
    chooseSome: 'Chọn ít nhất một tin',
    sayWhy: 'Nhập lý do bỏ tin',
    problem: 'Chưa thực hiện được',
    moved: (n: number): string => `Đã xử lý ${n} tin.`,
  },
  en: {
    title: 'Messages that did not get out',
    lead: 'They were tried many times and did not arrive. Choose some to send again, or discard them with a reason.',
    state: 'State',
    channel: 'Channel',
    provider: 'Provider',
    template: 'Message',
    address: 'Address or phone number',
    from: 'From',
    until: 'Until',
    all: 'All',
    created: 'Created',
    message: 'Message',
    reason: 'Reason',
    tries: 'Tries',
    hidden: 'A secret code',
    resend: 'Send the chosen again',
    discard: 'Discard the chosen',
    why: 'Reason to discard',
    whyHint: 'Only to discard, for example: the number is no longer in use.',
    none: 'No such message',
    noneText: 'Everything was sent or waits to be.',
    chooseSome: 'Choose at least one message',
    sayWhy: 'Enter the reason to discard',
    problem: 'Not done',
    moved: (n: number): string => `${n} messages were handled.`,
  },
});

/** Dead letters with filters and bulk acts. */
export function DeadLettersPage(props: {
  rows: readonly DeadLetter[];
  query: Record<string, string>;
  nextCursor: string | null;
  providers: readonly string[];
  templates: readonly { key: string; title: string }[];
  error: string | null;
  moved: number;
}) {
  const own = deadWords.use();
  return (
    <WorkspaceLayout title={own.title} hasErrors={props.error !== null}>
      {props.error && <ErrorSummary titleText={own.problem} errorList={[{ text: props.error, href: '#ly-do' }]} />}
      {props.moved > 0 && props.moved <= 500 && <NotificationBanner type="success" text={own.moved(props.moved)} />}
      <p class="govuk-body">{own.lead}</p>
      <Filters {...props} />
      <Letters {...props} />
    </WorkspaceLayout>
  );
}

function Letters(props: Parameters<typeof DeadLettersPage>[0]) {
  const own = deadWords.use();
  const common = messageWords.use();
  const { locale } = usePage();
  return (
    <>
      <DataTable
        caption={own.title}
        path={paths.adminDeadLetters()}
        query={props.query}
        rows={props.rows}
        idOf={(row) => row.id}
        nextCursor={props.nextCursor}
        exports={['xlsx', 'csv'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminDeadLettersExport({ format }, props.query),
        }))}
        empty={<EmptyState heading={own.none} text={own.noneText} />}
        bulk={{
          action: paths.adminDeadLettersBulk(),
          buttons: [
            { text: own.resend, name: 'viec', value: 'gui-lai' },
            { text: own.discard, name: 'viec', value: 'bo', classes: 'govuk-button--warning' },
          ],
          labelOf: (row) => `${row.address ?? ''} ${row.subject}`,
          before: (
            <Input
              id="ly-do"
              name="ly-do"
              label={{ text: own.why }}
              hint={{ text: own.whyHint }}
              attributes={{ maxlength: '200' }}
            />
          ),
        }}
        columns={[
          { heading: own.created, cell: (row) => formatDateTime(row.createdAt, locale), isTight: true },
          {
            heading: own.address,
            cell: (row) => `${common.channels[row.channel]}: ${row.channel === 'push' ? '…' : row.address}`,
            isRowHeader: true,
          },
          { heading: own.message, cell: (row) => (row.isSensitive ? own.hidden : row.subject) },
          {
            heading: own.state,
            cell: (row) => <Tag classes={stateColours[row.state]}>{common.states[row.state]}</Tag>,
          },
          {
            heading: own.reason,
            cell: (row) =>
              [row.provider, row.lastError && faultInWords(row.lastError, locale)].filter(Boolean).join(': '),
          },
          { heading: own.tries, cell: (row) => row.attempts, isNumeric: true },
        ]}
      />
    </>
  );
}

function Filters(props: Parameters<typeof DeadLettersPage>[0]) {
  const own = deadWords.use();
  const common = messageWords.use();
  const { query } = props;
  const select = (name: string, label: string, options: readonly [string, string][]) => (
    <Select
      id={name}
      name={name}
      label={{ text: label }}
      items={[['', own.all] as [string, string], ...options].map(([value, text]) => ({
        value,
        text,
        selected: value === (query[name] ?? ''),
      }))}
    />
  );
  return (
    <FilterBar action={paths.adminDeadLetters()}>
      {select(
        'trang-thai',
        own.state,
        deadStates.map((key) => [key, common.states[key] ?? key]),
      )}
      {select(
        'kenh',
        own.channel,
        ['email', 'sms', 'push', 'chat'].map((key) => [key, common.channels[key] ?? key]),
      )}
      {select(
        'nha-cung-cap',
        own.provider,
        props.providers.map((key) => [key, key]),
      )}
      {select(
        'mau',
        own.template,
        props.templates.map(({ key, title }) => [key, title]),
      )}
      <Input id="dia-chi" name="dia-chi" label={{ text: own.address }} value={query['dia-chi']} />
      <Input id="tu" name="tu" type="date" label={{ text: own.from }} value={query['tu']} />
      <Input id="den" name="den" type="date" label={{ text: own.until }} value={query['den']} />
    </FilterBar>
  );
}
