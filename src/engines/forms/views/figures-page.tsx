import { useLocale } from '../../../platform/http/page-context.ts';
import { BarChart } from '../../../ui/components/bar-chart.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { StatTiles } from '../../../ui/components/stat-tiles.tsx';
import { formatNumber, formatPercent } from '../../../ui/format.ts';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Text } from '../definition.ts';
import type { FormFigures } from '../figures/figures-of.ts';

export const figureWords = localWords({
  vi: {
    title: 'Số liệu điền biểu mẫu',
    from: 'Từ ngày',
    to: 'Đến ngày',
    version: 'Phiên bản',
    all: 'Tất cả',
    started: 'Bắt đầu điền',
    sent: 'Gửi xong',
    rate: 'Tỷ lệ gửi xong',
    leftAll: 'Bỏ hoặc để quá hạn',
    idleAll: 'Đang để dở hơn một ngày',
    whereLeft: 'Dừng lại ở trang nào',
    whereStopped: 'Dừng lại ở câu nào',
    page: 'Trang',
    question: 'Câu hỏi',
    passed: 'Lượt qua',
    refused: 'Lượt sai',
    left: 'Bỏ dở',
    idle: 'Đang để dở',
    median: 'Một nửa mất không quá',
    medianSeconds: 'Một nửa mất không quá (giây)',
    pages: 'Theo trang',
    questions: 'Theo câu hỏi',
    export: 'Tải về',
    none: 'Chưa có số liệu trong khoảng này',
    noneHint: 'Số liệu có khi người dân bắt đầu điền biểu mẫu. Chọn khoảng ngày khác để xem.',
    privacy: 'Số liệu chỉ đếm lượt theo ngày: không ghi ai điền, không ghi câu trả lời.',
    seconds: (n: number): string => (n < 60 ? `${n} giây` : `${Math.round(n / 60)} phút`),
  },
  en: {
    title: 'Figures of filling in',
    from: 'From',
    to: 'To',
    version: 'Version',
    all: 'All',
    started: 'Started',
    sent: 'Sent',
    rate: 'Share sent',
    leftAll: 'Dropped or expired',
    idleAll: 'Waiting for more than a day',
    whereLeft: 'On which page people stop',
    whereStopped: 'At which question people stop',
    page: 'Page',
    question: 'Question',
    passed: 'Passed',
    refused: 'Refused',
    left: 'Left',
    idle: 'Waiting',
    median: 'Half took at most',
    medianSeconds: 'Half took at most (seconds)',
    pages: 'By page',
    questions: 'By question',
    export: 'Download',
    none: 'There are no figures for these days',
    noneHint: 'They appear when people begin to fill the form in. Choose other days.',
    privacy: 'Only counts by day: nobody’s name and no answer is recorded.',
    seconds: (n: number): string => (n < 60 ? `${n} s` : `${Math.round(n / 60)} min`),
  },
});

/** Figures of one form for its owner: tiles, where people stop, tables by page and question. */
export function FiguresPage(props: {
  code: string;
  title: Text;
  numbers: readonly number[];
  chosen: number | null;
  from: string;
  to: string;
  figures: FormFigures;
}) {
  const own = figureWords.use();
  const locale = useLocale();
  const { code, figures } = props;
  const query = { tu: props.from, den: props.to, 'phien-ban': props.chosen };
  const number = (value: number) => formatNumber(value, locale);
  const isEmpty =
    figures.started + figures.sent + figures.left + figures.idle === 0 &&
    figures.questions.length === 0 &&
    figures.pages.every((each) => each.passed + each.refused === 0);
  const stopped = figures.questions
    .map((each) => ({ label: each.label[locale], value: each.left + each.idle }))
    .filter((each) => each.value > 0)
    .sort((a, b) => b.value - a.value)
    .slice(0, 10);
  return (
    <WorkspaceLayout title={own.title} caption={props.title[locale]} backPath={paths.adminForm({ code })}>
      <FilterBar action={paths.adminFormFigures({ code })}>
        <Input id="tu" name="tu" type="date" label={{ text: own.from }} value={props.from} />
        <Input id="den" name="den" type="date" label={{ text: own.to }} value={props.to} />
        <Select
          id="phien-ban"
          name="phien-ban"
          label={{ text: own.version }}
          value={String(props.chosen ?? '')}
          items={[
            { value: '', text: own.all },
            ...props.numbers.map((each) => ({ value: String(each), text: String(each) })),
          ]}
        />
      </FilterBar>
      {isEmpty ? (
        <EmptyState heading={own.none} text={own.noneHint} />
      ) : (
        <>
          <StatTiles
            tiles={[
              { value: number(figures.started), label: own.started },
              { value: number(figures.sent), label: own.sent, tone: 'good' },
              {
                value:
                  figures.started > 0 ? formatPercent(Math.min(1, figures.sent / figures.started), locale, 0) : '–',
                label: own.rate,
              },
              { value: number(figures.left), label: own.leftAll, tone: figures.left > 0 ? 'warn' : 'plain' },
              { value: number(figures.idle), label: own.idleAll },
            ]}
          />
          <BarChart
            title={own.whereLeft}
            labelHeading={own.page}
            valueHeading={own.left}
            bars={figures.pages.map((each) => ({ label: each.title[locale], value: each.left + each.idle }))}
          />
          {stopped.length > 0 && (
            <BarChart title={own.whereStopped} labelHeading={own.question} valueHeading={own.left} bars={stopped} />
          )}
          <p class="govuk-body">
            {own.export}:{' '}
            {['xlsx', 'csv'].map((format) => (
              <>
                <Link to={paths.adminFormFiguresExport({ code, format }, query)}>{format.toUpperCase()}</Link>{' '}
              </>
            ))}
          </p>
          <Figures
            caption={own.pages}
            head={[own.page, own.passed, own.refused, own.left, own.idle, own.median]}
            rows={figures.pages.map((each) => [
              each.title[locale],
              number(each.passed),
              number(each.refused),
              number(each.left),
              number(each.idle),
              each.medianSeconds === null ? '–' : own.seconds(each.medianSeconds),
            ])}
          />
          {figures.questions.length > 0 && (
            <Figures
              caption={own.questions}
              head={[own.question, own.page, own.refused, own.left, own.idle]}
              words={2}
              rows={figures.questions.map((each) => [
                each.label[locale],
                each.page[locale],
                number(each.refused),
                number(each.left),
                number(each.idle),
              ])}
            />
          )}
        </>
      )}
      <p class="govuk-body-s sen-soft">{own.privacy}</p>
    </WorkspaceLayout>
  );
}

/** A table whose first columns are words and whose others are figures. */
function Figures(props: {
  caption: string;
  head: readonly string[];
  rows: readonly (readonly string[])[];
  words?: number;
}) {
  const words = props.words ?? 1;
  const kind = (index: number, base: string): string => (index < words ? base : `${base} ${base}--numeric`);
  return (
    <table class="govuk-table">
      <caption class="govuk-table__caption govuk-table__caption--m">{props.caption}</caption>
      <thead>
        <tr>
          {props.head.map((heading, index) => (
            <th scope="col" class={kind(index, 'govuk-table__header')}>
              {heading}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {props.rows.map((row) => (
          <tr>
            {row.map((cell, index) =>
              index === 0 ? (
                <th scope="row" class="govuk-table__header">
                  {cell}
                </th>
              ) : (
                <td class={kind(index, 'govuk-table__cell')}>{cell}</td>
              ),
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}
