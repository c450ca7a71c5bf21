import type { FormKind, RulePack } from '../../../foundation/rules/index.ts';
import { localParts } from '../../../platform/clock.ts';
import type { Channel, TimeLimit } from '../dossier.ts';

/** The slips of one dossier. The acknowledgement is ours: the national list has no form for state 1. */
export const slipKinds = [
  'acknowledgement',
  'receipt',
  'supplement',
  'refusal',
  'apology',
  'stop',
  'control-sheet',
] as const;
export type SlipKind = (typeof slipKinds)[number];

const FORM_OF: Record<Exclude<SlipKind, 'acknowledgement'>, FormKind> = {
  receipt: 'receiptAndAppointment',
  supplement: 'supplementRequest',
  refusal: 'refusal',
  apology: 'apologyAndReappointment',
  stop: 'stopNotice',
  'control-sheet': 'processControl',
};

/** Title and paper of a slip by the rules of the dossier's day. The stop notice exists since 2025; before, its title is plain. */
export function formOf(pack: RulePack, kind: SlipKind): { title: string; paper: 'a4' | 'a5'; isLandscape: boolean } {
  if (kind === 'acknowledgement') return { title: 'Xác nhận đã nộp hồ sơ trực tuyến', paper: 'a5', isLandscape: false };
  const form = pack.forms.list.find((each) => each.kind === FORM_OF[kind]);
  return {
    title: form?.name.vi ?? 'Thông báo dừng giải quyết hồ sơ',
    paper: form?.paper === 'A4' ? 'a4' : 'a5',
    isLandscape: kind === 'control-sheet', // seven columns need the long side
  };
}

const two = (n: number): string => String(n).padStart(2, '0');

/** `16 giờ 30 phút, ngày 03 tháng 12 năm 2026`; days under 10 and months 1, 2 with a zero (NĐ 30/2020). */
export function inWords(instant: Date): string {
  const { hour, minute } = localParts(instant);
  return `${two(hour)} giờ ${two(minute)} phút, ${dayInWords(instant)}`;
}
export function dayInWords(instant: Date): string {
  const { year, month, day } = localParts(instant);
  return `ngày ${two(day)} tháng ${month < 3 ? two(month) : month} năm ${year}`;
}
/** `08:05 03/12/2026` for tables. */
export function short(instant: Date | null): string {
  if (instant === null) return '';
  const { year, month, day, hour, minute } = localParts(instant);
  return `${two(hour)}:${two(minute)} ${two(day)}/${two(month)}/${year}`;
}
export const money = (dong: number): string => `${String(dong).replaceAll(/\B(?=(\d{3})+$)/g, '.')} đồng`;

const UNITS: Record<TimeLimit['unit'], string> = {
  hour: 'giờ',
  workingHour: 'giờ làm việc',
  day: 'ngày',
  workingDay: 'ngày làm việc',
  month: 'tháng',
};
export const limitInWords = (limit: TimeLimit | null): string =>
  limit === null
    ? 'chưa quy định'
    : `${limit.amount < 10 && Number.isInteger(limit.amount) ? `0${limit.amount}` : String(limit.amount).replace('.', ',')} ${UNITS[limit.unit]}`;

export const CHANNEL: Record<Channel, string> = {
  counter: 'Trực tiếp',
  online: 'Trực tuyến',
  post: 'Bưu chính công ích',
};
