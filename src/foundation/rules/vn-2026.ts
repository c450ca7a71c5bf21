import type { RulePack } from './rule-pack.ts';
import { channels, chosen, counting, nationalFigures, secondHand, states, timeUnits } from './shared-rules.ts';

const NOT_READ =
  'The full text of NĐ 118/2025 and TT 03/2025/TT-VPCP was not found; kept as in NĐ 61/2018 until it is read.';

/** From 1 July 2025: NĐ 118/2025 (amended by NĐ 367/2025) and TT 03/2025/TT-VPCP, two tiers; NĐ 224/2026 from 1 July 2026. */
export const vn2026: RulePack = {
  id: 'vn-2026',
  name: { vi: 'Quy định từ 7/2025 (hai cấp)', en: 'Rules from July 2025 (two tiers)' },
  validFrom: '2025-07-01',
  validTo: null,
  note: {
    vi: 'Nghị định 118/2025/NĐ-CP và Thông tư 03/2025/TT-VPCP; từ 1/7/2026 có thêm Nghị định 224/2026/NĐ-CP.',
    en: 'Decree 118/2025 and Circular 03/2025; Decree 224/2026 since 1 July 2026.',
  },
  oneStopLaw: secondHand('NĐ 118/2025/NĐ-CP (from 1/7/2025), NĐ 367/2025/NĐ-CP; TT 03/2025/TT-VPCP'),
  tiers: {
    levels: [
      { tier: 'province', name: { vi: 'Cấp tỉnh', en: 'Province' } },
      { tier: 'commune', name: { vi: 'Cấp xã', en: 'Commune' } },
    ],
    basis: secondHand('Two-tier local government from 1/7/2025; QĐ 19/2025/QĐ-TTg (codes)'),
  },
  agencyIdentifier: { scheme: 'qd20', basis: secondHand('QĐ 20/2020/QĐ-TTg Đ4, amended by QĐ 09/2025/QĐ-TTg') },
  dossierCode: {
    pattern: '{agency}-{yyyyMMdd}-{seq:7}',
    dateDigits: 8,
    sequenceDigits: 7,
    basis: secondHand('Code seen in use: G09.20-20260609-0092637', 'The text of the rule was not found.'),
  },
  resultCode: { pattern: '{dossierCode}-KQ({n})', basis: secondHand('NĐ 45/2020/NĐ-CP Đ14.3') },
  cutOff: {
    minute: 15 * 60,
    basis: secondHand('CV 1747/UBND-NC of Hà Nội, 25/4/2026', 'After 15:00 counts from the next working day.'),
  },
  transfer: { sameWorkingDay: true, basis: chosen('NĐ 61/2018 Đ18', NOT_READ) },
  notEligibleNotice: { workingDays: 3, basis: chosen('NĐ 61/2018 Đ19.4', NOT_READ) },
  timeUnits,
  counting,
  supplement: {
    decree: { clock: 'restart', maxRequests: 1, basis: chosen('NĐ 61/2018 Đ19.4', NOT_READ) },
    nationalFigures,
  },
  reappointment: { daysBeforeDue: 1, max: 1, basis: chosen('NĐ 61/2018 Đ19.9', NOT_READ) },
  onTime: { by: 'minute', basis: secondHand('QĐ 766/QĐ-TTg 2022, 2.1: end ≤ NgayHenTra') },
  receiptForInstantProcedures: { onRequestOnly: true, basis: chosen('NĐ 61/2018 Đ17.4', NOT_READ) },
  intakeAnywhere: { allowed: true, basis: secondHand('NĐ 118/2025 (“phi địa giới hành chính” within the province)') },
  personalData: {
    answerHours: 72,
    breachNoticeHours: 72,
    readingsKeptMonths: 60,
    closingDays: 15,
    mergerUndoDays: 30,
    basis: secondHand(
      'Luật 91/2025/QH15 Đ23; NĐ 356/2025/NĐ-CP',
      'Terms of answers and notices (72 hours) as in NĐ 13/2023; the decree was read at second hand. Kept months, closing and undo days are chosen.',
    ),
  },
  downtimeNotice: { workingDays: 7, basis: secondHand('NĐ 224/2026 Đ13', 'With the expected time of recovery.') },
  channels,
  states,
  forms: {
    list: [
      {
        number: '01',
        kind: 'receiptAndAppointment',
        name: { vi: 'Giấy tiếp nhận hồ sơ và hẹn trả kết quả', en: 'Receipt and appointment' },
        paper: 'A5',
      },
      {
        number: '02',
        kind: 'supplementRequest',
        name: { vi: 'Phiếu yêu cầu bổ sung, hoàn thiện hồ sơ', en: 'Request for more papers' },
        paper: 'A5',
      },
      { number: '03', kind: 'refusal', name: { vi: 'Phiếu từ chối tiếp nhận hồ sơ', en: 'Refusal' }, paper: 'A5' },
      {
        number: '04',
        kind: 'apologyAndReappointment',
        name: { vi: 'Văn bản xin lỗi và đề nghị gia hạn', en: 'Apology and request for more time' },
        paper: 'A5',
      },
      {
        number: '05',
        kind: 'stopNotice',
        name: { vi: 'Thông báo dừng giải quyết hồ sơ', en: 'Notice of stopping' },
        paper: 'A5',
      },
      {
        number: '06',
        kind: 'processControl',
        name: { vi: 'Phiếu kiểm soát quá trình giải quyết hồ sơ', en: 'Process control sheet' },
        paper: 'A5',
      },
      { number: '07', kind: 'dossierBook', name: { vi: 'Sổ theo dõi hồ sơ', en: 'Book of dossiers' }, paper: 'A4' },
    ],
    basis: secondHand('TT 03/2025/TT-VPCP', 'Names seen at second hand; the paper sizes are those of TT 01/2018 Đ9.2.'),
  },
  serviceLevels: {
    list: [
      { id: 'motPhan', name: { vi: 'Một phần', en: 'Partly online' }, submitOnline: true, wholeOnline: false },
      { id: 'toanTrinh', name: { vi: 'Toàn trình', en: 'Wholly online' }, submitOnline: true, wholeOnline: true },
    ],
    basis: secondHand('NĐ 42/2022, NĐ 224/2026 Đ14', 'Wholly online is the default; partly needs a published reason.'),
  },
  proactiveLevels: {
    list: [
      { level: 1, name: { vi: 'Nhắc việc', en: 'Reminds' } },
      {
        level: 2,
        name: { vi: 'Chuẩn bị sẵn hồ sơ, người dùng xác nhận', en: 'Prepares the dossier, the person confirms' },
      },
      { level: 3, name: { vi: 'So sánh phương án và khuyến nghị', en: 'Compares the choices and recommends' } },
      { level: 4, name: { vi: 'Tự động thực hiện', en: 'Acts by itself' } },
    ],
    basis: secondHand('NĐ 224/2026 Đ16'),
  },
};
