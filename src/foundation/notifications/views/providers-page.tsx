import { usePage } from '../../../platform/http/page-context.ts';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime, formatMoney, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { faultInWords, messageWords } from '../message-words.ts';
import type { ProviderState } from '../provider.ts';
import type { MessageMode } from '../trial.ts';
import { TrialMark, trialWords } from './trial-page.tsx';

export interface ProviderLine {
  key: string;
  channel: string;
  kind: string;
  place: string;
  sender: string;
  costDong: number;
  weight: number;
  state: ProviderState;
  isBound: boolean | null;
  callback: string | null;
  receiptSeconds: number | null;
  lastSentAt: Date | null;
  lastFailedAt: Date | null;
  lastError: string | null;
  openUntil: Date | null;
  quotaLeft: number | null;
}

const words = localWords({
  vi: {
    title: 'Nhà cung cấp gửi tin',
    lead: 'Mỗi kênh dùng một hay nhiều nhà cung cấp. Khi một nơi lỗi, hết thời gian chờ hoặc báo nhận chậm, tin tự chuyển sang nơi khác và tự quay lại khi nơi đó hoạt động.',
    notLive:
      'Đây không phải hệ thống chính thức: chỉ nhà cung cấp giả lập trên chính máy này được gọi, tin khác nằm lại trong hộp thư đi.',
    none: 'Chưa khai báo nhà cung cấp nào',
    noneText: 'Người vận hành khai báo nhà cung cấp trong tệp cấu hình của máy chủ.',
    states: {
      working: 'Đang hoạt động',
      trying: 'Đang thử lại',
      slow: 'Báo nhận chậm',
      resting: 'Tạm nghỉ vì lỗi',
      off: 'Đã tắt',
    } as Record<string, string>,
    channel: 'Kênh',
    place: 'Địa chỉ',
    sender: 'Tên người gửi',
    cost: 'Giá một tin hoặc phần tin',
    bound: 'Kết nối tại máy này',
    yes: 'Đã nối',
    no: 'Chưa nối',
    receipt: 'Thời gian báo nhận trung bình',
    seconds: (n: string): string => `${n} giây`,
    lastSent: 'Gửi được lần cuối',
    lastFailed: 'Lỗi lần cuối',
    until: 'Thử lại sau',
    quota: 'Số tin còn lại hôm nay',
    callback: 'Địa chỉ nhận báo phát (giữ bí mật)',
    use: 'Sử dụng',
    on: 'Dùng',
    off: 'Tắt',
    weight: 'Tỷ trọng (0: chỉ dự phòng)',
    save: 'Lưu',
    budgets: 'Hạn mức chi',
    figures: 'Số liệu gửi tin',
  },
  en: {
    title: 'Message providers',
    lead: 'A channel uses one provider or several. When one fails, times out or reports late, messages go by another, and come back when it works again.',
    notLive:
      'This is not the live system: only stand-ins on this machine are called; other messages stay in the outbox.',
    none: 'No provider is set up',
    noneText: 'The operator sets providers up in a file on the server.',
    states: {
      working: 'Working',
      trying: 'Being tried again',
      slow: 'Late receipts',
      resting: 'Resting after errors',
      off: 'Off',
    } as Record<string, string>,
    channel: 'Channel',
    place: 'Address',
    sender: 'Sender',
    cost: 'Price of a message or part',
    bound: 'Connected here',
    yes: 'Yes',
    no: 'No',
    receipt: 'Mean time to a receipt',
    seconds: (n: string): string => `${n} s`,
    lastSent: 'Last success',
    lastFailed: 'Last failure',
    until: 'Tried again after',
    quota: 'Messages left today',
    callback: 'Address for reports (keep it secret)',
    use: 'Use',
    on: 'On',
    off: 'Off',
    weight: 'Weight (0: reserve only)',
    save: 'Save',
    budgets: 'Budgets',
    figures: 'Figures',
  },
});

const COLOURS: Record<ProviderState, string> = {
  working: 'govuk-tag--green',
  trying: 'govuk-tag--yellow',
  slow: 'govuk-tag--yellow',
  resting: 'govuk-tag--red',
  off: 'govuk-tag--grey',
};

/** Providers of all channels with their health. */
export function ProvidersPage(props: { providers: readonly ProviderLine[]; isLive: boolean; trialMode: MessageMode }) {
  const own = words.use();
  const trial = trialWords.use();
  return (
    <WorkspaceLayout title={own.title}>
      <p class="govuk-body">{own.lead}</p>
      <TrialMark mode={props.trialMode} />
      {!props.isLive && <div class="govuk-inset-text">{own.notLive}</div>}
      <p class="govuk-body">
        <Link to={paths.adminMessageBudgets()}>{own.budgets}</Link> ·{' '}
        <Link to={paths.adminMessageTrial()}>{trial.title}</Link> ·{' '}
        <Link to={paths.adminMessageFigures()}>{own.figures}</Link>
      </p>
      {props.providers.length === 0 && <EmptyState heading={own.none} text={own.noneText} />}
      {props.providers.map((provider) => (
        <ProviderCard provider={provider} />
      ))}
    </WorkspaceLayout>
  );
}

function ProviderCard({ provider }: { provider: ProviderLine }) {
  const own = words.use();
  const common = messageWords.use();
  const { locale } = usePage();
  const when = (date: Date | null) => (date ? formatDateTime(date, locale) : '–');
  const rows: [string, string | null][] = [
    [own.channel, common.channels[provider.channel] ?? provider.channel],
    [own.place, provider.place || null],
    [own.sender, provider.sender || null],
    [own.cost, provider.costDong > 0 ? formatMoney(provider.costDong, locale) : null],
    [own.bound, provider.isBound === null ? null : provider.isBound ? own.yes : own.no],
    [
      own.receipt,
      provider.receiptSeconds === null ? null : own.seconds(formatNumber(provider.receiptSeconds, locale, 1)),
    ],
    [own.quota, provider.quotaLeft === null ? null : formatNumber(provider.quotaLeft, locale)],
    [own.lastSent, when(provider.lastSentAt)],
    [
      own.lastFailed,
      provider.lastFailedAt ? `${when(provider.lastFailedAt)}: ${faultInWords(provider.lastError ?? '', locale)}` : '–',
    ],
    [own.until, provider.state === 'resting' ? when(provider.openUntil) : null],
    [own.callback, provider.callback],
  ];
  return (
    <section class="sen-notice">
      <h2 class="govuk-heading-m">
        {provider.kind === 'web-push' ? common.channels[provider.channel] : provider.key}{' '}
        <Tag classes={COLOURS[provider.state]}>{own.states[provider.state]}</Tag>
      </h2>
      <SummaryList
        rows={rows.flatMap(([key, value]) => (value === null ? [] : [{ key: { text: key }, value: { text: value } }]))}
      />
      <Form action={paths.adminMessageProvider({ key: provider.key })} class="sen-filter-row">
        <Select
          id={`dung-${provider.key}`}
          name="dung"
          label={{ text: own.use }}
          items={[
            { value: 'co', text: own.on, selected: provider.state !== 'off' },
            { value: 'khong', text: own.off, selected: provider.state === 'off' },
          ]}
        />
        <Input
          id={`trong-so-${provider.key}`}
          name="trong-so"
          label={{ text: own.weight }}
          value={String(provider.weight)}
          inputmode="numeric"
          classes="govuk-input--width-4"
        />
        <Button classes="govuk-button--secondary">
          {own.save}
          <span class="govuk-visually-hidden">: {provider.key}</span>
        </Button>
      </Form>
    </section>
  );
}
