import { keepSubmissions } from '../../engines/forms/index.ts';
import { kindNamed, registerFiles, storeBytes, type StoredBlob } from '../../foundation/files/index.ts';
import { insertDemoPeople, listDemoAccounts, type DemoPerson } from '../../foundation/identity/index.ts';
import { demoOfficers, listOfficersByStaffCode, postsOf } from '../../foundation/organisations/index.ts';
import { localDate, settableClock } from '../../platform/clock.ts';
import type { AppContext } from '../../platform/module.ts';
import { findSetting, saveSetting } from '../../platform/settings.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import {
  insertLives,
  reserveCodeNumbers,
  takeBackMinutes,
  type ApplicantInput,
  type PastLife,
} from '../../services/dossiers/index.ts';
import type { ChannelKind, Offer } from '../../services/procedures/index.ts';
import { diceOf, type Dice } from './dice.ts';
import { answersFor, hasAnswers, readFormPool, type FormPool } from './form-pool.ts';
import { paperPdf } from './paper-pdf.ts';
import { businessOf, personOf, type Person } from './people.ts';
import { readProvince, type ProvinceFacts } from './province-facts.ts';
import { receiptMoment, submissionMoment, tell, type Cast, type Fate, type Plan, type StopBefore } from './story.ts';

const SEED = 'sen-demo-1';
const SETTING = 'demo.generated-dossiers';
const BATCH = 500;
const YEAR_MS = 365 * 86_400_000;
/** One person in so many has an account on the portal. */
const ACCOUNT_EVERY = 3;

interface Settlement {
  facts: ProvinceFacts;
  now: Date;
  /** Accounts of generated people, by identity number; the demo citizen's own is `''`. */
  accounts: Map<string, string>;
  peoplePerUnit: number;
  forms: FormPool;
}

/** How many dossiers the generator has made in this database. */
export async function generatedDossiers({ db }: AppContext): Promise<number> {
  return (await findSetting<{ dossiers: number }>(db.reader, SETTING))?.value.dossiers ?? 0;
}

/**
 * Makes dossiers until there are `total` generated ones, spread over the year before now; what is there already is left alone. The same
 * total on the same province and day always gives the same people and dossiers. Each batch commits by itself, so that memory
 * stays level and a run that was stopped goes on where it ended.
 */
export async function generateDossiers(
  context: AppContext,
  total: number,
  tell_: (done: number) => void = () => {},
): Promise<number> {
  const before = await generatedDossiers(context);
  if (before >= total) return 0;
  const place = await settle(context, total);
  if (place.facts.services.length === 0) return 0;
  const blobs = await sampleBlobs(context);
  const targets = before === 0 ? demoTargets(total) : [];
  let writing = Promise.resolve(); // one batch is written while the next is thought out
  for (let from = before; from < total; from += BATCH) {
    const to = Math.min(total, from + BATCH);
    const plans: Planned[] = [];
    for (let i = from; i < to; i += 1) {
      const target = targets[total - 1 - i];
      plans.push(
        target
          ? await planTarget(place, i, target)
          : await planUsual(
              place,
              i,
              new Date(
                place.now.getTime() - YEAR_MS * (1 - (i - before + diceOf(SEED, `t${i}`).next()) / (total - before)),
              ),
            ),
      );
    }
    await writing;
    writing = writeBatch(context, place, plans, blobs, to).then(() => tell_(to));
    writing.catch(() => {}); // thrown where it is waited for
  }
  await writing;
  return total - before;
}

async function settle(context: AppContext, total: number): Promise<Settlement> {
  const { db, clock } = context;
  const now = clock.now();
  const [leader] = await listOfficersByStaffCode(db.reader, [demoOfficers.leader]);
  const firstUnitId = leader ? ((await postsOf(db.reader, [leader.id], localDate(now)))[0]?.unitId ?? null) : null;
  const facts = await readProvince(db.reader, now, firstUnitId);
  const peoplePerUnit = Math.max(6, Math.ceil((total * 0.4) / Math.max(1, facts.unitIds.length)));
  const accounts = await listDemoAccounts(db.reader);
  const people: DemoPerson[] = [];
  for (let unit = 0; unit < facts.unitIds.length; unit += 1)
    for (let k = 0; k < peoplePerUnit; k += ACCOUNT_EVERY) {
      const person = inhabitant(facts, unit, k);
      if (!accounts.has(person.identityNumber))
        people.push({ id: diceOf(SEED, `a${unit}/${k}`).id(new Date(now.getTime() - YEAR_MS)), ...person });
    }
  for (let from = 0; from < people.length; from += 1_000)
    await inTransaction(
      db,
      { actor: systemActor('demo'), clock: settableClock(new Date(now.getTime() - YEAR_MS)) },
      (tx) => insertDemoPeople(tx, people.slice(from, from + 1_000)),
    );
  for (const person of people) accounts.set(person.identityNumber, person.id);
  const forms = await readFormPool(db.reader, facts);
  return { facts, now, accounts, peoplePerUnit, forms };
}

