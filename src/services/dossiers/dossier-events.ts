import { defineEvent, type EventType } from '../../platform/events.ts';
import type { Act, Channel, State } from './dossier.ts';

/** What every event of a dossier says: enough for figures and messages, nothing that names the person. */
export interface DossierFacts {
  code: string | null;
  state: State;
  procedureId: string;
  procedureName: { vi: string; en: string };
  channel: Channel;
  competentUnitId: string;
  receivingUnitId: string;
  applicantAccountId: string | null;
  dueAt: string | null;
  isOnTime: boolean | null;
  remark: string | null;
  row: DossierRecord;
}
/** The columns of its row that nobody may change without an event: `state-queries.ts` holds them to it. Instants as ISO 8601 in UTC. */
export interface DossierRecord {
  version: number;
  state: State;
  code: string | null;
  submittedAt: string;
  receivedAt: string | null;
  dueAt: string | null;
  firstDueAt: string | null;
  stepDueAt: string | null;
  pausedAt: string | null;
  finishedAt: string | null;
  returnedAt: string | null;
  isOnTime: boolean | null;
}

export const dossierSubmitted = defineEvent<DossierFacts>('dossiers.submitted', {
  vi: 'Nộp hồ sơ',
  en: 'Dossier submitted',
});
export const dossierReceived = defineEvent<DossierFacts>('dossiers.received', {
  vi: 'Tiếp nhận hồ sơ',
  en: 'Dossier received',
});
export const dossierRefused = defineEvent<DossierFacts>('dossiers.refused', {
  vi: 'Từ chối tiếp nhận',
  en: 'Dossier refused',
});
export const supplementRequested = defineEvent<DossierFacts>('dossiers.supplement-requested', {
  vi: 'Yêu cầu bổ sung',
  en: 'Supplement requested',
});
export const supplementAnswered = defineEvent<DossierFacts>('dossiers.supplement-answered', {
  vi: 'Đã bổ sung hồ sơ',
  en: 'Supplement handed in',
});
export const feeRequested = defineEvent<DossierFacts>('dossiers.fee-requested', {
  vi: 'Yêu cầu nộp phí, lệ phí',
  en: 'Payment requested',
});
export const feeRecorded = defineEvent<DossierFacts>('dossiers.fee-recorded', {
  vi: 'Đã thu phí, lệ phí',
  en: 'Payment recorded',
});
export const dossierAssigned = defineEvent<DossierFacts>('dossiers.assigned', {
  vi: 'Phân công xử lý',
  en: 'Dossier assigned',
});
export const stepStarted = defineEvent<DossierFacts>('dossiers.step-started', {
  vi: 'Bắt đầu xử lý',
  en: 'Step started',
});
export const stepFinished = defineEvent<DossierFacts>('dossiers.step-finished', {
  vi: 'Xong một bước',
  en: 'Step finished',
});
export const dossierApproved = defineEvent<DossierFacts>('dossiers.approved', {
  vi: 'Phê duyệt',
  en: 'Dossier approved',
});
export const dossierSentBack = defineEvent<DossierFacts>('dossiers.sent-back', {
  vi: 'Chuyển lại bước trước',
  en: 'Dossier sent back',
});
export const dossierCompleted = defineEvent<DossierFacts>('dossiers.completed', {
  vi: 'Có kết quả',
  en: 'Result ready',
});
export const resultReturned = defineEvent<DossierFacts>('dossiers.result-returned', {
  vi: 'Trả kết quả',
  en: 'Result returned',
});
export const dossierWithdrawn = defineEvent<DossierFacts>('dossiers.withdrawn', {
  vi: 'Rút hồ sơ',
  en: 'Dossier withdrawn',
});
export const dossierStopped = defineEvent<DossierFacts>('dossiers.stopped', {
  vi: 'Dừng giải quyết',
  en: 'Dossier stopped',
});
export const dossierExtended = defineEvent<DossierFacts>('dossiers.extended', {
  vi: 'Xin lỗi và hẹn lại',
  en: 'Re-appointed',
});
export const actTakenBack = defineEvent<DossierFacts & { act: Act; fromState: State; finishedAt: string | null }>(
  'dossiers.act-taken-back',
  { vi: 'Hoàn tác', en: 'Act taken back' },
);
/** `dueAt` and `stepDueAt` are the new dates, `remark` says why. */
export const appointmentMoved = defineEvent<
  DossierFacts & { dueBefore: string | null; stepDueBefore: string | null; stepDueAt: string | null }
>('dossiers.appointment-moved', { vi: 'Tính lại ngày hẹn theo lịch làm việc', en: 'Dates moved with the calendar' });
/** A step or the appointment comes near (`soon`) or has passed; `at` is that date. */
export const dossierFallsDue = defineEvent<
  DossierFacts & { kind: 'step-soon' | 'step-overdue' | 'soon' | 'overdue'; at: string }
>('dossiers.falls-due', { vi: 'Sắp đến hạn hoặc quá hạn', en: 'Due soon or overdue' });
export const noteAdded = defineEvent<{ code: string | null }>('dossiers.note-added', {
  vi: 'Ghi chú nội bộ',
  en: 'Note added',
});

/** Dossiers of units that were merged, split or dissolved went to their successors: one event per batch, in figures. */
export const dossiersMoved = defineEvent<{
  operationId: string;
  effectiveOn: string;
  decisionNumber: string;
  isClosed: boolean;
  units: { fromUnitId: string; toUnitId: string; dossiers: number }[];
}>('dossiers.moved-with-units', { vi: 'Chuyển hồ sơ theo đơn vị', en: 'Dossiers moved with their units' });

/** The event that each act leaves behind. */
export const eventOfAct: Readonly<Record<Exclude<Act, 'takeBack'>, EventType<DossierFacts>>> = {
  receive: dossierReceived,
  refuse: dossierRefused,
  requestSupplement: supplementRequested,
  answerSupplement: supplementAnswered,
  requestFee: feeRequested,
  recordFee: feeRecorded,
  assign: dossierAssigned,
  startStep: stepStarted,
  finishStep: stepFinished,
  approve: dossierApproved,
  sendBack: dossierSentBack,
  complete: dossierCompleted,
  returnResult: resultReturned,
  withdraw: dossierWithdrawn,
  stop: dossierStopped,
  extend: dossierExtended,
};
