import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem } from '../../platform/problems.ts';
import { demandPostHandout } from './hand-out-rights.ts';
import { endAppointmentRow, findOfficer, insertAppointments, lockAppointment } from './officer-queries.ts';
import { appointmentEnded, officerAppointed } from './organisation-events.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { appointmentMissing, officerMissing, periodWrong, postMissing, postNotValid } from './organisation-problems.ts';
import { isValidOn } from './period.ts';
import { findPost } from './post-queries.ts';

export interface AppointmentInput {
  officerId: string;
  postId: string;
  isPrimary: boolean;
  decisionNumber: string | null;
  validFrom: string;
  validTo: string | null;
}

/**
 * Puts an officer into a post for a period; one officer may hold several. Needs `organisations.manage` over the post's unit
 * and whatever the post's roles give.
 * @throws Problem `officer-missing`, `post-missing`, `post-not-valid`, `period-wrong`, `appointment-overlap`
 */
export async function appointOfficer(tx: Tx, actor: Actor, input: AppointmentInput): Promise<void> {
  const post = await findPost(tx, input.postId);
  if (!post) throw problem(postMissing);
  demand(actor, manageOrganisations, { unitId: post.unitId });
  await demandPostHandout(tx, actor, [post.id]);
  if (!(await findOfficer(tx, input.officerId))) throw problem(officerMissing);
  if (input.validTo !== null && input.validTo < input.validFrom) throw problem(periodWrong);
  const ends = post.validTo === null || (input.validTo !== null && input.validTo <= post.validTo);
  if (!isValidOn(post, input.validFrom) || !ends) throw problem(postNotValid);
  await insertAppointments(tx, [input]);
  publish(tx, officerAppointed, {
    subject: { kind: 'officer', id: input.officerId },
    unitId: post.unitId,
    payload: { officerId: input.officerId, postId: input.postId, validFrom: input.validFrom, validTo: input.validTo },
  });
}

/** Ends an appointment on a day (inclusive). @throws Problem `appointment-missing`, `period-wrong` */
export async function endAppointment(
  tx: Tx,
  actor: Actor,
  input: { appointmentId: string; lastDay: string; decisionNumber: string | null },
): Promise<void> {
  const held = await lockAppointment(tx, input.appointmentId);
  if (!held) throw problem(appointmentMissing);
  demand(actor, manageOrganisations, { unitId: held.unitId });
  if (input.lastDay < held.validFrom) throw problem(periodWrong);
  await endAppointmentRow(tx, input.appointmentId, input.lastDay, input.decisionNumber);
  publish(tx, appointmentEnded, {
    subject: { kind: 'officer', id: held.officerId },
    unitId: held.unitId,
    payload: { officerId: held.officerId, postId: held.postId, lastDay: input.lastDay },
  });
}
