import { formatLocalMoment, parseLocalMoment, type IsoDate } from './local-time.ts';
import {
  workCalendar,
  type CalendarParts,
  type Closure,
  type CutOff,
  type Holiday,
  type Opening,
  type Swap,
  type WeeklyPattern,
} from './work-calendar.ts';

/** One decision about a calendar. */
export type CalendarEntry =
  | { readonly kind: 'pattern'; readonly content: WeeklyPattern }
  | { readonly kind: 'holiday'; readonly content: Holiday }
  | { readonly kind: 'swap'; readonly content: Swap }
  | { readonly kind: 'opening'; readonly content: Opening }
  | { readonly kind: 'closure'; readonly content: Closure }
  | { readonly kind: 'cutOff'; readonly content: CutOff };

export type EntryKind = CalendarEntry['kind'];

const LISTS = {
  pattern: 'patterns',
  holiday: 'holidays',
  swap: 'swaps',
  opening: 'openings',
  closure: 'closures',
  cutOff: 'cutOffs',
} as const satisfies Record<EntryKind, keyof CalendarParts>;

/** The parts of a calendar that a list of decisions makes, in their order (the later of two patterns wins). */
export function partsOf(entries: readonly CalendarEntry[]): CalendarParts {
  const parts: Record<keyof CalendarParts, unknown[]> = {
    patterns: [],
    holidays: [],
    swaps: [],
    openings: [],
    closures: [],
    cutOffs: [],
  };
  for (const { kind, content } of entries) parts[LISTS[kind]].push(content);
  return parts as unknown as CalendarParts;
}

/** The same decisions as a list. */
export function entriesOf(parts: Partial<CalendarParts>): CalendarEntry[] {
  return (Object.keys(LISTS) as EntryKind[]).flatMap((kind) =>
    (parts[LISTS[kind]] ?? []).map((content) => ({ kind, content }) as CalendarEntry),
  );
}

/** The checked entry (RangeError when it is impossible) and the days it can touch, `lastDate` null for an open end. */
export function checkedEntry(entry: CalendarEntry): {
  entry: CalendarEntry;
  firstDate: IsoDate;
  lastDate: IsoDate | null;
} {
  const [checked] = entriesOf(workCalendar(partsOf([entry])));
  return { entry: checked!, ...daysOf(checked!) };
}

/** A swap is filed under the day that is worked: there can be one per day. */
function daysOf({ kind, content }: CalendarEntry): { firstDate: IsoDate; lastDate: IsoDate | null } {
  if (kind === 'pattern' || kind === 'cutOff') return { firstDate: content.validFrom, lastDate: content.validTo };
  if (kind === 'swap') return { firstDate: content.workDate, lastDate: content.workDate };
  if (kind !== 'closure') return { firstDate: content.date, lastDate: content.date };
  // The last minute that is closed, not the first that is open again.
  return {
    firstDate: content.from.slice(0, 10),
    lastDate: formatLocalMoment(parseLocalMoment(content.to) - 1).slice(0, 10),
  };
}
