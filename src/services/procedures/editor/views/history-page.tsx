import { useLocale } from '../../../../platform/http/page-context.ts';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { formatDate, formatDateTime } from '../../../../ui/format.ts';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../../ui/link.tsx';
import { paths } from '../../../../ui/paths.ts';
import { Timeline } from '../../../../ui/moj/timeline.tsx';
import { editorWords } from './editor-words.ts';

/** One line of a procedure's history. */
export interface HistoryLine {
  title: string;
  who: string;
  at: Date;
  version: number | null;
  reason: string | null;
  validFrom: string | null;
}

/** What happened to a procedure, by whom, when and why; the newest first. */
export function HistoryPage(props: { code: string; name: string; lines: readonly HistoryLine[]; next: string | null }) {
  const own = editorWords.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout
      title={own.history}
      caption={`${props.code} · ${props.name}`}
      backPath={paths.adminProcedure({ code: props.code })}
    >
      {props.lines.length === 0 ? (
        <EmptyState heading={own.historyEmpty} />
      ) : (
        <Timeline
          items={props.lines.map((line) => ({
            // The kit sets both on one line: without the space they run together.
            label: { text: `${line.title} ` },
            byline: { text: line.who },
            datetime: { timestamp: line.at.toISOString(), text: formatDateTime(line.at, locale) },
            text: [
              line.version === null ? '' : `${own.version} ${line.version}`,
              line.validFrom === null ? '' : formatDate(line.validFrom),
              line.reason ?? '',
            ]
              .filter(Boolean)
              .join(' · '),
          }))}
        />
      )}
      {props.next !== null && (
        <p class="govuk-body">
          <Link to={paths.adminProcedureHistory({ code: props.code }, { sau: props.next })}>{own.older}</Link>
        </p>
      )}
    </WorkspaceLayout>
  );
}
