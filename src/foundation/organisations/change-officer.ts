import { can, type Actor } from '../../platform/access.ts';
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

/**
 * Throws `forbidden` unless the actor manages every unit where the officer works now (or worked last). An administrator of one commune
 * cannot touch the people of another.
 */
export async function demandOverOfficer(reader: Reader, actor: Actor, officerId: string, today: string): Promise<void> {
  if (actor.grants.get(manageOrganisations.name) === 'all') return;
  const appointments = await listAppointments(reader, officerId);
  const current = appointments.filter((held) => held.validTo === null || held.validTo >= today);
  const decisive = current.length > 0 ? current : appointments.slice(0, 1);
  if (decisive.length === 0 || !decisive.every((held) => can(actor, manageOrganisations, { unitId: held.unitId })))
    throw problem(forbidden);
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
