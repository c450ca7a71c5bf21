import { holdersOf } from '../../foundation/organisations/index.ts';
import { notify } from '../../foundation/notifications/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { findSetting } from '../../platform/settings.ts';
import { paths } from '../../ui/paths.ts';
import { nextRight } from './assign-dossier.ts';
import { claimReminders, type Reminder, type ReminderKind } from './deadline-queries.ts';
import type { Dossier } from './dossier.ts';
import { dossierFallsDue } from './dossier-events.ts';
import { dateMessages } from './dossier-messages.ts';
import { mayAssign } from './dossier-permissions.ts';
import { lockDossiers } from './dossier-queries.ts';
import { factsOf } from './perform-act.ts';
import { inWords } from './slips/slip-words.ts';
import { dueSoonHours } from './worklist-queries.ts';

export const REMINDER_BATCH = 200;
const REMIND_SETTING = 'dossiers.remind-hours';

/** How long before a date people are told: the setting `dossiers.remind-hours` (1 to 720), otherwise as worklists mark what is due soon. */
export async function remindHours(reader: Reader): Promise<number> {
  const hours = (await findSetting<unknown>(reader, REMIND_SETTING))?.value;
  return typeof hours === 'number' && hours >= 1 && hours <= 720 ? hours : dueSoonHours;
}

/**
 * Tells of running dossiers whose step or appointment comes within `hours` or has passed: one event per dossier, kind and date, and a
 * message to whoever has it; what is overdue is told to those who assign the work as well. A clock that stands is left alone. Done again it
 * tells nobody twice. The morning's list of what a person holds is the front desk's. Returns how many were new; `REMINDER_BATCH` means more may wait.
 */
export async function remindOfDates(tx: Tx, hours: number): Promise<number> {
  const claimed = await claimReminders(tx, new Date(tx.now.getTime() + hours * 3_600_000), REMINDER_BATCH);
  if (claimed.length === 0) return 0;
  const dossiers = await lockDossiers(tx, [...new Set(claimed.map((each) => each.dossierId))]);
  const byId = new Map(dossiers.map((dossier) => [dossier.id, dossier]));
  const holders = holderCache(tx);
  for (const reminder of claimed) {
    const dossier = byId.get(reminder.dossierId);
    if (!dossier) continue;
    publish(tx, dossierFallsDue, {
      subject: { kind: 'dossier', id: dossier.id },
      unitId: dossier.handlingUnitId,
      payload: { ...factsOf(dossier, null), kind: reminder.kind, at: reminder.dueAt.toISOString() },
    });
    for (const officerId of await recipientsOf(dossier, reminder.kind, holders))
      await tell(tx, dossier, reminder, officerId);
  }
  return claimed.length;
}

type HolderCache = (permission: string, unitId: string) => ReturnType<typeof holdersOf>;

function holderCache(tx: Tx): HolderCache {
  const known = new Map<string, ReturnType<typeof holdersOf>>();
  return (permission, unitId) => {
    const key = `${permission}/${unitId}`;
    const found = known.get(key) ?? holdersOf(tx, permission, unitId, localDate(tx.now));
    known.set(key, found);
    return found;
  };
}

/** Whoever has the dossier; those who assign its work when nobody has it, or when it is overdue. */
async function recipientsOf(dossier: Dossier, kind: ReminderKind, holders: HolderCache): Promise<Set<string>> {
  const workers = await holders(nextRight(dossier).name, dossier.handlingUnitId);
  const own = workers.filter((holder) => holder.postId === dossier.assigneePostId);
  const isLate = kind === 'overdue' || kind === 'step-overdue';
  const heads = isLate || own.length === 0 ? await holders(mayAssign.name, dossier.handlingUnitId) : [];
  return new Set([...own, ...heads].map((holder) => holder.officerId));
}

const tell = (tx: Tx, dossier: Dossier, { kind, dueAt }: Reminder, officerId: string): Promise<number> =>
  notify(tx, {
    recipient: { kind: 'official', id: officerId },
    template: dateMessages[kind],
    values: { code: dossier.code ?? '', procedure: dossier.terms.procedureName.vi, at: inWords(dueAt) },
    about: { kind: 'dossier', id: dossier.id },
    link: paths.dossier({ id: dossier.id }),
    unitId: dossier.handlingUnitId,
    key: `dossiers.${kind}/${dossier.id}/${dueAt.toISOString()}/${officerId}`,
  });
