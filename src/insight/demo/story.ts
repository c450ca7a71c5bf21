import {
  addWorkingMinutes,
  elapsedWorkingMinutes,
  nextWorkingInstant,
  type WorkCalendar,
} from '../../engines/calendar/index.ts';
import { localParts } from '../../platform/clock.ts';
import {
  beginLife,
  currentStepOf,
  live,
  type ApplicantInput,
  type Deed,
  type PastActor,
  type PastLife,
  type ProcedureTerms,
} from '../../services/dossiers/index.ts';
import {
  channelOf,
  fixedFeeDong,
  type ChannelKind,
  type Offer,
  type Paper,
  type Procedure,
} from '../../services/procedures/index.ts';
import type { Dice } from './dice.ts';

export type Fate = 'usual' | 'supplement' | 'supplement-first' | 'refused' | 'withdrawn' | 'stopped' | 'forgotten';

/** Where a story is told up to: the act before which it stands still. */
export type StopBefore =
  | 'receive'
  | 'startStep'
  | 'finishStep'
  | 'approve'
  | 'answerSupplement'
  | 'recordFee'
  | 'returnResult'
  | null;

/** A dossier as it is planned, before anything happens to it. */
export interface Plan {
  procedure: Procedure;
  offer: Offer;
  terms: ProcedureTerms;
  channel: ChannelKind;
  applicant: ApplicantInput;
  submittedAt: Date;
  /** When it is received; null when it never is or not yet. */
  receivedAt: Date | null;
  fate: Fate;
  /** How much of the time allowed is used: above 1 it ends late. */
  pace: number;
  stopBefore: StopBefore;
  /** The answers of its e-form; null for papers over the counter. */
  answersId: string | null;
  /** Dice for what follows: fixed, so that telling it again gives the same. */
  roll: () => Dice;
}

/** Who acts, and what papers point to. */
export interface Cast {
  calendar: WorkCalendar;
  now: Date;
  agency: string;
  sequence: number;
  staff(unitId: string, competentUnitId: string, role: string): readonly PastActor[];
  paperFile(at: Date, name: string, by: string): string;
  resultFile(at: Date, by: string): string;
}

const MISSING = [
  'Bản chụp bị mờ, không đọc được số giấy tờ',
  'Thiếu chữ ký của người yêu cầu',
  'Giấy tờ đã hết giá trị sử dụng',
  'Thiếu trang thứ hai',
  'Thông tin không khớp với cơ sở dữ liệu dân cư',
];
const REFUSED = [
  'Hồ sơ không thuộc thẩm quyền giải quyết của cơ quan',
  'Không đủ điều kiện theo quy định của thủ tục',
  'Đã có kết quả giải quyết cho cùng một yêu cầu',
];
const WITHDRAWN = ['Tôi không còn nhu cầu', 'Tôi sẽ nộp lại khi đủ giấy tờ', 'Tôi nộp nhầm thủ tục'];

/** The moment of submission that belongs to a point of the year: people come in opening hours, the portal is used from six to eleven in the evening. */
export function submissionMoment(dice: Dice, channel: ChannelKind, calendar: WorkCalendar, at: Date, now: Date): Date {
  if (channel === 'online') {
    const { hour } = localParts(at);
    const moved = hour < 6 ? new Date(at.getTime() + dice.between(6, 15) * 3_600_000) : at;
    return moved > now ? at : moved;
  }
  const moment = new Date(nextWorkingInstant(calendar, at).getTime() + dice.between(0, 50) * 1_000);
  return moment > now ? lastOpening(calendar, now, dice) : moment;
}

/** A working moment shortly before now. */
export function lastOpening(calendar: WorkCalendar, now: Date, dice: Dice): Date {
  for (let hours = 1; hours < 24 * 12; hours += 3) {
    const moment = nextWorkingInstant(
      calendar,
      new Date(now.getTime() - hours * 3_600_000 - dice.between(0, 3_000) * 1_000),
    );
    if (moment < now) return moment;
  }
  return now;
}

