import { useLocale } from '../../../platform/http/page-context.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { AsOfBanner } from '../../../ui/components/as-of-banner.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { freshForm } from '../../../ui/components/form-state.ts';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { HeldPost, Officer } from '../officer.ts';
import type { UnitName } from '../unit-queries.ts';
import { adminWords, localName, localTitle } from './admin-words.ts';
import { DayField } from './unit-fields.tsx';

const words = localWords({
  vi: {
    search: 'Tên, mã hoặc thư điện tử',
    unitCode: 'Mã định danh đơn vị',
    add: 'Thêm cán bộ',
    import: 'Nhập từ Excel',
    none: 'Không có cán bộ nào',
    noneHint: 'Thử bỏ bớt bộ lọc.',
  },
  en: {
    search: 'Name, code or e-mail',
    unitCode: 'Identifier of the unit',
    add: 'Add an officer',
    import: 'Import from Excel',
    none: 'No staff',
    noneHint: 'Try fewer filters.',
  },
});

export interface PeoplePageProps {
  text: string;
  unitCode: string;
  /** The day whose people are shown. */
  on: string;
  today: string;
  rows: readonly Officer[];
  posts: ReadonlyMap<string, readonly HeldPost[]>;
  names: ReadonlyMap<string, UnitName>;
  nextCursor: string | null;
}

/** Officers by given name, with their posts. */
export function PeoplePage(props: PeoplePageProps) {
  const own = words.use();
  const shared = adminWords.use();
  const locale = useLocale();
  const query = {
    tim: props.text || null,
    'don-vi': props.unitCode || null,
    ngay: props.on === props.today ? null : props.on,
  };
  return (
    <WorkspaceLayout
      title={shared.people}
      actions={
        <>
          <Button href={paths.adminPersonNew()} text={own.add} />
          <Button href={paths.adminPeopleImport()} text={own.import} classes="govuk-button--secondary" />
        </>
      }
    >
      <AsOfBanner on={props.on} today={props.today} todayPath={paths.adminPeople({ ...query, ngay: null })} />
      <FilterBar action={paths.adminPeople()}>
        <Input name="tim" value={props.text} label={{ text: own.search }} classes="govuk-input--width-20" />
        <Input name="don-vi" value={props.unitCode} label={{ text: own.unitCode }} classes="govuk-input--width-10" />
        <DayField form={freshForm({ ngay: formatDate(props.on) })} name="ngay" label={shared.asOf} />
      </FilterBar>
      <DataTable
        caption={shared.people}
        columns={[
          {
            heading: shared.fullName,
            isRowHeader: true,
            cell: (row) => <Link to={paths.adminPerson({ id: row.id }, { ngay: query.ngay })}>{row.fullName}</Link>,
          },
          { heading: shared.staffCode, isTight: true, cell: (row) => row.staffCode },
          {
            heading: shared.post,
            cell: (row) =>
              (props.posts.get(row.id) ?? []).map((held) => (
                <div>
                  {localTitle(held, locale)} — {localName(props.names.get(held.unitId), locale)}
                </div>
              )),
          },
          { heading: shared.email, cell: (row) => row.email ?? '' },
        ]}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.adminPeople()}
        query={query}
        nextCursor={props.nextCursor}
        exports={[
          { text: 'XLSX', path: paths.adminPeopleExport({ format: 'xlsx' }, query) },
          { text: 'CSV', path: paths.adminPeopleExport({ format: 'csv' }, query) },
        ]}
        empty={<EmptyState heading={own.none} text={own.noneHint} />}
      />
    </WorkspaceLayout>
  );
}
