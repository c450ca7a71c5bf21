import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { findUnit } from './get-unit.ts';
import { unitCreated } from './organisation-events.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { parentNotValid } from './organisation-problems.ts';
import { insertUnit, insertUnitVersion, rebuildAncestry } from './unit-write-queries.ts';
import type { UnitInput } from './unit.ts';

/**
 * Sets up a unit from a day on and returns its id. Needs `organisations.manage` over the parent (everywhere for a root).
 * @throws Problem `parent-not-valid` when the unit above does not exist that day
 */
export async function createUnit(tx: Tx, actor: Actor, input: UnitInput): Promise<string> {
  demand(actor, manageOrganisations, { unitId: input.parentId });
  if (input.parentId !== null && !(await findUnit(tx, input.parentId, input.validFrom))) throw problem(parentNotValid);
  const id = newId();
  await insertUnit(tx, id, null, false);
  await insertUnitVersion(tx, id, input, null);
  await rebuildAncestry(tx, [id]);
  publish(tx, unitCreated, {
    subject: { kind: 'unit', id },
    unitId: id,
    payload: { unitId: id, name: input.nameVi, validFrom: input.validFrom, decisionNumber: input.decisionNumber },
  });
  return id;
}
