import { useLocale } from '../../../platform/http/page-context.ts';
import { Form } from '../../../ui/form.tsx';
import { formatDate } from '../../../ui/format.ts';
import { Button } from '../../../ui/govuk/button.tsx';
import { Checkboxes } from '../../../ui/govuk/checkboxes.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Textarea } from '../../../ui/govuk/textarea.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import type { MergeLine } from '../../../foundation/identity/index.ts';
import type { MergerPreview, MergeSide } from '../merge-people.ts';
import { mergerWords } from './merger-words.ts';

/** Both accounts beside each other. */
export function Sides(props: { source: MergeSide | null; target: MergeSide | null }) {
  const own = mergerWords.use();
  const day = (text: string | undefined) => (text ? formatDate(text) : '');
  const { source, target } = props;
  const rows: [string, string, string][] = [
    [own.name, target?.name ?? '', source?.name ?? ''],
    [own.number, target?.identityNumber ?? '', source?.identityNumber ?? ''],
    [own.birthDate, day(target?.birthDate), day(source?.birthDate)],
  ];
  return (
    <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.title}>
      <Table
        firstCellIsHeader
        head={[{ text: own.what }, { text: own.kept }, { text: own.gone }]}
        rows={rows.map((row) => row.map((text) => ({ text })))}
      />
    </div>
  );
}

/** What moves, stays and ends; lines without anything are left out. */
export function MergeLines(props: { lines: readonly MergeLine[] }) {
  const own = mergerWords.use();
  const locale = useLocale();
  const lines = props.lines.filter((line) => line.count > 0);
  if (lines.length === 0) return null;
  return (
    <>
      <h2 class="govuk-heading-m">{own.things}</h2>
      <div class="sen-table__frame" tabIndex={0} role="region" aria-label={own.things}>
        <Table
          head={[{ text: own.what }, { text: own.howMany, format: 'numeric' }, { text: own.fate }]}
          rows={lines.map((line) => [
            { text: line.what[locale] },
            { text: String(line.count), format: 'numeric' },
            { text: own.fates[line.fate] },
          ])}
        />
      </div>
    </>
  );
}

/** What would happen, before it is proposed. */
export function MergerPreviewPage(props: { preview: MergerPreview; proof: string; fault: 'proof' | 'sure' | null }) {
  const own = mergerWords.use();
  const locale = useLocale();
  const { preview, fault } = props;
  const isBlocked = preview.obstacles.length > 0;
  const told = (name: 'proof' | 'sure', text: string) => (fault === name ? { text } : undefined);
  return (
    <WorkspaceLayout title={own.preview} backPath={paths.accountMergers()} hasErrors={fault !== null}>
      {fault && (
        <ErrorSummary
          titleText={own.problem}
          errorList={[{ text: fault === 'proof' ? own.proofFault : own.sureFault, href: `#${fault}` }]}
        />
      )}
      <Sides source={preview.source} target={preview.target} />
      <MergeLines lines={preview.lines} />
      {isBlocked ? (
        <InsetText>
          <strong>{own.obstacles}</strong>
          <ul class="govuk-list govuk-list--bullet">
            {preview.obstacles.map((each) => (
              <li>{each[locale]}</li>
            ))}
          </ul>
        </InsetText>
      ) : (
        <Form action={paths.accountMergers()}>
          <input type="hidden" name="giu" value={preview.target.identityNumber} />
          <input type="hidden" name="bo" value={preview.source.identityNumber} />
          <Textarea
            name="proof"
            id="proof"
            rows={2}
            label={{ text: own.proof, classes: 'govuk-label--s' }}
            hint={{ text: own.proofHint }}
            errorMessage={told('proof', own.proofFault)}
            value={props.proof}
          />
          <Checkboxes
            name="sure"
            idPrefix="sure"
            errorMessage={told('sure', own.sureFault)}
            items={[{ value: 'yes', text: own.sure }]}
          />
          <p class="govuk-body">{own.proposedNote}</p>
          <Button text={own.propose} name="act" value="propose" type="submit" preventDoubleClick />
        </Form>
      )}
    </WorkspaceLayout>
  );
}
