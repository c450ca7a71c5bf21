import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { ColumnChart } from '../../../ui/components/line-chart.tsx';
import { StatTiles } from '../../../ui/components/stat-tiles.tsx';
import { formatMoney, formatNumber, formatPercent } from '../../../ui/format.ts';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Figure, FigureFilter, FigureGroup } from '../figure-queries.ts';
import { messageWords } from '../message-words.ts';

export const figureWords = localWords({
  vi: {
    title: 'Số liệu gửi tin',
    lead: 'Số tin gửi, đến nơi và lỗi theo ngày gửi. Chỉ kênh có báo nhận (tin nhắn, Zalo) mới biết tin đã đến nơi.',
    groups: {
      day: 'Ngày',
      channel: 'Kênh',
      provider: 'Nhà cung cấp',
      unit_id: 'Đơn vị',
      template: 'Mẫu tin',
    } as Record<FigureGroup, string>,
    by: 'Xem theo',
    from: 'Từ ngày',
    until: 'Đến ngày',
    channel: 'Kênh',
    provider: 'Nhà cung cấp',
    template: 'Mẫu tin',
    all: 'Tất cả',
    sent: 'Đã gửi',
    delivered: 'Đến nơi',
    failed: 'Lỗi',
    parts: 'Số phần tin',
    cost: 'Chi phí (đồng)',
    seconds: 'Giây đến nơi (trung bình)',
    fast: 'Đến trong 10 giây (%)',
    noUnit: 'Không theo đơn vị',
    noProvider: 'Không qua nhà cung cấp',
    trial: 'Tin thử, không ra ngoài',
    none: 'Không có tin nào trong khoảng này',
  },
  en: {
    title: 'Figures of messages',
    lead: 'Messages sent, delivered and failed, by the day they were sent. Only channels with receipts (text, Zalo) know what was delivered.',
    groups: { day: 'Day', channel: 'Channel', provider: 'Provider', unit_id: 'Unit', template: 'Message' } as Record<
      FigureGroup,
      string
    >,
    by: 'Show by',
    from: 'From',
    until: 'Until',
    channel: 'Channel',
    provider: 'Provider',
    template: 'Message',
    all: 'All',
    sent: 'Sent',
    delivered: 'Delivered',
    failed: 'Failed',
    parts: 'Parts',
    cost: 'Cost (đồng)',
    seconds: 'Seconds to delivery (mean)',
    fast: 'Within 10 seconds (%)',
    noUnit: 'No unit',
    noProvider: 'No provider',
    trial: 'Trial, not sent out',
    none: 'No message in this span',
  },
});

type Row = Figure & { label: string };

/** Figures of outgoing messages: tiles, a chart by day, a table by what one asks for, exports. */
export function FiguresPage(props: {
  filter: FigureFilter & { group: FigureGroup };
  days: readonly Row[];
  rows: readonly Row[];
  providers: readonly string[];
  templates: readonly { key: string; title: string }[];
}) {
  const own = figureWords.use();
  const { locale } = usePage();
  const sum = (pick: (row: Row) => number) => props.days.reduce((total, row) => total + pick(row), 0);
  const delivered = sum((row) => row.delivered);
  const fast = sum((row) => (row.withinTenSeconds ?? 0) * row.delivered);
  return (
    <WorkspaceLayout title={own.title}>
      <p class="govuk-body">{own.lead}</p>
      <Filters {...props} />
      <StatTiles
        tiles={[
          {
            label: own.sent,
            value: formatNumber(
              sum((row) => row.sent),
              locale,
            ),
          },
          { label: own.delivered, value: formatNumber(delivered, locale) },
          {
            label: own.failed,
            value: formatNumber(
              sum((row) => row.failed),
              locale,
            ),
            tone: sum((row) => row.failed) > 0 ? 'bad' : 'plain',
          },
          { label: own.fast, value: delivered > 0 ? formatPercent(fast / delivered, locale) : '–' },
          {
            label: own.cost,
            value: formatMoney(
              sum((row) => row.costDong),
              locale,
            ),
          },
        ]}
      />
      {props.days.length > 0 && (
        <ColumnChart
          title={own.title}
          labelHeading={own.groups.day}
          labels={props.days.map((row) => row.label.slice(0, 5))}
          series={[
            { name: own.sent, values: props.days.map((row) => row.sent) },
            { name: own.delivered, values: props.days.map((row) => row.delivered) },
            { name: own.failed, values: props.days.map((row) => row.failed) },
          ]}
        />
      )}
      <FigureTable {...props} />
    </WorkspaceLayout>
  );
}

