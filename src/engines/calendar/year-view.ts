import { dayTable } from './day-table.ts';
import type { CalendarEntry } from './entry.ts';
import { dayNumber, dayOfMinute, isoDate, parseLocalMoment, weekdayOf } from './local-time.ts';
import type { WorkCalendar } from './work-calendar.ts';

/** `work` an ordinary working day, `rest` an ordinary day off, `off` a special day off, `part` worked in part, `extra` worked specially. */
export type DayState = 'work' | 'rest' | 'off' | 'part' | 'extra';

export interface DayCell {
  readonly date: string;
  readonly day: number;
  readonly state: DayState;
  /** Why, for special days. */
  readonly notes: readonly DayNote[];
}

export interface DayNote {
  readonly kind: 'holiday' | 'swapOff' | 'swapWork' | 'opening' | 'closure';
  readonly text: string;
}

export interface MonthView {
  readonly month: number;
  /** Weeks from Monday to Sunday; null outside the month. */
  readonly weeks: readonly (readonly (DayCell | null)[])[];
  readonly workingDays: number;
}

/** The twelve months of a year of a calendar, with what was decided about single days. */
export function yearView(calendar: WorkCalendar, entries: readonly CalendarEntry[], year: number): MonthView[] {
  const table = dayTable(calendar);
  const notes = notesByDay(entries);
  return Array.from({ length: 12 }, (_, index) => {
    const first = Date.UTC(year, index, 1) / 86_400_000;
    const end = Date.UTC(year, index + 1, 1) / 86_400_000;
    const cells: (DayCell | null)[] = Array.from({ length: weekdayOf(first) - 1 }, () => null);
    for (let day = first; day < end; day += 1) {
      const dayNotes = notes.get(day) ?? [];
      cells.push({
        date: isoDate(day),
        day: day - first + 1,
        state: stateOf(table.minutesOf(day), dayNotes),
        notes: dayNotes,
      });
    }
    while (cells.length % 7 > 0) cells.push(null);
    const weeks = Array.from({ length: cells.length / 7 }, (_, week) => cells.slice(week * 7, week * 7 + 7));
    return { month: index + 1, weeks, workingDays: table.workingDaysIn(first, end) };
  });
}

function stateOf(minutes: number, notes: readonly DayNote[]): DayState {
  if (minutes === 0) return notes.some(({ kind }) => kind !== 'swapWork' && kind !== 'opening') ? 'off' : 'rest';
  if (notes.length === 0) return 'work';
  return notes.some(({ kind }) => kind === 'swapWork' || kind === 'opening') ? 'extra' : 'part';
}

function notesByDay(entries: readonly CalendarEntry[]): Map<number, DayNote[]> {
  const map = new Map<number, DayNote[]>();
  const note = (day: number, kind: DayNote['kind'], text: string) =>
    map.set(day, [...(map.get(day) ?? []), { kind, text }]);
  for (const { kind, content } of entries) {
    if (kind === 'holiday') note(dayNumber(content.date), 'holiday', content.name);
    if (kind === 'opening') note(dayNumber(content.date), 'opening', content.reason);
    if (kind === 'swap') {
      note(dayNumber(content.offDate), 'swapOff', '');
      note(dayNumber(content.workDate), 'swapWork', '');
    }
    if (kind === 'closure') {
      const last = dayOfMinute(parseLocalMoment(content.to) - 1);
      for (let day = dayOfMinute(parseLocalMoment(content.from)); day <= last; day += 1)
        note(day, 'closure', content.reason);
    }
  }
  return map;
}
