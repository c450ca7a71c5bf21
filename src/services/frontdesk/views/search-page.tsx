import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
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
    none: 'Nothing found',
    noneText: 'Only dossiers that you may see are searched. Try the beginning of the code, or family and middle name.',
    start: 'Type a code or a name',
    startText: 'All queues are searched, finished dossiers too.',
    found: (count: number): string =>
      count >= 50 ? 'The best 50 are shown; type more to narrow it down' : `${count} found`,
  },
});

/** Search over every dossier that the official may see. */
export function SearchPage(props: { text: string; rows: readonly ShownRow[]; now: Date }) {
  const own = words.use();
  const isAsked = props.text.length >= 2;
  return (
    <WorkspaceLayout title={own.title}>
      <FilterBar action={paths.workspaceSearch()} applyText={own.button}>
        <Input
          name="tim"
          id="tim"
          value={props.text}
          label={{ text: own.label }}
          hint={{ text: own.hint }}
          classes="govuk-input--width-30"
        />
      </FilterBar>
      <DataTable
        caption={own.found(props.rows.length)}
        columns={useDossierColumns(props.rows, props.now, false)}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.workspaceSearch()}
        query={{ tim: props.text }}
        summary={own.found(props.rows.length)}
        toneOf={(row) => (isLateRow(row, props.now) ? 'late' : undefined)}
        empty={<EmptyState heading={isAsked ? own.none : own.start} text={isAsked ? own.noneText : own.startText} />}
      />
    </WorkspaceLayout>
  );
}
