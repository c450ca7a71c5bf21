import type { LocalText } from '../../platform/problems.ts';

/**
 * How sure a rule is: its text was read; read at second hand (other systems, theses, news); recalled general knowledge;
 * or decided here because no text was found. What is not `primary` must be read by a lawyer before a real deployment.
 */
export type Certainty = 'primary' | 'secondHand' | 'recalled' | 'chosen';

/** Where a rule comes from: the clause, and how sure we are of it. */
export interface Basis {
  readonly source: string;
  readonly certainty: Certainty;
  readonly note?: string;
}

export type PackId = 'vn-2018' | 'vn-2026';

/** QCVN 102:2016 has thirteen characters read from the right; QĐ 20/2020/QĐ-TTg groups read from the left. */
export type AgencyScheme = 'qcvn102' | 'qd20';

export type TierOfGovernment = 'province' | 'district' | 'commune';

/** giờ (round the clock), giờ làm việc, ngày, ngày làm việc, tháng. */
export type TimeUnit = 'hour' | 'workingHour' | 'day' | 'workingDay' | 'month';

export interface TimeUnitRule {
  readonly unit: TimeUnit;
  readonly name: LocalText;
  /** Whether a receipt after the cut-off hour counts from the next working day for this unit. */
  readonly cutOffApplies: boolean;
}

/** How limits in days and months are counted. */
export interface Counting {
  readonly firstDay: 'notCounted' | 'counted';
  readonly dueTime: 'endOfWorkingDay' | 'midnight' | 'sameClockTime';
  readonly moveOffDayOn: boolean;
  readonly basis: Basis;
}

/** What a request for a supplement does to the clock, and how often it may be made. */
export interface SupplementRule {
  readonly clock: 'restart' | 'subtract';
  readonly maxRequests: number | null;
  readonly basis: Basis;
}

export type ClockEffect = 'notStarted' | 'starts' | 'runs' | 'pauses' | 'stops';

/** A state of the national list (`TrangThaiHoSo`). */
export interface NationalState {
  readonly code: number;
  readonly name: LocalText;
  readonly clock: ClockEffect;
  readonly isEnd: boolean;
  /** Order in which an end time is looked for in the on-time test (766, 2.1); null = does not end the clock. */
  readonly onTimeRank: number | null;
}

export interface PrintedForm {
  /** `01` … `07`. */
  readonly number: string;
  readonly kind: FormKind;
  readonly name: LocalText;
  readonly paper: 'A5' | 'A4';
}

export type FormKind =
  | 'receiptAndAppointment'
  | 'supplementRequest'
  | 'refusal'
  | 'apologyAndReappointment'
  | 'stopNotice'
  | 'processControl'
  | 'dossierBook';

/** A channel with its national code (`KenhThucHien`). */
export interface Channel {
  readonly id: 'counter' | 'online' | 'post';
  readonly code: number;
  readonly name: LocalText;
}

export interface ServiceLevel {
  readonly id: string;
  readonly name: LocalText;
  /** Whether a dossier can be submitted online, and whether everything up to the result can happen online. */
  readonly submitOnline: boolean;
  readonly wholeOnline: boolean;
}

/** The rules of one era. Everything that a year could change is here, with its clause. */
export interface RulePack {
  readonly id: PackId;
  readonly name: LocalText;
  /** First and last business date, `YYYY-MM-DD`, both included. */
  readonly validFrom: string;
  readonly validTo: string | null;
  readonly note: LocalText;
  readonly oneStopLaw: Basis;
  readonly tiers: {
    readonly levels: readonly { readonly tier: TierOfGovernment; readonly name: LocalText }[];
    readonly basis: Basis;
  };
  readonly agencyIdentifier: { readonly scheme: AgencyScheme; readonly basis: Basis };
  readonly dossierCode: {
    readonly pattern: string;
    readonly dateDigits: 6 | 8;
    readonly sequenceDigits: 4 | 7;
    readonly basis: Basis;
  };
  readonly resultCode: { readonly pattern: string; readonly basis: Basis };
  /** Minute of the day after which a receipt counts from the next working day. */
  readonly cutOff: { readonly minute: number; readonly basis: Basis };
  /** A received dossier goes to the competent body on the day of receipt, or at the start of the next working day after the cut-off. */
  readonly transfer: { readonly sameWorkingDay: true; readonly basis: Basis };
  readonly notEligibleNotice: { readonly workingDays: number; readonly basis: Basis };
  readonly timeUnits: { readonly units: readonly TimeUnitRule[]; readonly basis: Basis };
  readonly counting: Counting;
  /** By the decree (what the citizen is promised) and by the national figures (what the province is judged by). */
  readonly supplement: { readonly decree: SupplementRule; readonly nationalFigures: SupplementRule };
  readonly reappointment: { readonly daysBeforeDue: number; readonly max: number; readonly basis: Basis };
  readonly onTime: { readonly by: 'minute' | 'day'; readonly basis: Basis };
  readonly receiptForInstantProcedures: { readonly onRequestOnly: boolean; readonly basis: Basis };
  /** Whether any one-stop of the province may receive, whoever is competent ("phi địa giới"). */
  readonly intakeAnywhere: { readonly allowed: boolean; readonly basis: Basis };
  /** Requests of the person about their data, notice of a breach, and how long the record of readings is kept. */
  readonly personalData: {
    readonly answerHours: number;
    readonly breachNoticeHours: number;
    readonly readingsKeptMonths: number;
    /** Days between the wish to close an account and its closing, in which the person can change their mind. */
    readonly closingDays: number;
    /** Days in which a merger of two accounts can be undone. */
    readonly mergerUndoDays: number;
    readonly basis: Basis;
  };
  readonly downtimeNotice: { readonly workingDays: number; readonly basis: Basis };
  readonly channels: { readonly list: readonly Channel[]; readonly basis: Basis };
  readonly states: { readonly list: readonly NationalState[]; readonly basis: Basis };
  readonly forms: { readonly list: readonly PrintedForm[]; readonly basis: Basis };
  readonly serviceLevels: { readonly list: readonly ServiceLevel[]; readonly basis: Basis };
  /** Levels of proactive service; empty before they existed. */
  readonly proactiveLevels: {
    readonly list: readonly { readonly level: number; readonly name: LocalText }[];
    readonly basis: Basis;
  };
}
