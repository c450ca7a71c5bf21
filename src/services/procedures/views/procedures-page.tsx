import { usePage } from '../../../platform/http/page-context.ts';
import { DataTable, listQuery } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Input } from '../../../ui/govuk/input.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import { words } from './words.ts';

export interface ListedProcedure {
  code: string;
  name: string;
  status: string;
  source: string;
  levels: readonly string[];
  validFrom: string;
  versions: number;
  offers: number;
}
export interface ListedField {
  code: string;
  name: { vi: string; en: string };
}

export const statusColours: Record<string, string> = {
  draft: 'govuk-tag--yellow',
  published: 'govuk-tag--green',
  retired: 'govuk-tag--grey',
};

/** All procedures for the administrator, by their newest version. */
export function ProceduresPage(props: {
  rows: readonly ListedProcedure[];
  fields: readonly ListedField[];
  query: Record<string, string>;
  next: string | null;
  mayManage: boolean;
  mayEdit: boolean;
}) {
  const own = words.use();
  const { locale } = usePage();
  const { query } = props;
  const button = (path: string, text: string) => (
    <Link to={path} class="govuk-button govuk-button--secondary">
      {text}
    </Link>
  );
  const choices = (name: string, list: Record<string, string>) => [
    { value: '', text: own.all, selected: !query[name] },
    ...Object.entries(list).map(([value, text]) => ({ value, text, selected: query[name] === value })),
  ];
  const fieldNames = Object.fromEntries(props.fields.map((field) => [field.code, field.name[locale]]));
  const { [listQuery.after]: _after, ...kept } = query;
  return (
    <WorkspaceLayout
      title={own.title}
      actions={
        <>
          {props.mayEdit && button(paths.adminProcedureNew(), own.addNew)}
          {button(paths.adminProcedureDrafts(), own.drafts)}
          {button(paths.adminDefects(), own.defectWork)}
          {button(paths.adminLegalDocuments(), own.legalTexts)}
          {props.mayManage && button(paths.adminUpgrades(), own.upgrades)}
          {props.mayManage && button(paths.adminPackages(), own.packages)}
          {props.mayManage && button(paths.adminProcedureImports(), own.imports)}
        </>
      }
    >
      <FilterBar action={paths.adminProcedures()} kept={{ [listQuery.sort]: query[listQuery.sort] }}>
        <Input id="tim" name="tim" label={{ text: own.search }} value={query['tim'] ?? ''} />
        <Select
          id="trang-thai"
          name="trang-thai"
          label={{ text: own.status }}
          items={choices('trang-thai', own.statuses)}
        />
        <Select id="nguon" name="nguon" label={{ text: own.source }} items={choices('nguon', own.sources)} />
        <Select
          id="linh-vuc"
          name="linh-vuc"
          label={{ text: own.field }}
          items={choices('linh-vuc', { ...fieldNames, '-': own.noField })}
        />
      </FilterBar>
      <DataTable
        caption={own.title}
        rows={props.rows}
        idOf={(row) => row.code}
        path={paths.adminProcedures()}
        query={query}
        nextCursor={props.next}
        summary={own.shown(props.rows.length)}
        exports={['xlsx', 'csv'].map((format) => ({
          text: format.toUpperCase(),
          path: paths.adminProceduresExport({ format }, kept),
        }))}
        bulk={
          props.mayManage
            ? {
                action: paths.adminPackagesExport(),
                labelOf: (row) => row.code,
                buttons: [
                  { text: own.pack, classes: 'govuk-button--secondary', attributes: { 'data-turbo': 'false' } },
                ],
              }
            : undefined
        }
        empty={<EmptyState heading={own.empty} text={own.emptyHint} />}
        columns={[
          { heading: own.code, cell: (row) => row.code, sortKey: 'ma', isTight: true },
          {
            heading: own.name,
            cell: (row) => (
              <Link to={paths.adminProcedure({ code: row.code })}>
                <span lang="vi">{row.name}</span>
              </Link>
            ),
            sortKey: 'ten',
            isRowHeader: true,
          },
          {
            heading: own.status,
            cell: (row) => <Tag text={own.statuses[row.status] ?? row.status} classes={statusColours[row.status]} />,
          },
          { heading: own.source, cell: (row) => own.sources[row.source] ?? row.source },
          { heading: own.level, cell: (row) => row.levels.map((level) => own.levels[level] ?? level).join(', ') },
          { heading: own.validFrom, cell: (row) => formatDate(row.validFrom), isTight: true },
          { heading: own.versions, cell: (row) => row.versions, isNumeric: true },
          { heading: own.offers, cell: (row) => row.offers, isNumeric: true },
        ]}
      />
    </WorkspaceLayout>
  );
}
