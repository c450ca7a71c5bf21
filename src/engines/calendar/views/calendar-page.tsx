import { useLocale } from '../../../platform/http/page-context.ts';
import { formatDateTime } from '../../../ui/format.ts';
import { Form } from '../../../ui/form.tsx';
import { Button } from '../../../ui/govuk/button.tsx';
import { Details } from '../../../ui/govuk/details.tsx';
import { Input } from '../../../ui/govuk/input.tsx';
import { Table } from '../../../ui/govuk/table.tsx';
import { Tag } from '../../../ui/govuk/tag.tsx';
import { WorkspaceLayout } from '../../../ui/layouts/workspace-layout.tsx';
import { Link } from '../../../ui/link.tsx';
import { paths } from '../../../ui/paths.ts';
import type { CalendarEntry } from '../entry.ts';
import { ENTRY_SLUGS } from '../entry-form.ts';
import { formatClockTime, formatHours, type MinuteRange } from '../local-time.ts';
import type { MonthView } from '../year-view.ts';
import { calendarWords } from './calendar-words.ts';
import { entryPeriod, entryText } from './entry-text.ts';
import { MonthGrid } from './month-grid.tsx';

/** A decision as the list shows it. */
export interface EntryLine {
  id: string;
  entry: CalendarEntry;
  createdBy: string;
  createdAt: Date;
  withdrawn: { by: string; at: Date; reason: string } | null;
}

/** Props of `CalendarPage`; `week` are the hours in force today, Monday first. */
export interface CalendarPageProps {
  year: number;
  unitId: string | null;
  unitName: string | null;
  canEdit: boolean;
  months: readonly MonthView[];
  week: readonly { hours: readonly MinuteRange[]; duty: readonly MinuteRange[] }[];
  cutOffMinute: number | null;
  lines: readonly EntryLine[];
  /** Units to go to: found by name, or those with decisions of their own. */
  others: { sought: string; units: readonly { id: string; name: string }[] };
}

/** The calendar of the province or of a unit for one year: months, hours in force, decisions with their history. */
export function CalendarPage(props: CalendarPageProps) {
  const words = calendarWords.use();
  const { year, unitId } = props;
  const at = (other: number) => paths.adminCalendar({ nam: other, 'don-vi': unitId });
  const total = props.months.reduce((sum, { workingDays }) => sum + workingDays, 0);
  return (
    <WorkspaceLayout title={words.title(year)} caption={props.unitName ?? words.province}>
      <p class="govuk-body">
        {unitId === null ? words.provinceNote : words.unitNote} <strong>{words.workingDays(total)}.</strong>
      </p>
      <nav class="sen-calendar-years" aria-label={words.title(year)}>
        <Link to={at(year - 1)}>← {words.previousYear(year - 1)}</Link>{' '}
        <Link to={at(year + 1)}>{words.previousYear(year + 1)} →</Link>
      </nav>
      <div class="sen-calendar">
        {props.months.map((month) => (
          <MonthGrid month={month} year={year} />
        ))}
      </div>
      <ul class="sen-calendar-legend" aria-hidden="true">
        {(['work', 'rest', 'off', 'part', 'extra'] as const).map((state) => (
          <li>
            <span class={`sen-calendar__day sen-calendar__day--${state}`}>&nbsp;</span> {words.states[state]}
          </li>
        ))}
      </ul>
      <HoursInForce {...props} />
      <OtherUnits {...props} />
      {props.canEdit && <Additions year={year} unitId={unitId} />}
      <EntryLists {...props} />
    </WorkspaceLayout>
  );
}

function HoursInForce({ week, cutOffMinute }: CalendarPageProps) {
  const words = calendarWords.use();
  const isEmpty = week.every(({ hours }) => hours.length === 0);
  return (
    <section>
      <h2 class="govuk-heading-m">{words.hoursNow}</h2>
      {isEmpty ? (
        <p class="govuk-body">{words.noHours}</p>
      ) : (
        <Table
          firstCellIsHeader
          rows={week.map(({ hours, duty }, index) => [
            { text: words.weekdayNames[index] },
            {
              text: [
                formatHours(hours) || (duty.length > 0 ? '' : words.dayOff),
                duty.length > 0 ? `${formatHours(duty)} (${words.duty})` : '',
              ]
                .filter(Boolean)
                .join('; '),
            },
          ])}
        />
      )}
      <p class="govuk-body">
        {cutOffMinute === null ? words.cutOffNone : words.cutOffIs(formatClockTime(cutOffMinute))}
      </p>
    </section>
  );
}

