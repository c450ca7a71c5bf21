import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem, staleVersion } from '../../platform/problems.ts';
import { shiftDay } from '../../platform/day.ts';
import { findUnit } from './get-unit.ts';
import { unitChanged, unitRenamed } from './organisation-events.ts';
import { manageOrganisations } from './organisation-permissions.ts';
import { parentNotValid, unitMissing } from './organisation-problems.ts';
import { isValidOn } from './period.ts';
import {
  bumpUnit,
  endUnitVersion,
  insertUnitVersion,
  listUnitVersions,
  lockUnit,
  rebuildAncestry,
  updateUnitVersion,
  type UnitVersion,
} from './unit-write-queries.ts';
import type { UnitInput } from './unit.ts';

const COMPARED = [
  'nameVi',
  'nameEn',
  'shortName',
  'kind',
  'tier',
  'parentId',
  'gsoCode',
  'address',
  'phone',
  'email',
  'sortOrder',
] as const satisfies (keyof UnitInput)[];

/**
 * Changes a unit from `input.validFrom` on: the period that covers that day is cut and the rest of it gets the new name, place or
 * parent. The same first day as the period's own corrects it in place. Earlier days keep what they said.
 * `version` is the one the form was opened with. Needs `organisations.manage` over the unit and its new parent.
 * @throws Problem `unit-missing`, `stale-version` (409), `parent-not-valid`, `unit-in-circle`
 */
export async function changeUnit(
  tx: Tx,
  actor: Actor,
  unitId: string,
  version: number,
  input: UnitInput,
): Promise<void> {
  demand(actor, manageOrganisations, { unitId });
  const stored = await lockUnit(tx, unitId);
  if (stored === undefined) throw problem(unitMissing);
  if (stored !== version) throw problem(staleVersion, { given: version, stored });
  const covered = (await listUnitVersions(tx, unitId)).find((period) => isValidOn(period, input.validFrom));
  if (!covered) throw problem(unitMissing, { on: input.validFrom });
  if (input.parentId !== covered.parentId) await checkParent(tx, actor, input);
  await writePeriods(tx, covered, input);
  await bumpUnit(tx, unitId);
  await rebuildAncestry(tx, [unitId]);
  announce(tx, covered, input);
}

async function checkParent(tx: Tx, actor: Actor, input: UnitInput): Promise<void> {
  demand(actor, manageOrganisations, { unitId: input.parentId });
  if (input.parentId !== null && !(await findUnit(tx, input.parentId, input.validFrom))) throw problem(parentNotValid);
}

async function writePeriods(tx: Tx, covered: UnitVersion, input: UnitInput): Promise<void> {
  if (covered.validFrom === input.validFrom) {
    await updateUnitVersion(tx, covered.id, input);
    return;
  }
  await endUnitVersion(tx, covered.id, shiftDay(input.validFrom, -1), null);
  await insertUnitVersion(tx, covered.unitId, input, covered.validTo);
}

function announce(tx: Tx, before: UnitVersion, input: UnitInput): void {
  const { unitId } = before;
  const facts = { unitId, validFrom: input.validFrom, decisionNumber: input.decisionNumber };
  const subject = { kind: 'unit', id: unitId };
  if (before.nameVi !== input.nameVi)
    publish(tx, unitRenamed, { subject, unitId, payload: { ...facts, from: before.nameVi, to: input.nameVi } });
  const changed = COMPARED.filter((field) => field !== 'nameVi' && before[field] !== input[field]);
  if (changed.length > 0) publish(tx, unitChanged, { subject, unitId, payload: { ...facts, changed } });
}
