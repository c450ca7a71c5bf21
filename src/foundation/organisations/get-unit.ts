import type { Reader } from '../../platform/database.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { unitMissing } from './organisation-problems.ts';
import { findUnitRow } from './unit-queries.ts';
import type { Unit } from './unit.ts';

/** The unit as it was on a day (`YYYY-MM-DD`), or undefined; text that is no id finds nothing. */
export const findUnit = async (reader: Reader, id: string, on: string): Promise<Unit | undefined> =>
  isId(id) ? findUnitRow(reader, id, on) : undefined;

/** The unit as it was on a day. @throws Problem `organisations.unit-missing` (404) */
export async function getUnit(reader: Reader, id: string, on: string): Promise<Unit> {
  const unit = await findUnit(reader, id, on);
  if (!unit) throw problem(unitMissing, { id, on });
  return unit;
}
