/* The front door. Every use case is `(tx, actor, input)`; `version` in an input is the version the person saw (409 when it is stale). */
export { submitDossier, submissionQueue, type SubmissionQueue } from './submit-dossier.ts';
export {
  trackingNumberOf,
  trackingSecretOf,
  type Acknowledgement,
  type ApplicantInput,
  type PaperInput,
  type SubmissionInput,
} from './submission.ts';
export { termsOf } from './procedure-terms.ts';
export { intakeAtCounter, type CounterIntake } from './intake-at-counter.ts';
export { receiveDossier } from './receive-dossier.ts';
export { refuseDossier } from './refuse-dossier.ts';
export { checkPapers } from './check-papers.ts';
export { requestSupplement, type SupplementRequest } from './request-supplement.ts';
export { answerSupplement, type AnswerChange, type SupplementAnswer } from './answer-supplement.ts';
export { requestFee } from './request-fee.ts';
export { recordFee, type FeePayment } from './record-fee.ts';
export { assignDossier, assignDossiers, listAssignees } from './assign-dossier.ts';
export { approveDossier, finishStep, sendBack, startStep } from './process-steps.ts';
export { completeDossier, type ResultInput } from './complete-dossier.ts';
export { returnResult } from './return-result.ts';
export { withdrawDossier } from './withdraw-dossier.ts';
export { stopDossier } from './stop-dossier.ts';
export { extendDossier } from './extend-dossier.ts';
export { takeBack, takeBackMinutes } from './take-back.ts';
export { addNote } from './add-note.ts';
export { countAffected } from './recompute-deadlines.ts';
export { dossierClasses, dossierHoldSubject } from './retention.ts';
export { mergeDossiers } from './merge-dossiers.ts';
export { moveDossiers } from './move-dossiers.ts';
export { listMoves, type DossierMove } from './unit-move-queries.ts';
export { previewAppointment } from './preview-appointment.ts';

export { publicStateInWords } from './public-state.ts';
export {
  getDossier,
  mayFollow,
  openDossierFile,
  openOwnDossier,
  readFileOf,
  trackDossier,
  type OwnDossierFile,
  type TrackedDossier,
} from './read-dossier.ts';
export {
  listOwnDossiers,
  listWaitingForApplicant,
  readDossierFile,
  type Applicant,
  type DossierFile,
  type Fee,
  type HistoryEntry,
  type Note,
  type OwnDossierRow,
  type Paper,
  type Result,
  type Supplement,
} from './dossier-file-queries.ts';
export { listAgenciesOf } from './dossier-file-queries.ts';
export { listRepresentedDossiers } from './represented-queries.ts';
export { mandateOver, submitterToTell } from './mandate-over.ts';
export {
  countQueues,
  dueSoonHours,
  eachOfWorklist,
  formatCursor,
  listWorklist,
  parseCursor,
  searchDossiers,
  type Queue,
  type WorklistCursor,
  type WorklistFilter,
  type WorklistPage,
  type WorklistRow,
  type WorklistSort,
} from './worklist-queries.ts';
export {
  figuresAsOf,
  listMonthlyFigures,
  listProcedureFigures,
  type MonthlyFigure,
  type ProcedureFigure,
} from './figure-queries.ts';
export { listUnderWay, type PastRow } from './as-of-queries.ts';
export { dossierState } from './sealed-state.ts';
export { findLastAct, type LastAct } from './dossier-queries.ts';
export { hasRight, mayKnow, type DossierReference } from './perform-act.ts';
export {
  applicantActs,
  completionPercent,
  currentStepOf,
  possibleActs,
  stageOf,
  states,
  transitions,
  type Act,
  type Channel,
  type Dossier,
  type PlannedStep,
  type ProcedureTerms,
  type Stage,
  type State,
  type Step,
  type StepPlan,
} from './dossier.ts';
export type { FeeInput } from './fee-queries.ts';
export type { PaperCheck, SupplementItem } from './supplement-queries.ts';
export { renderSlip, type SlipKind } from './slips/render-slip.ts';
export {
  dossierPermissions,
  seeOthers,
  submitOnline,
  mayApprove,
  mayAssign,
  mayExport,
  mayExtend,
  mayProcess,
  mayReceive,
  mayReturn,
  mayStop,
  mayView,
  readScope,
  viewScope,
} from './dossier-permissions.ts';
export {
  actTakenBack,
  appointmentMoved,
  dossierApproved,
  dossierAssigned,
  dossierCompleted,
  dossierExtended,
  dossierFallsDue,
  dossierReceived,
  dossierRefused,
  dossierSentBack,
  dossierStopped,
  dossierSubmitted,
  dossierWithdrawn,
  feeRecorded,
  feeRequested,
  resultReturned,
  stepFinished,
  stepStarted,
  supplementAnswered,
  supplementRequested,
  type DossierFacts,
} from './dossier-events.ts';
export { beginLife, live, type Deed, type PastActor, type PastLife } from './past-life.ts';
export { insertLives, reserveCodeNumbers } from './bulk-queries.ts';
