import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { formatDateTime } from '../../../ui/format.ts';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

export interface EventLine {
  id: number;
  occurredAt: Date;
  title: string;
  name: string;
  subject: string;
  unitName: string;
  actor: string;
  requestId: string;
  facts: readonly [string, string][];
}

const words = localWords({
  vi: {
    title: 'Nhật ký hệ thống',
    lead: 'Mỗi việc làm thay đổi dữ liệu được ghi lại một lần, không sửa được. Lọc theo người, đối tượng, thời gian hoặc mã tham chiếu mà người dân đọc qua điện thoại. Tệp tải về gồm 31 ngày gần nhất nếu chưa chọn từ ngày nào.',
    at: 'Lúc',
    what: 'Việc',
    who: 'Người thực hiện',
    about: 'Đối tượng',
    unit: 'Đơn vị',
    details: 'Chi tiết',
    reference: 'Mã tham chiếu',
    kind: 'Tên việc (ví dụ dossiers.)',
    actorId: 'Mã người thực hiện',
    subjectId: 'Mã đối tượng',
    from: 'Từ ngày',
    to: 'Đến ngày',
    none: 'Không có việc nào phù hợp',
    noneHint: 'Thử bỏ bớt điều kiện lọc.',
    xlsx: 'Tải Excel',
    csv: 'Tải CSV',
  },
  en: {
    title: 'Event log',
    lead: 'Every act that changes data is recorded once and cannot be edited. Filter by person, subject, time, or the reference a citizen reads out. A file taken away holds the last 31 days unless a first day is chosen.',
    at: 'Time',
    what: 'Act',
    who: 'By',
    about: 'Subject',
    unit: 'Unit',
    details: 'Details',
    reference: 'Reference',
    kind: 'Name of the act (such as dossiers.)',
    actorId: 'Id of the person',
    subjectId: 'Id of the subject',
    from: 'From',
    to: 'To',
    none: 'No act matches',
    noneHint: 'Try fewer filters.',
    xlsx: 'Excel',
    csv: 'CSV',
  },
});

export interface EventsPageProps {
  lines: readonly EventLine[];
  query: Record<string, string>;
  nextCursor: string | null;
}

/** The record of acts with filters and export. */
export function EventsPage(props: EventsPageProps) {
  const own = words.use();
  const { locale } = usePage();
  const { query } = props;
  const field = (name: string, label: string, type = 'text') => (
    <Input id={name} name={name} type={type} label={{ text: label }} value={query[name] ?? ''} />
  );
  return (
    <WorkspaceLayout title={own.title}>
      <p class="govuk-body">{own.lead}</p>
      <FilterBar action={paths.adminEvents()}>
        {field('viec', own.kind)}
        {field('nguoi', own.actorId)}
        {field('doi-tuong', own.subjectId)}
        {field('tham-chieu', own.reference)}
        {field('tu', own.from, 'date')}
        {field('den', own.to, 'date')}
      </FilterBar>
      <DataTable
        caption={own.title}
        path={paths.adminEvents()}
        query={query}
        rows={props.lines}
        idOf={(line) => String(line.id)}
        nextCursor={props.nextCursor}
        exports={[
          { text: own.xlsx, path: paths.adminEventsExport({ format: 'xlsx' }, query) },
          { text: own.csv, path: paths.adminEventsExport({ format: 'csv' }, query) },
        ]}
        empty={<EmptyState heading={own.none} text={own.noneHint} />}
        columns={[
          { heading: own.at, cell: (line) => formatDateTime(line.occurredAt, locale), isTight: true },
          { heading: own.what, cell: (line) => line.title, isRowHeader: true },
          { heading: own.who, cell: (line) => line.actor },
          { heading: own.unit, cell: (line) => line.unitName },
          { heading: own.about, cell: (line) => line.subject },
          { heading: own.details, cell: (line) => <EventFacts line={line} /> },
        ]}
      />
    </WorkspaceLayout>
  );
}

function EventFacts({ line }: { line: EventLine }) {
  const own = words.use();
  return (
    <Details summaryText={own.details}>
      <dl class="sen-facts">
        <dt>{own.reference}</dt>
        <dd>{line.requestId}</dd>
        <dt>ID</dt>
        <dd>
          {line.id} · {line.name}
        </dd>
        {line.facts.map(([name, value]) => (
          <>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </>
        ))}
      </dl>
    </Details>
  );
}
