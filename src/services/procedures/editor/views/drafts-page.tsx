import { useLocale } from '../../../../platform/http/page-context.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../../ui/components/filter-bar.tsx';
import { formatDateTime } from '../../../../ui/format.ts';
import { Input } from '../../../../ui/govuk/input.tsx';
import { Select } from '../../../../ui/govuk/select.tsx';
import { Tag } from '../../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../../ui/link.tsx';
import { paths } from '../../../../ui/paths.ts';
import { revisionStates, type Revision } from '../revision.ts';
import { revisionColours } from './draft-page.tsx';
import { editorWords } from './editor-words.ts';

/** Everything that is being written or waits for somebody to review it. */
export function DraftsPage(props: {
  rows: readonly Revision[];
  query: Record<string, string>;
  next: string | null;
  mayEdit: boolean;
}) {
  const own = editorWords.use();
  const locale = useLocale();
  const { query } = props;
  return (
    <WorkspaceLayout
      title={own.drafts}
      backPath={paths.adminProcedures()}
      actions={
        props.mayEdit && (
          <Link to={paths.adminProcedureNew()} class="govuk-button">
            {own.newProcedure}
          </Link>
        )
      }
    >
      <FilterBar action={paths.adminProcedureDrafts()}>
        <Input id="tim" name="tim" label={{ text: own.search }} value={query['tim'] ?? ''} />
        <Select
          id="buoc"
          name="buoc"
          label={{ text: own.state }}
          items={[
            { value: '', text: own.allOpen, selected: !query['buoc'] },
            ...revisionStates.map((state) => ({
              value: state,
              text: own.states[state] ?? state,
              selected: query['buoc'] === state,
            })),
          ]}
        />
      </FilterBar>
      <DataTable
        caption={own.drafts}
        rows={props.rows}
        idOf={(row) => row.versionId}
        path={paths.adminProcedureDrafts()}
        query={query}
        nextCursor={props.next}
        summary={own.shown(props.rows.length)}
        empty={<EmptyState heading={own.emptyDrafts} text={own.emptyDraftsHint} />}
        columns={[
          { heading: own.code, cell: (row) => row.code, isTight: true },
          {
            heading: own.nameVi,
            cell: (row) => (
              <Link
                to={row.state === 'published' ? paths.adminProcedure({ code: row.code }) : paths.adminProcedureDraft({ code: row.code })}
              >
                <span lang="vi">{row.name}</span>
              </Link>
            ), // prettier-ignore
            isRowHeader: true,
          },
          {
            heading: own.state,
            cell: (row) => <Tag text={own.states[row.state] ?? row.state} classes={revisionColours[row.state]} />,
          },
          { heading: own.why, cell: (row) => row.reason },
          { heading: own.author, cell: (row) => row.author },
          { heading: own.changedAt, cell: (row) => formatDateTime(row.changedAt, locale), isTight: true },
        ]}
      />
    </WorkspaceLayout>
  );
}
