/*
 * Breaches of personal data: Luật Bảo vệ dữ liệu cá nhân 91/2025/QH15 Điều 23 (second hand), NĐ 13/2023/NĐ-CP Điều 23 as the model of fields: what
 * happened, when and where, which data, how many people, whom to ask, what may follow, what is done. The term is of the rule pack.
 */
export type BreachState = 'open' | 'notified' | 'closed';
export const breachStates = ['open', 'notified', 'closed'] as const;
/** Whether the people concerned may come to harm: without, the authority need not be told. */
export const breachRisks = ['none', 'some', 'high'] as const;
export type BreachRisk = (typeof breachRisks)[number];

/** What is known when a breach is recorded. */
export interface BreachFacts {
  title: string;
  discoveredAt: Date;
  nature: string;
  place: string;
  dataKinds: string;
  personsCount: number | null;
  contact: string;
  consequences: string;
  measures: string;
}
export interface Breach extends BreachFacts {
  id: string;
  /** The unit that reported it; null: the province as a whole. */
  unitId: string | null;
  number: number;
  /** When the authority has to be told at the latest. */
  dueAt: Date;
  state: BreachState;
  risk: BreachRisk | null;
  assessment: string | null;
  assessedAt: Date | null;
  assessedBy: string | null;
  notifiedAt: Date | null;
  notifiedTo: string | null;
  notifiedBy: string | null;
  lateReason: string | null;
  peopleTold: number | null;
  peopleNotice: string | null;
  peopleNotifiedAt: Date | null;
  closedAt: Date | null;
  closedBy: string | null;
  closingNote: string | null;
  recordedBy: string;
  recordedAt: Date;
}

/** `VP-000012`, as people read it out. */
export const breachNumber = (number: number): string => `VP-${String(number).padStart(6, '0')}`;

/** The clock runs: not told, and not found to be without harm. */
export const isNoticeDue = (breach: Pick<Breach, 'state' | 'risk'>): boolean =>
  breach.state === 'open' && breach.risk !== 'none';

/** May be closed: the authority was told, or nobody can come to harm. */
export const mayClose = (breach: Pick<Breach, 'state' | 'risk'>): boolean =>
  breach.state === 'notified' || (breach.state === 'open' && breach.risk === 'none');

/** People told at once, at most. */
export const maxPeopleTold = 500;

/** Figures of a period. */
export interface BreachFigures {
  recorded: number;
  inTime: number;
  late: number;
  open: number;
  /** People concerned, as far as known. */
  persons: number;
}
