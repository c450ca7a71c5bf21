/* Readings of people's files: the words. Law 91/2025/QH15 and NĐ 13/2023/NĐ-CP Đ9 give the person the right to know. */

/** What the file read was about. */
export type ReadSubjectKind = 'dossier' | 'account' | 'delegation' | 'request' | 'paper';

/** The work that the reading was part of; `search` and `administration` need a reason that the reader states. */
export const readingWorks = [
  'handling',
  'paper',
  'slip',
  'identity',
  'search',
  'export',
  'administration',
  'delegate',
] as const;
export type ReadingWork = (typeof readingWorks)[number];

/** One file read, of one person. */
export interface ReadFile {
  /** The person whose file it is; null when they have no account. */
  accountId: string | null;
  subject: { kind: ReadSubjectKind; id: string; label: string | null };
}

/** A reason a reader states, once cleaned; null when it says nothing. */
export function statedReason(text: string | null | undefined): string | null {
  const reason = (text ?? '')
    .normalize('NFC')
    .replaceAll(/[\p{Cc}\s]+/gu, ' ')
    .trim()
    .slice(0, 200);
  return /\p{L}.*\p{L}.*\p{L}/u.test(reason) ? reason : null;
}
