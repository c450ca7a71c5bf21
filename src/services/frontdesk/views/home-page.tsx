import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { StatTiles } from '../../../ui/components/stat-tiles.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { ShownRow } from '../list-worklist.ts';
import { queueSlugs } from '../worklist-address.ts';
import { deskWords } from './desk-words.ts';
import { isLateRow, useDossierColumns } from './worklist-page.tsx';

const words = localWords({
  vi: {
    title: 'Việc hôm nay',
    tiles: 'Số hồ sơ theo việc cần làm',
    late: 'quá hạn',
    today: 'đến hạn hôm nay',
    mine: 'đang giao cho tôi',
    receipt: 'chờ tiếp nhận',
    supplement: 'chờ người dân bổ sung',
    handover: 'chờ trả kết quả',
    mineTitle: 'Hồ sơ của tôi, hạn gần nhất trước',
    all: 'Xem tất cả hồ sơ của tôi',
    none: 'Bạn không có hồ sơ nào đang giữ',
    noneText: 'Hồ sơ được giao cho bạn sẽ hiện ở đây, hạn gần nhất ở trên cùng.',
    unit: 'Xem hồ sơ của đơn vị',
    unitTitle: 'Hồ sơ chờ tiếp nhận, nộp lâu nhất trước',
    intake: 'Tiếp nhận tại quầy',
    worklist: 'Mở danh sách hồ sơ',
  },
  en: {
    title: 'Today',
    tiles: 'Dossiers by what has to be done',
    late: 'late',
    today: 'due today',
    mine: 'assigned to me',
    receipt: 'to be received',
    supplement: 'waiting for applicants',
    handover: 'to hand over',
    mineTitle: 'My dossiers, the soonest due first',
    all: 'All my dossiers',
    none: 'You hold no dossier',
    noneText: 'Dossiers given to you appear here, the soonest due on top.',
    unit: 'See the dossiers of the unit',
    unitTitle: 'To be received, the longest waiting first',
    intake: 'Take in at the counter',
    worklist: 'Open the worklist',
  },
});

export interface HomePageProps {
  counts: Record<string, number>;
  dueToday: number;
  mine: readonly ShownRow[];
  waiting: readonly ShownRow[];
  mayReceive: boolean;
  now: Date;
}

const many = (count: number, cap: number): string => (count >= cap ? `${cap}+` : String(count));

/** An official's day: what is late, what is due today, what waits; then their own dossiers by deadline. */
export function HomePage(props: HomePageProps) {
  const own = words.use();
  const shared = deskWords.use();
  const { counts, now } = props;
  const tile = (label: string, count: number, hang: string, tone: 'plain' | 'bad' | 'warn', cap = 1000) => ({
    value: many(count, cap),
    label,
    path: paths.worklist({ hang }),
    tone: count > 0 ? tone : ('plain' as const),
  });
  const isMine = props.mine.length > 0 || props.waiting.length === 0;
  const rows = isMine ? props.mine.slice(0, 20) : props.waiting;
  const columns = useDossierColumns(rows, now, false);
  return (
    <WorkspaceLayout
      title={own.title}
      heading={`${own.title}, ${formatDate(now)}`}
      actions={props.mayReceive && <Button href={paths.counterIntake()} text={own.intake} />}
    >
      <StatTiles
        label={own.tiles}
        tiles={[
          tile(own.late, counts['late'] ?? 0, queueSlugs.late, 'bad'),
          tile(own.today, props.dueToday, queueSlugs['due-soon'], 'warn', 200),
          tile(own.mine, props.mine.length, queueSlugs.mine, 'plain', 100),
          tile(own.receipt, counts['awaiting-receipt'] ?? 0, queueSlugs['awaiting-receipt'], 'plain'),
          tile(own.supplement, counts['awaiting-supplement'] ?? 0, queueSlugs['awaiting-supplement'], 'plain'),
          tile(own.handover, counts['awaiting-return'] ?? 0, queueSlugs['awaiting-return'], 'plain'),
        ]}
      />
      <h2 class="govuk-heading-m">{isMine ? own.mineTitle : own.unitTitle}</h2>
      <DataTable
        caption={isMine ? own.mineTitle : own.unitTitle}
        columns={columns}
        rows={rows}
        idOf={(row) => row.id}
        path={paths.worklist()}
        query={{}}
        toneOf={(row) => (isLateRow(row, now) ? 'late' : undefined)}
        empty={
          <EmptyState heading={own.none} text={own.noneText}>
            <Link to={paths.worklist()}>{own.unit}</Link>
          </EmptyState>
        }
      />
      <p class="govuk-body">
        <Link to={paths.worklist({ hang: isMine ? queueSlugs.mine : queueSlugs['awaiting-receipt'] })}>
          {isMine ? own.all : `${own.worklist}: ${shared.queues['awaiting-receipt'].toLowerCase()}`}
        </Link>
      </p>
    </WorkspaceLayout>
  );
}
