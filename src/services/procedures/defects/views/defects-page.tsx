import { useLocale } from '../../../../platform/http/page-context.ts';
import { DataTable, listQuery } from '../../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../../ui/components/error-summary-for.tsx';
import { FilterBar } from '../../../../ui/components/filter-bar.tsx';
import { bound, type FormState } from '../../../../ui/components/form-state.ts';
import { StatTiles } from '../../../../ui/components/stat-tiles.tsx';
import { formatDate, formatNumber } from '../../../../ui/format.ts';
import { Input } from '../../../../ui/govuk/input.tsx';
import { Select } from '../../../../ui/govuk/select.tsx';
import { Tag } from '../../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../../ui/link.tsx';
import { localWords } from '../../../../ui/local-words.ts';
import { paths } from '../../../../ui/paths.ts';
import { sectionByKey } from '../../editor/sections.ts';
import { defectTitle } from '../defect-words.ts';
import { anchorOf, defectStates, factsOfKind, type Defect } from '../defect.ts';
import { fixFor } from '../fix-words.ts';

export const defectWords = localWords({
  vi: {
    title: 'Việc sửa lỗi danh mục',
    intro: 'Mỗi lỗi của danh mục quốc gia là một việc. Nhập lại tệp thì lỗi đã hết tự đóng, lỗi quay lại tự mở; công bố phiên bản đã sửa thì lỗi tự đóng.',
    state: 'Trạng thái',
    todo: 'Cần xử lý',
    all: 'Tất cả',
    states: { open: 'Chưa giao', assigned: 'Đã giao', fixed: 'Đã sửa', accepted: 'Chấp nhận' } as Record<string, string>,
    severity: 'Mức độ',
    severities: { 1: 'Nặng', 2: 'Vừa', 3: 'Nhẹ' } as Record<number, string>,
    defect: 'Lỗi',
    code: 'Mã thủ tục',
    codeSearch: 'Mã thủ tục bắt đầu bằng',
    procedure: 'Thủ tục',
    place: 'Vị trí',
    source: 'Nguyên văn',
    fix: 'Gợi ý sửa',
    assignee: 'Người nhận việc',
    anybody: 'Bất kỳ ai',
    mine: 'Việc của tôi',
    reason: 'Lý do chấp nhận',
    firstSeen: 'Thấy lần đầu',
    lastSeen: 'Thấy lần cuối',
    reopened: 'Số lần mở lại',
    again: (n: number): string => `mở lại ${n} lần`,
    repair: 'Sửa',
    fixedBy: { import: 'nguồn đã sửa', version: 'phiên bản mới đã sửa' } as Record<string, string>,
    assignTo: 'Giao cho',
    assign: 'Giao việc',
    accept: 'Chấp nhận',
    reopen: 'Mở lại',
    acceptReason: 'Lý do (khi chấp nhận)',
    choose: 'Chọn người',
    nothingChosen: 'Đánh dấu ít nhất một lỗi',
    reasonMissing: 'Hãy ghi lý do chấp nhận',
    toMissing: 'Hãy chọn người nhận việc',
    done: (n: number): string => `Đã cập nhật ${n} lỗi.`,
    shown: (n: number): string => `Hiện ${n} lỗi`,
    empty: 'Không có lỗi nào phù hợp',
    emptyHint: 'Bỏ bớt điều kiện lọc, hoặc nhập danh mục quốc gia.',
    line: 'Dòng không đọc được',
  },
  en: {
    title: 'Defects to put right',
    intro: 'Each defect of the national catalogue is a piece of work. Importing again closes what is gone and opens what is back; publishing a version that puts it right closes it.',
    state: 'State',
    todo: 'To do',
    all: 'All',
    states: { open: 'Not assigned', assigned: 'Assigned', fixed: 'Fixed', accepted: 'Accepted' },
    severity: 'Severity',
    severities: { 1: 'Serious', 2: 'Middling', 3: 'Slight' },
    defect: 'Defect',
    code: 'Code',
    codeSearch: 'Code begins with',
    procedure: 'Procedure',
    place: 'Place',
    source: 'Source text',
    fix: 'What to do',
    assignee: 'Assigned to',
    anybody: 'Anybody',
    mine: 'Mine',
    reason: 'Why it is accepted',
    firstSeen: 'First seen',
    lastSeen: 'Last seen',
    reopened: 'Times reopened',
    again: (n: number): string => `reopened ${n} times`,
    repair: 'Put right',
    fixedBy: { import: 'put right at the source', version: 'put right by a version' },
    assignTo: 'Assign to',
    assign: 'Assign',
    accept: 'Accept',
    reopen: 'Open again',
    acceptReason: 'Reason (to accept)',
    choose: 'Choose somebody',
    nothingChosen: 'Tick at least one defect',
    reasonMissing: 'Say why it is accepted',
    toMissing: 'Choose who does it',
    done: (n: number): string => `${n} defects changed.`,
    shown: (n: number): string => `${n} defects shown`,
    empty: 'No defect matches',
    emptyHint: 'Take away a filter, or import the national catalogue.',
    line: 'A line that cannot be read',
  },
}); // prettier-ignore

