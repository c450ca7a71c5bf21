import type { LocalText } from '../../platform/problems.ts';
import type { Basis } from './rule-pack.ts';
import { recalled, secondHand } from './shared-rules.ts';

/** A public holiday as the labour law names it. */
export interface StatutoryHoliday {
  readonly id: 'newYear' | 'tet' | 'hungKings' | 'reunification' | 'labour' | 'national' | 'culture';
  readonly name: LocalText;
  readonly on: { readonly calendar: 'solar' | 'lunar'; readonly month: number; readonly day: number };
  readonly days: number;
  readonly basis: Basis;
}

const CULTURE_DAY = secondHand(
  'NQ 28/2026/QH16 (in force from 1/7/2026), after NQ 80-NQ/TW',
  'Seen in news and other systems, not in the text.',
);

const LABOUR_CODE = 'BLLĐ 2019 (45/2019/QH14) Đ112';

const holiday = (
  id: StatutoryHoliday['id'],
  vi: string,
  en: string,
  on: StatutoryHoliday['on'],
  days: number,
  basis: Basis = recalled(LABOUR_CODE),
): StatutoryHoliday => ({ id, name: { vi, en }, on, days, basis });

/** The public holidays that the law grants in a year (1 May 2013 on: five days of Tết), in the order of the solar year. */
export function statutoryHolidays(year: number): StatutoryHoliday[] {
  const list = [
    holiday('newYear', 'Tết Dương lịch', 'New Year', { calendar: 'solar', month: 1, day: 1 }, 1),
    holiday('tet', 'Tết Nguyên đán', 'Lunar New Year', { calendar: 'lunar', month: 1, day: 1 }, 5),
    holiday('hungKings', 'Giỗ Tổ Hùng Vương', 'Hùng Kings’ Day', { calendar: 'lunar', month: 3, day: 10 }, 1),
    holiday('reunification', 'Ngày Chiến thắng', 'Victory Day', { calendar: 'solar', month: 4, day: 30 }, 1),
    holiday('labour', 'Ngày Quốc tế Lao động', 'Labour Day', { calendar: 'solar', month: 5, day: 1 }, 1),
    year >= 2021
      ? holiday('national', 'Quốc khánh', 'National Day', { calendar: 'solar', month: 9, day: 2 }, 2)
      : holiday(
          'national',
          'Quốc khánh',
          'National Day',
          { calendar: 'solar', month: 9, day: 2 },
          1,
          recalled('BLLĐ 2012 Đ115.1'),
        ),
  ];
  if (year >= 2026)
    list.push(
      holiday(
        'culture',
        'Ngày Văn hóa Việt Nam',
        'Viet Nam Culture Day',
        { calendar: 'solar', month: 11, day: 24 },
        1,
        CULTURE_DAY,
      ),
    );
  return list;
}

/** A holiday on a weekly day off is made up for on the next working day: BLLĐ 2019 Đ111.3 (BLLĐ 2012 Đ115.3 before 2021). */
export const compensationLaw = (year: number): Basis =>
  recalled(year >= 2021 ? 'BLLĐ 2019 Đ111.3' : 'BLLĐ 2012 Đ115.3');
