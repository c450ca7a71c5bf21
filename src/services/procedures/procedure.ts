/**
 * An administrative procedure (thủ tục hành chính) as the national catalogue describes it (NĐ 63/2010/NĐ-CP, Điều 8),
 * plus what a province adds: form, steps, offers. Pure types and rules. What the source does not say is null, and the
 * source's own words stay beside it: nothing is guessed.
 */

/** Words of the catalogue: Vietnamese always, English where somebody wrote it. */
export interface Words {
  vi: string;
  en?: string | undefined;
}

export const levels = ['ministry', 'province', 'district', 'commune', 'other'] as const;
export type Level = (typeof levels)[number];

export const audiences = [
  'citizen',
  'overseas-vietnamese',
  'foreigner',
  'official',
  'business',
  'foreign-business',
  'cooperative',
  'organisation',
  'foreign-organisation',
  'party',
] as const;
export type Audience = (typeof audiences)[number];

export const channelKinds = ['online', 'post', 'counter'] as const;
export type ChannelKind = (typeof channelKinds)[number];

/** Units of the calendar engine: `hour` and `day` count around the clock, the working ones by the unit's calendar. */
export const timeUnits = ['workingHour', 'hour', 'workingDay', 'day', 'month'] as const;
export type TimeUnit = (typeof timeUnits)[number];

/** A time limit. `text` holds the source's words when amount or unit is missing, or when they say more. */
export interface TimeLimit {
  amount: number | null;
  unit: TimeUnit | null;
  text: string | null;
}

/** Money asked. `amountDong` null: the amount is not known or not in đồng, then `text` says what the source says. */
export interface Fee {
  /** Unique in the version: dossiers and payments refer to it. */
  key: string;
  /** `fee` is lệ phí, `charge` is phí (Luật Phí và lệ phí 2015, Điều 3). */
  kind: 'fee' | 'charge';
  name: Words | null;
  /** In which case it is asked; null: always. */
  case: Words | null;
  amountDong: number | null;
  text: string | null;
}

/** One way to hand in: its time limit, its fees. An empty list of fees means free; `feesKnown` false: the source is silent. */
export interface Channel {
  kind: ChannelKind;
  time: TimeLimit;
  feesKnown: boolean;
  fees: Fee[];
  note: Words | null;
}

export const paperKinds = ['pdf', 'jpg', 'png', 'docx', 'xlsx', 'xml', 'zip', 'dwg'] as const;
export type PaperKind = (typeof paperKinds)[number];

/** A paper of the dossier (thành phần hồ sơ). */
export interface Paper {
  /** Unique in the version: attachments and checklists refer to it. */
  key: string;
  name: Words;
  originals: number | null;
  copies: number | null;
  /** Asked from everybody, or only `when` it applies (then the person decides, with the words to help). */
  required: boolean;
  when: Words | null;
  /** An empty form to download, by its file in the province's folder. */
  template: { file: string; title: Words } | null;
  /** Code of the kind of paper in the national catalogue. */
  nationalCode: string | null;
  /** Shown at the counter and kept by the person: not handed in. */
  presentOnly: boolean;
}

export interface PaperCase {
  key: string;
  /** Null: the only case. */
  title: Words | null;
  papers: Paper[];
}

/** The order of execution for one case (trình tự thực hiện). */
export interface ExecutionOrder {
  case: Words | null;
  steps: Words[];
}

export interface ProcedureResult {
  name: Words;
  code: string | null;
  /** Whether it is (also) given as an electronic document; left out: nobody has said. */
  electronic?: boolean | undefined;
}

/** A text of law the procedure rests on (NĐ 63/2010/NĐ-CP, Điều 8). Only the number is always known. */
export interface LegalBasis {
  number: string;
  title: Words | null;
  /** Day of issue, `YYYY-MM-DD`. */
  date?: string | undefined;
  /** The clauses meant: `Điều 13, khoản 1`. */
  article?: string | undefined;
  /** Where the text can be read, https only. */
  link?: string | undefined;
}

export const stepRoles = ['front-desk', 'clerk', 'specialist', 'head', 'leader'] as const;
export type StepRole = (typeof stepRoles)[number];

/**
 * One step of the work inside the administration. `unit`: the unit that receives (a one-stop front desk), the competent one,
 * or a division of it. `hours` are working hours and serve as weights when the deadline of the whole is shared out.
 */
export interface PlannedStep {
  /** Unique in the plan. */
  key: string;
  name: Words;
  kind: 'receive' | 'process' | 'approve' | 'return';
  role: StepRole;
  unit: 'receiving' | 'competent' | { division: string };
  hours: number;
}

/** The seam to the process engine: today a list, later what a BPMN process says. */
export interface StepPlan {
  steps: PlannedStep[];
}

