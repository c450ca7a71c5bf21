import { ConfigError } from '../../platform/config.ts';
import type { AppContext } from '../../platform/module.ts';
import { publish } from '../../platform/events.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { unitsLoaded } from './organisation-events.ts';
import {
  provinceOf,
  readProvinceFile,
  RolesSchema,
  SuccessionsSchema,
  UnitsSchema,
  type UnitsFile,
} from './province-file.ts';
import { loadRoles, loadSuccessions, loadUnits } from './province-queries.ts';
import { idOfKey, planSuccessions, planUnits, type PlannedUnit } from './province-units.ts';
import { threeTierMap, twoTierMap } from './territory.ts';
import { rebuildAncestry } from './unit-write-queries.ts';

/** The province's units as its folder describes them. @throws ConfigError when a parent is unknown or a key is used twice */
export async function planProvince(folder: string): Promise<{ file: UnitsFile; units: PlannedUnit[] }> {
  const file = readProvinceFile(folder, 'units.json', UnitsSchema);
  const province = file.root.gsoCode;
  const today = file.territory.communes2025 ? await twoTierMap() : { communes: [] };
  const before = file.territory.districtsAndCommunes2018 ? threeTierMap() : { districts: [], communes: [] };
  const districts = before.districts.filter((district) => district.above === province);
  const districtCodes = new Set(districts.map((district) => district.code));
  const units = planUnits(file, {
    districts,
    communes2018: before.communes.filter((commune) => districtCodes.has(commune.above ?? '')),
    communes2025: today.communes.filter((commune) => commune.above === province),
  });
  checkKeys(folder, file, units);
  return { file, units };
}

function checkKeys(folder: string, file: UnitsFile, units: readonly PlannedUnit[]): void {
  const keys = new Set<string>();
  for (const unit of units) {
    if (keys.has(unit.key)) throw new ConfigError(`${folder}/units.json: the key ${unit.key} is used twice`);
    if (unit.parentKey !== null && !keys.has(unit.parentKey))
      throw new ConfigError(
        `${folder}/units.json: ${unit.key} belongs to ${unit.parentKey}, which must come before it`,
      );
    keys.add(unit.key);
  }
  for (const { from, to } of file.successions)
    for (const key of [...from, to])
      if (!keys.has(key)) throw new ConfigError(`${folder}/units.json: successions name ${key}, which is no unit`);
}

/**
 * Loads the province's units, identifiers, successions and roles into the database: everything that is not there yet, in one
 * transaction. What administrators changed since stays. A second run changes nothing. About a second for 1,300 units.
 * @throws ConfigError naming the file of the province and what is wrong in it
 */
export async function loadProvinceUnits(context: AppContext): Promise<{ unitsAdded: number }> {
  const folder = context.config.provinceFolder;
  const province = provinceOf(context.config);
  const { file, units } = await planProvince(folder);
  const { roles } = readProvinceFile(folder, 'roles.json', RolesSchema);
  const communes = readProvinceFile(folder, 'commune-successions.json', SuccessionsSchema, true);
  return inTransaction(context.db, { actor: systemActor('province'), clock: context.clock }, async (tx) => {
    const added = await loadUnits(tx, units);
    await loadRoles(
      tx,
      roles.map((role) => ({ ...role, id: idOfKey('role', role.key) })),
    );
    if (added.size === 0) return { unitsAdded: 0 };
    await rebuildAncestry(tx, [...added]);
    await loadSuccessions(tx, planSuccessions(file, communes));
    publish(tx, unitsLoaded, {
      subject: { kind: 'province', id: province.key },
      payload: { province: province.key, units: added.size, roles: roles.length, posts: 0 },
    });
    return { unitsAdded: added.size };
  });
}
