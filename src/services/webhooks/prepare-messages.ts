import { clientActors } from '../../foundation/identity/index.ts';
import { listEvents, type LoggedEvent } from '../../platform/event-log.ts';
import { subscribe, type RecordedEvent } from '../../platform/events.ts';
import type { Actor } from '../../platform/access.ts';
import type { Reader } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { mayFollow } from '../dossiers/index.ts';
import { wake } from './manage-webhook.ts';
import { insertMessages, type NewMessage } from './message-queries.ts';
import { dossierEvents, kindOf, publicEvents, webhookKinds } from './webhook-kinds.ts';
import { listForKinds, type Subscription } from './webhook-queries.ts';

/** Fields of an event that go out: ids, codes, states and dates; no remark, which somebody typed. */
const TOLD: ReadonlySet<string> = new Set([
  'code',
  'state',
  'procedureId',
  'channel',
  'receivingUnitId',
  'competentUnitId',
  'dueAt',
  'isOnTime',
  'versionId',
  'number',
  'validFrom',
  'items',
]);

type Happened = Pick<LoggedEvent, 'id' | 'name' | 'subjectId' | 'occurredAt'> & { payload: object };

const bodyOf = (event: Happened): string =>
  JSON.stringify({
    type: kindOf(event.name),
    timestamp: event.occurredAt.toISOString(),
    data: {
      id: event.subjectId,
      ...Object.fromEntries(Object.entries(event.payload).filter(([name]) => TOLD.has(name))),
    },
  });

const messageOf = (subscription: Subscription, event: Happened, lane: string): NewMessage => ({
  id: newId(),
  subscriptionId: subscription.id,
  eventId: event.id,
  kind: kindOf(event.name),
  lane,
  sequence: event.id,
  body: bodyOf(event),
});

/** Subscriptions whose program may know of the thing, now. */
async function listening(
  reader: Reader,
  subscriptions: readonly Subscription[],
  mayKnow: (actor: Actor) => Promise<boolean>,
): Promise<Subscription[]> {
  const actors = await clientActors(reader, [...new Set(subscriptions.map(({ clientId }) => clientId))]);
  const allowed = new Map<string, boolean>();
  for (const [id, actor] of actors) allowed.set(id, await mayKnow(actor));
  return subscriptions.filter(({ clientId }) => allowed.get(clientId) === true);
}

const asLogged = (event: RecordedEvent<object>): Happened => ({
  id: event.id,
  name: event.name,
  subjectId: event.subject.id,
  payload: event.payload,
  occurredAt: new Date(event.occurredAt),
});

/**
 * What waits of a dossier up to an event. Jobs of two events may run in any order, so each writes what is missing before it: a
 * dossier's messages are then there in the order of its life. Written twice they are one, by event and subscription.
 */
const prepareDossier = subscribe<object>(
  'webhooks.prepare-dossier',
  dossierEvents,
  async ({ db, clock, requestId }, event) => {
    const dossierId = event.subject.id;
    const candidates = await listForKinds(db.reader, [...webhookKinds.keys()]);
    if (candidates.length === 0) return;
    const subscriptions = await listening(db.reader, candidates, (actor) => mayFollow(db.reader, actor, dossierId));
    if (subscriptions.length === 0) return;
    const earliest = new Date(Math.min(...subscriptions.map(({ createdAt }) => createdAt.getTime())));
    const log = await listEvents(
      db.reader,
      { subjectKind: 'dossier', subjectId: dossierId, from: earliest },
      null,
      500,
    );
    const known: ReadonlySet<string> = new Set(dossierEvents.map(({ name }) => name));
    const happened = log.filter(({ id, name }) => id <= event.id && known.has(name)).reverse();
    const lane = `dossier/${dossierId}`;
    const rows = subscriptions.flatMap((subscription) =>
      happened
        .filter(
          ({ name, occurredAt }) => subscription.kinds.includes(kindOf(name)) && occurredAt >= subscription.createdAt,
        )
        .map((each) => messageOf(subscription, each, lane)),
    );
    if (rows.length === 0) return;
    await inTransaction(db, { actor: systemActor('webhooks'), clock, requestId }, async (tx) => {
      for (const made of await insertMessages(tx, rows)) wake(tx, made.subscriptionId, [made.lane]);
    });
  },
);

/** What everybody may know: procedures and catalogues that were published. */
const preparePublic = subscribe<object>(
  'webhooks.prepare-public',
  publicEvents,
  async ({ db, clock, requestId }, event) => {
    const candidates = await listForKinds(db.reader, [kindOf(event.name)]);
    const subscriptions = (await listening(db.reader, candidates, async () => true)).filter(
      ({ createdAt }) => new Date(event.occurredAt) >= createdAt,
    );
    if (subscriptions.length === 0) return;
    const lane = `${event.subject.kind}/${event.subject.id}`;
    const rows = subscriptions.map((subscription) => messageOf(subscription, asLogged(event), lane));
    await inTransaction(db, { actor: systemActor('webhooks'), clock, requestId }, async (tx) => {
      for (const made of await insertMessages(tx, rows)) wake(tx, made.subscriptionId, [made.lane]);
    });
  },
);

export const webhookSubscriptions = [prepareDossier, preparePublic];
