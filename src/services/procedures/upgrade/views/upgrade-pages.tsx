import { useLocale } from '../../../../platform/http/page-context.ts';
import { DataTable } from '../../../../ui/components/data-table.tsx';
import { EmptyState } from '../../../../ui/components/empty-state.tsx';
import { ErrorSummaryFor } from '../../../../ui/components/error-summary-for.tsx';
import { FilterBar } from '../../../../ui/components/filter-bar.tsx';
import { bound, type FormState } from '../../../../ui/components/form-state.ts';
import { Form } from '../../../../ui/form.tsx';
import { formatDate, formatDateTime } from '../../../../ui/format.ts';
import { Button } from '../../../../ui/govuk/button.tsx';
import { Details } from '../../../../ui/govuk/details.tsx';
import { Input } from '../../../../ui/govuk/input.tsx';
import { InsetText } from '../../../../ui/govuk/inset-text.tsx';
import { Radios } from '../../../../ui/govuk/radios.tsx';
import { Select } from '../../../../ui/govuk/select.tsx';
import { SummaryList } from '../../../../ui/govuk/summary-list.tsx';
import { Table } from '../../../../ui/govuk/table.tsx';
import { Tag } from '../../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../../ui/link.tsx';
import { paths } from '../../../../ui/paths.ts';
import { wordsIn, type Procedure } from '../../procedure.ts';
import { words } from '../../views/words.ts';
import { rules, type RuleFinding, type Verdict } from '../readiness.ts';
import { upgradeWords, whatIsInTheWay } from './upgrade-words.ts';

interface Checked {
  procedure: Procedure;
  findings: readonly RuleFinding[];
  verdict: Verdict;
}
interface ShownUpgrade {
  id: string;
  number: number;
  scope: string;
  mode: string;
  decisionNumber: string;
  decisionDate: string;
  validFrom: string;
  state: string;
  upgraded: number;
  refused: number;
  madeAt: Date;
  madeBy: string;
  undoneBy: string | null;
  undoReason: string | null;
}

const colours: Record<string, string> = { met: 'govuk-tag--green', doubtful: 'govuk-tag--yellow', failed: 'govuk-tag--red' }; // prettier-ignore

/** Operations so far, and the way to a new one. */
export function UpgradesPage(props: { rows: readonly ShownUpgrade[]; next: string | null }) {
  const own = upgradeWords.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout
      title={own.title}
      backPath={paths.adminProcedures()}
      actions={
        <Link to={paths.adminUpgradeNew()} class="govuk-button">
          {own.start}
        </Link>
      }
    >
      <p class="govuk-body">{own.intro}</p>
      <DataTable
        caption={own.earlier}
        rows={props.rows}
        idOf={(row) => row.id}
        path={paths.adminUpgrades()}
        query={{}}
        nextCursor={props.next}
        empty={<EmptyState heading={own.none} text={own.intro} />}
        columns={[
          {
            heading: own.decision,
            cell: (row) => (
              <Link to={paths.adminUpgrade({ upgradeId: row.id })}>
                {row.decisionNumber} · {formatDate(row.decisionDate)}
              </Link>
            ),
            isRowHeader: true,
          },
          { heading: own.scope, cell: (row) => own.scopes[row.scope] },
          { heading: own.mode, cell: (row) => own.modeShort[row.mode] },
          { heading: own.state, cell: (row) => <Tag text={own.states[row.state] ?? ''} classes={row.state === 'done' ? 'govuk-tag--green' : 'govuk-tag--grey'} /> }, // prettier-ignore
          { heading: own.upgraded, cell: (row) => row.upgraded, isNumeric: true },
          { heading: own.refused, cell: (row) => row.refused, isNumeric: true },
          { heading: own.madeBy, cell: (row) => row.madeBy },
          { heading: own.madeAt, cell: (row) => formatDateTime(row.madeAt, locale), isTight: true },
        ]}
      />
    </WorkspaceLayout>
  );
}

function choicesOf(query: Record<string, string>, name: string, all: string | null, list: Record<string, string>) {
  const items = Object.entries(list).map(([value, text]) => ({ value, text, selected: query[name] === value }));
  return all === null ? items : [{ value: '', text: all, selected: !query[name] }, ...items];
}

