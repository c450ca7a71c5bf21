import { ColumnHeads } from '../../../../ui/components/column-heads.tsx';
import { FilterBar } from '../../../../ui/components/filter-bar.tsx';
import { InsetText } from '../../../../ui/govuk/inset-text.tsx';
import { Select } from '../../../../ui/govuk/select.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { paths } from '../../../../ui/paths.ts';
import type { VersionChange } from '../../compare-versions.ts';
import { words } from '../../views/words.ts';
import { editorWords } from './editor-words.ts';

/** Two versions of a procedure beside each other, part by part; what went and came is marked in words too. */
export function ComparisonPage(props: {
  code: string;
  name: string;
  versions: readonly { versionId: string; number: number; status: string }[];
  before: string;
  after: string;
  changes: readonly VersionChange[];
}) {
  const own = editorWords.use();
  const names = words.use();
  const items = (chosen: string) =>
    props.versions.map((version) => ({
      value: version.versionId,
      text: own.versionNo(version.number, names.statuses[version.status] ?? version.status),
      selected: version.versionId === chosen,
    }));
  return (
    <WorkspaceLayout
      title={own.comparison}
      caption={`${props.code} · ${props.name}`}
      backPath={paths.adminProcedure({ code: props.code })}
    >
      {props.versions.length < 2 ? (
        <InsetText text={own.onlyOne} />
      ) : (
        <>
          <FilterBar action={paths.adminProcedureComparison({ code: props.code })} applyText={own.show}>
            <Select id="tu" name="tu" label={{ text: own.before }} items={items(props.before)} />
            <Select id="den" name="den" label={{ text: own.after }} items={items(props.after)} />
          </FilterBar>
          {props.changes.length === 0 ? <InsetText text={own.same} /> : <Sides changes={props.changes} />}
        </>
      )}
    </WorkspaceLayout>
  );
}

/** The parts that differ, side by side. */
export function Sides({ changes }: { changes: readonly VersionChange[] }) {
  const own = editorWords.use();
  const names = words.use();
  return (
    <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.comparison}>
      <table class="govuk-table sen-sides">
        <caption class="govuk-visually-hidden">{own.comparison}</caption>
        <ColumnHeads headings={[names.part, own.before, own.after]} />
        <tbody>
          {changes.map((change) => (
            <tr>
              <th scope="row" class="govuk-table__header">
                {names.parts[change.part] ?? change.part}
              </th>
              {(['before', 'after'] as const).map((side) => (
                <td class="govuk-table__cell" data-label={side === 'before' ? own.before : own.after}>
                  {change.lines
                    .filter((line) => line.side === 'both' || line.side === side)
                    .map((line) =>
                      line.side === 'both' ? (
                        <div>{line.text}</div>
                      ) : side === 'before' ? (
                        <div>
                          <del class="sen-sides__gone">
                            <span class="govuk-visually-hidden">{own.removed}: </span>
                            {line.text}
                          </del>
                        </div>
                      ) : (
                        <div>
                          <ins class="sen-sides__new">
                            <span class="govuk-visually-hidden">{own.added}: </span>
                            {line.text}
                          </ins>
                        </div>
                      ),
                    )}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
