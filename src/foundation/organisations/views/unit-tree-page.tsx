import { useLocale } from '../../../platform/http/page-context.ts';
import { AsOfBanner } from '../../../ui/components/as-of-banner.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { freshForm } from '../../../ui/components/form-state.ts';
import { formatDate } from '../../../ui/format.ts';
import { Input } from '../../../ui/govuk/input.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { Unit } from '../unit.ts';
import { adminWords, kindName, localName } from './admin-words.ts';
import { DayField } from './unit-fields.tsx';

const words = localWords({
  vi: {
    search: 'Tên hoặc mã',
    below: 'Xem trực thuộc',
    found: 'Kết quả tìm kiếm',
    none: 'Không có đơn vị nào',
    noneHint: 'Thử tên khác hoặc đổi ngày.',
    action: 'Mở',
  },
  en: {
    search: 'Name or code',
    below: 'Show units below',
    found: 'Search results',
    none: 'No units',
    noneHint: 'Try another name or day.',
    action: 'Open',
  },
});

export interface UnitRow extends Unit {
  hasChildren: boolean;
  code: string | null;
}

/** The tree of units on a day, one level at a time, or what a search found. */
export function UnitTreePage(props: {
  on: string;
  today: string;
  text: string;
  path: readonly Unit[];
  rows: readonly UnitRow[];
}) {
  const own = words.use();
  const shared = adminWords.use();
  const locale = useLocale();
  const query = { ngay: props.on, tim: props.text || null };
  const inside = (id: string) => paths.adminUnits({ ngay: props.on, trong: id });
  return (
    <WorkspaceLayout
      title={shared.units}
      breadcrumbs={[
        { text: shared.units, path: paths.adminUnits({ ngay: props.on }) },
        ...props.path.map((unit) => ({ text: unit.shortName, path: inside(unit.id) })),
      ]}
    >
      <AsOfBanner on={props.on} today={props.today} todayPath={paths.adminUnits({ tim: props.text || null })} />
      <FilterBar action={paths.adminUnits()}>
        <Input name="tim" value={props.text} label={{ text: own.search }} classes="govuk-input--width-20" />
        <DayField form={freshForm({ ngay: formatDate(props.on) })} name="ngay" label={shared.asOf} />
      </FilterBar>
      <DataTable
        caption={props.text ? own.found : `${shared.units} · ${formatDate(props.on)}`}
        columns={[
          {
            heading: shared.name,
            isRowHeader: true,
            cell: (row) => (
              <>
                <Link to={paths.adminUnit({ id: row.id }, { ngay: props.on })}>{localName(row, locale)}</Link>{' '}
                {row.isExample && <Tag classes="govuk-tag--grey">{shared.example}</Tag>}
              </>
            ),
          },
          { heading: shared.kind, cell: (row) => kindName(row.kind, locale) },
          { heading: shared.code, isTight: true, cell: (row) => row.code ?? '' },
          {
            heading: own.below,
            cell: (row) =>
              row.hasChildren ? (
                <Link to={inside(row.id)}>
                  {own.below}
                  <span class="govuk-visually-hidden"> {localName(row, locale)}</span>
                </Link>
              ) : (
                ''
              ),
          },
        ]}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.adminUnits()}
        query={query}
        empty={<EmptyState heading={own.none} text={own.noneHint} />}
      />
    </WorkspaceLayout>
  );
}
