import { correctPerson, removeContact } from '../../foundation/identity/index.ts';
import { notify } from '../../foundation/notifications/index.ts';
import { namesOf } from '../../foundation/organisations/index.ts';
import { recordReading, statedReason } from '../../foundation/readings/index.ts';
import { rulesOn } from '../../foundation/rules/index.ts';
import { can, demand, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { isId, newId } from '../../platform/ids.ts';
import { invalidInput, problem } from '../../platform/problems.ts';
import { formatDateTime } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { eraseStore } from '../paperstore/index.ts';
import { discardAllApplications } from '../portal/index.ts';
import {
  dueAfter,
  isOpen,
  maxOpenRequests,
  requestNumber,
  type DataRequest,
  type RequestDetails,
  type RequestKind,
  type RequestOutcome,
} from './data-request.ts';
import { requestAnswered, requestForwarded, requestReceived, requestTaken, requestWithdrawn } from './people-events.ts';
import { requestAnsweredMessage, requestForwardedMessage, requestReceivedMessage } from './people-messages.ts';
import { mayAnswerRequests } from './people-permissions.ts';
import { requestNotFound, requestSettled, tooManyRequestsOpen } from './people-problems.ts';
import {
  countOpenOf,
  findRequest,
  insertRequest,
  lockRequest,
  updateAnswered,
  updateForwarded,
  updateTaken,
  updateWithdrawn,
} from './request-queries.ts';
import { outcomeWords, requestWords } from './views/request-words.ts';

/**
 * A person asks something about their own data; the clock starts at once. `unitId` is the agency asked, or null for the province, which keeps the
 * accounts. Returns its id. @throws tooManyRequestsOpen
 */
export async function makeRequest(
  tx: Tx,
  accountId: string,
  input: { kind: RequestKind; text: string; details: RequestDetails; unitId: string | null },
): Promise<string> {
  if ((await countOpenOf(tx, accountId)) >= maxOpenRequests)
    throw problem(tooManyRequestsOpen, { limit: maxOpenRequests });
  const id = newId();
  const dueAt = dueAfter(tx.now, rulesOn(localDate(tx.now)).personalData.answerHours);
  const number = await insertRequest(tx, { id, accountId, ...input, dueAt });
  publish(tx, requestReceived, {
    subject: { kind: 'request', id },
    unitId: input.unitId,
    payload: { kind: input.kind, number, dueAt: dueAt.toISOString() },
  });
  await notify(tx, {
    recipient: { kind: 'account', id: accountId },
    template: requestReceivedMessage,
    values: { number: requestNumber(number), due: formatDateTime(dueAt) },
    about: { kind: 'request', id },
    link: paths.dataRequest({ id }),
    key: `people.request-received/${id}`,
  });
  return id;
}

/** The person takes back what is not answered yet. @throws requestSettled */
export async function withdrawRequest(tx: Tx, accountId: string, id: string): Promise<void> {
  const request = isId(id) ? await findRequest(tx, id) : undefined;
  if (request?.accountId !== accountId) throw problem(requestNotFound);
  if (!(await updateWithdrawn(tx, id, accountId))) throw problem(requestSettled);
  publish(tx, requestWithdrawn, { subject: { kind: 'request', id }, payload: { kind: request.kind } });
}

/** @throws requestNotFound also when the actor may not know of it: it belongs to a unit that their right does not reach */
function known(actor: Actor, request: DataRequest | undefined): DataRequest {
  if (!request || !can(actor, mayAnswerRequests, { unitId: request.unitId })) throw problem(requestNotFound);
  return request;
}

/** A request for an official who answers such of its unit; the look is recorded. @throws forbidden, requestNotFound */
export async function openRequest(tx: Tx, actor: Actor, id: string): Promise<DataRequest> {
  demand(actor, mayAnswerRequests);
  const request = known(actor, isId(id) ? await findRequest(tx, id) : undefined);
  await recordReading(
    tx,
    actor,
    [
      {
        accountId: request.accountId,
        subject: { kind: 'request', id: request.id, label: requestNumber(request.number) },
      },
    ],
    { work: 'handling', purpose: 'Xử lý yêu cầu về dữ liệu cá nhân' },
  );
  return request;
}

/** The official takes it on. @throws requestSettled */
export async function takeRequest(tx: Tx, actor: Actor, id: string): Promise<void> {
  demand(actor, mayAnswerRequests);
  const request = known(actor, isId(id) ? await lockRequest(tx, id) : undefined);
  if (!actor.id) throw problem(requestNotFound);
  if (!isOpen(request)) throw problem(requestSettled);
  await updateTaken(tx, id, actor.id, actor.label);
  publish(tx, requestTaken, {
    subject: { kind: 'request', id },
    unitId: request.unitId,
    payload: { kind: request.kind, officerId: actor.id },
  });
}

/**
 * Hands a request on to the agency that it concerns, or to the province; its term runs on. Who handed it on and why is an event, and the person
 * is told who answers now. @throws requestSettled, invalidInput without a reason or to where it is already
 */
export async function forwardRequest(
  tx: Tx,
  actor: Actor,
  id: string,
  to: { unitId: string | null; reason: string },
): Promise<void> {
  demand(actor, mayAnswerRequests);
  const request = known(actor, isId(id) ? await lockRequest(tx, id) : undefined);
  if (!isOpen(request)) throw problem(requestSettled);
  const reason = statedReason(to.reason);
  if (reason === null || to.unitId === request.unitId) throw problem(invalidInput);
  await updateForwarded(tx, id, to.unitId);
  publish(tx, requestForwarded, {
    subject: { kind: 'request', id },
    unitId: request.unitId,
    payload: { kind: request.kind, fromUnitId: request.unitId, toUnitId: to.unitId, reason },
  });
  await notify(tx, {
    recipient: { kind: 'account', id: request.accountId },
    template: requestForwardedMessage,
    values: { number: requestNumber(request.number), agency: await answererName(tx, to.unitId) },
    about: { kind: 'request', id },
    link: paths.dataRequest({ id }),
    key: `people.request-forwarded/${id}/${request.version}`,
  });
}

/** Who answers, as the person reads it. */
async function answererName(tx: Tx, unitId: string | null): Promise<string> {
  const names = unitId === null ? new Map() : await namesOf(tx, [unitId], localDate(tx.now));
  return names.get(unitId ?? '')?.nameVi ?? requestWords.in('vi').province;
}

export interface Answer {
  outcome: RequestOutcome;
  /** Grounds in words; needed unless it is granted. */
  reason: string | null;
  answer: string;
}

/**
 * Decides and answers, and does what was granted: a fact corrected, drafts or contacts erased. What the State keeps by law is not erased
 * by this at all; that part is refused with its reason. @throws requestSettled, invalidInput
 */
export async function answerRequest(tx: Tx, actor: Actor, id: string, given: Answer): Promise<void> {
  demand(actor, mayAnswerRequests);
  const request = known(actor, isId(id) ? await lockRequest(tx, id) : undefined);
  if (!isOpen(request)) throw problem(requestSettled);
  if (statedReason(given.answer) === null || (given.outcome !== 'granted' && statedReason(given.reason) === null))
    throw problem(invalidInput);
  if (given.outcome !== 'refused') await carryOut(tx, request);
  await updateAnswered(tx, id, { ...given, by: actor.label });
  publish(tx, requestAnswered, {
    subject: { kind: 'request', id },
    unitId: request.unitId,
    payload: { kind: request.kind, outcome: given.outcome, isInTime: tx.now <= request.dueAt },
  });
  await notify(tx, {
    recipient: { kind: 'account', id: request.accountId },
    template: requestAnsweredMessage,
    values: { number: requestNumber(request.number), outcome: outcomeWords[given.outcome].vi },
    about: { kind: 'request', id },
    link: paths.dataRequest({ id }),
    key: `people.request-answered/${id}`,
  });
}

async function carryOut(tx: Tx, request: DataRequest): Promise<void> {
  const { details, accountId } = request;
  if (request.kind === 'correct' && details.field && details.value)
    await correctPerson(tx, accountId, details.field, details.value);
  if (request.kind !== 'erase') return;
  if (details.things?.includes('drafts')) await discardAllApplications(tx, accountId);
  if (details.things?.includes('papers')) await eraseStore(tx, accountId);
  if (details.things?.includes('email')) await removeContact(tx, accountId, 'email');
  if (details.things?.includes('phone')) await removeContact(tx, accountId, 'phone');
}
