import { findUnitByKey, unitIdsByKey, type Unit } from '../../foundation/organisations/index.ts';
import type { Reader } from '../../platform/database.ts';

/**
 * Where papers for a unit are handed in: a commune's own one-stop centre, the provincial centre for departments, and the unit
 * itself where there is no centre (NĐ 118/2025/NĐ-CP). Keyed by unit id.
 */
export async function centresOf(reader: Reader, units: readonly Unit[], today: string): Promise<Map<string, string>> {
  const keyOf = (unit: Unit): string => `${unit.key ?? ''}/ttpvhcc`;
  const own = await unitIdsByKey(reader, units.filter((unit) => unit.key !== null).map(keyOf));
  const provincial = await findUnitByKey(reader, 'ttpvhcc-tinh', today);
  return new Map(
    units.map((unit) => [unit.id, own.get(keyOf(unit)) ?? (unit.tier <= 1 ? provincial?.id : undefined) ?? unit.id]),
  );
}
