import { useLocale } from '../../../platform/http/page-context.ts';
import { AsOfBanner, unitViewSlug, type UnitView } from '../../../ui/components/as-of-banner.tsx';
import { BarChart } from '../../../ui/components/bar-chart.tsx';
import { ColumnChart } from '../../../ui/components/line-chart.tsx';
import { StatTiles } from '../../../ui/components/stat-tiles.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDate, formatNumber, formatPercent } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { PublicLayout } from '../../../ui/layouts/public-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { onlineShare, onTimeShare, type Counts, type FieldFigure } from '../figures.ts';

const words = localWords({
  vi: {
    title: 'Số liệu công khai',
    intro: 'Kết quả tiếp nhận, giải quyết thủ tục hành chính của cả tỉnh, cộng từ từng hồ sơ.',
    month: 'Tháng',
    show: 'Xem',
    asOf: 'Tính đến ngày (không bắt buộc)',
    toTheEndOf: (day: string): string => `tính đến hết ngày ${day}`,
    wholeMonths: 'Tháng này được tính trọn tháng.',
    monthName: (m: number, y: string): string => `Tháng ${m}/${y}`,
    submitted: 'hồ sơ nộp vào',
    received: 'hồ sơ tiếp nhận',
    onTime: 'giải quyết đúng hạn',
    online: 'nộp trực tuyến',
    late: 'hồ sơ giải quyết trễ hạn',
    year: 'Mười hai tháng gần đây',
    receivedName: 'Tiếp nhận',
    finishedName: 'Đã giải quyết',
    byField: 'Hồ sơ tiếp nhận theo lĩnh vực',
    byUnit: 'Hồ sơ tiếp nhận theo cơ quan giải quyết',
    field: 'Lĩnh vực',
    unit: 'Cơ quan',
    count: 'Số hồ sơ',
    all: 'Bảng đầy đủ theo cơ quan',
    onTimeHead: 'Đúng hạn',
    onlineHead: 'Trực tuyến',
    download: 'Tải bảng số liệu tháng này (CSV)',
    none: 'Tháng này chưa có hồ sơ',
    noneText: 'Chọn một tháng khác ở trên.',
    how: 'Cách tính',
    howText:
      'Tỷ lệ đúng hạn là số hồ sơ có kết quả không muộn hơn ngày hẹn, chia cho tổng số hồ sơ có kết quả trong tháng. Tỷ lệ trực tuyến là số hồ sơ nộp trên mạng chia cho tổng số hồ sơ nộp vào. Thời gian chờ người dân bổ sung không tính vào thời gian giải quyết.',
  },
  en: {
    title: 'Public figures',
    intro: 'What the whole province received and decided, counted from every dossier.',
    month: 'Month',
    show: 'Show',
    asOf: 'As of (optional)',
    toTheEndOf: (day: string): string => `to the end of ${day}`,
    wholeMonths: 'This month is counted as a whole.',
    monthName: (m: number, y: string): string => `${m}/${y}`,
    submitted: 'dossiers handed in',
    received: 'dossiers received',
    onTime: 'finished on time',
    online: 'handed in online',
    late: 'finished late',
    year: 'The last twelve months',
    receivedName: 'Received',
    finishedName: 'Finished',
    byField: 'Dossiers received, by field',
    byUnit: 'Dossiers received, by deciding agency',
    field: 'Field',
    unit: 'Agency',
    count: 'Dossiers',
    all: 'The whole table by agency',
    onTimeHead: 'On time',
    onlineHead: 'Online',
    download: 'Download the figures of this month (CSV)',
    none: 'There are no dossiers in this month',
    noneText: 'Choose another month above.',
    how: 'How it is counted',
    howText:
      'On time: dossiers with a result not later than the appointment, of all that got a result in the month. Online: dossiers handed in online, of all handed in. Time spent waiting for a supplement does not count.',
  },
});

export interface UnitFigure {
  name: { vi: string; en: string };
  counts: Counts;
}

const shownUnits = 15;

