import { descendantsOf } from '../../foundation/organisations/index.ts';
import { notify } from '../../foundation/notifications/index.ts';
import type { WorkCalendar } from '../../engines/calendar/index.ts';
import { instantOf, localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { calendarOfUnit } from './calendar-of-unit.ts';
import { listApplicantContacts, listInSpan, countInSpan, updateDeadlines, type Span } from './deadline-queries.ts';
import type { Dossier } from './dossier.ts';
import { withDeadlines } from './dossier-clock.ts';
import { appointmentMoved } from './dossier-events.ts';
import { appointmentLater } from './dossier-messages.ts';
import { lockDossiers } from './dossier-queries.ts';
import { factsOf } from './perform-act.ts';
import { inWords } from './slips/slip-words.ts';

/** A change of a working calendar: whose (null = the whole province) and which days, `lastDate` null for an open end. */
export interface CalendarChange {
  unitId: string | null;
  firstDate: string;
  lastDate: string | null;
  reason: string;
}

export const RECOMPUTE_BATCH = 300;
const BEFORE_ALL = '00000000-0000-0000-0000-000000000000';

/**
 * How many running dossiers have a clock that passes the days: the most that a change of the calendar can move. The unit's dossiers are
 * those that it or a unit below it decides; null means all.
 */
export async function countAffected(
  reader: Reader,
  unitId: string | null,
  firstDate: string,
  lastDate: string | null,
  now: Date = new Date(),
): Promise<number> {
  return countInSpan(reader, await spanOf(reader, { unitId, firstDate, lastDate }, now));
}

async function spanOf(reader: Reader, change: Omit<CalendarChange, 'reason'>, now: Date): Promise<Span> {
  const { unitId, firstDate, lastDate } = change;
  const unitIds = unitId === null ? null : [unitId, ...(await descendantsOf(reader, [unitId], localDate(now)))];
  const dayAfter = lastDate === null ? null : new Date(instantOf(lastDate).getTime() + 86_400_000);
  return { unitIds, from: instantOf(firstDate), until: dayAfter };
}

/**
 * Computes the dates of the next batch of running dossiers again, from their ledgers and the calendar as it is now. A dossier whose
 * appointment or step moved leaves one event; an applicant whose appointment comes later is told. Done twice it changes nothing.
 * Returns the position to go on from; null when there is nothing after it.
 */
export async function recomputeDeadlines(
  tx: Tx,
  change: CalendarChange,
  position: string | null,
  batch = RECOMPUTE_BATCH,
): Promise<{ next: string | null; moved: number }> {
  const ids = await listInSpan(tx, await spanOf(tx, change, tx.now), position ?? BEFORE_ALL, batch);
  const calendars = new Map<string, WorkCalendar>();
  const pairs: { before: Dossier; after: Dossier }[] = [];
  for (const before of await lockDossiers(tx, ids)) {
    if (before.finishedAt !== null || before.dueAt === null) continue; // finished between the list and the lock
    const unitId = before.competentUnitId;
    const calendar = calendars.get(unitId) ?? (await calendarOfUnit(tx, unitId, tx.now));
    calendars.set(unitId, calendar);
    const after = withDeadlines(before, calendar);
    if (isMoved(before, after)) pairs.push({ before, after });
  }
  if (pairs.length > 0)
    await updateDeadlines(
      tx,
      pairs.map(({ after }) => after),
    );
  for (const { before, after } of pairs)
    publish(tx, appointmentMoved, {
      subject: { kind: 'dossier', id: after.id },
      unitId: after.handlingUnitId,
      payload: {
        ...factsOf(after, change.reason),
        dueBefore: before.dueAt?.toISOString() ?? null,
        stepDueBefore: before.stepDueAt?.toISOString() ?? null,
        stepDueAt: after.stepDueAt?.toISOString() ?? null,
      },
    });
  await tellApplicants(tx, change, pairs);
  return { next: ids.length === batch ? (ids.at(-1) ?? null) : null, moved: pairs.length };
}

const isSame = (a: Date | null, b: Date | null): boolean => a?.getTime() === b?.getTime();
const isMoved = (before: Dossier, after: Dossier): boolean =>
  !isSame(before.dueAt, after.dueAt) ||
  !isSame(before.stepDueAt, after.stepDueAt) ||
  after.steps.some((step, index) => !isSame(step.dueAt, before.steps[index]?.dueAt ?? null));

/** Tells those whose result comes later, once per new appointment. Nobody is told while the clock stands still: it is not yet known. */
async function tellApplicants(
  tx: Tx,
  change: CalendarChange,
  pairs: readonly { before: Dossier; after: Dossier }[],
): Promise<void> {
  const later = pairs.filter(({ before, after }) => after.pausedAt === null && after.dueAt! > before.dueAt!);
  if (later.length === 0) return;
  const contacts = await listApplicantContacts(
    tx,
    later.map(({ after }) => after.id),
  );
  const byId = new Map(contacts.map((contact) => [contact.id, contact]));
  for (const { before, after } of later) {
    const contact = byId.get(after.id);
    if (!contact) continue;
    await notify(tx, {
      recipient: contact.accountId === null ? null : { kind: 'account', id: contact.accountId },
      addresses: contact.accountId === null ? addressesOf(contact) : [],
      template: appointmentLater,
      values: {
        code: after.code ?? '',
        procedure: after.terms.procedureName.vi,
        before: inWords(before.dueAt!),
        after: inWords(after.dueAt!),
        reason: change.reason,
      },
      about: { kind: 'dossier', id: after.id },
      unitId: after.receivingUnitId,
      key: `dossiers.appointment-later/${after.id}/${after.dueAt!.toISOString()}`,
    });
  }
}

const addressesOf = ({ phone, email }: { phone: string | null; email: string | null }) => [
  ...(email === null ? [] : [{ channel: 'email' as const, address: email }]),
  ...(phone === null ? [] : [{ channel: 'sms' as const, address: phone }]),
];
