import { useLocale } from '../../../platform/http/page-context.ts';
import type { LocalText } from '../../../platform/problems.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import type { CalendarEntry } from '../entry.ts';
import { calendarWords } from './calendar-words.ts';
import { entryPeriod, entryText } from './entry-text.ts';

/** Asks once, and for a reason, before a decision is withdrawn. */
export function RemovalPage(props: {
  id: string;
  entry: CalendarEntry;
  backPath: string;
  reason: string;
  error: LocalText | null;
  /** Running dossiers that withdrawing it can move. */
  affected: number;
}) {
  const words = calendarWords.use();
  const locale = useLocale();
  return (
    <WorkspaceLayout title={words.removalTitle} backPath={props.backPath} hasErrors={props.error !== null}>
      {props.error && (
        <ErrorSummary titleText={words.errorTitle} errorList={[{ text: props.error[locale], href: '#reason' }]} />
      )}
      <p class="govuk-body">
        <strong>{entryText(props.entry, locale)}</strong>, {entryPeriod(props.entry, locale)}
      </p>
      <WarningText text={`${words.removalNote} ${words.effect} ${words.affected(props.affected)}`} />
      <Form action={paths.adminCalendarRemoval({ id: props.id })}>
        <Input
          name="reason"
          label={{ text: words.fields.reason }}
          value={props.reason}
          {...(props.error && { errorMessage: { text: props.error[locale] } })}
        />
        <Button classes="govuk-button--warning" text={words.confirmRemoval} />
      </Form>
    </WorkspaceLayout>
  );
}
