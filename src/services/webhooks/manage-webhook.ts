import { can, type Actor } from '../../platform/access.ts';
import type { Config } from '../../platform/config.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { outboundFault } from '../../platform/http/outbound.ts';
import { isId, newId } from '../../platform/ids.ts';
import { enqueue } from '../../platform/jobs.ts';
import { invalidInput, problem, staleVersion } from '../../platform/problems.ts';
import { appsManage, appsRequest } from '../../foundation/identity/index.ts';
import { readScope, viewScope } from '../dossiers/index.ts';
import { deliver } from './deliver.ts';
import { insertMessages, replayMessages, type MessageStatus } from './message-queries.ts';
import { secretOf, SECRET_OVERLAP_HOURS } from './signature.ts';
import {
  messagesReplayed,
  webhookChanged,
  webhookCreated,
  webhookRemoved,
  webhookSecretMade,
} from './webhook-events.ts';
import { isDossierKind, PING, webhookKinds } from './webhook-kinds.ts';
import {
  kindNotAllowed,
  messageNotFound,
  notActive,
  tooManyWebhooks,
  urlRefused,
  webhookNotFound,
} from './webhook-problems.ts';
import {
  deleteSubscription,
  findSubscription,
  insertSubscription,
  listOfClient,
  updateSecret,
  updateSubscription,
  type Subscription,
} from './webhook-queries.ts';

const MAX_PER_CLIENT = 20;

/** Whose a subscription is to be, when an administrator makes it for an application. */
export interface WebhookOwner {
  id: string;
  name: string;
  unitId: string | null;
  scopes: readonly string[];
}
export interface WebhookInput {
  url: string;
  kinds: readonly string[];
  description: string | null;
}

const subjectOf = (id: string) => ({ kind: 'webhook', id });
const factsOf = ({ clientId, url }: Pick<Subscription, 'clientId' | 'url'>) => ({ clientId, host: new URL(url).host });

/** Whether the actor may look after it: the program whose it is, the province, the agency that answers for the program. */
export const mayKeep = (actor: Actor, subscription: Pick<Subscription, 'clientId' | 'unitId'>): boolean =>
  actor.kind === 'client'
    ? actor.id === subscription.clientId
    : can(actor, appsManage) ||
      (subscription.unitId !== null && can(actor, appsRequest, { unitId: subscription.unitId }));

/** @throws webhookNotFound for everybody who may not look after it, too */
export async function keptWebhook(reader: Reader, actor: Actor, id: string): Promise<Subscription> {
  const found = isId(id) ? await findSubscription(reader, id) : undefined;
  if (!found || !mayKeep(actor, found)) throw problem(webhookNotFound);
  return found;
}

function checked(config: Config, owner: Pick<WebhookOwner, 'scopes'>, input: WebhookInput): WebhookInput {
  const kinds = [...new Set(input.kinds)];
  const unknown = kinds.filter((kind) => !webhookKinds.has(kind));
  if (kinds.length === 0 || unknown.length > 0)
    throw problem(invalidInput, {
      errors: [{ pointer: '/kinds', message: `unknown: ${unknown.join(', ') || 'none named'}` }],
    });
  const fault = outboundFault(config, input.url);
  if (fault !== null || input.url.length > 500 || input.url.includes('#'))
    throw problem(urlRefused, {
      errors: [{ pointer: '/url', message: fault ?? 'must have no # and 500 letters at most' }],
    });
  const mayRead = [readScope, viewScope].some((scope) => owner.scopes.includes(scope));
  if (kinds.some(isDossierKind) && !mayRead) throw problem(kindNotAllowed);
  return { url: new URL(input.url).href, kinds, description: input.description?.trim() || null };
}

