import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { ShownRow } from '../list-worklist.ts';
import { isLateRow, useDossierColumns } from './worklist-page.tsx';

const words = localWords({
  vi: {
    title: 'Tìm hồ sơ',
    label: 'Mã hồ sơ, số định danh hoặc tên người nộp',
    hint: 'Gõ cả mã hoặc phần đầu của mã. Tên có dấu hay không dấu đều được.',
    button: 'Tìm',
    reason: 'Tìm để làm gì?',
    reasonHint: 'Lý do được ghi lại, người có hồ sơ xem được. Tìm bằng mã hồ sơ thì không cần.',
    choose: 'Chọn lý do',
    reasons: {
      'tiep-nhan': 'Tiếp nhận, hướng dẫn tại quầy',
      'tra-ket-qua': 'Trả kết quả',
      'giai-quyet': 'Giải quyết hồ sơ đang xử lý',
      'tra-loi': 'Trả lời câu hỏi, phản ánh',
      'kiem-tra': 'Kiểm tra, giám sát',
      khac: 'Lý do khác (ghi rõ)',
    },
    other: 'Lý do khác',
    problem: 'Chưa tìm được',
    needed: 'Chọn hoặc ghi lý do tra cứu thông tin của người dân',
    none: 'Không tìm thấy hồ sơ nào',
    noneText: 'Chỉ tìm trong những hồ sơ bạn được xem. Thử phần đầu của mã, hoặc họ và tên đệm.',
    start: 'Gõ mã hồ sơ hoặc tên để tìm',
    startText: 'Tìm trong mọi hàng chờ, kể cả hồ sơ đã xong.',
    found: (count: number): string =>
      count >= 50 ? 'Hiện 50 hồ sơ khớp nhất; gõ thêm để thu hẹp' : `Tìm thấy ${count} hồ sơ`,
  },
  en: {
    title: 'Find a dossier',
    label: 'Code, identity number or name of the applicant',
    hint: 'The whole code or its beginning. Names with or without marks.',
    button: 'Find',
    reason: 'What for?',
    reasonHint: 'The reason is recorded, and the applicants can see it. No reason is needed to search by code.',
    choose: 'Choose a reason',
    reasons: {
      'tiep-nhan': 'Taking in or guiding at the counter',
      'tra-ket-qua': 'Handing over a result',
      'giai-quyet': 'Working on a dossier',
      'tra-loi': 'Answering a question or complaint',
      'kiem-tra': 'Inspection',
      khac: 'Another reason (say which)',
    },
    other: 'Another reason',
    problem: 'The search was not made',
    needed: 'Choose or write why you look up a person’s information',
    none: 'Nothing found',
    noneText: 'Only dossiers that you may see are searched. Try the beginning of the code, or family and middle name.',
    start: 'Type a code or a name',
    startText: 'All queues are searched, finished dossiers too.',
    found: (count: number): string =>
      count >= 50 ? 'The best 50 are shown; type more to narrow it down' : `${count} found`,
  },
});

/** Search over every dossier that the official may see. */
export function SearchPage(props: {
  text: string;
  rows: readonly ShownRow[];
  now: Date;
  chosen: { reason: string; other: string };
  needsReason?: boolean;
}) {
  const own = words.use();
  const isAsked = props.text.length >= 2;
  return (
    <WorkspaceLayout title={own.title} hasErrors={props.needsReason}>
      {props.needsReason && <ErrorSummary titleText={own.problem} errorList={[{ text: own.needed, href: '#ly-do' }]} />}
      <FilterBar action={paths.workspaceSearch()} applyText={own.button}>
        <Input
          name="tim"
          id="tim"
          value={props.text}
          label={{ text: own.label }}
          hint={{ text: own.hint }}
          classes="govuk-input--width-30"
        />
        <Select
          name="ly-do"
          id="ly-do"
          label={{ text: own.reason }}
          hint={{ text: own.reasonHint }}
          errorMessage={props.needsReason ? { text: own.needed } : undefined}
          value={props.chosen.reason}
          items={[
            { value: '', text: own.choose },
            ...Object.entries(own.reasons).map(([value, text]) => ({ value, text })),
          ]}
        />
        <Input
          name="ly-do-khac"
          id="ly-do-khac"
          value={props.chosen.other}
          label={{ text: own.other }}
          classes="govuk-input--width-20"
          attributes={{ maxlength: '200' }}
        />
      </FilterBar>
      <DataTable
        caption={own.found(props.rows.length)}
        columns={useDossierColumns(props.rows, props.now, false)}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.workspaceSearch()}
        query={{ tim: props.text, 'ly-do': props.chosen.reason, 'ly-do-khac': props.chosen.other }}
        summary={own.found(props.rows.length)}
        toneOf={(row) => (isLateRow(row, props.now) ? 'late' : undefined)}
        empty={<EmptyState heading={isAsked ? own.none : own.start} text={isAsked ? own.noneText : own.startText} />}
      />
    </WorkspaceLayout>
  );
}
