import type { RulePack } from './rule-pack.ts';
import {
  channels,
  chosen,
  counting,
  nationalFigures,
  primary,
  recalled,
  secondHand,
  states,
  timeUnits,
} from './shared-rules.ts';

/** 21 June 2018 to 30 June 2025: NĐ 61/2018 and TT 01/2018/TT-VPCP, three tiers of government. */
export const vn2018: RulePack = {
  id: 'vn-2018',
  name: { vi: 'Quy định 2018 – 6/2025 (ba cấp)', en: 'Rules of 2018 – June 2025 (three tiers)' },
  validFrom: '2018-06-21',
  validTo: '2025-06-30',
  note: {
    vi: 'Cũng dùng cho ngày trước 21/6/2018 (thời Quyết định 09/2015/QĐ-TTg): mẫu và mã số khi đó khác, chưa đối chiếu.',
    en: 'Used for dates before 21 June 2018 as well (the time of Decision 09/2015): its forms and codes differed and have not been compared.',
  },
  oneStopLaw: primary('NĐ 61/2018/NĐ-CP (Đ40: from 21/6/2018); TT 01/2018/TT-VPCP (from 6/1/2019)'),
  tiers: {
    levels: [
      { tier: 'province', name: { vi: 'Cấp tỉnh', en: 'Province' } },
      { tier: 'district', name: { vi: 'Cấp huyện', en: 'District' } },
      { tier: 'commune', name: { vi: 'Cấp xã', en: 'Commune' } },
    ],
    basis: recalled('Luật Tổ chức chính quyền địa phương 2015'),
  },
  agencyIdentifier: { scheme: 'qcvn102', basis: primary('TT 01/2018/TT-VPCP Đ19.1; QCVN 102:2016/BTTTT') },
  dossierCode: {
    pattern: '{agency}-{yyMMdd}-{seq:4}',
    dateDigits: 6,
    sequenceDigits: 4,
    basis: primary('TT 01/2018/TT-VPCP Đ19.1', 'The number runs per receiving agency and day and ends at 9999.'),
  },
  resultCode: { pattern: '{dossierCode}-KQ({n})', basis: secondHand('NĐ 45/2020/NĐ-CP Đ14.3') },
  cutOff: { minute: 15 * 60, basis: primary('NĐ 61/2018 Đ18.2', '“sau 15 giờ”: 15:00 itself is in time.') },
  transfer: { sameWorkingDay: true, basis: primary('NĐ 61/2018 Đ18.2, Đ18.3') },
  notEligibleNotice: {
    workingDays: 3,
    basis: primary('NĐ 61/2018 Đ19.4', 'Unless the law of the sector says otherwise.'),
  },
  timeUnits,
  counting,
  supplement: {
    decree: {
      clock: 'restart',
      maxRequests: 1,
      basis: primary('NĐ 61/2018 Đ19.4 (from zero), Đ15.3 and Đ17.2a (asked once, completely)'),
    },
    nationalFigures,
  },
  reappointment: { daysBeforeDue: 1, max: 1, basis: primary('NĐ 61/2018 Đ19.9') },
  onTime: { by: 'minute', basis: secondHand('QĐ 766/QĐ-TTg 2022, 2.1: end ≤ NgayHenTra') },
  receiptForInstantProcedures: { onRequestOnly: true, basis: primary('NĐ 61/2018 Đ17.4') },
  intakeAnywhere: {
    allowed: false,
    basis: chosen('NĐ 61/2018', 'A one-stop received what its own level decides, or as assigned.'),
  },
  personalData: {
    answerHours: 72,
    breachNoticeHours: 72,
    readingsKeptMonths: 60,
    closingDays: 15,
    mergerUndoDays: 30,
    basis: chosen(
      'NĐ 13/2023/NĐ-CP Đ14, Đ16, Đ23',
      'No rule of 2018 gives a term: the later decree is kept to. Kept months, closing and undo days are chosen.',
    ),
  },
  downtimeNotice: { workingDays: 1, basis: secondHand('TT 32/2017/TT-BTTTT') },
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
      {
        number: '03',
        kind: 'refusal',
        name: { vi: 'Phiếu từ chối tiếp nhận giải quyết hồ sơ', en: 'Refusal' },
        paper: 'A5',
      },
      {
        number: '04',
        kind: 'apologyAndReappointment',
        name: { vi: 'Phiếu xin lỗi và hẹn lại ngày trả kết quả', en: 'Apology and new appointment' },
        paper: 'A5',
      },
      {
        number: '05',
        kind: 'processControl',
        name: { vi: 'Phiếu kiểm soát quá trình giải quyết hồ sơ', en: 'Process control sheet' },
        paper: 'A5',
      },
      { number: '06', kind: 'dossierBook', name: { vi: 'Sổ theo dõi hồ sơ', en: 'Book of dossiers' }, paper: 'A4' },
    ],
    basis: primary('TT 01/2018/TT-VPCP Đ9'),
  },
  serviceLevels: {
    list: [
      { id: '1', name: { vi: 'Mức độ 1', en: 'Level 1' }, submitOnline: false, wholeOnline: false },
      { id: '2', name: { vi: 'Mức độ 2', en: 'Level 2' }, submitOnline: false, wholeOnline: false },
      { id: '3', name: { vi: 'Mức độ 3', en: 'Level 3' }, submitOnline: true, wholeOnline: false },
      { id: '4', name: { vi: 'Mức độ 4', en: 'Level 4' }, submitOnline: true, wholeOnline: true },
    ],
    basis: primary(
      'TT 32/2017/TT-BTTTT Đ5',
      'From 2022 NĐ 42/2022 replaced the four levels by whole and partial; both scales are kept.',
    ),
  },
  proactiveLevels: { list: [], basis: chosen('—', 'Did not exist.') },
};