/** When the front desk gets to it. A post or portal submission waits for a while in working time, a person at the counter does not. */
export function receiptMoment(
  dice: Dice,
  fate: Fate,
  channel: ChannelKind,
  calendar: WorkCalendar,
  submittedAt: Date,
): Date | null {
  if (fate === 'refused' || fate === 'forgotten') return null;
  const seconds = dice.between(1, 55) * 1_000;
  if (channel === 'counter') return submittedAt;
  const first = addWorkingMinutes(calendar, submittedAt, dice.between(15, 240)).getTime() + seconds;
  if (fate !== 'supplement-first') return new Date(first);
  return new Date(addWorkingMinutes(calendar, new Date(first), dice.between(300, 1_500)).getTime() + seconds);
}

const askedPapers = ({ content }: Procedure): Paper[] => {
  const all = content.papers.flatMap((group) => group.papers).filter((paper) => !paper.presentOnly);
  const required = all.filter((paper) => paper.required);
  return (required.length > 0 ? required : all.slice(0, 2)).slice(0, 6);
};

/** Tells a plan up to now (or to where it stops): the dossier with all that happened to it. */
export function tell(plan: Plan, cast: Cast, firstIds: { id: string }): PastLife {
  const dice = plan.roll();
  const { calendar, now } = cast;
  const isOnline = plan.channel === 'online';
  const applicant = applicantOf(plan);
  const submitter =
    plan.channel === 'counter'
      ? one(dice, cast.staff(plan.offer.receivingUnitId, plan.offer.unitId, 'front-desk'))
      : applicant;
  const asked = askedPapers(plan.procedure);
  const papers = asked.map((paper) => ({
    componentCode: paper.key,
    name: paper.name.vi.slice(0, 500),
    fileId:
      isOnline || dice.chance(0.3)
        ? cast.paperFile(plan.submittedAt, paper.key, submitter.id ?? submitter.label)
        : null,
    originals: isOnline ? 0 : (paper.originals ?? 1),
    copies: isOnline ? 0 : (paper.copies ?? 0),
    isElectronic: isOnline,
    isDigitised: false,
  }));
  const life = beginLife(
    firstIds.id,
    papers.map(() => dice.id(plan.submittedAt)),
    {
      key: `history/${firstIds.id}`,
      procedureId: plan.procedure.id,
      procedureVersionId: plan.procedure.versionId,
      offerId: plan.offer.id,
      terms: plan.terms,
      formSubmissionId: plan.answersId,
      applicant: plan.applicant,
      channel: plan.channel,
      delivery: isOnline
        ? dice.weighted([
            ['online', 5],
            ['counter', 3],
            ['post', 2],
          ] as const)
        : dice.weighted([
            ['counter', 9],
            ['post', 1],
          ] as const),
      deliveryAddress: null,
      supportUnitId: plan.channel === 'counter' ? plan.offer.receivingUnitId : null,
      receivingUnitId: plan.offer.receivingUnitId,
      competentUnitId: plan.offer.unitId,
      papers,
    },
    submitter,
    plan.submittedAt,
  );
  happen(life, plan, cast, dice, (deed, by, at) => {
    if (at > now || deed.act === plan.stopBefore) return false;
    live(life, deed, by, at, calendar);
    return true;
  });
  return life;
}

const applicantOf = ({ applicant }: Plan): PastActor => ({
  kind: applicant.accountId === null ? 'anonymous' : applicant.kind === 'business' ? 'business' : 'citizen',
  id: applicant.accountId,
  label: applicant.name,
});
/** Mostly the first of those who could: on the demonstration's units those are the demo officers. */
const one = (dice: Dice, people: readonly PastActor[]): PastActor =>
  (people.length > 1 && dice.chance(0.3) ? dice.pick(people) : people[0]) ?? {
    kind: 'system',
    id: null,
    label: 'demo',
  };

type Try = (deed: Deed, by: PastActor, at: Date) => boolean;

