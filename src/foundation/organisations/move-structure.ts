import type { Tx } from '../../platform/database.ts';
import { shiftDay } from '../../platform/day.ts';
import { isValidOn } from './period.ts';
import { agencyScheme } from '../rules/index.ts';
import type { Operation } from './operation-queries.ts';
import { removeFoundedUnits, trace, undoUnitTrace, type TraceRow } from './operation-trace-queries.ts';
import type { FoundedUnit, ResolvedPlan } from './reorganisation.ts';
import {
  closeUnits,
  insertForwards,
  insertSuccessions,
  listVersionsOfUnits,
  lockUnits,
  newRowsOf,
} from './structure-queries.ts';
import {
  endUnitVersion,
  insertIdentifier,
  insertUnit,
  insertUnitVersion,
  rebuildAncestry,
  updateUnitVersion,
  type UnitVersion,
} from './unit-write-queries.ts';

/**
 * Writes the new tree of an operation: founds, renames, moves and closes units, with identifiers, successions and where late arrivals go.
 * One transaction, with a trace of every row. What is already so (a unit closed on that day, a link that is known) stays as it is.
 */
export async function applyStructure(tx: Tx, operation: Operation, resolved: ResolvedPlan): Promise<number> {
  const { effectiveOn, decisionNumber } = operation;
  const lastDay = shiftDay(effectiveOn, -1);
  const founds = operation.plan.changes.flatMap((change) => (change.kind === 'found' ? [change.unit] : []));
  const patches = patchesOf(operation, resolved);
  const closing = [
    ...resolved.transfers.filter((each) => each.ends).map((each) => each.fromUnitId),
    ...resolved.children.filter((each) => each.action === 'merge').map((each) => each.unitId),
  ];
  await lockUnits(tx, [...patches.keys(), ...closing]);
  const rows: TraceRow[] = [];
  for (const unit of founds) await found(tx, unit, effectiveOn, decisionNumber);
  const foundedIds = founds.map((unit) => unit.id);
  rows.push(...foundedIds.map((rowId) => ({ relation: 'unit', rowId, before: null })));
  rows.push(...(await newRowsOf(tx, foundedIds, effectiveOn)));
  rows.push(...(await patchUnits(tx, patches, operation, lastDay)));
  rows.push(...(await closeUnits(tx, closing, lastDay, decisionNumber)));
  const links = resolved.transfers.flatMap(({ fromUnitId, toUnitId, otherUnitIds, ends }) =>
    [toUnitId, ...otherUnitIds].flatMap((id) =>
      id === null || id === fromUnitId
        ? []
        : [{ fromUnitId, toUnitId: id, isPartial: otherUnitIds.length > 0 || !ends }],
    ),
  );
  const merged = resolved.children.flatMap(({ unitId, action, toUnitId }) =>
    action === 'merge' ? [{ fromUnitId: unitId, toUnitId, isPartial: false }] : [],
  );
  rows.push(...(await insertSuccessions(tx, [...links, ...merged], effectiveOn, decisionNumber)));
  const forwards = [
    ...resolved.transfers.flatMap(({ fromUnitId, toUnitId, ends }) =>
      ends && toUnitId !== null ? [{ fromUnitId, toUnitId }] : [],
    ),
    ...merged,
  ];
  rows.push(...(await insertForwards(tx, forwards, operation.id)));
  await trace(tx, operation.id, rows);
  await rebuildAncestry(tx, [...new Set([...foundedIds, ...patches.keys(), ...closing])]);
  return founds.length + patches.size + closing.length;
}

async function found(tx: Tx, unit: FoundedUnit, effectiveOn: string, decisionNumber: string): Promise<void> {
  await insertUnit(tx, unit.id, unit.key ?? null, false);
  const { id: _, key: __, agencyCode, ...names } = unit;
  const input = {
    ...names,
    address: null,
    phone: null,
    email: null,
    sortOrder: 100,
    decisionNumber,
    validFrom: effectiveOn,
  };
  await insertUnitVersion(tx, unit.id, input, null);
  const scheme = agencyCode === null ? null : agencyScheme(agencyCode);
  if (agencyCode !== null && scheme !== null)
    await insertIdentifier(tx, {
      unitId: unit.id,
      scheme,
      code: agencyCode,
      isExample: false,
      validFrom: effectiveOn,
      validTo: null,
    });
}

type Patch = Partial<Pick<UnitVersion, 'nameVi' | 'nameEn' | 'shortName' | 'parentId'>>;

/** New names and parents by unit: from the plan, and of units below those that end. */
function patchesOf({ plan }: Operation, resolved: ResolvedPlan): Map<string, Patch> {
  const patches = new Map<string, Patch>();
  const add = (unitId: string, patch: Patch) => patches.set(unitId, { ...patches.get(unitId), ...patch });
  for (const change of plan.changes) {
    if (change.kind === 'rename') {
      const { nameVi, nameEn, shortName } = change;
      add(change.unitId, { nameVi, nameEn, shortName });
    } else if (change.kind === 'move') add(change.unitId, { parentId: change.parentId });
  }
  for (const child of resolved.children) if (child.action === 'move') add(child.unitId, { parentId: child.toUnitId });
  return patches;
}

async function patchUnits(
  tx: Tx,
  patches: ReadonlyMap<string, Patch>,
  { effectiveOn, decisionNumber }: Operation,
  lastDay: string,
): Promise<TraceRow[]> {
  if (patches.size === 0) return [];
  const rows: TraceRow[] = [];
  const versions = await listVersionsOfUnits(tx, [...patches.keys()]);
  const cut: string[] = [];
  for (const [unitId, patch] of patches) {
    const covered = versions.find((each) => each.unitId === unitId && isValidOn(each, effectiveOn));
    if (!covered) continue; // the preview says so before anybody agrees
    const input = { ...covered, ...patch, decisionNumber, validFrom: effectiveOn };
    if (covered.validFrom === effectiveOn) {
      rows.push({ relation: 'unit_version', rowId: covered.id, before: namesBefore(covered) });
      await updateUnitVersion(tx, covered.id, input);
    } else {
      rows.push({ relation: 'unit_version', rowId: covered.id, before: { valid_to: covered.validTo } });
      await endUnitVersion(tx, covered.id, lastDay, null);
      await insertUnitVersion(tx, unitId, input, covered.validTo);
      cut.push(unitId);
    }
  }
  const fresh = (await newRowsOf(tx, cut, effectiveOn)).filter((row) => row.relation === 'unit_version');
  return [...rows, ...fresh];
}

const namesBefore = (version: UnitVersion) => ({
  name_vi: version.nameVi,
  name_en: version.nameEn,
  short_name: version.shortName,
  parent_id: version.parentId,
  decision_number: version.decisionNumber,
});

/** Gives the old tree back: the units of before are open again, what the operation founded is gone. */
export async function undoStructure(tx: Tx, operation: Operation): Promise<number> {
  const touched = await undoUnitTrace(tx, operation.id, operation.effectiveOn);
  await lockUnits(tx, touched);
  await rebuildAncestry(tx, touched);
  await removeFoundedUnits(tx, operation.id);
  return touched.length;
}
