import { usePage } from '../../../platform/http/page-context.ts';
import type { Volume } from '../../../platform/space.ts';
import { DataTable } from '../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../ui/components/empty-state.tsx';
import { FilterBar } from '../../../ui/components/filter-bar.tsx';
import { Form } from '../../../ui/form.tsx';
import { formatDateTime, formatFileSize, formatNumber } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Select } from '../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../ui/govuk/summary-list.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import { alarmsOf, expectedKinds, type BackupState } from '../backup-health.ts';
import { runNames } from '../backup-messages.ts';
import type { BackupRun, RunKind } from '../backup-run-queries.ts';
import { backupWords } from './backup-words.ts';

export interface BackupsPageProps {
  state: BackupState;
  runs: readonly BackupRun[];
  kind: RunKind | null;
  nextCursor: string | null;
  canManage: boolean;
  isAsked: boolean;
}

const TAGS = { running: 'govuk-tag--blue', done: 'govuk-tag--green', failed: 'govuk-tag--red' } as const;
const LEVELS = { fine: 'govuk-tag--green', low: 'govuk-tag--yellow', stop: 'govuk-tag--red' } as const;

/** Whether back-ups are in order, and what each run found. */
export function BackupsPage(props: BackupsPageProps) {
  const own = backupWords.use();
  const { state } = props;
  const alarms = alarmsOf(state);
  return (
    <WorkspaceLayout title={own.title}>
      <p class="govuk-body">{own.lead}</p>
      {props.isAsked && <InsetText text={own.asked} />}
      {alarms.length === 0 ? (
        <p class="govuk-body">
          <Tag classes="govuk-tag--green">{own.fine}</Tag>
        </p>
      ) : (
        alarms.map((alarm) => (
          <WarningText key={alarm}>
            {own.alarms[alarm][0]}. {own.alarms[alarm][1]}
          </WarningText>
        ))
      )}
      <h2 class="govuk-heading-m">{own.state}</h2>
      <StateList state={state} />
      {state.volumes.length > 0 && (
        <>
          <h2 class="govuk-heading-m">{own.volumes}</h2>
          <VolumeList volumes={state.volumes} />
        </>
      )}
      {props.canManage && state.isOn && (
        <Form action={paths.adminBackupRun()}>
          <div class="govuk-button-group">
            <Button name="viec" value="sao-luu">
              {own.backupNow}
            </Button>
            <Button name="viec" value="dien-tap" classes="govuk-button--secondary">
              {own.drillNow}
            </Button>
          </div>
        </Form>
      )}
      <h2 class="govuk-heading-m">{own.history}</h2>
      <Runs {...props} />
      <Details summaryText={own.how}>
        <p class="govuk-body">{own.howText}</p>
        <pre class="govuk-body" tabindex={0}>
          <code>npx sen restore --to '2026-11-28 09:30'</code>
        </pre>
      </Details>
    </WorkspaceLayout>
  );
}

function StateList({ state }: { state: BackupState }) {
  const own = backupWords.use();
  const { locale } = usePage();
  const at = (date: Date | null | undefined) => ({ text: date ? formatDateTime(date, locale) : own.never });
  const archive = !state.isEmbedded
    ? { text: own.archiveOwn }
    : state.archiver?.isOn
      ? { text: `${at(state.archiver.lastArchivedAt).text} ${state.archiver.lastSegment ?? ''}` }
      : { text: own.archiveOff };
  return (
    <SummaryList
      rows={[
        ...expectedKinds(state)
          .filter((kind) => kind !== 'copy')
          .map((kind) => ({ key: { text: runNames[kind][locale] }, value: at(state.lastDone.get(kind)?.startedAt) })),
        { key: { text: own.archive }, value: archive },
        { key: { text: own.copy }, value: state.isCopied ? at(state.newestCopyAt) : { text: own.copyOff } },
      ]}
    />
  );
}

const gigabytes = (bytes: number, locale: 'vi' | 'en'): string => `${formatNumber(bytes / 1e9, locale, 1)} GB`;

function VolumeList({ volumes }: { volumes: readonly Volume[] }) {
  const own = backupWords.use();
  const { locale } = usePage();
  return (
    <SummaryList
      rows={volumes.map((volume) => ({
        key: { text: volume.uses.map((use) => own.uses[use]).join(', ') },
        value: {
          html: (
            <>
              {own.freeOf(gigabytes(volume.freeBytes, locale), gigabytes(volume.totalBytes, locale))}{' '}
              <Tag classes={LEVELS[volume.state]}>{own.levels[volume.state]}</Tag>
            </>
          ),
        },
      }))}
    />
  );
}

function Runs(props: BackupsPageProps) {
  const own = backupWords.use();
  const { locale } = usePage();
  const kinds = Object.keys(runNames) as RunKind[];
  const took = ({ startedAt, endedAt }: BackupRun) => {
    if (!endedAt) return '';
    const seconds = (endedAt.getTime() - startedAt.getTime()) / 1_000;
    return seconds < 120
      ? own.seconds(formatNumber(seconds, locale, 1))
      : own.minutes(formatNumber(seconds / 60, locale, 0));
  };
  return (
    <>
      <FilterBar action={paths.adminBackups()}>
        <Select
          name="loai"
          id="loai"
          label={{ text: own.show }}
          value={props.kind ?? ''}
          items={[
            { value: '', text: own.all },
            ...kinds.map((kind) => ({ value: kind, text: runNames[kind][locale] })),
          ]}
        />
      </FilterBar>
      <DataTable
        caption={own.history}
        path={paths.adminBackups()}
        query={{ loai: props.kind ?? undefined }}
        rows={props.runs}
        idOf={(run) => run.id}
        nextCursor={props.nextCursor}
        empty={<EmptyState heading={own.none} />}
        columns={[
          { heading: own.startedAt, cell: (run) => formatDateTime(run.startedAt, locale), isTight: true },
          { heading: own.kind, cell: (run) => runNames[run.kind][locale], isRowHeader: true },
          { heading: own.outcome, cell: (run) => <Tag classes={TAGS[run.outcome]}>{own.outcomes[run.outcome]}</Tag> },
          { heading: own.took, cell: took, isNumeric: true },
          { heading: own.details, cell: (run) => <Facts run={run} /> },
        ]}
      />
    </>
  );
}

/** What a run counted, in words; the reason of a failure as the program said it. */
function Facts({ run }: { run: BackupRun }) {
  const own = backupWords.use();
  const { locale } = usePage();
  const shown = (name: string, value: string | number) => {
    if (name === 'bytes') return formatFileSize(Number(value), locale);
    return typeof value === 'number' ? formatNumber(value, locale) : value;
  };
  if (run.facts['reason'] === 'interrupted') return <>{own.interrupted}</>;
  const reason = run.facts['reason'];
  if (reason !== undefined)
    return (
      <>
        {own.facts['reason']}: <span lang="en">{reason}</span>
      </>
    );
  const facts = Object.entries(run.facts).filter(
    ([name, value]) => !['base', 'from', 'lastChange'].includes(name) && !(value === 0 && /kept|removed/.test(name)),
  );
  const inWords = ([name, value]: [string, string | number]) =>
    name === 'bytes' ? shown(name, value) : `${shown(name, value)} ${own.facts[name] ?? name}`;
  return <>{facts.map(inWords).join(' · ')}</>;
}
