import type { Basis, Channel, NationalState, RulePack, TimeUnitRule } from './rule-pack.ts';

export const primary = (source: string, note?: string): Basis => ({
  source,
  certainty: 'primary',
  ...(note && { note }),
});
export const secondHand = (source: string, note?: string): Basis => ({
  source,
  certainty: 'secondHand',
  ...(note && { note }),
});
export const recalled = (source: string, note?: string): Basis => ({
  source,
  certainty: 'recalled',
  ...(note && { note }),
});
export const chosen = (source: string, note: string): Basis => ({ source, certainty: 'chosen', note });

const units: readonly TimeUnitRule[] = [
  { unit: 'hour', name: { vi: 'giờ', en: 'hours' }, cutOffApplies: false },
  { unit: 'workingHour', name: { vi: 'giờ làm việc', en: 'working hours' }, cutOffApplies: true },
  { unit: 'day', name: { vi: 'ngày', en: 'days' }, cutOffApplies: true },
  { unit: 'workingDay', name: { vi: 'ngày làm việc', en: 'working days' }, cutOffApplies: true },
  { unit: 'month', name: { vi: 'tháng', en: 'months' }, cutOffApplies: true },
];

export const timeUnits: RulePack['timeUnits'] = {
  units,
  basis: chosen(
    'NĐ 61/2018 Đ18.2; BLDS 2015 Đ147.1',
    'The decree moves the transfer of a dossier received after 15:00; that the time limit moves with it is practice. Limits in plain hours run from the minute.',
  ),
};

export const counting: RulePack['counting'] = {
  firstDay: 'notCounted',
  dueTime: 'endOfWorkingDay',
  moveOffDayOn: true,
  basis: recalled(
    'BLDS 2015 Đ147.2, Đ148.3, Đ148.5, Đ148.6',
    'The Code ends a limit at midnight; a result can only be handed over in office hours, so the end of office hours is shown and judged.',
  ),
};

export const channels: RulePack['channels'] = {
  list: [
    { id: 'counter', code: 1, name: { vi: 'Trực tiếp', en: 'At the counter' } },
    { id: 'online', code: 2, name: { vi: 'Trực tuyến', en: 'Online' } },
    { id: 'post', code: 3, name: { vi: 'Bưu chính công ích', en: 'By post' } },
  ] satisfies readonly Channel[],
  basis: primary('NĐ 61/2018 Đ16', 'The codes are those of the national exchange (KenhThucHien).'),
};

const state = (
  code: number,
  vi: string,
  en: string,
  clock: NationalState['clock'],
  ends: { isEnd?: boolean; onTimeRank?: number } = {},
): NationalState => ({
  code,
  name: { vi, en },
  clock,
  isEnd: ends.isEnd ?? false,
  onTimeRank: ends.onTimeRank ?? null,
});

export const states: RulePack['states'] = {
  list: [
    state(1, 'Mới đăng ký', 'Newly submitted', 'notStarted'),
    state(2, 'Được tiếp nhận', 'Received', 'starts'),
    state(3, 'Không được tiếp nhận', 'Not accepted', 'stops', { isEnd: true, onTimeRank: 3 }),
    state(4, 'Đang xử lý', 'In process', 'runs'),
    state(5, 'Yêu cầu bổ sung giấy tờ', 'More papers requested', 'pauses'),
    state(6, 'Yêu cầu thực hiện nghĩa vụ tài chính', 'Payment requested', 'pauses'),
    state(7, 'Công dân yêu cầu rút hồ sơ', 'Withdrawn', 'stops', { isEnd: true, onTimeRank: 3 }),
    state(8, 'Dừng xử lý', 'Stopped', 'stops', { isEnd: true, onTimeRank: 3 }),
    state(9, 'Đã xử lý xong', 'Decided, result ready', 'stops', { onTimeRank: 1 }),
    state(10, 'Đã trả kết quả', 'Result returned', 'stops', { isEnd: true, onTimeRank: 2 }),
  ],
  basis: secondHand(
    'National exchange, TrangThaiHoSo',
    'The list is the same in several systems that speak it. That state 6 pauses the clock is recalled from sector laws.',
  ),
};

export const nationalFigures: RulePack['supplement']['nationalFigures'] = {
  clock: 'subtract',
  maxRequests: 1,
  basis: secondHand(
    'QĐ 766/QĐ-TTg 2022, indicator 2.1 (operators’ working version of the formula)',
    'The time from asking to completing is subtracted; a dossier asked more than once is late.',
  ),
};
