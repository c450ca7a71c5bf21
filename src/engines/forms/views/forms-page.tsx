import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable, listQuery } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { formatDate, formatDateTime } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';

export const formsWords = localWords({
  vi: {
    title: 'Biểu mẫu điện tử',
    new: 'Tạo biểu mẫu',
    find: 'Tìm theo tên hoặc mã',
    state: 'Trạng thái',
    anyState: 'Tất cả',
    name: 'Tên biểu mẫu',
    code: 'Mã',
    version: 'Phiên bản',
    validFrom: 'Áp dụng từ',
    validTo: 'Đến hết',
    changedAt: 'Sửa lần cuối',
    designedBy: 'Người đang sửa',
    states: {
      'in-force': 'Đang áp dụng',
      coming: 'Sắp áp dụng',
      ended: 'Hết áp dụng',
      draft: 'Chưa công bố',
      changing: 'Đang sửa',
    } as Record<string, string>,
    empty: 'Không có biểu mẫu nào như vậy',
    emptyHint: 'Bỏ bớt điều kiện lọc, hoặc tạo một biểu mẫu mới.',
    tag: { 'in-force': 'Đang áp dụng', coming: 'Sắp áp dụng', ended: 'Hết áp dụng', draft: 'Chưa công bố' } as Record<
      string,
      string
    >,
    changing: 'Đang sửa',
  },
  en: {
    title: 'E-forms',
    new: 'Make a form',
    find: 'Name or code',
    state: 'State',
    anyState: 'All',
    name: 'Form',
    code: 'Code',
    version: 'Version',
    validFrom: 'In force from',
    validTo: 'Until',
    changedAt: 'Last change',
    designedBy: 'Being changed by',
    states: {
      'in-force': 'In force',
      coming: 'To come',
      ended: 'Ended',
      draft: 'Never published',
      changing: 'Being changed',
    },
    empty: 'There is no such form',
    emptyHint: 'Take a filter away, or make a new form.',
    tag: { 'in-force': 'In force', coming: 'To come', ended: 'Ended', draft: 'Never published' },
    changing: 'Being changed',
  },
});

export interface ListedFormView {
  code: string;
  titleVi: string;
  titleEn: string;
  version: number | null;
  validFrom: string | null;
  validTo: string | null;
  versions: number;
  designedAt: Date | null;
  designedBy: string | null;
  changedAt: Date;
}

const stateOf = (row: ListedFormView, today: string): string => {
  if (row.version === null || row.validFrom === null) return 'draft';
  if (row.validFrom > today) return 'coming';
  return row.validTo !== null && row.validTo < today ? 'ended' : 'in-force';
};
const colours: Record<string, string> = {
  'in-force': 'govuk-tag--green',
  coming: 'govuk-tag--blue',
  ended: 'govuk-tag--grey',
  draft: 'govuk-tag--yellow',
};

/** All forms of the province, the last changed first. */
export function FormsPage(props: {
  rows: readonly ListedFormView[];
  query: Record<string, string>;
  next: string | null;
  today: string;
}) {
  const own = formsWords.use();
  const locale = useLocale();
  const { query } = props;
  const { [listQuery.after]: _after, ...kept } = query;
  return (
    <WorkspaceLayout title={own.title} actions={<Button href={paths.adminFormNew()} text={own.new} />}>
      <FilterBar action={paths.adminForms()} kept={{ [listQuery.sort]: query[listQuery.sort] }}>
        <Input id="tim" name="tim" label={{ text: own.find }} value={query['tim']} />
        <Select
          id="trang-thai"
          name="trang-thai"
          label={{ text: own.state }}
          value={query['trang-thai'] ?? ''}
          items={[
            { value: '', text: own.anyState },
            ...Object.entries(own.states).map(([value, text]) => ({ value, text })),
          ]}
        />
      </FilterBar>
      <DataTable
        caption={own.title}
        rows={props.rows}
        idOf={(row) => row.code}
        path={paths.adminForms()}
        query={query}
        nextCursor={props.next}
        exports={['xlsx', 'csv'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminFormsExport({ format }, kept),
        }))}
        empty={<EmptyState heading={own.empty} text={own.emptyHint} />}
        columns={[
          {
            heading: own.name,
            isRowHeader: true,
            sortKey: 'ten',
            cell: (row) => (
              <>
                <Link to={paths.adminForm({ code: row.code })}>{(locale === 'en' && row.titleEn) || row.titleVi}</Link>
                <span class="sen-form-code">{row.code}</span>
              </>
            ),
          },
          {
            heading: own.state,
            cell: (row) => {
              const state = stateOf(row, props.today);
              return (
                <>
                  <Tag text={own.tag[state] ?? ''} classes={colours[state]} />{' '}
                  {row.designedAt && state !== 'draft' && <Tag text={own.changing} classes="govuk-tag--yellow" />}
                </>
              );
            },
          },
          { heading: own.version, cell: (row) => row.version ?? '–', isNumeric: true },
          { heading: own.validFrom, cell: (row) => (row.validFrom ? formatDate(row.validFrom) : '–'), isTight: true },
          { heading: own.designedBy, cell: (row) => row.designedBy ?? '–' },
          { heading: own.changedAt, cell: (row) => formatDateTime(row.changedAt, locale), isTight: true },
        ]}
      />
    </WorkspaceLayout>
  );
}
