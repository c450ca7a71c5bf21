/** Defects of the source as work: how bad a kind is, where it is put right, and whether a version has put it right. Pure rules. */
import type { Procedure } from '../procedure.ts';
import type { SectionKey } from '../editor/sections.ts';
import type { DefectKind } from '../national-record.ts';

export const defectStates = ['open', 'assigned', 'fixed', 'accepted'] as const;
export type DefectState = (typeof defectStates)[number];

/** 1: people would be told something wrong or nothing that matters. 2: incomplete. 3: untidy, or put right while reading. */
export type Severity = 1 | 2 | 3;

export interface Defect {
  id: string;
  code: string | null;
  name: string | null;
  kind: string;
  severity: Severity;
  place: string;
  source: string | null;
  state: DefectState;
  assigneeId: string | null;
  assignee: string | null;
  reason: string | null;
  fixedBy: 'import' | 'version' | null;
  reopened: number;
  firstSeenAt: Date;
  lastSeenAt: Date;
  changedAt: Date;
  changedBy: string;
}

interface KindFacts {
  severity: Severity;
  /** Where the editor puts it right; null: only the source itself can. */
  section: SectionKey | null;
  /** Whether a version has put it right; left out: a person has to say. */
  isRepaired?: (version: Procedure, source: string | null) => boolean;
}

const timesKnown = ({ content }: Procedure): boolean =>
  content.channels.length > 0 &&
  content.channels.every(
    ({ time }) =>
      (time.amount !== null && time.unit !== null) || (time.text !== null && !/^\s*\d+([.,]\d+)?\s*$/.test(time.text)),
  );
const feesKnown = ({ content }: Procedure): boolean =>
  content.channels.length > 0 &&
  content.channels.every((channel) => channel.feesKnown && channel.fees.every((fee) => fee.amountDong !== null));