const communeName = (facts: ProvinceFacts, unit: number): string =>
  facts.nameOf(facts.unitIds[unit]!).replace(/^Ủy ban nhân dân /, '');
const inhabitant = (facts: ProvinceFacts, unit: number, k: number): Person => {
  const serial = unit + facts.unitIds.length * k + 1;
  return personOf(diceOf(SEED, `p${serial}`), serial, communeName(facts, unit));
};

interface Planned {
  plan: Plan;
  id: string;
  agency: string;
}

const FATES: readonly (readonly [Fate, number])[] = [
  ['usual', 880],
  ['supplement', 55],
  ['supplement-first', 25],
  ['refused', 14],
  ['withdrawn', 14],
  ['stopped', 8],
  ['forgotten', 4],
];

/** A dossier of any day: anybody, anything, anywhere. */
async function planUsual(place: Settlement, index: number, at: Date): Promise<Planned> {
  const dice = diceOf(SEED, `d${index}`);
  const service = dice.weighted(place.facts.services.map((each) => [each, each.weight] as const));
  const first = service.offers.find((offer) => offer.unitId === place.facts.unitIds[0]);
  const offer = first && dice.chance(0.04) ? first : dice.pick(service.offers);
  const isOld = place.now.getTime() - at.getTime() > 10 * 86_400_000;
  const drawn = dice.weighted(FATES);
  return plan(place, dice, index, {
    service,
    offer,
    at,
    fate: isOld && drawn === 'forgotten' ? 'usual' : drawn,
    stopBefore: null,
  });
}

interface Choice {
  service: ProvinceFacts['services'][number];
  offer: Offer;
  at: Date;
  fate: Fate;
  stopBefore: StopBefore;
  applicant?: { accountId: string; name: string } | undefined;
}

async function plan(place: Settlement, dice: Dice, index: number, choice: Choice): Promise<Planned> {
  const { facts, now } = place;
  const { procedure } = choice.service;
  const offered = procedure.content.channels.map(({ kind }) => kind);
  const channel: ChannelKind = dice.weighted(
    (
      [
        ['online', 46],
        ['counter', 50],
        ['post', 4],
      ] as const
    ).filter(([kind]) => offered.length === 0 || offered.includes(kind)),
  );
  const calendar = facts.calendarOf(choice.offer.unitId);
  const submittedAt = submissionMoment(dice, channel, calendar, choice.at, now);
  const applicant = applicantFor(place, dice, choice, channel);
  const draw = channel === 'counter' && choice.fate === 'supplement-first' ? 'usual' : choice.fate;
  const fate: Fate = draw === 'forgotten' && channel === 'counter' ? 'usual' : draw;
  const receivedAt = receiptMoment(dice, fate, channel, calendar, submittedAt);
  const terms = await facts.terms(procedure, choice.offer, channel);
  const answersId =
    channel === 'online' && hasAnswers(place.forms, procedure, localDate(submittedAt)) ? dice.id(submittedAt) : null;
  const pace = dice.chance(0.045) ? 1.05 + dice.next() * 0.7 : 0.25 + dice.next() * 0.68;
  return {
    plan: {
      procedure,
      offer: choice.offer,
      terms,
      channel,
      applicant,
      submittedAt,
      receivedAt,
      fate,
      pace,
      stopBefore: choice.stopBefore,
      answersId,
      roll: () => diceOf(SEED, `s${index}`),
    },
    id: dice.id(submittedAt),
    agency: (await facts.agencyOf(choice.offer.receivingUnitId, localDate(receivedAt ?? submittedAt))) ?? '',
  };
}

