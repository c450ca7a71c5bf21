import type { Certainty } from './work-calendar.ts';
import type { IsoDate } from './local-time.ts';

/** What the Government decided for civil servants in a year, as far as it goes beyond the law. */
export interface OfficialSchedule {
  readonly year: number;
  /** Days of the Tết holiday before the first day of the lunar year: one or two of the five. */
  readonly tetDaysBefore: 1 | 2;
  /** On which side of 2 September the second day of National Day lies (since 2021). */
  readonly nationalDay?: 'before' | 'after';
  /** When it is known less surely than the rest. */
  readonly nationalDayCertainty?: Certainty;
  readonly swaps: readonly {
    readonly offDate: IsoDate;
    readonly workDate: IsoDate;
    readonly certainty?: Certainty;
    readonly source?: string;
  }[];
  readonly certainty: Certainty;
  readonly source: string;
}

const FROM_MEMORY = 'Theo trí nhớ về thông báo hằng năm; cần đối chiếu văn bản';

/**
 * Known schedules. `official` were seen in published announcements; `recalled` ones are to be checked against the paper and can be
 * edited by a province. A year that is not here follows the law and is marked `computed`.
 */
export const OFFICIAL_SCHEDULES: readonly OfficialSchedule[] = [
  {
    year: 2014,
    tetDaysBefore: 1,
    certainty: 'official',
    source: 'Quyết định của Thủ tướng về hoán đổi ngày nghỉ năm 2014 (Báo Đồng Tháp, 18/12/2013)',
    swaps: [
      { offDate: '2014-01-28', workDate: '2014-01-25' },
      { offDate: '2014-01-29', workDate: '2014-02-08' },
      { offDate: '2014-05-02', workDate: '2014-04-26' },
    ],
  },
  {
    year: 2015,
    tetDaysBefore: 2,
    certainty: 'recalled',
    source: FROM_MEMORY,
    swaps: [
      {
        offDate: '2015-01-02',
        workDate: '2014-12-27',
        certainty: 'official',
        source: 'Lịch nghỉ Tết Dương lịch 2015 của công chức, viên chức (Báo Mới, 12/2014)',
      },
      { offDate: '2015-02-16', workDate: '2015-02-14' },
      { offDate: '2015-04-29', workDate: '2015-04-25' },
    ],
  },
  { year: 2016, tetDaysBefore: 1, certainty: 'recalled', source: FROM_MEMORY, swaps: [] },
  { year: 2017, tetDaysBefore: 2, certainty: 'recalled', source: FROM_MEMORY, swaps: [] },
  {
    year: 2018,
    tetDaysBefore: 2,
    certainty: 'recalled',
    source: FROM_MEMORY,
    swaps: [{ offDate: '2018-12-31', workDate: '2019-01-05' }],
  },
  {
    year: 2019,
    tetDaysBefore: 1,
    certainty: 'recalled',
    source: FROM_MEMORY,
    swaps: [{ offDate: '2019-04-29', workDate: '2019-05-04' }],
  },
  { year: 2020, tetDaysBefore: 2, certainty: 'recalled', source: FROM_MEMORY, swaps: [] },
  { year: 2021, tetDaysBefore: 2, nationalDay: 'after', certainty: 'recalled', source: FROM_MEMORY, swaps: [] },
  { year: 2022, tetDaysBefore: 1, nationalDay: 'before', certainty: 'recalled', source: FROM_MEMORY, swaps: [] },
  { year: 2023, tetDaysBefore: 2, nationalDay: 'before', certainty: 'recalled', source: FROM_MEMORY, swaps: [] },
  {
    year: 2024,
    tetDaysBefore: 2,
    nationalDay: 'after',
    certainty: 'recalled',
    source: FROM_MEMORY,
    swaps: [{ offDate: '2024-04-29', workDate: '2024-05-04' }],
  },
  {
    year: 2025,
    tetDaysBefore: 2,
    nationalDay: 'before',
    certainty: 'recalled',
    source: FROM_MEMORY,
    swaps: [{ offDate: '2025-05-02', workDate: '2025-04-26' }],
  },
  {
    year: 2026,
    tetDaysBefore: 1,
    nationalDay: 'before',
    nationalDayCertainty: 'recalled',
    certainty: 'official',
    source: 'Thông báo 9441/TB-BNV năm 2025 (Tết Bính Ngọ nghỉ 14–22/02/2026: Báo Công an TP.HCM)',
    swaps: [
      { offDate: '2026-01-02', workDate: '2026-01-10', certainty: 'recalled', source: FROM_MEMORY },
      { offDate: '2026-08-31', workDate: '2026-08-22', certainty: 'recalled', source: FROM_MEMORY },
    ],
  },
];
