/*
 * Requests of a person about their own data: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 (rights of the subject), NĐ 356/2025/NĐ-CP (second hand),
 * NĐ 13/2023/NĐ-CP Điều 9, 14, 16 as the model of fields. The term of the answer comes from the rule pack.
 */

export const requestKinds = ['see', 'correct', 'erase', 'restrict', 'object', 'export', 'complaint'] as const;
export type RequestKind = (typeof requestKinds)[number];
export type RequestState = 'received' | 'in-progress' | 'answered' | 'withdrawn';
export const requestOutcomes = ['granted', 'partly', 'refused'] as const;
export type RequestOutcome = (typeof requestOutcomes)[number];

/** Facts of a person that can be corrected. */
export const correctableFields = ['fullName', 'birthDate', 'gender', 'addressLine'] as const;
export type CorrectableField = (typeof correctableFields)[number];
/** What can be erased: nothing of what the State keeps by law. */
export const erasableThings = ['drafts', 'papers', 'email', 'phone', 'other'] as const;
export type ErasableThing = (typeof erasableThings)[number];

export interface RequestDetails {
  /** Correction: which fact, and what it should be. */
  field?: CorrectableField;
  value?: string;
  /** Erasure: what. */
  things?: ErasableThing[];
}

export interface DataRequest {
  id: string;
  number: number;
  accountId: string;
  /** The agency that it was made to or concerns; null: the province as a whole, which keeps the accounts. */
  unitId: string | null;
  kind: RequestKind;
  text: string;
  details: RequestDetails;
  state: RequestState;
  outcome: RequestOutcome | null;
  reason: string | null;
  answer: string | null;
  receivedAt: Date;
  dueAt: Date;
  assigneeId: string | null;
  assigneeName: string | null;
  answeredAt: Date | null;
  answeredBy: string | null;
  version: number;
}

export const isOpen = (request: Pick<DataRequest, 'state'>): boolean =>
  request.state === 'received' || request.state === 'in-progress';

/** `YC-000123`, as people read it out. */
export const requestNumber = (number: number): string => `YC-${String(number).padStart(6, '0')}`;

/** When the answer is due: hours of the clock, as the law counts them, not of work. */
export const dueAfter = (receivedAt: Date, hours: number): Date => new Date(receivedAt.getTime() + hours * 3_600_000);

/** Grounds on which an erasure is refused; NĐ 13/2023 Đ16.2, Luật 91/2025 (second hand). */
export const refusalGrounds = ['law', 'archive', 'dossier-open', 'others-rights', 'not-proven', 'other'] as const;
export type RefusalGround = (typeof refusalGrounds)[number];

/** Open requests one account may have. */
export const maxOpenRequests = 10;