function applicantFor(
  { facts, accounts, peoplePerUnit }: Settlement,
  dice: Dice,
  { service, offer, applicant }: Choice,
  channel: ChannelKind,
): ApplicantInput {
  const home = facts.unitIds.indexOf(offer.unitId);
  const unit =
    home >= 0 && service.procedure.levels.includes('commune') ? home : dice.between(0, facts.unitIds.length - 1);
  const drawn = dice.between(0, peoplePerUnit - 1);
  const person = inhabitant(facts, unit, channel === 'online' ? drawn - (drawn % ACCOUNT_EVERY) : drawn);
  const accountId = accounts.get(person.identityNumber) ?? null;
  const address = `${person.addressLine}, ${communeName(facts, unit)}`;
  const contact = { phone: person.phone, email: accountId === null ? null : person.email, address };
  if (applicant)
    return {
      kind: 'citizen',
      accountId: applicant.accountId,
      name: applicant.name,
      identity: '040190000017',
      phone: '0912000017',
      email: 'minhchau@example.vn',
      address: `Số 12, đường Nguyễn Sinh Sắc, ${communeName(facts, unit)}`,
      submitterName: null,
    };
  if (!service.procedure.audiences.includes('citizen') && service.procedure.audiences.length > 0) {
    const firm = businessOf(dice);
    return {
      kind: 'business',
      accountId,
      name: firm.name,
      identity: firm.taxCode,
      ...contact,
      submitterName: person.name,
    };
  }
  return {
    kind: 'citizen',
    accountId,
    name: person.name,
    identity: person.identityNumber,
    ...contact,
    submitterName: null,
  };
}

/** Work that waits for the demo accounts, each kind of it, and dossiers of the demo citizen: the last of the demonstration's dossiers. */
interface Target {
  stopBefore: StopBefore;
  fate: Fate;
  holds(life: PastLife, today: string, now: Date): boolean;
  own: boolean;
}
function demoTargets(total: number): (Target | undefined)[] {
  if (total < 500) return [];
  const of = (count: number, stopBefore: StopBefore, fate: Fate, holds: Target['holds']): Target[] =>
    Array.from({ length: count }, (_, i) => ({ stopBefore, fate, holds, own: i === 0 }));
  const state = (wanted: number) => (life: PastLife) => life.dossier.state === wanted;
  return [
    ...of(9, 'receive', 'usual', state(1)),
    ...of(10, 'startStep', 'usual', state(2)),
    ...of(10, 'finishStep', 'usual', state(4)),
    ...of(
      8,
      'approve',
      'usual',
      ({ dossier }) => dossier.state === 4 && dossier.steps[dossier.currentStep ?? 0]?.kind === 'approve',
    ),
    ...of(
      5,
      'approve',
      'usual',
      ({ dossier }, today) => dossier.dueAt !== null && dossier.state !== 1 && localDate(dossier.dueAt) === today,
    ),
    ...of(
      4,
      'approve',
      'usual',
      ({ dossier }, today) => dossier.dueAt !== null && dossier.state !== 1 && localDate(dossier.dueAt) < today,
    ),
    ...of(6, 'answerSupplement', 'supplement', state(5)),
    ...of(3, 'recordFee', 'usual', state(6)),
    ...of(9, 'returnResult', 'usual', state(9)),
    ...of(2, null, 'usual', state(10)),
  ];
}

/** Looks back from now, a few hours at a time, for a submission whose story has come to where the target wants it. */
async function planTarget(place: Settlement, index: number, target: Target): Promise<Planned> {
  const { facts, now } = place;
  const home = facts.services.flatMap((service) =>
    service.offers.filter((offer) => offer.unitId === facts.unitIds[0]).map((offer) => ({ service, offer })),
  );
  const ownId = place.accounts.get('040190000017');
  const applicant = target.own && ownId !== undefined ? { accountId: ownId, name: 'Nguyễn Thị Minh Châu' } : undefined;
  const today = localDate(now);
  for (let back = 2; back < 24 * 40 && home.length > 0; back += 5) {
    const dice = diceOf(SEED, `w${index}/${back}`);
    const choice = dice.pick(home);
    const at = new Date(now.getTime() - back * 3_600_000);
    const planned = await plan(place, dice, index, {
      ...choice,
      at,
      fate: target.fate,
      stopBefore: target.stopBefore,
      applicant,
    });
    if (applicant !== undefined && planned.plan.channel !== 'online') continue;
    const life = tell(
      planned.plan,
      castOf(
        place,
        planned,
        1,
        () => '',
        () => '',
      ),
      planned,
    );
    if (target.holds(life, today, now) && life.dossier.submittedAt <= now) return planned;
  }
  return planUsual(place, index, new Date(now.getTime() - 86_400_000));
}