const colours: Record<number, string> = { 1: 'govuk-tag--red', 2: 'govuk-tag--orange', 3: 'govuk-tag--grey' };

/** Defects as work: what is worst first, who does what, and the way into the editor at the field. */
export function DefectsPage(props: {
  rows: readonly Defect[];
  next: string | null;
  query: Record<string, string>;
  counts: readonly { state: string; severity: number; kind: string; amount: number }[];
  assignees: readonly { id: string; name: string }[];
  mayEdit: boolean;
  done: number | null;
  form: FormState;
}) {
  const own = defectWords.use();
  const locale = useLocale();
  const { query, counts, form } = props;
  const waiting = counts.filter((one) => one.state === 'open' || one.state === 'assigned');
  const total = (list: readonly { amount: number }[]) => list.reduce((sum, one) => sum + one.amount, 0);
  const tile = (label: string, list: readonly { amount: number }[], path: string) => ({
    label,
    value: formatNumber(total(list), locale),
    path,
  });
  const select = (name: string, label: string, items: readonly (readonly [string, string])[], chosen: string) => (
    <Select
      id={name}
      name={name}
      label={{ text: label }}
      items={items.map(([value, text]) => ({ value, text, selected: value === chosen }))}
    />
  );
  const kinds = [...new Set(counts.map((one) => one.kind))];
  const { [listQuery.sort]: _sort, ...kept } = query;
  return (
    <WorkspaceLayout
      title={own.title}
      backPath={paths.adminProcedures()}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} targets={{ chosen: 'trang-thai' }} />
      {props.done !== null && (
        <div class="sen-message sen-message--success" role="status">
          <p class="sen-message__text">{own.done(props.done)}</p>
        </div>
      )}
      <p class="govuk-body">{own.intro}</p>
      <StatTiles
        tiles={[
          ...([1, 2, 3] as const).map((severity) =>
            tile(
              `${own.todo} · ${own.severities[severity]}`,
              waiting.filter((one) => one.severity === severity),
              paths.adminDefects({ 'muc-do': severity }),
            ),
          ),
          tile(own.states['fixed']!, counts.filter((one) => one.state === 'fixed'), paths.adminDefects({ 'trang-thai': 'fixed' })), // prettier-ignore
          tile(own.states['accepted']!, counts.filter((one) => one.state === 'accepted'), paths.adminDefects({ 'trang-thai': 'accepted' })), // prettier-ignore
        ]}
      />
      <FilterBar action={paths.adminDefects()} kept={{ [listQuery.sort]: query[listQuery.sort] }}>
        {select('trang-thai', own.state, [['todo', own.todo], ...defectStates.map((one) => [one, own.states[one]!] as const), ['all', own.all]], query['trang-thai'] ?? 'todo')}
        {select('muc-do', own.severity, [['', own.all], ...([1, 2, 3] as const).map((one) => [String(one), own.severities[one]!] as const)], query['muc-do'] ?? '')}
        {select('loi', own.defect, [['', own.all], ...kinds.map((kind) => [kind, defectTitle(kind)[locale]] as const)], query['loi'] ?? '')}
        {select('giao', own.assignee, [['', own.anybody], ['toi', own.mine]], query['giao'] ?? '')}
        <Input id="ma" name="ma" label={{ text: own.codeSearch }} value={query['ma'] ?? ''} />
      </FilterBar>
      <DataTable
        caption={own.title}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.adminDefects()}
        query={query}
        nextCursor={props.next}
        summary={own.shown(props.rows.length)}
        exports={['xlsx', 'csv'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminDefectsExport({ format }, kept),
        }))}
        bulk={props.mayEdit ? bulkOf(own, props) : undefined}
        empty={<EmptyState heading={own.empty} text={own.emptyHint} />}
        columns={[
          {
            heading: own.severity,
            cell: (row) => <Tag text={own.severities[row.severity] ?? ''} classes={colours[row.severity]} />,
            sortKey: 'nang',
          },
          {
            heading: own.procedure,
            cell: (row) =>
              row.code === null ? (
                own.line
              ) : (
                <>
                  <Link to={paths.adminProcedure({ code: row.code })}>{row.code}</Link> <span lang="vi">{row.name}</span>
                </>
              ),
            sortKey: 'ma',
          },
          { heading: own.defect, cell: (row) => <Words row={row} />, isRowHeader: true },
          { heading: own.fix, cell: (row) => <Fix row={row} mayEdit={props.mayEdit} /> },
          { heading: own.state, cell: (row) => <State row={row} /> },
          { heading: own.lastSeen, cell: (row) => formatDate(row.lastSeenAt), isTight: true },
        ]}
      />
    </WorkspaceLayout>
  ); // prettier-ignore
}