/** Limits on attached papers of one dossier. */
export interface FileLimits {
  accept: PaperKind[];
  maxMegabytes: number;
  maxFiles: number;
  maxTotalMegabytes: number;
}

export const defaultFileLimits: FileLimits = {
  accept: ['pdf', 'jpg', 'png', 'docx', 'xlsx', 'xml'],
  maxMegabytes: 20,
  maxFiles: 20,
  maxTotalMegabytes: 100,
};

/** The closed list of reasons why a procedure is only một phần online (NĐ 224/2026/NĐ-CP, Điều 14). */
export const partialReasons = [
  'presence-required-by-law',
  'field-verification',
  'technical-fault',
  'other-technical',
] as const;
export type PartialReason = (typeof partialReasons)[number];

export type OnlineScope = 'none' | 'partial' | 'full';
export type IntakeChannel = 'local' | 'dvcqg' | 'ministry';
export type VersionStatus = 'draft' | 'published' | 'retired';
/** Where a version comes from: the province's files, the national catalogue, the pages of the administration, another province's package. */
export type VersionSource = 'province' | 'national' | 'office' | 'package';

/** Everything of a version that no list filters by; stored as one JSON value. */
export interface ProcedureContent {
  summary: Words | null;
  /** Loại thủ tục in the source's words. */
  type: string | null;
  competentAgency: Words | null;
  receivingAddress: Words | null;
  authorisedAgency: Words | null;
  coordinatingAgency: Words | null;
  order: ExecutionOrder[];
  channels: Channel[];
  papers: PaperCase[];
  /** Number of sets handed in; null: the source is silent. */
  sets: number | null;
  results: ProcedureResult[];
  legalBases: LegalBasis[];
  conditions: Words | null;
  /** Codes of related procedures. */
  related: string[];
  keywords: { vi: string[]; en: string[] };
  files: FileLimits;
  /** Null: the unit assigns by hand. */
  steps: StepPlan | null;
  sourceUrl: string | null;
  /** Audience words of the source that stand for no known audience. */
  otherAudiences: string[];
}

/** One version of one procedure, as every other module reads it. */
export interface Procedure {
  id: string;
  versionId: string;
  code: string;
  ownCode: string | null;
  number: number;
  status: VersionStatus;
  source: VersionSource;
  name: Words;
  fieldCode: string | null;
  nationalField: string | null;
  levels: Level[];
  audiences: Audience[];
  /** 1–4 (TT 32/2017/TT-BTTTT, Điều 5). */
  serviceLevel: 1 | 2 | 3 | 4;
  onlineScope: OnlineScope;
  partialReason: PartialReason | null;
  intakeChannel: IntakeChannel;
  decisionNumber: string | null;
  validFrom: string;
  validTo: string | null;
  formVersionId: string | null;
  content: ProcedureContent;
  publishedAt: string | null;
  rowVersion: number;
}

/** The words of a text in a language: English falls back to Vietnamese, which is always there. */
export const wordsIn = (words: Words, locale: 'vi' | 'en'): string => (locale === 'en' && words.en) || words.vi;

/** The way in of a kind, or undefined when the procedure does not offer it. */
export const channelOf = (content: ProcedureContent, kind: ChannelKind): Channel | undefined =>
  content.channels.find((channel) => channel.kind === kind);

/**
 * What the fees of a channel come to when only unconditional ones are due: đồng, or null when an amount is not known.
 */
export function fixedFeeDong(channel: Channel): number | null {
  if (!channel.feesKnown) return null;
  let total = 0;
  for (const fee of channel.fees) {
    if (fee.case !== null) continue;
    if (fee.amountDong === null) return null;
    total += fee.amountDong;
  }
  return total;
}

/** Whether `date` (`YYYY-MM-DD`) lies in the period; both ends belong to it. */
export const isValidOn = (period: { validFrom: string; validTo: string | null }, date: string): boolean =>
  period.validFrom <= date && (period.validTo === null || date <= period.validTo);

/** Every paper of a version by key. */
export const paperOf = (content: ProcedureContent, key: string): Paper | undefined =>
  content.papers.flatMap((group) => group.papers).find((paper) => paper.key === key);

/**
 * The service level that the capabilities reach (TT 32/2017/TT-BTTTT, Điều 5): 1 information, 2 templates to download,
 * 3 an e-form and online submission, 4 also online payment (or nothing to pay) and the result online or by post.
 */
export function serviceLevelOf(facts: { templates: boolean; form: boolean; paysOnline: boolean }): 1 | 2 | 3 | 4 {
  if (facts.form) return facts.paysOnline ? 4 : 3;
  return facts.templates ? 2 : 1;
}
