import type { UnitName } from '../../../foundation/organisations/index.ts';
import { useLocale } from '../../../platform/http/page-context.ts';
import { AsOfBanner, unitViewSlug, type UnitView } from '../../../ui/components/as-of-banner.tsx';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Input } from '../../../ui/govuk/input.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { localWords } from '../../../ui/local-words.ts';
import { paths } from '../../../ui/paths.ts';
import type { PastRow } from '../../dossiers/index.ts';
import { deskWords, stateColour } from './desk-words.ts';
import { worklistWords } from './worklist-words.ts';

const words = localWords({
  vi: {
    unit: 'Đơn vị giải quyết',
    late: 'Đã quá hạn lúc đó',
    none: 'Không có hồ sơ nào đang giải quyết vào ngày này',
    noneText: 'Chọn ngày khác. Danh sách nhìn lại mười tám tháng trước ngày đã chọn.',
  },
  en: {
    unit: 'Competent unit',
    late: 'Late by then',
    none: 'No dossier was under way on that day',
    noneText: 'Choose another day. The list looks eighteen months back from it.',
  },
});

/** What was under way at the end of a day of the past. */
export function PastWorklistPage(props: {
  on: string;
  today: string;
  view: UnitView;
  rows: readonly (PastRow & { unitId: string })[];
  names: ReadonlyMap<string, UnitName>;
  nextCursor: string | null;
}) {
  const own = words.use();
  const list = worklistWords.use();
  const shared = deskWords.use();
  const locale = useLocale();
  const query = { ngay: props.on, 'don-vi-theo': unitViewSlug[props.view] };
  const nameOf = (unitId: string) => {
    const name = props.names.get(unitId);
    return (locale === 'en' && name?.nameEn) || (name?.nameVi ?? '–');
  };
  return (
    <WorkspaceLayout title={list.title}>
      <AsOfBanner
        on={props.on}
        today={props.today}
        todayPath={paths.worklist()}
        views={{
          current: props.view,
          past: paths.worklist({ ngay: props.on }),
          now: paths.worklist({ ngay: props.on, 'don-vi-theo': unitViewSlug.now }),
        }}
      />
      <FilterBar action={paths.worklist()} kept={{ 'don-vi-theo': unitViewSlug[props.view] ?? undefined }}>
        <Input
          name="ngay"
          id="ngay"
          value={formatDate(props.on)}
          label={{ text: list.asOf }}
          classes="govuk-input--width-10"
        />
      </FilterBar>
      <DataTable
        caption={list.title}
        columns={[
          {
            heading: list.dossier,
            isRowHeader: true,
            cell: (row) => (
              <>
                <Link to={paths.dossier({ id: row.id })}>{row.code ?? list.noCode}</Link>
                <div>{row.procedureName[locale]}</div>
              </>
            ),
          },
          { heading: list.applicant, cell: (row) => row.applicantName },
          {
            heading: list.state,
            cell: (row) => <Tag text={shared.states[row.state]} classes={stateColour[row.state]} />,
          },
          {
            heading: list.due,
            cell: (row) => (
              <>
                {row.dueAt ? formatDate(row.dueAt) : list.noDue}{' '}
                {row.wasLate && <Tag text={own.late} classes="govuk-tag--red" />}
              </>
            ),
          },
          { heading: own.unit, cell: (row) => nameOf(row.unitId) },
          { heading: list.submitted, isTight: true, cell: (row) => formatDate(row.submittedAt) },
        ]}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.worklist()}
        query={query}
        nextCursor={props.nextCursor}
        empty={<EmptyState heading={own.none} text={own.noneText} />}
      />
    </WorkspaceLayout>
  );
}
