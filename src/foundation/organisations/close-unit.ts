import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem, staleVersion } from '../../platform/problems.ts';
import { shiftDay } from '../../platform/day.ts';
import { findUnit } from './get-unit.ts';
import { unitClosed } from './organisation-events.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { parentNotValid, unitHasChildren, unitHasStaff, unitMissing, unitOverlap } from './organisation-problems.ts';
import { isValidOn } from './period.ts';
import {
  bumpUnit,
  countOpenChildren,
  countOpenStaff,
  endBelongings,
  endUnitVersion,
  insertSuccession,
  listUnitVersions,
  lockUnit,
  rebuildAncestry,
} from './unit-write-queries.ts';

export interface Closing {
  unitId: string;
  version: number;
  /** Last day of the unit, `YYYY-MM-DD`. */
  lastDay: string;
  decisionNumber: string;
  /** Units that take over from the day after. */
  successorIds: readonly string[];
}

/**
 * Ends a unit on a day, with its posts and identifiers, and writes down who takes over. Running dossiers, books and staff are moved by
 * the merger operation, which asks the `UnitMove` contributors; closing alone refuses while something still hangs on the unit.
 * @throws Problem `unit-missing`, `stale-version`, `unit-has-children`, `unit-has-staff`, `unit-overlap` (a later change is planned)
 */
export async function closeUnit(tx: Tx, actor: Actor, closing: Closing): Promise<void> {
  const { unitId, lastDay, decisionNumber } = closing;
  demand(actor, manageOrganisations, { unitId });
  const stored = await lockUnit(tx, unitId);
  if (stored === undefined) throw problem(unitMissing);
  if (stored !== closing.version) throw problem(staleVersion, { given: closing.version, stored });
  const periods = await listUnitVersions(tx, unitId);
  const last = periods[0];
  if (!last || !isValidOn(last, lastDay)) throw problem(last && last.validFrom > lastDay ? unitOverlap : unitMissing);
  if ((await countOpenChildren(tx, unitId, lastDay)) > 0) throw problem(unitHasChildren);
  if ((await countOpenStaff(tx, unitId, lastDay)) > 0) throw problem(unitHasStaff);
  await endUnitVersion(tx, last.id, lastDay, decisionNumber);
  await endBelongings(tx, unitId, lastDay);
  const effectiveOn = shiftDay(lastDay, 1);
  for (const successorId of closing.successorIds) {
    if (successorId === unitId || !(await findUnit(tx, successorId, effectiveOn))) throw problem(parentNotValid);
    await insertSuccession(tx, {
      predecessorId: unitId,
      successorId,
      effectiveOn,
      decisionNumber,
      isPartial: false,
      note: null,
    });
  }
  await bumpUnit(tx, unitId);
  await rebuildAncestry(tx, [unitId]);
  publish(tx, unitClosed, {
    subject: { kind: 'unit', id: unitId },
    unitId,
    payload: { unitId, lastDay, decisionNumber, successorIds: [...closing.successorIds] },
  });
}