const castOf = (
  { facts, now }: Settlement,
  { plan: { offer }, agency }: Planned,
  sequence: number,
  paperFile: Cast['paperFile'],
  resultFile: Cast['resultFile'],
): Cast => ({
  calendar: facts.calendarOf(offer.unitId),
  now,
  agency,
  sequence,
  staff: (unitId, competentUnitId, role) => facts.staff(unitId, competentUnitId, role),
  paperFile,
  resultFile,
});

const isReceived = ({ plan: { receivedAt, stopBefore }, agency }: Planned, now: Date): boolean =>
  receivedAt !== null && receivedAt <= now && stopBefore !== 'receive' && agency !== '';

async function sampleBlobs({ config }: AppContext): Promise<{ papers: StoredBlob[]; result: StoredBlob }> {
  const kind = kindNamed('pdf')!;
  const store = (line: string, fileName: string) => storeBytes(config.filesFolder, paperPdf(line), { kind, fileName });
  const papers = await Promise.all(
    Array.from({ length: 6 }, (_, i) => store(`Giay to mau so ${i + 1} - du lieu trinh dien`, `giay-to-${i + 1}.pdf`)),
  );
  return { papers, result: await store('Ket qua giai quyet - du lieu trinh dien', 'ket-qua.pdf') };
}

async function writeBatch(
  context: AppContext,
  place: Settlement,
  plans: readonly Planned[],
  blobs: Awaited<ReturnType<typeof sampleBlobs>>,
  done: number,
): Promise<void> {
  const { db, config, clock } = context;
  await inTransaction(db, { actor: systemActor('demo'), clock }, async (tx) => {
    const received = plans
      .filter((planned) => isReceived(planned, place.now))
      .toSorted((a, b) => a.plan.receivedAt!.getTime() - b.plan.receivedAt!.getTime());
    const days = Map.groupBy(received, ({ agency, plan }) => `${agency}/${localDate(plan.receivedAt!)}`);
    const wanted = [...days].map(([key, list]) => ({
      agency: key.split('/')[0]!,
      day: key.split('/')[1]!,
      count: list.length,
    }));
    const last = await reserveCodeNumbers(tx, wanted);
    const sequences = new Map(
      [...days].flatMap(([key, list]) =>
        list.map((planned, i) => [planned, last.get(key)! - list.length + 1 + i] as const),
      ),
    );
    const files: Parameters<typeof registerFiles>[1][number][] = [];
    const lives = plans.map((planned) => {
      const ids = diceOf(SEED, `f${planned.id}`);
      const file = (blob: StoredBlob, at: Date, uploadedBy: string): string => {
        const id = ids.id(at);
        files.push({ id, blob, owner: { kind: 'dossier', id: planned.id }, uploadedBy });
        return id;
      };
      const safe =
        isReceived(planned, place.now) || planned.plan.receivedAt === null
          ? planned
          : { ...planned, plan: { ...planned.plan, stopBefore: 'receive' as const } };
      return tell(
        safe.plan,
        castOf(
          place,
          safe,
          sequences.get(planned) ?? 1,
          (at, _name, by) => file(ids.pick(blobs.papers), at, by),
          (at, by) => file(blobs.result, at, by),
        ),
        safe,
      );
    });
    await registerFiles(tx, files);
    await keepSubmissions(
      tx,
      plans.flatMap((planned) => answersFor(place.forms, planned.plan)),
    );
    await insertLives(tx, lives, {
      secret: config.secret,
      takeBackFrom: new Date(place.now.getTime() - takeBackMinutes * 60_000),
    });
    await saveSetting(tx, SETTING, { dossiers: done }, (await findSetting(tx, SETTING))?.version ?? 0);
  });
}
