import type { ScanMarkKind } from '../../foundation/files/index.ts';

/* What a person is about to hand in: pure types and rules. The answers of the form are the forms engine's. */

export type Purpose = 'submission' | 'supplement';
export type Delivery = 'counter' | 'online' | 'post';

/** One dossier on its way, or one answer to a request for a supplement. */
export interface Application {
  id: string;
  purpose: Purpose;
  accountId: string;
  ownerKind: 'citizen' | 'business';
  procedureVersionId: string;
  offerId: string | null;
  draftId: string | null;
  dossierId: string | null;
  /** The delegation under which it is made for somebody else; null: for oneself. */
  delegationId: string | null;
  delivery: Delivery | null;
  deliveryAddress: string | null;
  remark: string | null;
  createdAt: Date;
  expiresAt: Date;
  submittedAt: Date | null;
}

/** A file that a person has put to a paper. */
export interface AttachedFile {
  /** Id of the attachment. */
  id: string;
  paperKey: string;
  fileId: string;
  name: string;
  kind: string;
  sizeBytes: number;
  canPreview: boolean;
  scanMark: ScanMarkKind | null;
  isFromStore: boolean;
}

interface BothWords {
  vi: string;
  en?: string | undefined;
}

/** A paper that is asked for, with what has been put to it. */
export interface PaperSlot {
  key: string;
  name: BothWords;
  /** Title of its group, shown once. */
  group: BothWords | null;
  /** In which case it is needed, or what is wrong with the one handed in. */
  note: BothWords | null;
  isRequired: boolean;
  template: { file: string; title: BothWords } | null;
  /** The paper of the dossier that it takes the place of. */
  replacesPaperId: string | null;
  componentCode: string | null;
  files: AttachedFile[];
}

/** Days an application waits after its last change; the same as a draft of a form. */
export const keptDays = 30;
export const expiryFrom = (now: Date): Date => new Date(now.getTime() + keptDays * 86_400_000);

/** Required papers without a file. */
export const missingPapers = (slots: readonly PaperSlot[]): PaperSlot[] =>
  slots.filter((slot) => slot.isRequired && slot.files.length === 0);

/** Name of the file control of a paper, and of the box that says that the new files take the place of the old ones. */
export const uploadName = (key: string): string => `paper-${key}`;
export const replaceName = (key: string): string => `replace-${key}`;

const KINDS: Record<string, string> = { jpg: 'jpeg' };

/** The files module's name of a kind that a procedure accepts. */
export const fileKindOf = (paperKind: string): string => KINDS[paperKind] ?? paperKind;

export interface FileLimits {
  kinds: string[];
  maxBytes: number;
  maxFiles: number;
  maxTotalBytes: number;
}

/** The limits of a procedure in bytes; a page of a form never takes more than 64 MB at once. */
export const limitsOf = (files: {
  accept: readonly string[];
  maxMegabytes: number;
  maxFiles: number;
  maxTotalMegabytes: number;
}): FileLimits => ({
  kinds: files.accept.map(fileKindOf),
  maxBytes: Math.min(files.maxMegabytes, 64) * 1_000_000,
  maxFiles: files.maxFiles,
  maxTotalBytes: files.maxTotalMegabytes * 1_000_000,
});
