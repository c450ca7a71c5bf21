import { getSolarDate } from '@dqcai/vn-lunar';
import { compensationLaw, statutoryHolidays, type StatutoryHoliday } from '../../foundation/rules/index.ts';
import { dayNumber, isoDate, weekdayOf, type IsoDate } from './local-time.ts';
import { OFFICIAL_SCHEDULES } from './official-schedules.ts';
import { WHOLE_DAY, type Certainty, type Holiday, type Swap } from './work-calendar.ts';

/** Years for which default holidays are worked out: five days of Tết since 2013, lunar dates checked to 2030 and usable to 2100. */
export const FIRST_HOLIDAY_YEAR = 2014;
export const LAST_HOLIDAY_YEAR = 2100;

/** The solar date of a day of the Vietnamese lunar calendar (UTC+7: not always China's; Tết 2030 is 2 February here, 3 February there). */
export function lunarDate(year: number, month: number, day: number): IsoDate {
  const solar = getSolarDate(day, month, year);
  return isoDate(Date.UTC(solar.year, solar.month - 1, solar.day) / 86_400_000);
}

/**
 * The days off and swaps of a year for offices that work Monday to Friday: the holidays of the labour law, their compensation when
 * they fall on a weekend (on the next working day, one for one), and what the Government is known to have decided. Each entry says
 * how sure it is. A province may edit all of them. Throws RangeError for a year before 2014 or after 2100.
 */
export function defaultHolidays(year: number): { holidays: Holiday[]; swaps: Swap[] } {
  if (!(Number.isInteger(year) && year >= FIRST_HOLIDAY_YEAR && year <= LAST_HOLIDAY_YEAR))
    throw new RangeError(`No default holidays for the year ${year}`);
  const schedule = OFFICIAL_SCHEDULES.find((known) => known.year === year);
  const statutory = statutoryHolidays(year)
    .flatMap((holiday) => daysOf(holiday, year))
    .sort((a, b) => a.date.localeCompare(b.date));
  const swaps = (schedule?.swaps ?? []).map((swap): Swap => ({
    offDate: swap.offDate,
    workDate: swap.workDate,
    hours: null,
    certainty: swap.certainty ?? schedule!.certainty,
    source: swap.source ?? schedule!.source,
  }));
  return {
    holidays: [...statutory, ...compensations(statutory, year)].sort((a, b) => a.date.localeCompare(b.date)),
    swaps,
  };
}

function daysOf(holiday: StatutoryHoliday, year: number): Holiday[] {
  const { calendar, month, day } = holiday.on;
  const schedule = OFFICIAL_SCHEDULES.find((known) => known.year === year);
  const main =
    calendar === 'lunar'
      ? lunarDate(year, month, day)
      : `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  let before = 0;
  let certainty: Certainty = 'computed';
  if (holiday.id === 'tet') before = schedule?.tetDaysBefore ?? 1;
  if (holiday.id === 'national' && holiday.days === 2)
    before = (schedule?.nationalDay ?? longerRest(main)) === 'before' ? 1 : 0;
  const decided = (holiday.id === 'tet' || (holiday.id === 'national' && holiday.days === 2)) && schedule;
  if (decided)
    certainty = holiday.id === 'national' ? (schedule.nationalDayCertainty ?? schedule.certainty) : schedule.certainty;
  const first = dayNumber(main) - before;
  return Array.from({ length: holiday.days }, (_, index) => ({
    date: isoDate(first + index),
    part: WHOLE_DAY,
    name: holiday.name.vi,
    kind: 'statutory',
    certainty,
    source: decided ? schedule.source : holiday.basis.source,
  }));
}

/** The side of 2 September that joins up with the weekend: what was decided every year so far. */
function longerRest(date: IsoDate): 'before' | 'after' {
  return [1, 4, 7].includes(weekdayOf(dayNumber(date))) ? 'after' : 'before';
}

function compensations(holidays: readonly Holiday[], year: number): Holiday[] {
  const taken = new Set(holidays.map((holiday) => dayNumber(holiday.date)));
  return holidays.flatMap((holiday): Holiday[] => {
    const day = dayNumber(holiday.date);
    if (weekdayOf(day) < 6) return [];
    let free = day + 1;
    while (weekdayOf(free) >= 6 || taken.has(free)) free += 1;
    taken.add(free);
    return [
      {
        ...holiday,
        date: isoDate(free),
        name: `Nghỉ bù ${holiday.name}`,
        kind: 'compensation',
        source: compensationLaw(year).source,
      },
    ];
  });
}
