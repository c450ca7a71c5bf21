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

/** The labour code of a year: that of 2019 is in force since 1 January 2021. */
const labourCode = (year: number): Basis =>
  recalled(year >= 2021 ? 'BLLĐ 2019 (45/2019/QH14) Đ112.1' : 'BLLĐ 2012 (10/2012/QH13) Đ115.1');

const solar = (month: number, day: number) => ({ calendar: 'solar' as const, month, day });
const lunar = (month: number, day: number) => ({ calendar: 'lunar' as const, month, day });

/** The public holidays that the law grants in a year (1 May 2013 on: five days of Tết), in the order of the solar year. */
export function statutoryHolidays(year: number): StatutoryHoliday[] {
  const basis = labourCode(year);
  const list: StatutoryHoliday[] = [
    { id: 'newYear', name: { vi: 'Tết Dương lịch', en: 'New Year' }, on: solar(1, 1), days: 1, basis },
    { id: 'tet', name: { vi: 'Tết Nguyên đán', en: 'Lunar New Year' }, on: lunar(1, 1), days: 5, basis },
    { id: 'hungKings', name: { vi: 'Giỗ Tổ Hùng Vương', en: 'Hùng Kings’ Day' }, on: lunar(3, 10), days: 1, basis },
    { id: 'reunification', name: { vi: 'Ngày Chiến thắng', en: 'Victory Day' }, on: solar(4, 30), days: 1, basis },
    { id: 'labour', name: { vi: 'Ngày Quốc tế Lao động', en: 'Labour Day' }, on: solar(5, 1), days: 1, basis },
    {
      id: 'national',
      name: { vi: 'Quốc khánh', en: 'National Day' },
      on: solar(9, 2),
      days: year >= 2021 ? 2 : 1,
      basis,
    },
  ];
  const culture = { vi: 'Ngày Văn hóa Việt Nam', en: 'Viet Nam Culture Day' };
  if (year >= 2026) list.push({ id: 'culture', name: culture, on: solar(11, 24), days: 1, basis: CULTURE_DAY });
  return list;
}

/** A holiday on a weekly day off is made up for on the next working day: BLLĐ 2019 Đ111.3 (BLLĐ 2012 Đ115.3 before 2021). */
export const compensationLaw = (year: number): Basis =>
  recalled(year >= 2021 ? 'BLLĐ 2019 Đ111.3' : 'BLLĐ 2012 Đ115.3');