/** What happens after the submission, in order; ends when something has not happened yet. */
function happen(life: PastLife, plan: Plan, cast: Cast, dice: Dice, attempt: Try): void {
  const { calendar } = cast;
  const { offer, fate } = plan;
  const clerk = one(dice, cast.staff(offer.receivingUnitId, offer.unitId, 'front-desk'));
  const applicant = plan.applicant.accountId === null ? clerk : applicantOf(plan);
  const later = (from: Date, minutes: number): Date =>
    new Date(
      addWorkingMinutes(calendar, from, Math.max(1, Math.round(minutes))).getTime() + dice.between(1, 58) * 1_000,
    );

  if (fate === 'forgotten') return;
  if (fate === 'refused')
    return void attempt(
      {
        act: 'refuse',
        reason: dice.pick(REFUSED),
        legalBasis: plan.procedure.content.legalBases[0]?.number ?? 'NĐ 118/2025/NĐ-CP',
      },
      clerk,
      later(plan.submittedAt, dice.between(20, 400)),
    );
  if (fate === 'supplement-first' && plan.receivedAt !== null) {
    const half = (plan.receivedAt.getTime() - plan.submittedAt.getTime()) / 2;
    const asked = later(new Date(plan.submittedAt.getTime() + half * 0.6), 1);
    if (asked >= plan.receivedAt || !ask(life, dice, attempt, clerk, asked)) return;
    if (
      !answer(
        life,
        plan,
        cast,
        dice,
        attempt,
        applicant,
        new Date(
          plan.receivedAt.getTime() - 61_000 > asked.getTime() ? plan.receivedAt.getTime() - 61_000 : asked.getTime(),
        ),
      )
    )
      return;
  }
  if (
    plan.receivedAt === null ||
    !attempt({ act: 'receive', agency: cast.agency, sequence: cast.sequence }, clerk, plan.receivedAt)
  )
    return;
  let at = plan.receivedAt;
  const channel = channelOf(plan.procedure.content, plan.channel);
  const amountDong = channel ? fixedFeeDong(channel) : null;
  if (amountDong !== null && amountDong > 0) {
    at = later(at, dice.between(2, 12));
    if (
      !attempt(
        {
          act: 'requestFee',
          fees: [{ id: dice.id(at), name: channel?.fees[0]?.name?.vi ?? 'Lệ phí', amountDong, moment: 1 }],
        },
        clerk,
        at,
      )
    )
      return;
    at = later(at, plan.channel === 'counter' ? dice.between(3, 20) : dice.between(30, 700));
    if (
      !attempt(
        {
          act: 'recordFee',
          receiptNumber: `BL-${String(dice.between(1, 999_999)).padStart(6, '0')}`,
          method: plan.channel === 'counter' ? 'cash' : 'transfer',
        },
        clerk,
        at,
      )
    )
      return;
  } else if (plan.stopBefore === 'recordFee') return;
  work(life, plan, cast, dice, attempt, at, later, clerk, applicant);
}

function ask(life: PastLife, dice: Dice, attempt: Try, by: PastActor, at: Date): boolean {
  const paper = life.papers.length > 0 ? dice.pick(life.papers) : null;
  const what = dice.pick(MISSING);
  return attempt(
    {
      act: 'requestSupplement',
      reason: what,
      items: [
        {
          paperId: paper?.id ?? null,
          componentCode: paper?.componentCode ?? null,
          name: paper?.name ?? 'Giấy tờ kèm theo',
          what,
        },
      ],
    },
    by,
    at,
  );
}

function answer(life: PastLife, plan: Plan, cast: Cast, dice: Dice, attempt: Try, by: PastActor, at: Date): boolean {
  const replaced = life.papers.find((paper) => paper.id === life.supplements.at(-1)?.items[0]?.paperId);
  const isOnline = plan.channel === 'online';
  if (at > cast.now || plan.stopBefore === 'answerSupplement') return false;
  const papers = replaced
    ? [
        {
          id: dice.id(at),
          replacesPaperId: replaced.id,
          componentCode: replaced.componentCode,
          name: replaced.name,
          fileId: isOnline ? cast.paperFile(at, replaced.componentCode ?? 'bo-sung', by.id ?? by.label) : null,
          originals: isOnline ? 0 : 1,
          copies: 0,
          isElectronic: isOnline,
        },
      ]
    : [];
  return attempt({ act: 'answerSupplement', remark: 'Đã bổ sung theo yêu cầu', papers }, by, at);
}

