/**
 * Whether a procedure may be offered at a level of online service. The rules are dated and carry their clause; what a rule cannot
 * know is told as doubtful, never as fulfilled. Pure.
 */
import { fixedFeeDong, type Procedure } from '../procedure.ts';

export type Verdict = 'met' | 'doubtful' | 'failed';
export type TargetScope = 'partial' | 'full';

/** What the rules look at. */
export interface ReadinessFacts {
  procedure: Procedure;
  /** The attached form: in force on the day, and how many errors its analysis finds. */
  form: { isInForce: boolean; errors: number } | null;
  /** Units that offer it on the day. */
  offers: number;
  /** Cited texts that hold no longer on the day. */
  lostForce: readonly string[];
  /** Whoever decides says that fees of these procedures can be paid online. */
  paysOnline: boolean;
  scope: TargetScope;
}

export interface RuleFinding {
  rule: RuleKey;
  verdict: Verdict;
  /** What the sentence of the verdict is about: names, numbers. */
  about: string[];
}

export const ruleKeys = ['form', 'form-clean', 'channel', 'presence', 'papers', 'fees', 'result', 'steps-time', 'signer', 'offers', 'legal-basis', 'whole'] as const; // prettier-ignore
export type RuleKey = (typeof ruleKeys)[number];

interface Rule {
  key: RuleKey;
  /** First day on which the rule is asked. */
  validFrom: string;
  /** Where it comes from. */
  source: string;
  /** Only when a procedure shall be wholly online. */
  fullOnly?: boolean;
  check(facts: ReadinessFacts): [Verdict, ...string[]];
}

const papersOf = ({ content }: Procedure) => content.papers.flatMap((group) => group.papers);
const onlineOf = ({ content }: Procedure) => content.channels.find((channel) => channel.kind === 'online');

/** Working hours in a unit of time: eight a working day; calendar days and months by their share of working days. */
const HOURS: Record<string, number> = { workingHour: 1, hour: 8 / 24, workingDay: 8, day: 8 * (5 / 7), month: 8 * 21 };