const papersOf = ({ content }: Procedure) => content.papers.flatMap((group) => group.papers);
const hasPapers = (version: Procedure): boolean => papersOf(version).length > 0;
const hasChannels = ({ content }: Procedure): boolean => content.channels.length > 0;
const channelWords: Record<string, string> = {
  'trực tuyến': 'online',
  'dịch vụ bưu chính': 'post',
  'trực tiếp': 'counter',
};
const isTidy = (name: string): boolean => !/\s{2,}|[:.;,]$|^[^\p{L}\p{N}“"(]|_old\b/u.test(name);

export const kindFacts: Record<DefectKind, KindFacts> = {
  'not-json': { severity: 1, section: null },
  'line-too-long': { severity: 1, section: null },
  'too-many-lines': { severity: 1, section: null },
  'bad-code': { severity: 1, section: null },
  'duplicate-code': { severity: 2, section: null },
  'wrong-type': { severity: 2, section: null },
  'name-missing': { severity: 1, section: 'general', isRepaired: ({ name }) => name.vi !== '' },
  'name-untidy': { severity: 3, section: 'general', isRepaired: ({ name }) => isTidy(name.vi) },
  'name-with-code': { severity: 3, section: 'general', isRepaired: ({ name, code }) => !name.vi.includes(code) },
  'name-shouting': { severity: 3, section: 'general', isRepaired: ({ name }) => name.vi !== name.vi.toUpperCase() },
  'time-unit-missing': { severity: 1, section: 'channels', isRepaired: timesKnown },
  'time-missing': { severity: 1, section: 'channels', isRepaired: timesKnown },
  'time-unreadable': { severity: 2, section: 'channels', isRepaired: timesKnown },
  'fee-unlikely': { severity: 1, section: 'fees', isRepaired: feesKnown },
  'fee-unknown': { severity: 1, section: 'fees', isRepaired: feesKnown },
  'fee-foreign-currency': { severity: 3, section: 'fees' },
  'fee-unreadable': { severity: 2, section: 'fees', isRepaired: feesKnown },
  'channels-missing': { severity: 1, section: 'channels', isRepaired: hasChannels },
  'channels-lost': {
    severity: 1,
    section: 'channels',
    isRepaired: ({ content }, source) =>
      content.channels.some((channel) => channel.kind === channelWords[source?.toLowerCase() ?? '']),
  },
  'channel-unknown': { severity: 2, section: 'channels' },
  'channel-twice': { severity: 2, section: 'channels', isRepaired: timesKnown },
  'note-glued': { severity: 3, section: 'channels', isRepaired: hasChannels },
  'papers-missing': { severity: 1, section: 'papers', isRepaired: hasPapers },
  'papers-lost': { severity: 1, section: 'papers', isRepaired: hasPapers },
  'paper-without-count': {
    severity: 2,
    section: 'papers',
    isRepaired: (version) =>
      hasPapers(version) && papersOf(version).every((one) => one.presentOnly || (one.originals ?? 0) + (one.copies ?? 0) > 0), // prettier-ignore
  },
  'paper-name-missing': { severity: 1, section: 'papers', isRepaired: hasPapers },
  'agency-missing': { severity: 1, section: 'general', isRepaired: ({ content }) => content.competentAgency !== null },
  'agency-stale': {
    severity: 2,
    section: 'general',
    isRepaired: ({ content }) => content.competentAgency !== null && !/_old\b|_cũ\b/i.test(content.competentAgency.vi),
  },
  'audience-split': { severity: 3, section: 'general', isRepaired: ({ audiences }) => audiences.length > 0 },
  'audience-unknown': {
    severity: 2,
    section: 'general',
    isRepaired: ({ content }) => content.otherAudiences.length === 0,
  },
  'audience-missing': { severity: 1, section: 'general', isRepaired: ({ audiences }) => audiences.length > 0 },
  'level-missing': { severity: 2, section: 'general', isRepaired: ({ levels }) => levels.length > 0 },
  'level-unknown': { severity: 2, section: 'general', isRepaired: ({ levels }) => levels.length > 0 },
  'field-missing': { severity: 2, section: 'general', isRepaired: ({ fieldCode }) => fieldCode !== null },
  'type-missing': { severity: 3, section: 'general', isRepaired: ({ content }) => content.type !== null },
  'decision-missing': { severity: 2, section: 'general', isRepaired: ({ decisionNumber }) => decisionNumber !== null },
  'steps-missing': {
    severity: 1,
    section: 'order',
    isRepaired: ({ content }) => content.order.some((order) => order.steps.length > 0),
  },
  'results-missing': { severity: 1, section: 'results', isRepaired: ({ content }) => content.results.length > 0 },
  'legal-basis-missing': { severity: 2, section: 'legal', isRepaired: ({ content }) => content.legalBases.length > 0 },
};

/** Fields of the general section that a kind of defect is about. */
const FIELDS: readonly (readonly [RegExp, string])[] = [
  [/^name-/, 'f-nameVi'],
  [/^agency-/, 'f-competentVi'],
  [/^audience-/, 'f-audiences'],
  [/^level-/, 'f-levels'],
  [/^field-/, 'f-field'],
  [/^type-/, 'f-type'],
  [/^decision-/, 'f-decisionNumber'],
];

/** Where in its section the editor puts a defect right: the field, or the row that the place counts. */
export function anchorOf(kind: string, place: string): string {
  const field = FIELDS.find(([pattern]) => pattern.test(kind))?.[1];
  if (field) return field;
  const row = /^(?:channels|results|legal_basis|steps)\[(\d{1,3})\]/.exec(place)?.[1];
  return `dong-${Number(row ?? 0) + 1}`;
}

const unknown: KindFacts = { severity: 2, section: null };
/** Facts of a kind; one that this program does not know is in the middle. */
export const factsOfKind = (kind: string): KindFacts => (kindFacts as Record<string, KindFacts>)[kind] ?? unknown;

/** Severity of every kind, for the statement that takes defects over. */
export const severities = Object.fromEntries(Object.entries(kindFacts).map(([kind, { severity }]) => [kind, severity]));

/** Which of these defects a version has put right. */
export const repairedIn = <D extends { kind: string; source: string | null }>(
  defects: readonly D[],
  version: Procedure,
): D[] => defects.filter((defect) => factsOfKind(defect.kind).isRepaired?.(version, defect.source) === true);
