import { useLocale } from '../../../platform/http/page-context.ts';
import { AsOfBanner, unitViewSlug, type UnitView } from '../../../ui/components/as-of-banner.tsx';
import { BarChart } from '../../../ui/components/bar-chart.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { StatTiles } from '../../../ui/components/stat-tiles.tsx';
import { formatDate, formatNumber, formatPercent } from '../../../ui/format.ts';
import { Input } from '../../../ui/govuk/input.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import { queueSlugs } from '../worklist-address.ts';

export interface FigureLine {
  key: string;
  label: string;
  submitted: number;
  submittedOnline: number;
  received: number;
  finishedOnTime: number;
  finishedLate: number;
  refused: number;
  withdrawn: number;
  stopped: number;
  returned: number;
}

const words = localWords({
  vi: {
    title: 'Số liệu',
    from: 'Từ tháng (năm-tháng)',
    to: 'Đến tháng',
    now: 'Ngay lúc này',
    inProcess: 'đang giải quyết',
    late: 'đang quá hạn',
    waiting: 'chờ tiếp nhận',
    share: 'xong đúng hạn',
    byMonth: 'Theo tháng',
    byUnit: 'Theo đơn vị giải quyết',
    byProcedure: 'Theo thủ tục',
    chart: 'Số hồ sơ tiếp nhận mỗi tháng',
    month: 'Tháng',
    unit: 'Đơn vị',
    procedure: 'Thủ tục',
    submitted: 'Nộp',
    online: 'Trực tuyến',
    received: 'Tiếp nhận',
    onTime: 'Đúng hạn',
    tooLate: 'Trễ hạn',
    percent: 'Tỷ lệ đúng hạn',
    none: 'Chưa có số liệu trong khoảng này',
    noneText: 'Chọn khoảng tháng khác.',
    export: 'Tải về',
    asOf: 'Tính đến ngày',
  },
  en: {
    title: 'Figures',
    from: 'From (year-month)',
    to: 'To',
    now: 'At this moment',
    inProcess: 'in process',
    late: 'late now',
    waiting: 'to be received',
    share: 'finished on time',
    byMonth: 'By month',
    byUnit: 'By competent unit',
    byProcedure: 'By procedure',
    chart: 'Dossiers received each month',
    month: 'Month',
    unit: 'Unit',
    procedure: 'Procedure',
    submitted: 'Submitted',
    online: 'Online',
    received: 'Received',
    onTime: 'On time',
    tooLate: 'Late',
    percent: 'Share on time',
    none: 'No figures in this period',
    noneText: 'Choose other months.',
    export: 'Download',
    asOf: 'As of',
  },
});

function Lines(props: { title: string; heading: string; lines: readonly FigureLine[] }) {
  const own = words.use();
  const locale = useLocale();
  const number = (value: number) => ({ text: formatNumber(value, locale), format: 'numeric' });
  const share = (line: FigureLine): string => {
    const all = line.finishedOnTime + line.finishedLate;
    return all === 0 ? '–' : formatPercent(line.finishedOnTime / all, locale);
  };
  return (
    <div class="sen-table__frame" tabIndex={0} role="region" aria-label={props.title}>
      <Table
        caption={props.title}
        captionClasses="govuk-table__caption--m"
        classes="sen-table"
        firstCellIsHeader
        head={[props.heading, own.submitted, own.online, own.received, own.onTime, own.tooLate, own.percent].map(
          (text, at) => ({ text, format: at > 0 ? 'numeric' : undefined }),
        )}
        rows={props.lines.map((line) => [
          { text: line.label },
          number(line.submitted),
          number(line.submittedOnline),
          number(line.received),
          number(line.finishedOnTime),
          number(line.finishedLate),
          { text: share(line), format: 'numeric' },
        ])}
      />
    </div>
  );
}

export interface FiguresPageProps {
  from: string;
  to: string;
  on: string;
  today: string;
  view: UnitView;
  byMonth: readonly FigureLine[];
  byUnit: readonly FigureLine[];
  byProcedure: readonly FigureLine[];
  inProcess: number;
  late: number;
  waiting: number;
  mayExport: boolean;
}

/** How much came, how much was done on time: this moment in tiles, months as bars, units and procedures as tables. */
export function FiguresPage(props: FiguresPageProps) {
  const own = words.use();
  const locale = useLocale();
  const done = props.byMonth.reduce((sum, line) => sum + line.finishedOnTime + line.finishedLate, 0);
  const onTime = props.byMonth.reduce((sum, line) => sum + line.finishedOnTime, 0);
  const query = {
    tu: props.from,
    den: props.to,
    ngay: props.on === props.today ? null : props.on,
    'don-vi-theo': unitViewSlug[props.view],
  };
  const isPast = props.on !== props.today;
  return (
    <WorkspaceLayout title={own.title}>
      <AsOfBanner
        on={props.on}
        today={props.today}
        todayPath={paths.workspaceFigures({ 'don-vi-theo': query['don-vi-theo'] })}
        views={{
          current: props.view,
          past: paths.workspaceFigures({ ...query, 'don-vi-theo': null }),
          now: paths.workspaceFigures({ ...query, 'don-vi-theo': unitViewSlug.now }),
        }}
      />
      {!isPast && (
        <StatTiles
          label={own.now}
          tiles={[
            {
              value: formatNumber(props.inProcess, locale),
              label: own.inProcess,
              path: paths.worklist({ hang: queueSlugs['in-process'] }),
            },
            {
              value: formatNumber(props.late, locale),
              label: own.late,
              path: paths.worklist({ hang: queueSlugs.late }),
              tone: props.late > 0 ? 'bad' : 'plain',
            },
            {
              value: formatNumber(props.waiting, locale),
              label: own.waiting,
              path: paths.worklist({ hang: queueSlugs['awaiting-receipt'] }),
            },
            { value: done === 0 ? '–' : formatPercent(onTime / done, locale), label: own.share, tone: 'good' },
          ]}
        />
      )}
      <FilterBar action={paths.workspaceFigures()}>
        <Input
          name="tu"
          id="tu"
          type="month"
          value={props.from}
          label={{ text: own.from }}
          classes="govuk-input--width-10"
        />
        <Input
          name="den"
          id="den"
          type="month"
          value={props.to}
          label={{ text: own.to }}
          classes="govuk-input--width-10"
        />
        <Input
          name="ngay"
          id="ngay"
          value={formatDate(props.on)}
          label={{ text: own.asOf }}
          classes="govuk-input--width-10"
        />
      </FilterBar>
      {props.byMonth.length === 0 ? (
        <EmptyState heading={own.none} text={own.noneText} />
      ) : (
        <>
          {props.mayExport && (
            <p class="sen-list__exports">
              {own.export}
              <Link to={paths.workspaceFiguresExport({ format: 'xlsx' }, query)} attributes={{ 'data-turbo': 'false' }}>
                Excel
              </Link>
              <Link to={paths.workspaceFiguresExport({ format: 'csv' }, query)} attributes={{ 'data-turbo': 'false' }}>
                CSV
              </Link>
            </p>
          )}
          <BarChart
            title={own.chart}
            labelHeading={own.month}
            valueHeading={own.received}
            bars={props.byMonth.map((line) => ({ label: line.label, value: line.received }))}
          />
          <Lines title={own.byMonth} heading={own.month} lines={props.byMonth} />
          <Lines title={own.byUnit} heading={own.unit} lines={props.byUnit} />
          <Lines title={own.byProcedure} heading={own.procedure} lines={props.byProcedure} />
        </>
      )}
    </WorkspaceLayout>
  );
}
