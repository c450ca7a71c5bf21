import { useLocale } from '../../../platform/http/page-context.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { ErrorSummary } from '../../../ui/govuk/error-summary.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { InsetText } from '../../../ui/govuk/inset-text.tsx';
import { WarningText } from '../../../ui/govuk/warning-text.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { paths } from '../../../ui/paths.ts';
import type { EntryKind } from '../entry.ts';
import { ENTRY_FIELDS, slugOfKind, type EntryField, type EntryFormResult } from '../entry-form.ts';
import { calendarWords } from './calendar-words.ts';

/** Props of `EntryFormPage`; `year` is the year to go back to. */
export interface EntryFormPageProps {
  kind: EntryKind;
  unitId: string | null;
  unitName: string | null;
  year: number;
  values: EntryFormResult['values'];
  errors: EntryFormResult['errors'];
  /** Running dossiers that it can move, once that was counted: then it is saved only when sent again. */
  affected?: number;
}

/** The form that adds one decision to a calendar. */
export function EntryFormPage(props: EntryFormPageProps) {
  const words = calendarWords.use();
  const locale = useLocale();
  const { kind, unitId, errors } = props;
  const back = paths.adminCalendar({ nam: props.year, 'don-vi': unitId });
  return (
    <WorkspaceLayout
      title={words.kinds[kind]}
      caption={props.unitName ?? words.province}
      backPath={back}
      hasErrors={errors.length > 0}
    >
      {errors.length > 0 && (
        <ErrorSummary
          titleText={words.errorTitle}
          errorList={errors.map(({ field, text }) => ({ text: text[locale], href: `#${field}` }))}
        />
      )}
      <p class="govuk-body">{words.kindHints[kind]}</p>
      <Form action={paths.adminCalendarNew({ kind: slugOfKind(kind) }, { 'don-vi': unitId, nam: props.year })}>
        {[...ENTRY_FIELDS[kind], 'source' as const, 'reason' as const].map((field) => (
          <EntryInput field={field} form={props} />
        ))}
        {props.affected === undefined ? (
          <InsetText text={words.effect} />
        ) : (
          <>
            <WarningText text={`${words.affected(props.affected)} ${words.askAgain}`} />
            <input type="hidden" name="affected" value={props.affected} />
          </>
        )}
        <div class="govuk-button-group">
          <Button text={props.affected === undefined ? words.save : words.saveAnyway} />
          <a class="govuk-link" href={locale === 'en' ? `/en${back}` : back}>
            {words.cancel}
          </a>
        </div>
      </Form>
    </WorkspaceLayout>
  );
}

const DATES: readonly EntryField[] = ['date', 'offDate', 'workDate', 'fromDate', 'toDate', 'validFrom', 'validTo'];
const TIMES: readonly EntryField[] = ['fromTime', 'toTime', 'time'];
const OPTIONAL: readonly EntryField[] = ['validTo', 'saturday', 'sunday', 'saturdayDuty', 'source'];

function EntryInput({ field, form }: { field: EntryField; form: EntryFormPageProps }) {
  const words = calendarWords.use();
  const locale = useLocale();
  const error = form.errors.find((candidate) => candidate.field === field);
  const isDate = DATES.includes(field);
  const isTime = TIMES.includes(field);
  const hint = hintOf(field, form.kind, words);
  return (
    <Input
      name={field}
      type={isDate ? 'date' : isTime ? 'time' : 'text'}
      value={form.values[field] ?? ''}
      classes={isDate || isTime ? 'govuk-input--width-10' : 'govuk-!-width-two-thirds'}
      label={{ text: `${words.fields[field]}${OPTIONAL.includes(field) ? ` ${words.optional}` : ''}` }}
      {...(hint && { hint: { text: hint } })}
      {...(error && { errorMessage: { text: error.text[locale] } })}
    />
  );
}

function hintOf(field: EntryField, kind: EntryKind, words: ReturnType<typeof calendarWords.use>): string | null {
  if (field === 'hours')
    return kind === 'holiday' ? words.partHint : kind === 'swap' ? words.swapHoursHint : words.hoursHint;
  if (field === 'weekdays' || field === 'saturday' || field === 'sunday' || field === 'saturdayDuty')
    return words.hoursHint;
  return TIMES.includes(field) ? words.timeHint : null;
}
