import { fold } from '../../foundation/search/index.ts';
import type { LocalText } from '../../platform/problems.ts';

/*
 * A person's own papers, kept to be used again: “Kho quản lý dữ liệu điện tử của tổ chức, cá nhân” (NĐ 45/2020/NĐ-CP as cited by
 * TT 01/2023/TT-VPCP, read at second hand; results go there by NĐ 45/2020/NĐ-CP, Điều 14.3).
 */

/** Where a paper came from: the person's upload, the result of a dossier, or a paper handed in with one. */
export const paperSources = ['uploaded', 'result', 'dossier'] as const;
export type PaperSource = (typeof paperSources)[number];

/** A kind of paper of the province's list; `words` are phrases by which a component of a procedure asks for it. */
export interface PaperKind {
  key: string;
  name: LocalText;
  words: readonly string[];
}

export interface StoredPaper {
  id: string;
  accountId: string;
  fileId: string;
  kind: string;
  name: string;
  number: string | null;
  issuer: string | null;
  issuedOn: string | null;
  validUntil: string | null;
  source: PaperSource;
  dossierId: string | null;
  resultCode: string | null;
  /** An authority issued it through the platform, or an official has accepted it in a dossier. */
  isVerified: boolean;
  addedAt: Date;
  changedAt: Date;
  deletedAt: Date | null;
  replacedBy: string | null;
  version: number;
}

/** What a person says of a paper. */
export type PaperFacts = Pick<StoredPaper, 'kind' | 'name' | 'number' | 'issuer' | 'issuedOn' | 'validUntil'>;

/** Papers of one account, and bytes of one file. The room of all of them together is the files module's policy. */
export const storeLimits = { papers: 500, fileBytes: 20_000_000 };
/** Days for which a deleted paper can be had back. */
export const undoDays = 30;
/** Days before the end of validity on which the person is reminded when they have chosen nothing. */
export const shippedRemindDays = 30;
export const remindChoices = [7, 14, 30, 60, 90] as const;

export type Validity = 'unlimited' | 'valid' | 'soon' | 'expired';

/** How a paper stands on a day (`YYYY-MM-DD`); it is valid up to and with its last day. */
export function validityOf(
  paper: Pick<StoredPaper, 'validUntil'>,
  today: string,
  soonDays: number = shippedRemindDays,
): Validity {
  if (paper.validUntil === null) return 'unlimited';
  if (paper.validUntil < today) return 'expired';
  return paper.validUntil <= dayAfter(today, soonDays) ? 'soon' : 'valid';
}

/** `YYYY-MM-DD` so many days later. */
export const dayAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** What the search of the store looks in: no tones, no marks, lower case. */
export const foldedFacts = (facts: PaperFacts, resultCode: string | null = null): string =>
  fold([facts.name, facts.number, facts.issuer, resultCode].filter(Boolean).join(' ')).slice(0, 700);

/** Whether a component of a procedure asks for this kind of paper. */
export const fitsComponent = (kind: PaperKind | undefined, componentName: string): boolean => {
  const asked = fold(componentName);
  return kind !== undefined && kind.words.some((word) => asked.includes(fold(word)));
};

/** The kind that a name speaks of: the one with the longest phrase in it, else `khac`. */
export function guessKind(kinds: readonly PaperKind[], name: string): string {
  const folded = fold(name);
  let best = { key: 'khac', length: 0 };
  for (const kind of kinds)
    for (const word of kind.words.map(fold))
      if (word.length > best.length && folded.includes(word)) best = { key: kind.key, length: word.length };
  return best.key;
}