/** Registers an address. Returns the subscription's id and its secret, shown once. @throws tooManyWebhooks, urlRefused, kindNotAllowed */
export async function createWebhook(
  tx: Tx,
  config: Config,
  owner: WebhookOwner,
  input: WebhookInput,
): Promise<{ id: string; secret: string }> {
  const { url, kinds, description } = checked(config, owner, input);
  if ((await listOfClient(tx, owner.id, null, MAX_PER_CLIENT)).length >= MAX_PER_CLIENT) throw problem(tooManyWebhooks);
  const id = newId();
  await insertSubscription(tx, {
    id,
    clientId: owner.id,
    clientName: owner.name,
    unitId: owner.unitId,
    url,
    kinds: [...kinds],
    description,
  });
  publish(tx, webhookCreated, {
    subject: subjectOf(id),
    unitId: owner.unitId,
    payload: { ...factsOf({ clientId: owner.id, url }), kinds: [...kinds] },
  });
  return { id, secret: secretOf(config.secret, id, 1) };
}

/** Changes address, kinds, words, or pauses and takes up again. @throws staleVersion, urlRefused, kindNotAllowed */
export async function changeWebhook(
  tx: Tx,
  config: Config,
  subscription: Subscription,
  owner: Pick<WebhookOwner, 'scopes'>,
  version: number | null,
  input: WebhookInput & { status: 'active' | 'paused' },
): Promise<void> {
  const { url, kinds, description } = checked(config, owner, input);
  const { id, unitId } = subscription;
  if (!(await updateSubscription(tx, id, version, { url, kinds: [...kinds], description, status: input.status })))
    throw problem(staleVersion);
  publish(tx, webhookChanged, {
    subject: subjectOf(id),
    unitId,
    payload: { ...factsOf({ ...subscription, url }), kinds: [...kinds], status: input.status },
  });
}

export async function removeWebhook(tx: Tx, subscription: Subscription): Promise<void> {
  await deleteSubscription(tx, subscription.id);
  publish(tx, webhookRemoved, {
    subject: subjectOf(subscription.id),
    unitId: subscription.unitId,
    payload: factsOf(subscription),
  });
}

/** A new secret, shown once. For a day messages carry the signatures of both. */
export async function rotateSecret(tx: Tx, config: Config, subscription: Subscription): Promise<string> {
  const until = new Date(tx.now.getTime() + SECRET_OVERLAP_HOURS * 3_600_000);
  const generation = await updateSecret(tx, subscription.id, until);
  publish(tx, webhookSecretMade, {
    subject: subjectOf(subscription.id),
    unitId: subscription.unitId,
    payload: { ...factsOf(subscription), previousUntil: until.toISOString() },
  });
  return secretOf(config.secret, subscription.id, generation);
}

/** Sends a message that only tries the way. Returns its id. @throws notActive */
export async function pingWebhook(tx: Tx, subscription: Subscription): Promise<string> {
  if (subscription.status !== 'active') throw problem(notActive);
  const id = newId();
  const lane = `ping/${id}`;
  const body = JSON.stringify({ type: PING, timestamp: tx.now.toISOString(), data: { webhookId: subscription.id } });
  await insertMessages(tx, [
    { id, subscriptionId: subscription.id, eventId: null, kind: PING, lane, sequence: 0, body },
  ]);
  wake(tx, subscription.id, [lane]);
  return id;
}

/** Sends one message again, or all dead ones, or everything since an instant. Returns how many. @throws notActive, messageNotFound */
export async function replay(
  tx: Tx,
  subscription: Subscription,
  which: { id: string | null; since: Date | null; statuses: readonly MessageStatus[] },
): Promise<number> {
  if (subscription.status !== 'active') throw problem(notActive);
  const lanes = await replayMessages(tx, subscription.id, which);
  if (which.id !== null && lanes.length === 0) throw problem(messageNotFound);
  wake(tx, subscription.id, lanes);
  if (lanes.length > 0)
    publish(tx, messagesReplayed, {
      subject: subjectOf(subscription.id),
      unitId: subscription.unitId,
      payload: { ...factsOf(subscription), messages: lanes.length },
    });
  return lanes.length;
}

/** Queues the delivery of lanes, with the transaction. */
export function wake(tx: Tx, subscriptionId: string, lanes: readonly string[]): void {
  for (const lane of new Set(lanes))
    enqueue(tx, deliver, { subscriptionId, lane }, { key: `webhook/${subscriptionId}/${lane}` });
}