function OtherUnits({ others, year, unitId }: CalendarPageProps) {
  const words = calendarWords.use();
  return (
    <section>
      <h2 class="govuk-heading-m">{words.units}</h2>
      <Form action={paths.adminCalendar()} method="get" role="search" label={words.findUnit}>
        <input type="hidden" name="nam" value={year} />
        <Input name="tim" label={{ text: words.findUnit }} value={others.sought} classes="govuk-input--width-20" />
        <Button classes="govuk-button--secondary" text={words.find} />
      </Form>
      {others.sought !== '' && others.units.length === 0 && <p class="govuk-body">{words.noUnit(others.sought)}</p>}
      <ul class="govuk-list">
        {unitId !== null && (
          <li>
            <Link to={paths.adminCalendar({ nam: year })}>{words.province}</Link>
          </li>
        )}
        {others.units
          .filter(({ id }) => id !== unitId)
          .map(({ id, name }) => (
            <li>
              <Link to={paths.adminCalendar({ nam: year, 'don-vi': id })}>{name}</Link>
            </li>
          ))}
      </ul>
    </section>
  );
}

function Additions({ year, unitId }: { year: number; unitId: string | null }) {
  const words = calendarWords.use();
  return (
    <section>
      <h2 class="govuk-heading-m">{words.add}</h2>
      <ul class="govuk-list">
        {Object.entries(ENTRY_SLUGS).map(([slug, kind]) => (
          <li>
            <Link to={paths.adminCalendarNew({ kind: slug }, { 'don-vi': unitId, nam: year })}>
              {words.kinds[kind]}
            </Link>
          </li>
        ))}
      </ul>
      <Form action={paths.adminCalendarDefaults()}>
        <input type="hidden" name="nam" value={year} />
        {unitId !== null && <input type="hidden" name="don-vi" value={unitId} />}
        <p class="govuk-body">{words.importNote}</p>
        <Button classes="govuk-button--secondary" text={words.importYear(year)} />
      </Form>
    </section>
  );
}

function EntryLists({ lines, canEdit }: CalendarPageProps) {
  const words = calendarWords.use();
  const live = lines.filter(({ withdrawn }) => withdrawn === null);
  const gone = lines.filter(({ withdrawn }) => withdrawn !== null);
  return (
    <section>
      <h2 class="govuk-heading-m">{words.entries}</h2>
      {live.length === 0 ? (
        <p class="govuk-body">{words.noEntries}</p>
      ) : (
        <EntryTable label={words.entries} lines={live} canEdit={canEdit} />
      )}
      {gone.length > 0 && (
        <Details summaryText={words.removed(gone.length)}>
          <EntryTable label={words.removed(gone.length)} lines={gone} canEdit={false} />
        </Details>
      )}
    </section>
  );
}

function EntryTable({ label, lines, canEdit }: { label: string; lines: readonly EntryLine[]; canEdit: boolean }) {
  const words = calendarWords.use();
  const locale = useLocale();
  return (
    <div class="sen-table__frame" role="region" aria-label={label} tabIndex={0}>
      <Table
        head={[words.when, words.what, words.source, words.who, ...(canEdit ? [words.actions] : [])].map((text) => ({
          text,
        }))}
        rows={lines.map(({ id, entry, createdBy, createdAt, withdrawn }) => [
          { text: entryPeriod(entry, locale) },
          { text: entryText(entry, locale) },
          {
            html: (
              <>
                <span lang="vi">{entry.content.source}</span>{' '}
                {'certainty' in entry.content && (
                  <Tag classes={entry.content.certainty === 'recalled' ? 'govuk-tag--yellow' : 'govuk-tag--grey'}>
                    {words.certainty[entry.content.certainty]}
                  </Tag>
                )}
              </>
            ),
          },
          {
            text: withdrawn
              ? `${createdBy}; ${words.removedBy(withdrawn.by, formatDateTime(withdrawn.at, locale), withdrawn.reason)}`
              : `${createdBy}, ${formatDateTime(createdAt, locale)}`,
          },
          ...(canEdit
            ? [
                {
                  html: (
                    <Link to={paths.adminCalendarRemoval({ id })}>
                      {words.remove}
                      <span class="govuk-visually-hidden">
                        {' '}
                        {entryText(entry, locale)} {entryPeriod(entry, locale)}
                      </span>
                    </Link>
                  ),
                },
              ]
            : []),
        ])}
      />
    </div>
  );
}
