import type { ComponentChildren } from 'preact';
import { useLocale, usePageIfAny } from '../../platform/http/page-context.ts';
import { formatNumber, formatTime } from '../format.ts';
import { Link } from '../link.tsx';
import { localWords } from '../local-words.ts';

const words = localWords({
  vi: {
    done: 'Đã xong',
    failed: 'Không làm được',
    left: 'Còn lại',
    started: 'Bắt đầu lúc',
    finished: 'Xong lúc',
    auto: 'Bạn có thể đóng trang; công việc vẫn chạy tiếp.',
    waiting: 'Đang chờ đến lượt.',
    again: 'Xem tiến độ mới nhất',
    reason: 'Lý do',
    item: 'Mục',
    more: (count: string): string => `Và ${count} mục khác nữa.`,
  },
  en: {
    done: 'Done',
    failed: 'Failed',
    left: 'Left',
    started: 'Started at',
    finished: 'Finished at',
    auto: 'You can close this page; the work goes on.',
    waiting: 'Waiting for its turn.',
    again: 'Show the latest progress',
    reason: 'Reason',
    item: 'Item',
    more: (count: string): string => `And ${count} more.`,
  },
});

/** How far a long piece of work has come. `total` is null until it is known. */
export interface LongWorkState {
  title: string;
  done: number;
  failed: number;
  total: number | null;
  startedAt: Date | null;
  finishedAt: Date | null;
  /** The first failures, with words that say what to do. */
  failures?: readonly { item: string; reason: string }[] | undefined;
}

/**
 * Progress of an import, a report, an export. While it runs, the workspace's script loads the page anew every five seconds; without
 * the script a link does. Children are shown when it is finished: the file to fetch, the way on.
 */
export function LongWork(props: { work: LongWorkState; children?: ComponentChildren }) {
  const own = words.use();
  const locale = useLocale();
  const page = usePageIfAny();
  const { work } = props;
  const handled = work.done + work.failed;
  const failures = work.failures ?? [];
  const figures: [string, number | null][] = [
    [own.done, work.done],
    [own.failed, work.failed],
    [own.left, work.total === null ? null : Math.max(0, work.total - handled)],
  ];
  return (
    <section class="sen-work" aria-label={work.title} data-refresh-seconds={work.finishedAt ? undefined : 5}>
      <progress
        class="sen-work__bar"
        aria-label={work.title}
        {...(work.finishedAt
          ? { value: 1, max: 1 }
          : work.total === null
            ? {}
            : { value: handled, max: Math.max(1, work.total) })}
      />
      <dl class="sen-work__figures">
        {figures.map(
          ([label, value]) =>
            value !== null && (
              <div>
                <dt>{label}</dt>
                <dd>{formatNumber(value, locale)}</dd>
              </div>
            ),
        )}
      </dl>
      <p class="govuk-hint">
        {work.startedAt ? `${own.started} ${formatTime(work.startedAt)}. ` : `${own.waiting} `}
        {work.finishedAt ? `${own.finished} ${formatTime(work.finishedAt)}.` : own.auto}
      </p>
      {!work.finishedAt && page && (
        <p class="govuk-body">
          <Link to={page.path}>{own.again}</Link>
        </p>
      )}
      {failures.length > 0 && (
        <table class="govuk-table">
          <caption class="govuk-table__caption govuk-table__caption--s">{own.failed}</caption>
          <thead class="govuk-table__head">
            <tr class="govuk-table__row">
              <th scope="col" class="govuk-table__header">
                {own.item}
              </th>
              <th scope="col" class="govuk-table__header">
                {own.reason}
              </th>
            </tr>
          </thead>
          <tbody class="govuk-table__body">
            {failures.map((failure) => (
              <tr class="govuk-table__row">
                <td class="govuk-table__cell">{failure.item}</td>
                <td class="govuk-table__cell">{failure.reason}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
      {work.failed > failures.length && failures.length > 0 && (
        <p class="govuk-body">{own.more(formatNumber(work.failed - failures.length, locale))}</p>
      )}
      {work.finishedAt && props.children}
    </section>
  );
}