const queryOf = ({ group, ...filter }: FigureFilter & { group: FigureGroup }) => ({
  theo: group,
  tu: filter.from,
  den: filter.until,
  kenh: filter.channel,
  'nha-cung-cap': filter.provider,
  mau: filter.template,
  'don-vi': filter.unitId,
});

function FigureTable(props: { filter: FigureFilter & { group: FigureGroup }; rows: readonly Row[] }) {
  const own = figureWords.use();
  const { locale } = usePage();
  const query = queryOf(props.filter);
  return (
    <DataTable
      caption={`${own.title}: ${own.groups[props.filter.group]}`}
      path={paths.adminMessageFigures()}
      query={query}
      rows={props.rows}
      idOf={(row) => row.group}
      empty={<EmptyState heading={own.none} />}
      exports={['xlsx', 'csv'].map((format) => ({
        text: format.toUpperCase(),
        path: paths.adminMessageFiguresExport({ format }, query),
      }))}
      columns={[
        { heading: own.groups[props.filter.group], cell: (row) => row.label, isRowHeader: true },
        { heading: own.sent, cell: (row) => formatNumber(row.sent, locale), isNumeric: true },
        { heading: own.delivered, cell: (row) => formatNumber(row.delivered, locale), isNumeric: true },
        { heading: own.failed, cell: (row) => formatNumber(row.failed, locale), isNumeric: true },
        { heading: own.parts, cell: (row) => formatNumber(row.parts, locale), isNumeric: true },
        { heading: own.cost, cell: (row) => formatNumber(row.costDong, locale), isNumeric: true },
        {
          heading: own.seconds,
          cell: (row) => (row.deliverySeconds === null ? '–' : formatNumber(row.deliverySeconds, locale, 1)),
          isNumeric: true,
        },
        {
          heading: own.fast,
          cell: (row) => (row.withinTenSeconds === null ? '–' : formatPercent(row.withinTenSeconds, locale)),
          isNumeric: true,
        },
      ]}
    />
  );
}

function Filters(props: {
  filter: FigureFilter & { group: FigureGroup };
  providers: readonly string[];
  templates: readonly { key: string; title: string }[];
}) {
  const own = figureWords.use();
  const common = messageWords.use();
  const { filter } = props;
  const select = (
    name: string,
    label: string,
    chosen: string | null | undefined,
    options: readonly [string, string][],
  ) => (
    <Select
      id={name}
      name={name}
      label={{ text: label }}
      items={[['', own.all] as [string, string], ...options].map(([value, text]) => ({
        value,
        text,
        selected: value === (chosen ?? ''),
      }))}
    />
  );
  return (
    <FilterBar action={paths.adminMessageFigures()}>
      <Select
        id="theo"
        name="theo"
        label={{ text: own.by }}
        items={Object.entries(own.groups).map(([value, text]) => ({ value, text, selected: value === filter.group }))}
      />
      <Input id="tu" name="tu" type="date" label={{ text: own.from }} value={filter.from} />
      <Input id="den" name="den" type="date" label={{ text: own.until }} value={filter.until} />
      {select(
        'kenh',
        own.channel,
        filter.channel,
        ['email', 'sms', 'push', 'chat'].map((key) => [key, common.channels[key] ?? key]),
      )}
      {select(
        'nha-cung-cap',
        own.provider,
        filter.provider,
        props.providers.map((key) => [key, key]),
      )}
      {select(
        'mau',
        own.template,
        filter.template,
        props.templates.map(({ key, title }) => [key, title]),
      )}
    </FilterBar>
  );
}
