import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

export interface JobLine {
  id: number;
  task: string;
  attempts: number;
  maxAttempts: number;
  runAt: Date;
  lastError: string | null;
}
export type JobTab = 'failing' | 'dead' | 'running' | 'waiting';

const words = localWords({
  vi: {
    title: 'Tác vụ nền',
    lead: 'Thư, tin nhắn, thống kê và đồng bộ chạy nền. Việc lỗi được thử lại tự động; ở đây bạn xem lý do, chạy lại ngay hoặc bỏ hẳn.',
    tabs: { failing: 'Đang lỗi, sẽ thử lại', dead: 'Đã thôi thử', running: 'Đang chạy', waiting: 'Đang chờ' } as Record<
      JobTab,
      string
    >,
    job: 'Tác vụ',
    tries: 'Số lần thử',
    next: 'Chạy lúc',
    reason: 'Lý do lỗi',
    retry: 'Chạy lại các việc đã chọn',
    drop: 'Bỏ hẳn các việc đã chọn',
    none: 'Không có tác vụ nào ở trạng thái này',
  },
  en: {
    title: 'Background jobs',
    lead: 'Mail, messages, figures and synchronisation run in the background. What fails is tried again by itself; here you see why, run it now, or drop it.',
    tabs: { failing: 'Failing, will be retried', dead: 'Given up', running: 'Running', waiting: 'Waiting' } as Record<
      JobTab,
      string
    >,
    job: 'Job',
    tries: 'Tries',
    next: 'Runs at',
    reason: 'Reason',
    retry: 'Run the chosen again',
    drop: 'Drop the chosen for good',
    none: 'No job is in this state',
  },
});

/** Background jobs by state, with the reason of each failure. */
export function JobsPage(props: {
  jobs: readonly JobLine[];
  counts: Record<JobTab, number>;
  tab: JobTab;
  nextCursor: string | null;
  canManage: boolean;
}) {
  const own = words.use();
  const { locale } = usePage();
  const tabs = Object.keys(own.tabs) as JobTab[];
  return (
    <WorkspaceLayout title={own.title}>
      <p class="govuk-body">{own.lead}</p>
      <nav class="moj-sub-navigation" aria-label={own.title}>
        <ul class="moj-sub-navigation__list">
          {tabs.map((tab) => (
            <li class="moj-sub-navigation__item" key={tab}>
              <Link
                to={paths.adminJobs({ loai: tab })}
                class="moj-sub-navigation__link"
                aria-current={tab === props.tab ? 'page' : undefined}
              >
                {own.tabs[tab]} ({props.counts[tab] >= 10_000 ? '10.000+' : props.counts[tab]})
              </Link>
            </li>
          ))}
        </ul>
      </nav>
      <DataTable
        caption={own.tabs[props.tab]}
        path={paths.adminJobs()}
        query={{ loai: props.tab }}
        rows={props.jobs}
        idOf={(job) => String(job.id)}
        nextCursor={props.nextCursor}
        bulk={
          props.canManage && props.tab !== 'running'
            ? {
                action: paths.adminJobsBulk(),
                buttons: [
                  { text: own.retry, name: 'viec', value: 'chay-lai' },
                  { text: own.drop, name: 'viec', value: 'bo', classes: 'govuk-button--warning' },
                ],
                labelOf: (job) => `${job.task} ${job.id}`,
              }
            : undefined
        }
        empty={<EmptyState heading={own.none} />}
        columns={[
          { heading: own.job, cell: (job) => `${job.task} · ${job.id}`, isRowHeader: true },
          { heading: own.tries, cell: (job) => `${job.attempts}/${job.maxAttempts}`, isNumeric: true },
          { heading: own.next, cell: (job) => formatDateTime(job.runAt, locale), isTight: true },
          { heading: own.reason, cell: (job) => job.lastError?.slice(0, 400) ?? '' },
        ]}
      />
    </WorkspaceLayout>
  );
}
