import { notify } from '../../foundation/notifications/index.ts';
import { holdersOf } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import type { JobContext, Schedule } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { formatDateTime } from '../../ui/format.ts';
import { paths } from '../../ui/paths.ts';
import { breachNumber } from './breach.ts';
import { listDueBreaches } from './breach-queries.ts';
import { requestNumber } from './data-request.ts';
import { breachFallsDue, requestFallsDue } from './people-events.ts';
import { breachDueMessage, requestDueMessage, requestLateMessage } from './people-messages.ts';
import { mayAnswerRequests, mayKeepBreaches } from './people-permissions.ts';
import { listRequests } from './request-queries.ts';

/** Hours before the end of a term at which its people are reminded. */
const REMIND_HOURS = 24;
// What belongs to no unit belongs to the province: those who hold the right everywhere.
const NO_UNIT = '00000000-0000-0000-0000-000000000000';

/** Who holds a right over a unit, each unit asked for once. */
function holders(tx: Tx, permission: string): (unitId: string | null) => Promise<string[]> {
  const known = new Map<string, Promise<string[]>>();
  const ask = async (unitId: string): Promise<string[]> => {
    const found = await holdersOf(tx, permission, unitId, localDate(tx.now));
    return [...new Set(found.map((holder) => holder.officerId))];
  };
  return (unitId) => {
    const key = unitId ?? NO_UNIT;
    const asked = known.get(key) ?? ask(key);
    known.set(key, asked);
    return asked;
  };
}

/**
 * Tells whoever has a request, or all who answer requests of its unit when nobody has taken it on, a day before its answer is due and again once it is late;
 * and those who keep the register, of breaches whose notice is due. Each is told once. Returns how many requests and breaches were new.
 */
async function remindOfTerms(tx: Tx): Promise<number> {
  const before = new Date(tx.now.getTime() + REMIND_HOURS * 3_600_000);
  const open = await listRequests(tx, {
    unitIds: null,
    isDone: false,
    kind: null,
    assigneeId: null,
    number: null,
    after: null,
    limit: 200,
  });
  const nearing = open.filter((request) => request.dueAt <= before);
  const breaches = await listDueBreaches(tx, before);
  if (nearing.length + breaches.length === 0) return 0;
  const answering = holders(tx, mayAnswerRequests.name);
  let fresh = 0;
  for (const request of nearing) {
    const isLate = request.dueAt < tx.now;
    const own = request.assigneeId ? [request.assigneeId] : [];
    const told = new Set(isLate || own.length === 0 ? [...own, ...(await answering(request.unitId))] : own);
    let sent = 0;
    for (const officerId of told)
      sent += await notify(tx, {
        recipient: { kind: 'official', id: officerId },
        template: isLate ? requestLateMessage : requestDueMessage,
        values: { number: requestNumber(request.number), due: formatDateTime(request.dueAt) },
        about: { kind: 'request', id: request.id },
        link: paths.deskDataRequest({ id: request.id }),
        key: `people.request-${isLate ? 'late' : 'due'}/${request.id}/${officerId}`,
      });
    if (sent === 0) continue;
    fresh += 1;
    publish(tx, requestFallsDue, {
      subject: { kind: 'request', id: request.id },
      payload: { dueAt: request.dueAt.toISOString(), isLate },
    });
  }
  return fresh + (await remindOfBreaches(tx, breaches));
}

async function remindOfBreaches(tx: Tx, breaches: Awaited<ReturnType<typeof listDueBreaches>>): Promise<number> {
  if (breaches.length === 0) return 0;
  const keepers = holders(tx, mayKeepBreaches.name);
  let fresh = 0;
  for (const breach of breaches) {
    let sent = 0;
    for (const officerId of await keepers(breach.unitId))
      sent += await notify(tx, {
        recipient: { kind: 'official', id: officerId },
        template: breachDueMessage,
        values: { number: breachNumber(breach.number), due: formatDateTime(breach.dueAt) },
        about: { kind: 'breach', id: breach.id },
        link: paths.breach({ id: breach.id }),
        key: `people.breach-due/${breach.id}/${officerId}`,
        isUrgent: true,
      });
    if (sent === 0) continue;
    fresh += 1;
    publish(tx, breachFallsDue, {
      subject: { kind: 'breach', id: breach.id },
      payload: { dueAt: breach.dueAt.toISOString() },
    });
  }
  return fresh;
}

/** The same in a transaction of its own. */
export const remindOfTermsNow = ({ db, clock, requestId }: Pick<JobContext, 'db' | 'clock' | 'requestId'>) =>
  inTransaction(db, { actor: systemActor('people.remind'), clock, requestId }, remindOfTerms);

export const remindHourly: Schedule = {
  name: 'people.remind',
  cron: '40 * * * *',
  async run(context) {
    const total = await remindOfTermsNow(context);
    if (total > 0) context.log.info({ total }, 'terms of requests and breaches called to mind');
  },
};