export const rules: readonly Rule[] = [
  {
    key: 'form',
    validFrom: '2022-08-01',
    source: 'NĐ 42/2022/NĐ-CP, Điều 11',
    check: ({ form }) => (form === null ? ['failed'] : form.isInForce ? ['met'] : ['failed', 'not-in-force']),
  },
  {
    key: 'form-clean',
    validFrom: '2022-08-01',
    source: 'NĐ 42/2022/NĐ-CP, Điều 12',
    check: ({ form }) => (form === null ? ['failed'] : form.errors === 0 ? ['met'] : ['failed', String(form.errors)]),
  },
  {
    key: 'channel',
    validFrom: '2022-08-01',
    source: 'NĐ 42/2022/NĐ-CP, Điều 11',
    check({ procedure }) {
      const online = onlineOf(procedure);
      if (!online) return ['failed'];
      return online.time.amount !== null && online.time.unit !== null ? ['met'] : ['failed', 'no-time'];
    },
  },
  {
    key: 'presence',
    validFrom: '2026-07-01',
    source: 'NĐ 224/2026/NĐ-CP, Điều 14',
    fullOnly: true,
    check: ({ procedure: { partialReason } }) =>
      partialReason === 'presence-required-by-law' || partialReason === 'field-verification' ? ['failed', partialReason] : ['met'], // prettier-ignore
  },
  {
    key: 'papers',
    validFrom: '2022-08-01',
    source: 'NĐ 42/2022/NĐ-CP, Điều 11',
    check({ procedure, scope }) {
      const papers = papersOf(procedure);
      if (papers.length === 0) return ['failed', 'none'];
      const shown = papers.filter((paper) => paper.presentOnly && paper.required).map((paper) => paper.name.vi);
      if (shown.length === 0) return ['met'];
      return [scope === 'full' ? 'failed' : 'doubtful', ...shown.slice(0, 3)];
    },
  },
  {
    key: 'fees',
    validFrom: '2022-08-01',
    source: 'NĐ 42/2022/NĐ-CP, Điều 11',
    fullOnly: true,
    check({ procedure, paysOnline }) {
      const online = onlineOf(procedure);
      if (!online?.feesKnown) return ['failed', 'unknown'];
      if (online.fees.length === 0) return ['met'];
      if (online.fees.some((fee) => fee.amountDong === null)) return ['failed', 'unknown'];
      return paysOnline ? ['met'] : ['failed', 'not-online', String(fixedFeeDong(online) ?? 0)];
    },
  },
  {
    key: 'result',
    validFrom: '2022-08-01',
    source: 'NĐ 42/2022/NĐ-CP, Điều 11',
    fullOnly: true,
    check({ procedure: { content } }) {
      if (content.results.length === 0) return ['failed'];
      if (content.results.every((result) => result.electronic === true)) return ['met'];
      if (content.channels.some((channel) => channel.kind === 'post')) return ['met', 'post'];
      return content.results.some((result) => result.electronic === false) ? ['failed'] : ['doubtful'];
    },
  },
  {
    key: 'steps-time',
    validFrom: '2018-06-21',
    source: 'NĐ 61/2018/NĐ-CP, Điều 14',
    check({ procedure }) {
      const time = onlineOf(procedure)?.time;
      const steps = procedure.content.steps?.steps ?? [];
      if (steps.length === 0) return ['failed', 'none'];
      if (!time?.amount || !time.unit) return ['doubtful'];
      const given = time.amount * (HOURS[time.unit] ?? 8);
      const planned = steps.reduce((sum, step) => sum + step.hours, 0);
      return planned <= given + 0.01 ? ['met'] : ['failed', String(planned), String(Math.round(given * 10) / 10)];
    },
  },
  {
    key: 'signer',
    validFrom: '2018-06-21',
    source: 'NĐ 61/2018/NĐ-CP, Điều 14',
    check: ({ procedure }) =>
      (procedure.content.steps?.steps ?? []).some((step) => step.kind === 'approve' && (step.role === 'leader' || step.role === 'head')) ? ['met'] : ['failed'], // prettier-ignore
  },
  {
    key: 'offers',
    validFrom: '2018-06-21',
    source: 'NĐ 61/2018/NĐ-CP, Điều 17',
    check: ({ offers }) => (offers > 0 ? ['met', String(offers)] : ['failed']),
  },
  {
    key: 'legal-basis',
    validFrom: '2010-10-14',
    source: 'NĐ 63/2010/NĐ-CP, Điều 8',
    check: ({ procedure, lostForce }) =>
      procedure.content.legalBases.length === 0
        ? ['failed']
        : lostForce.length > 0
          ? ['failed', ...lostForce]
          : ['met'],
  },
  {
    key: 'whole',
    validFrom: '2010-10-14',
    source: 'NĐ 63/2010/NĐ-CP, Điều 8',
    check: ({ procedure: { content, audiences } }) =>
      content.order.length > 0 && audiences.length > 0 && content.competentAgency !== null ? ['met'] : ['failed'],
  },
];

/** What every rule of the day says, in the order of the rules. */
export function checkReadiness(facts: ReadinessFacts, onDate: string): RuleFinding[] {
  return rules
    .filter((rule) => rule.validFrom <= onDate && (facts.scope === 'full' || !rule.fullOnly))
    .map((rule) => {
      const [verdict, ...about] = rule.check(facts);
      return { rule: rule.key, verdict, about };
    });
}

/** The worst verdict: what a list shows. */
export const verdictOf = (findings: readonly RuleFinding[]): Verdict =>
  findings.some((one) => one.verdict === 'failed')
    ? 'failed'
    : findings.some((one) => one.verdict === 'doubtful')
      ? 'doubtful'
      : 'met';
