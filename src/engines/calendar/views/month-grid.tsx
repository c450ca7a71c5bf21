import type { DayCell, MonthView } from '../year-view.ts';
import { calendarWords } from './calendar-words.ts';

/** One month as a table, Monday to Sunday; special days carry their reason as text for those who cannot see the colour. */
export function MonthGrid(props: { month: MonthView; year: number }) {
  const words = calendarWords.use();
  const { month, weeks, workingDays } = props.month;
  return (
    <table class="sen-calendar__month">
      <caption class="sen-calendar__caption">
        {words.month(month)}
        <span class="govuk-visually-hidden">/{props.year}</span> · {words.workingDays(workingDays)}
      </caption>
      <thead>
        <tr>
          {words.weekdays.map((short, index) => (
            <th scope="col" abbr={words.weekdayNames[index]}>
              {short}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {weeks.map((week) => (
          <tr>{week.map((cell) => (cell ? <Day cell={cell} /> : <td></td>))}</tr>
        ))}
      </tbody>
    </table>
  );
}

function Day({ cell }: { cell: DayCell }) {
  const words = calendarWords.use();
  const reason = cell.notes.map(({ kind, text }) => [words.notes[kind], text].filter(Boolean).join(': ')).join('; ');
  const spoken =
    cell.state === 'work' || cell.state === 'rest'
      ? reason
      : [words.states[cell.state], reason].filter(Boolean).join(': ');
  return (
    <td class={`sen-calendar__day sen-calendar__day--${cell.state}`} title={spoken || undefined}>
      {cell.day}
      {spoken && <span class="govuk-visually-hidden"> ({spoken})</span>}
    </td>
  );
}
