import type { Tx } from './database.ts';
import type { JobContext } from './jobs.ts';
import { bufferOf } from './transaction.ts';

/** What an event is about. The platform does not know the kinds: each module names its own. */
export interface Subject {
  kind: string;
  id: string;
}

/** A kind of event: `module.past-tense`. One row of it is audit record, queue entry and source of figures at once. */
export interface EventType<Payload extends object> {
  readonly name: string;
  readonly title: { vi: string; en: string };
  readonly payload?: Payload; // only for inference
}

const titles = new Map<string, { vi: string; en: string }>();

/** Declares a kind of event. `title` is how the record of acts names it. */
export function defineEvent<Payload extends object>(
  name: string,
  title: { vi: string; en: string },
): EventType<Payload> {
  titles.set(name, title);
  return { name, title };
}

/** An event's name in words, for the record of acts; the name itself when the module is gone. */
export const eventTitle = (name: string, locale: 'vi' | 'en'): string => titles.get(name)?.[locale] ?? name;

/** Adds an event to the transaction; it exists if and only if the transaction commits. Costs no round trip of its own. */
export function publish<Payload extends object>(
  tx: Tx,
  type: EventType<Payload>,
  event: { subject: Subject; unitId?: string | null; payload: Payload },
): void {
  bufferOf(tx).events.push({
    name: type.name,
    subject: event.subject,
    unitId: event.unitId ?? tx.actor.unitId ?? null,
    payload: event.payload,
  });
}

/** An event as a subscriber gets it. */
export interface RecordedEvent<Payload extends object = Record<string, unknown>> {
  id: number;
  name: string;
  occurredAt: string;
  subject: Subject;
  unitId: string | null;
  actor: { kind: string; id: string | null; label: string };
  requestId: string;
  payload: Payload;
}

/**
 * A subscriber: runs once per event as a job of its own, is retried alone, at least once (make effects idempotent with
 * `claimEffect`). `name` is permanent: it is the key of its position.
 */
export interface Subscription {
  name: string;
  events: readonly string[];
  handle(context: JobContext, event: RecordedEvent): Promise<void>;
}

export function subscribe<Payload extends object>(
  name: string,
  types: readonly EventType<Payload>[],
  handle: (context: JobContext, event: RecordedEvent<Payload>) => Promise<void>,
): Subscription {
  return { name, events: types.map((type) => type.name), handle: handle as Subscription['handle'] };
}
