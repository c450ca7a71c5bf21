import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { appointOfficer, type AppointmentInput } from './appoint-officer.ts';
import { insertOfficers } from './officer-queries.ts';
import type { OfficerInput } from './officer.ts';
import { officerCreated } from './organisation-events.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { postMissing } from './organisation-problems.ts';
import { findPost } from './post-queries.ts';

/**
 * Takes on an officer in a first post and returns the officer's id. Needs `organisations.manage` over the unit of that post: nobody can
 * add people outside their own reach.
 * @throws Problem `post-missing`, `staff-code-taken`, `officer-email-taken`, and those of `appointOfficer`
 */
export async function createOfficer(
  tx: Tx,
  actor: Actor,
  input: OfficerInput,
  first: Omit<AppointmentInput, 'officerId'>,
): Promise<string> {
  const post = await findPost(tx, first.postId);
  if (!post) throw problem(postMissing);
  demand(actor, manageOrganisations, { unitId: post.unitId });
  const id = newId();
  await insertOfficers(tx, [{ id, ...input }], false);
  publish(tx, officerCreated, {
    subject: { kind: 'officer', id },
    unitId: post.unitId,
    payload: { officerId: id, staffCode: input.staffCode },
  });
  await appointOfficer(tx, actor, { ...first, officerId: id });
  return id;
}