/** What the province publishes every month: charts with their tables, and the data to download. */
export function FiguresPage(props: {
  month: string;
  /** The day looked back from; `until` when the month is counted only to that day. */
  on: string;
  today: string;
  until: string | null;
  view: UnitView;
  months: readonly string[];
  total: Counts;
  year: readonly { month: string; counts: Counts }[];
  fields: readonly FieldFigure[];
  units: readonly UnitFigure[];
}) {
  const own = words.use();
  const locale = useLocale();
  const { total, on, today } = props;
  const isPast = on !== today;
  const month = props.month.slice(0, 7);
  const addressIn = (view: UnitView) => paths.figures({ thang: month, ngay: on, 'don-vi-theo': unitViewSlug[view] });
  const number = (value: number) => formatNumber(value, locale);
  const percent = (share: number | null) => (share === null ? '–' : formatPercent(share, locale));
  const short = (month: string) => `${Number(month.slice(5, 7))}/${month.slice(2, 4)}`;
  const nameOf = (month: string) => own.monthName(Number(month.slice(5, 7)), month.slice(0, 4));
  return (
    <PublicLayout title={own.title} description={own.intro} breadcrumbs={[{ text: own.title }]}>
      <h1 class="govuk-heading-l">{own.title}</h1>
      <p class="govuk-body-l">{own.intro}</p>
      <AsOfBanner
        on={on}
        today={today}
        todayPath={paths.figures({ thang: month })}
        views={isPast ? { current: props.view, past: addressIn('past'), now: addressIn('now') } : undefined}
      />
      <Form method="get" action={paths.figures()} class="sen-inline-search">
        <Select
          id="thang"
          name="thang"
          label={{ text: own.month, classes: 'govuk-label--s' }}
          value={props.month.slice(0, 7)}
          items={props.months.map((month) => ({ value: month.slice(0, 7), text: nameOf(month) }))}
        />
        <Input
          id="ngay"
          name="ngay"
          label={{ text: own.asOf, classes: 'govuk-label--s' }}
          classes="govuk-input--width-10"
          value={isPast ? formatDate(on) : ''}
          inputmode="numeric"
        />
        <Button text={own.show} classes="govuk-button--secondary" />
      </Form>
      <h2 class="govuk-heading-m">
        {nameOf(props.month)}
        {props.until !== null && `, ${own.toTheEndOf(formatDate(props.until))}`}
      </h2>
      {isPast && props.until === null && <p class="govuk-body sen-soft">{own.wholeMonths}</p>}
      <StatTiles
        tiles={[
          { value: number(total.submitted), label: own.submitted },
          { value: number(total.received), label: own.received },
          { value: percent(onTimeShare(total)), label: own.onTime },
          { value: percent(onlineShare(total)), label: own.online },
          { value: number(total.finishedLate), label: own.late, tone: total.finishedLate > 0 ? 'bad' : 'plain' },
        ]}
      />
      <ColumnChart
        title={own.year}
        labelHeading={own.month}
        labels={props.year.map((each) => short(each.month))}
        series={[
          { name: own.receivedName, values: props.year.map((each) => each.counts.received) },
          {
            name: own.finishedName,
            values: props.year.map((each) => each.counts.finishedOnTime + each.counts.finishedLate),
          },
        ]}
      />
      {props.fields.length === 0 ? (
        <EmptyState heading={own.none} text={own.noneText} />
      ) : (
        <div class="govuk-grid-row">
          <div class="govuk-grid-column-one-half">
            <BarChart
              title={own.byField}
              labelHeading={own.field}
              valueHeading={own.count}
              bars={props.fields.map((field) => ({
                label: field.name[locale],
                value: field.counts.received,
                path: paths.procedureField({ field: field.code }),
              }))}
            />
          </div>
          <div class="govuk-grid-column-one-half">
            <BarChart
              title={own.byUnit}
              labelHeading={own.unit}
              valueHeading={own.count}
              bars={props.units
                .slice(0, shownUnits)
                .map((unit) => ({ label: unit.name[locale], value: unit.counts.received }))}
            />
          </div>
        </div>
      )}
      {props.units.length > 0 && (
        <Details summaryText={own.all}>
          <div class="sen-scroll" tabIndex={0} role="region" aria-label={own.all}>
            <Table
              caption={own.all}
              captionClasses="govuk-visually-hidden"
              firstCellIsHeader
              head={[own.unit, own.submitted, own.received, own.onTimeHead, own.onlineHead].map((text, at) => ({
                text,
                format: at > 0 ? 'numeric' : undefined,
              }))}
              rows={props.units.map(({ name, counts }) => [
                { text: name[locale] },
                { text: number(counts.submitted), format: 'numeric' },
                { text: number(counts.received), format: 'numeric' },
                { text: percent(onTimeShare(counts)), format: 'numeric' },
                { text: percent(onlineShare(counts)), format: 'numeric' },
              ])}
            />
          </div>
        </Details>
      )}
      <p class="govuk-body">
        <Link
          to={paths.figuresExport({
            thang: month,
            ngay: isPast ? on : null,
            'don-vi-theo': isPast ? unitViewSlug[props.view] : null,
          })}
          download
        >
          {own.download}
        </Link>
      </p>
      <h2 class="govuk-heading-s">{own.how}</h2>
      <p class="govuk-body">{own.howText}</p>
    </PublicLayout>
  );
}