/** Procedures below the level, each with whether it is ready; ticked ones go to the preview. */
export function ChooseUpgradePage(props: {
  rows: readonly Checked[];
  next: string | null;
  query: Record<string, string>;
  fields: readonly { code: string; name: { vi: string; en: string } }[];
  errors: Record<string, string>;
}) {
  const own = upgradeWords.use();
  const names = words.use();
  const locale = useLocale();
  const { query } = props;
  const kept = Object.entries(query).map(([name, value]) => <input type="hidden" name={name} value={value} />);
  return (
    <WorkspaceLayout
      title={own.choose}
      caption={own.title}
      backPath={paths.adminUpgrades()}
      hasErrors={Object.keys(props.errors).length > 0}
    >
      <ErrorSummaryFor form={{ values: {}, errors: props.errors }} targets={{ chosen: 'muc' }} />
      <FilterBar action={paths.adminUpgradeNew()}>
        <Select id="muc" name="muc" label={{ text: own.scope }} items={choicesOf(query, 'muc', null, own.scopes)} />
        <Select id="linh-vuc" name="linh-vuc" label={{ text: own.field }} items={choicesOf(query, 'linh-vuc', own.all, Object.fromEntries(props.fields.map((field) => [field.code, field.name[locale]])))} />
        <Select id="cap" name="cap" label={{ text: own.level }} items={choicesOf(query, 'cap', own.all, names.levels)} />
        <Select id="thanh-toan" name="thanh-toan" label={{ text: own.paysOnline }} items={choicesOf(query, 'thanh-toan', null, { khong: own.no, co: own.yes })} />
        <Input id="tim" name="tim" label={{ text: own.search }} value={query['tim'] ?? ''} />
      </FilterBar>
      <DataTable
        caption={own.choose}
        rows={props.rows}
        idOf={(row) => row.procedure.versionId}
        path={paths.adminUpgradeNew()}
        query={query}
        nextCursor={props.next}
        summary={own.shown(props.rows.length)}
        empty={<EmptyState heading={own.empty} text={own.emptyHint} />}
        bulk={{
          action: paths.adminUpgradePreview(),
          // The answer is a page that asks, not a redirect: Turbo would not show it.
          labelOf: (row) => `${row.procedure.code} ${wordsIn(row.procedure.name, locale)}`,
          before: <>{kept}</>,
          buttons: [
            { text: own.preview, name: 'act', value: 'chosen', attributes: { 'data-turbo': 'false' } },
            {
              text: own.previewAll,
              name: 'act',
              value: 'all',
              classes: 'govuk-button--secondary',
              attributes: { 'data-turbo': 'false' },
            },
          ],
        }}
        columns={[
          { heading: own.code, cell: (row) => row.procedure.code, isTight: true },
          { heading: own.name, cell: (row) => <ProcedureLink procedure={row.procedure} />, isRowHeader: true },
          { heading: own.now, cell: (row) => names.scopes[row.procedure.onlineScope] },
          { heading: own.verdict, cell: (row) => <Tag text={own.verdicts[row.verdict] ?? ''} classes={colours[row.verdict]} /> },
          { heading: own.whyNot, cell: (row) => whatIsInTheWay(row.findings, locale) },
        ]}
      />
      <RulesNote />
    </WorkspaceLayout>
  ); // prettier-ignore
}

function ProcedureLink({ procedure }: { procedure: Procedure }) {
  return (
    <Link to={paths.adminProcedure({ code: procedure.code })}>
      <span lang="vi">{procedure.name.vi}</span>
    </Link>
  );
}

/** The rules that are asked, with where each comes from. */
function RulesNote() {
  const own = upgradeWords.use();
  return (
    <Details summaryText={own.rules}>
      <Table
        head={[{ text: own.rule }, { text: own.source }]}
        rows={rules.map((rule) => [{ text: own.ruleNames[rule.key] ?? rule.key }, { text: rule.source }])}
      />
    </Details>
  );
}

