import { listSuccession, listUnitsByIds, searchUnits, type Unit } from '../../foundation/organisations/index.ts';
import type { Reader } from '../../platform/database.ts';
import { offersFor, type Offer } from '../procedures/index.ts';

/** A unit where a procedure can be applied for. */
export interface UnitOption {
  offerId: string;
  nameVi: string;
  nameEn: string;
  address: string | null;
  /** Names it was found by that are no longer in use: "phường Hưng Dũng". */
  formerNames: string[];
}

/** The last day of the districts and of the communes before the mergers. */
const LAST_DAY_OF_OLD_NAMES = '2025-06-30';
const maxShown = 30;
/** So many offers are listed without asking where the person lives. */
export const listedAtOnce = 12;

/**
 * The units that offer a procedure on a day: all when they are few, else those whose name, present or former, holds the words asked for. A former
 * commune leads to the one it became part of.
 */
export async function unitOptions(
  reader: Reader,
  procedureId: string,
  today: string,
  query: string,
): Promise<{ options: UnitOption[]; total: number }> {
  const offers = await offersFor(reader, procedureId, today);
  const byUnit = new Map(offers.map((offer) => [offer.unitId, offer]));
  if (offers.length <= listedAtOnce && query === '') {
    const units = await listUnitsByIds(reader, [...byUnit.keys()], today);
    return { options: units.map((unit) => optionOf(unit, byUnit.get(unit.id)!, [])), total: offers.length };
  }
  if (query.trim().length < 2) return { options: [], total: offers.length };
  const formers = new Map<string, string[]>();
  const [present, old] = await Promise.all([
    searchUnits(reader, query, today, 100),
    searchUnits(reader, query, LAST_DAY_OF_OLD_NAMES, 100),
  ]);
  const found = new Set(present.filter((unit) => byUnit.has(unit.id)).map((unit) => unit.id));
  for (const unit of old.filter((each) => each.kind === 'commune').slice(0, 40))
    for (const { successorId, predecessorId } of await listSuccession(reader, unit.id)) {
      if (predecessorId !== unit.id || !byUnit.has(successorId)) continue;
      found.add(successorId);
      formers.set(successorId, [...(formers.get(successorId) ?? []), unit.shortName]);
    }
  const units = await listUnitsByIds(reader, [...found], today);
  return {
    options: units.slice(0, maxShown).map((unit) => optionOf(unit, byUnit.get(unit.id)!, formers.get(unit.id) ?? [])),
    total: offers.length,
  };
}

const optionOf = (unit: Unit, offer: Offer, formerNames: string[]): UnitOption => ({
  offerId: offer.id,
  nameVi: unit.nameVi,
  nameEn: unit.nameEn,
  address: unit.address,
  formerNames: [...new Set(formerNames)].filter((name) => name !== unit.shortName),
});
