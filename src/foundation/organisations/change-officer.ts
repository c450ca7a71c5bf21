import { can, reachOf, type Actor, type Permission } from '../../platform/access.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { localDate } from '../../platform/clock.ts';
import { publish } from '../../platform/events.ts';
import { forbidden, problem, staleVersion } from '../../platform/problems.ts';
import { demandPostHandout } from './hand-out-rights.ts';
import { endAppointmentsOf, findOfficer, listAppointments, postsOf, updateOfficer } from './officer-queries.ts';
import type { OfficerInput } from './officer.ts';
import { officerChanged } from './organisation-events.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { officerMissing } from './organisation-problems.ts';
import { grantsOf } from './role-queries.ts';

/**
 * Whether a right holds over an officer: over every unit where they work now (or worked last). An administrator of one commune cannot touch
 * the people of another. `organisations.officers_within` is the same as a condition of lists.
 */
export async function isOverOfficer(
  reader: Reader,
  actor: Actor,
  permission: Permission,
  officerId: string,
  today: string,
): Promise<boolean> {
  if (actor.grants.get(permission.name) === 'all') return true;
  const appointments = await listAppointments(reader, officerId);
  const current = appointments.filter((held) => held.validTo === null || held.validTo >= today);
  const decisive = current.length > 0 ? current : appointments.slice(0, 1);
  return decisive.length > 0 && decisive.every((held) => can(actor, permission, { unitId: held.unitId }));
}

/** @throws forbidden unless the actor manages every unit where the officer works now (or worked last) */
export async function demandOverOfficer(reader: Reader, actor: Actor, officerId: string, today: string): Promise<void> {
  if (!(await isOverOfficer(reader, actor, manageOrganisations, officerId, today))) throw problem(forbidden);
}

/**
 * Whether nothing that an officer may do today, at a post of their own or one acted for, reaches beyond the units over which the actor holds
 * the right: whoever gets at their password gains nothing outside them.
 */
export async function reachesWithin(
  reader: Reader,
  actor: Actor,
  permission: Permission,
  officerId: string,
  today: string,
): Promise<boolean> {
  const own = reachOf(actor, permission);
  if (own === 'all') return true;
  for (const { postId } of await postsOf(reader, [officerId], today))
    for (const reach of (await grantsOf(reader, officerId, postId, today)).values())
      if (reach === 'all' || !reach.every((unitId) => own.includes(unitId))) return false;
  return true;
}

/**
 * Corrects an officer's name, code or contacts, or writes down the last day at work, which ends every post on that day.
 * @throws Problem `officer-missing`, `stale-version`, `staff-code-taken`, `officer-email-taken`
 */
export async function changeOfficer(
  tx: Tx,
  actor: Actor,
  officerId: string,
  version: number,
  input: OfficerInput & { leftOn: string | null },
): Promise<void> {
  const before = await findOfficer(tx, officerId);
  if (!before) throw problem(officerMissing);
  const today = localDate(tx.now);
  await demandOverOfficer(tx, actor, officerId, today);
  const held = await postsOf(tx, [officerId], today);
  await demandPostHandout(
    tx,
    actor,
    held.map((each) => each.postId),
  ); // a new e-mail address is where the next password goes
  if (!(await updateOfficer(tx, officerId, version, input)))
    throw problem(staleVersion, { given: version, stored: before.version });
  if (input.leftOn !== null) await endAppointmentsOf(tx, officerId, input.leftOn);
  const fields = ['staffCode', 'fullName', 'email', 'phone', 'leftOn'] as const;
  const changed = fields.filter((field) => before[field] !== input[field]);
  publish(tx, officerChanged, { subject: { kind: 'officer', id: officerId }, payload: { officerId, changed } });
}
