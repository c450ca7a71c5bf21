import { defineProblem, problem } from '../../platform/problems.ts';
import type { AgencyScheme, RulePack } from './rule-pack.ts';
import { rulesOn } from './rules.ts';

export const sequenceExhausted = defineProblem({
  code: 'rules.sequence-exhausted',
  status: 409,
  title: {
    vi: 'Đã dùng hết số thứ tự hồ sơ trong ngày của cơ quan này',
    en: 'This agency has used every dossier number of the day',
  },
  advice: {
    vi: 'Tiếp nhận vào ngày làm việc sau hoặc qua bộ phận khác.',
    en: 'Receive it on the next working day or at another counter.',
  },
});

/** The longest code built on an agency identifier (QĐ 20/2020 Đ4: 35 characters). */
export const MAX_CODE_LENGTH = 64;

const AGENCY: Record<AgencyScheme, RegExp> = {
  qcvn102: /^\d{3}\.\d{2}\.\d{2}\.[A-Y]\d{2}$/,
  qd20: /^(?=.{3,35}$)[A-Y]\d{2}(\.[0-9A-Z]+)*$/,
};

/** Which of the two schemes an agency identifier follows; null when it is none (small letters, spaces, group Z, too long). */
export function agencyScheme(identifier: string): AgencyScheme | null {
  if (AGENCY.qcvn102.test(identifier)) return 'qcvn102';
  return AGENCY.qd20.test(identifier) ? 'qd20' : null;
}

/** Whether the text is an agency identifier of either scheme: documents and dossiers keep the one of their day. */
export const isAgencyIdentifier = (identifier: string): boolean => agencyScheme(identifier) !== null;

export interface DossierCode {
  readonly agency: string;
  /** The date of receipt, `YYYY-MM-DD`. */
  readonly date: string;
  /** The number within that agency and day, from 1. */
  readonly sequence: number;
}

/**
 * The code of a dossier by the pattern of a pack: `000.00.12.H41-180312-0001` or `H41.12-20261122-0000001`.
 * Throws RangeError when the agency does not follow the pack's scheme or the number is not a positive integer, and the Problem
 * `rules.sequence-exhausted` when the number has more digits than the pattern.
 */
export function formatDossierCode(pack: RulePack, { agency, date, sequence }: DossierCode): string {
  const { dateDigits, sequenceDigits } = pack.dossierCode;
  rulesOn(date); // refuses what is no date
  if (!AGENCY[pack.agencyIdentifier.scheme].test(agency))
    throw new RangeError(`Not an agency identifier of ${pack.id}: ${JSON.stringify(agency)}`);
  if (!Number.isSafeInteger(sequence) || sequence < 1) throw new RangeError(`Not a dossier number: ${sequence}`);
  const number = String(sequence).padStart(sequenceDigits, '0');
  if (number.length > sequenceDigits) throw problem(sequenceExhausted, { agency, date });
  return `${agency}-${date.replaceAll('-', '').slice(-dateDigits)}-${number}`;
}

/**
 * Reads a dossier code of either era back. The identifier may follow either scheme with either tail, for agencies changed
 * identifiers years before they changed the tail. null when the text is no such code or its date is not real.
 */
export function parseDossierCode(code: string): DossierCode | null {
  const match = code.length > MAX_CODE_LENGTH ? null : /^([^-]+)-(\d{6}-\d{4}|\d{8}-\d{7})$/.exec(code);
  if (!match || !isAgencyIdentifier(match[1]!)) return null;
  const [day, number] = match[2]!.split('-') as [string, string];
  const digits = day.length === 6 ? `20${day}` : day;
  const date = `${digits.slice(0, 4)}-${digits.slice(4, 6)}-${digits.slice(6)}`;
  const sequence = Number(number);
  return sequence > 0 && isRealDate(date) ? { agency: match[1]!, date, sequence } : null;
}

/** The code of the n-th result of a dossier, n ≥ 1: `<dossier code>-KQ(n)` (NĐ 45/2020 Đ14.3). */
export function formatResultCode(dossierCode: string, ordinal: number): string {
  if (!parseDossierCode(dossierCode)) throw new RangeError(`Not a dossier code: ${JSON.stringify(dossierCode)}`);
  if (!Number.isSafeInteger(ordinal) || ordinal < 1) throw new RangeError(`Not the ordinal of a result: ${ordinal}`);
  return `${dossierCode}-KQ(${ordinal})`;
}

/** Reads a result code; `-KQ1` without brackets, as some systems write it, is read too. null when it is none. */
export function parseResultCode(code: string): { dossierCode: string; ordinal: number } | null {
  const match = /^(.{1,64})-KQ(?:\(([1-9]\d{0,5})\)|([1-9]\d{0,5}))$/.exec(code);
  if (!match || !parseDossierCode(match[1]!)) return null;
  return { dossierCode: match[1]!, ordinal: Number(match[2] ?? match[3]) };
}

function isRealDate(date: string): boolean {
  const time = Date.parse(`${date}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().slice(0, 10) === date;
}