/** The work on a received dossier: steps in the share of the time they have, the result, its return. */
function work(
  life: PastLife,
  plan: Plan,
  cast: Cast,
  dice: Dice,
  attempt: Try,
  from: Date,
  later: (from: Date, minutes: number) => Date,
  clerk: PastActor,
  applicant: PastActor,
): void {
  const { calendar } = cast;
  const due = life.dossier.dueAt;
  const allowed = due === null ? dice.between(960, 4_800) : Math.max(60, elapsedWorkingMinutes(calendar, from, due));
  const weights = life.dossier.steps.reduce((sum, step) => sum + step.weight, 0);
  let at = from;
  for (
    let step = currentStepOf(life.dossier);
    step !== null && step.finishedAt === null;
    step = currentStepOf(life.dossier)
  ) {
    const isLast = step.position === life.dossier.steps.length - 1;
    const official = one(dice, cast.staff(step.unitId, plan.offer.unitId, step.role));
    const minutes = Math.max(4, (allowed * plan.pace * step.weight) / weights);
    at = later(at, minutes * 0.3);
    if (step.kind !== 'approve' && !attempt({ act: 'startStep' }, official, at)) return;
    if (step.position === 0 && fateActs(life, plan, cast, dice, attempt, official, applicant, at, later)) return;
    at = later(latest(life, at), minutes * 0.6);
    if (step.kind === 'approve') {
      if (!attempt({ act: 'approve' }, official, at)) return;
    } else if (!isLast && !attempt({ act: 'finishStep' }, official, at)) return;
    else if (isLast) break;
  }
  const last = life.dossier.steps.at(-1)!;
  if (plan.stopBefore === 'finishStep' || plan.stopBefore === 'approve') return;
  const deciding = one(dice, cast.staff(last.unitId, plan.offer.unitId, last.role));
  const granted = !dice.chance(0.02);
  at = later(latest(life, at), 4);
  if (at > cast.now) return;
  const title = plan.procedure.content.results[0]?.name.vi ?? 'Kết quả giải quyết';
  const fileId = granted ? cast.resultFile(at, deciding.id ?? deciding.label) : null;
  if (
    !attempt(
      {
        act: 'complete',
        outcome: granted ? 'granted' : 'refused',
        title: granted ? title : 'Thông báo không đủ điều kiện',
        remark: granted ? null : dice.pick(REFUSED),
        fileId,
      },
      deciding,
      at,
    )
  )
    return;
  if (dice.chance(0.015)) return; // never fetched
  attempt(
    { act: 'returnResult', channel: life.dossier.delivery, receivedBy: plan.applicant.name },
    clerk,
    later(at, dice.between(20, 1_200)),
  );
}

const latest = (life: PastLife, at: Date): Date => {
  const last = life.acts.at(-1)?.at;
  return last && last > at ? last : at;
};

/** What befalls a dossier in its first step; true when the story ends (for now). */
function fateActs(
  life: PastLife,
  plan: Plan,
  cast: Cast,
  dice: Dice,
  attempt: Try,
  official: PastActor,
  applicant: PastActor,
  at: Date,
  later: (from: Date, minutes: number) => Date,
): boolean {
  if (plan.fate === 'withdrawn') {
    attempt({ act: 'withdraw', reason: dice.pick(WITHDRAWN) }, applicant, later(at, dice.between(30, 600)));
    return true;
  }
  if (plan.fate === 'stopped') {
    const head = one(dice, cast.staff(plan.offer.unitId, plan.offer.unitId, 'leader'));
    attempt(
      { act: 'stop', reason: 'Quá thời hạn bổ sung mà không có hồ sơ bổ sung', legalBasis: 'NĐ 118/2025/NĐ-CP' },
      head,
      later(at, dice.between(200, 2_000)),
    );
    return true;
  }
  if (plan.fate !== 'supplement') return false;
  const asked = later(at, dice.between(5, 40));
  return (
    !ask(life, dice, attempt, official, asked) ||
    !answer(life, plan, cast, dice, attempt, applicant, later(asked, dice.between(200, 2_400)))
  );
}