function bulkOf(own: ReturnType<typeof defectWords.use>, props: Parameters<typeof DefectsPage>[0]) {
  return {
    action: paths.adminDefectsAct(),
    labelOf: (row: Defect) => `${row.code ?? ''} ${row.place}`,
    before: (
      <div class="sen-filter__form">
        {Object.entries(props.query).map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        <Select
          {...bound(props.form, 'to')}
          label={{ text: own.assignTo }}
          items={[
            { value: '', text: own.choose },
            ...props.assignees.map((one) => ({ value: one.id, text: one.name })),
          ]}
        />
        <Input {...bound(props.form, 'reason')} label={{ text: own.acceptReason }} />
      </div>
    ),
    buttons: [
      { text: own.assign, name: 'act', value: 'assign' },
      { text: own.accept, name: 'act', value: 'accept', classes: 'govuk-button--secondary' },
      { text: own.reopen, name: 'act', value: 'reopen', classes: 'govuk-button--secondary' },
    ],
  };
}

function Words({ row }: { row: Defect }) {
  const locale = useLocale();
  return (
    <>
      {defectTitle(row.kind)[locale]}
      {row.source !== null && row.source !== '' && (
        <div class="govuk-hint sen-break" lang="vi">
          “{row.source.length > 120 ? `${row.source.slice(0, 120)}…` : row.source}”
        </div>
      )}
    </>
  );
}

function Fix({ row, mayEdit }: { row: Defect; mayEdit: boolean }) {
  const own = defectWords.use();
  const locale = useLocale();
  const { section } = factsOfKind(row.kind);
  return (
    <>
      {fixFor(row.kind)[locale]}
      {mayEdit && section !== null && row.code !== null && row.state !== 'fixed' && (
        <>
          {' '}
          <Link
            to={`${paths.adminProcedureDraft({ code: row.code }, { muc: sectionByKey(section).slug })}#${anchorOf(row.kind, row.place)}`}
          >
            {own.repair}
            <span class="govuk-visually-hidden">
              {' '}
              {row.code} {defectTitle(row.kind)[locale]}
            </span>
          </Link>
        </>
      )}
    </>
  );
}

function State({ row }: { row: Defect }) {
  const own = defectWords.use();
  const more = [
    row.state === 'assigned' ? row.assignee : null,
    row.state === 'fixed' && row.fixedBy ? own.fixedBy[row.fixedBy] : null,
    row.state === 'accepted' ? row.reason : null,
    row.reopened > 0 ? own.again(row.reopened) : null,
  ].filter(Boolean);
  return (
    <>
      {own.states[row.state]}
      {more.length > 0 && <div class="govuk-hint">{more.join(' · ')}</div>}
    </>
  );
}
