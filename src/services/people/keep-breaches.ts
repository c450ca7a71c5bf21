import { findAccountByNumber, normaliseIdentityNumber } from '../../foundation/identity/index.ts';
import { notify } from '../../foundation/notifications/index.ts';
import { statedReason } from '../../foundation/readings/index.ts';
import { rulesOn } from '../../foundation/rules/index.ts';
import { can, demand, unitActedFor, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { isId, newId } from '../../platform/ids.ts';
import { invalidInput, problem } from '../../platform/problems.ts';
import { breachNumber, maxPeopleTold, mayClose, type Breach, type BreachFacts, type BreachRisk } from './breach.ts';
import {
  insertBreach,
  lockBreach,
  updateAssessed,
  updateClosed,
  updateNotified,
  updateTold,
} from './breach-queries.ts';
import { dueAfter } from './data-request.ts';
import { breachAssessed, breachClosed, breachNotified, breachPeopleTold, breachRecorded } from './people-events.ts';
import { breachMessage } from './people-messages.ts';
import { mayKeepBreaches } from './people-permissions.ts';
import { breachNotFound, breachSettled } from './people-problems.ts';

const subject = (id: string) => ({ kind: 'breach', id });

/** Records a breach for the unit that reports it: the clock of its notice runs from the discovery. Returns its id. @throws invalidInput for a discovery in the future */
export async function recordBreach(tx: Tx, actor: Actor, facts: BreachFacts): Promise<string> {
  const unitId = unitActedFor(actor, mayKeepBreaches);
  if (facts.discoveredAt > tx.now) throw problem(invalidInput);
  const id = newId();
  const { breachNoticeHours } = rulesOn(localDate(facts.discoveredAt)).personalData;
  const dueAt = dueAfter(facts.discoveredAt, breachNoticeHours);
  const number = await insertBreach(tx, { ...facts, id, unitId, dueAt, recordedBy: actor.label });
  publish(tx, breachRecorded, { subject: subject(id), unitId, payload: { number, dueAt: dueAt.toISOString() } });
  return id;
}

/** A breach for a keeper of its unit's register. @throws breachNotFound also when the actor may not know of it */
export function knownBreach(actor: Actor, breach: Breach | undefined): Breach {
  if (!breach || !can(actor, mayKeepBreaches, { unitId: breach.unitId })) throw problem(breachNotFound);
  return breach;
}

async function locked(tx: Tx, actor: Actor, id: string): Promise<Breach> {
  demand(actor, mayKeepBreaches);
  const breach = knownBreach(actor, isId(id) ? await lockBreach(tx, id) : undefined);
  if (breach.state === 'closed') throw problem(breachSettled);
  return breach;
}

/** Says whether people may come to harm, and why; may be said again until the authority is told. @throws breachSettled, invalidInput */
export async function assessBreach(
  tx: Tx,
  actor: Actor,
  id: string,
  given: { risk: BreachRisk; assessment: string },
): Promise<void> {
  const breach = await locked(tx, actor, id);
  if (breach.state !== 'open') throw problem(breachSettled);
  if (statedReason(given.assessment) === null) throw problem(invalidInput);
  await updateAssessed(tx, id, { ...given, by: actor.label });
  publish(tx, breachAssessed, { subject: subject(id), unitId: breach.unitId, payload: { risk: given.risk } });
}

/**
 * Keeps that the authority was told, when and by which letter; after the term a reason is needed (NĐ 13/2023/NĐ-CP Đ23.2).
 * @throws breachSettled, invalidInput
 */
export async function notifyAuthority(
  tx: Tx,
  actor: Actor,
  id: string,
  given: { at: Date; to: string; lateReason: string | null },
): Promise<void> {
  const breach = await locked(tx, actor, id);
  if (breach.state !== 'open') throw problem(breachSettled);
  const isLate = given.at > breach.dueAt;
  if (given.at > tx.now || given.at < breach.discoveredAt || statedReason(given.to) === null)
    throw problem(invalidInput);
  if (isLate && statedReason(given.lateReason) === null) throw problem(invalidInput);
  await updateNotified(tx, id, { ...given, by: actor.label, lateReason: isLate ? given.lateReason : null });
  publish(tx, breachNotified, { subject: subject(id), unitId: breach.unitId, payload: { isInTime: !isLate } });
}

/** Numbers in a pasted list, each once; `wrong` are those that are none. */
export function numbersIn(text: string): { numbers: string[]; wrong: string[] } {
  const words = [...new Set(text.split(/[\s,;]+/).filter(Boolean))];
  const numbers = words.map((word) => normaliseIdentityNumber(word));
  return {
    numbers: numbers.flatMap((number) => number ?? []),
    wrong: words.filter((_, at) => numbers[at] === null).map((word) => word.slice(0, 30)),
  };
}

/** Tells people with an account what happened and what they can do. Returns how many were told and how many have no account. @throws invalidInput */
export async function tellPeople(
  tx: Tx,
  actor: Actor,
  id: string,
  given: { numbers: readonly string[]; text: string },
): Promise<{ told: number; unknown: number }> {
  const breach = await locked(tx, actor, id);
  if (statedReason(given.text) === null || given.numbers.length === 0 || given.numbers.length > maxPeopleTold)
    throw problem(invalidInput);
  let told = 0;
  for (const number of given.numbers) {
    const account = await findAccountByNumber(tx, number);
    if (!account || account.status === 'closed') continue;
    const fresh = await notify(tx, {
      recipient: { kind: 'account', id: account.id },
      template: breachMessage,
      values: { number: breachNumber(breach.number), text: given.text },
      about: subject(id),
      key: `people.breach/${id}/${account.id}`,
      isUrgent: true,
    });
    if (fresh > 0) told += 1;
  }
  const unknown = given.numbers.length - told;
  await updateTold(tx, id, told, given.text);
  publish(tx, breachPeopleTold, { subject: subject(id), unitId: breach.unitId, payload: { told, unknown } });
  return { told, unknown };
}

/** Closes it with what was learned. @throws breachSettled when the authority must be told first, invalidInput */
export async function closeBreach(tx: Tx, actor: Actor, id: string, note: string): Promise<void> {
  const breach = await locked(tx, actor, id);
  if (!mayClose(breach)) throw problem(breachSettled);
  if (statedReason(note) === null) throw problem(invalidInput);
  await updateClosed(tx, id, actor.label, note);
  publish(tx, breachClosed, { subject: subject(id), unitId: breach.unitId, payload: {} });
}
