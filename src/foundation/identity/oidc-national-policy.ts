import { localDate } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';

/**
 * Whether citizens and businesses must come through the national provider on the day of `now` (NĐ 224/2026/NĐ-CP art. 29.3; Cổng DVCQG
 * takes electronic identities only since 20 July 2026, QĐ 29/2026/QĐ-TTg). The date is a setting; officials keep their own way.
 */
export const isCompulsory = (config: Pick<Config, 'national'>, now: Date): boolean =>
  config.national !== null &&
  config.national.compulsoryFrom !== null &&
  localDate(now) >= config.national.compulsoryFrom;