/** What would happen, rule by rule, with the decision it is done by. */
export function PreviewUpgradePage(props: {
  rows: readonly Checked[];
  query: Record<string, string>;
  form: FormState;
}) {
  const own = upgradeWords.use();
  const locale = useLocale();
  const { rows, form, query } = props;
  const ready = rows.filter((row) => row.verdict !== 'failed');
  return (
    <WorkspaceLayout
      title={own.previewTitle}
      caption={own.title}
      backPath={paths.adminUpgradeNew(query)}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} targets={{ mode: 'mode-1' }} />
      <p class="govuk-body">
        <strong>
          {own.scope}: {own.scopes[query['muc'] ?? 'full']}
        </strong>
      </p>
      <p class="govuk-body">
        {own.ready(ready.length)}. {rows.length > ready.length && `${own.notReady(rows.length - ready.length)}.`}
      </p>
      {rows.map((row) => (
        <Details
          summaryText={`${row.procedure.code} · ${wordsIn(row.procedure.name, locale)} — ${own.verdicts[row.verdict]}`}
          open={row.verdict !== 'met' && rows.length <= 20}
        >
          <Table
            head={[{ text: own.rule }, { text: own.result }, { text: own.whyNot }]}
            rows={row.findings.map((finding) => [
              { text: own.ruleNames[finding.rule] ?? finding.rule },
              { html: <Tag text={own.verdicts[finding.verdict] ?? ''} classes={colours[finding.verdict]} /> },
              { text: whatIsInTheWay([finding], locale) },
            ])}
          />
        </Details>
      ))}
      {(ready.length > 0 || Object.keys(form.errors).length > 0) && (
        <Form action={paths.adminUpgrades()}>
          {Object.entries(query).map(([name, value]) => (
            <input type="hidden" name={name} value={value} />
          ))}
          {rows.map((row) => (
            <input type="hidden" name="id" value={row.procedure.versionId} />
          ))}
          <h2 class="govuk-heading-m">{own.decision}</h2>
          <Input {...bound(form, 'decisionNumber')} label={{ text: own.decisionNumber }} classes="govuk-input--width-20" />
          <Input {...bound(form, 'decisionDate')} label={{ text: own.decisionDate }} hint={{ text: own.dateHint }} classes="govuk-input--width-10" />
          <Input {...bound(form, 'validFrom')} label={{ text: own.validFrom }} hint={{ text: own.dateHint }} classes="govuk-input--width-10" />
          <Radios
            {...bound(form, 'mode')}
            fieldset={{ legend: { text: own.mode, classes: 'govuk-fieldset__legend--s' } }}
            items={Object.entries(own.modes).map(([value, text], at) => ({ value, text, id: `mode-${at + 1}` }))}
          />
          <Button text={own.run} preventDoubleClick />
        </Form>
      )}
    </WorkspaceLayout>
  ); // prettier-ignore
}

/** What an operation did to each procedure; the way to undo it. */
export function UpgradePage(props: {
  upgrade: ShownUpgrade;
  lines: readonly {
    procedureId: string;
    code: string;
    name: string;
    outcome: string;
    findings: readonly RuleFinding[];
  }[];
  form: FormState;
}) {
  const own = upgradeWords.use();
  const locale = useLocale();
  const { upgrade, form } = props;
  const at = { upgradeId: upgrade.id };
  const row = (key: string, text: string | undefined) => ({ key: { text: key }, value: { text: text ?? '' } });
  return (
    <WorkspaceLayout
      title={`${own.decision} ${upgrade.decisionNumber}`}
      caption={own.title}
      backPath={paths.adminUpgrades()}
      hasErrors={Object.keys(form.errors).length > 0}
    >
      <ErrorSummaryFor form={form} />
      {upgrade.undoneBy !== null && <InsetText text={`${own.undone(upgrade.undoneBy)}: ${upgrade.undoReason ?? ''}`} />}
      <SummaryList
        rows={[
          row(own.scope, own.scopes[upgrade.scope]),
          row(own.mode, own.modes[upgrade.mode]),
          row(own.decisionDate, formatDate(upgrade.decisionDate)),
          row(own.validFrom, formatDate(upgrade.validFrom)),
          row(own.upgraded, String(upgrade.upgraded)),
          row(own.refused, String(upgrade.refused)),
          row(own.madeBy, `${upgrade.madeBy} · ${formatDateTime(upgrade.madeAt, locale)}`),
        ]}
      />
      <DataTable
        caption={own.report}
        isCaptionShown
        rows={props.lines}
        idOf={(line) => line.procedureId}
        path={paths.adminUpgrade(at)}
        query={{}}
        exports={['xlsx', 'csv'].map((format) => ({ text: format.toUpperCase(), path: paths.adminUpgradeExport({ ...at, format }) }))}
        empty={null}
        columns={[
          { heading: own.code, cell: (line) => <Link to={paths.adminProcedure({ code: line.code })}>{line.code}</Link>, isTight: true },
          { heading: own.name, cell: (line) => <span lang="vi">{line.name}</span>, isRowHeader: true },
          { heading: own.outcome, cell: (line) => own.outcomes[line.outcome] },
          { heading: own.whyNot, cell: (line) => whatIsInTheWay(line.findings, locale) },
        ]}
      />
      {upgrade.state === 'done' && upgrade.upgraded > 0 && (
        <Form action={paths.adminUpgradeUndo(at)}>
          <h2 class="govuk-heading-m">{own.undo}</h2>
          <Input {...bound(form, 'reason')} label={{ text: own.undoReason }} hint={{ text: own.undoHint }} />
          <Button text={own.undo} classes="govuk-button--warning" preventDoubleClick />
        </Form>
      )}
    </WorkspaceLayout>
  ); // prettier-ignore
}
