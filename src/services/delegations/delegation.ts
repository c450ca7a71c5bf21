/*
 * Delegation (uỷ quyền): somebody acts for somebody else before the authorities. Bộ luật Dân sự 91/2015/QH13: representation by law (Điều 136: parents
 * for minor children, guardians) and by mandate (Điều 138), scope and term (Điều 140–141), withdrawal (Điều 140.3); NĐ 61/2018/NĐ-CP
 * Điều 17 and QĐ 45/2016/QĐ-TTg: handing in through the public post.
 */

export const delegationKinds = ['relative', 'guardian', 'agent', 'post'] as const;
export type DelegationKind = (typeof delegationKinds)[number];
export const delegationScopes = ['all', 'field', 'procedure', 'dossier'] as const;
export type DelegationScope = (typeof delegationScopes)[number];
export const delegationRights = ['submit', 'see', 'receive'] as const;
export type DelegationRight = (typeof delegationRights)[number];
export type DelegationState = 'proposed' | 'active' | 'declined' | 'withdrawn';

/** Somebody without an account whom a parent or guardian stands for. */
export interface Ward {
  name: string;
  identity: string | null;
  /** `YYYY-MM-DD` */
  birthDate: string;
}

export interface Delegation {
  id: string;
  giverAccountId: string | null;
  giverName: string;
  giverKind: 'citizen' | 'business';
  ward: Ward | null;
  delegateAccountId: string;
  delegateName: string;
  kind: DelegationKind;
  relation: string | null;
  scope: DelegationScope;
  /** Codes of fields or procedures, or ids and codes of dossiers; empty for `all`. */
  scopeValues: string[];
  maySubmit: boolean;
  maySee: boolean;
  mayReceive: boolean;
  /** First and last day, both included; no last day: until it is withdrawn. */
  validFrom: string;
  validTo: string | null;
  state: DelegationState;
  initiator: 'giver' | 'delegate' | 'official';
  proposedAt: Date;
  answeredAt: Date | null;
  answeredBy: string | null;
  answeredUnitId: string | null;
  /** What the official saw at the counter. */
  basis: string | null;
  endedAt: Date | null;
  endedBy: string | null;
  endReason: string | null;
  version: number;
}

/** How it stands on a day. Only `in-force` gives any right. */
export type DelegationStatus =
  | 'waiting-other'
  | 'waiting-counter'
  | 'not-yet'
  | 'in-force'
  | 'expired'
  | 'declined'
  | 'withdrawn';

/** Where it stands on the day (`YYYY-MM-DD`). */
export function statusOf(d: Delegation, today: string): DelegationStatus {
  if (d.state === 'declined' || d.state === 'withdrawn') return d.state;
  if (d.validTo !== null && d.validTo < today) return 'expired';
  if (d.state === 'proposed') return d.ward ? 'waiting-counter' : 'waiting-other';
  return d.validFrom > today ? 'not-yet' : 'in-force';
}

/** Which side of it an account is on; null: neither. */
export const sideOf = (
  d: Pick<Delegation, 'giverAccountId' | 'delegateAccountId'>,
  accountId: string | null,
): 'giver' | 'delegate' | null =>
  accountId === null
    ? null
    : d.giverAccountId === accountId
      ? 'giver'
      : d.delegateAccountId === accountId
        ? 'delegate'
        : null;

/** Whether this account is the one that has to say yes or no. */
export const mayAnswer = (d: Delegation, accountId: string): boolean =>
  d.state === 'proposed' && d.ward === null && sideOf(d, accountId) !== null && sideOf(d, accountId) !== d.initiator;

/** Whether it can still be ended. */
export const canEnd = (d: Delegation, today: string): boolean =>
  (d.state === 'proposed' || d.state === 'active') && statusOf(d, today) !== 'expired';

/** Days a proposal waits for an answer. */
export const proposalDays = 30;
/** Papers of one delegation, and open proposals of one account. */
export const maxPapers = 5;
export const maxProposals = 30;
