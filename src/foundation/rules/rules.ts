import type { PackId, RulePack } from './rule-pack.ts';
import { vn2018 } from './vn-2018.ts';
import { vn2026 } from './vn-2026.ts';

/** All packs, oldest first, without a gap between them. */
export const rulePacks: readonly RulePack[] = [vn2018, vn2026];

/**
 * The rules of a business date (`YYYY-MM-DD` in Viet Nam: the day of receipt, not today). Dates before 21 June 2018 get `vn-2018`,
 * as that pack says of itself. Throws RangeError when the text is no real date.
 */
export function rulesOn(businessDate: string): RulePack {
  const time = /^\d{4}-\d{2}-\d{2}$/.test(businessDate) ? Date.parse(`${businessDate}T00:00:00Z`) : Number.NaN;
  if (Number.isNaN(time) || new Date(time).toISOString().slice(0, 10) !== businessDate)
    throw new RangeError(`Not a business date: ${JSON.stringify(businessDate)}`);
  return rulePacks.findLast((pack) => businessDate >= pack.validFrom) ?? vn2018;
}

/** A pack by its id, as stored with a dossier. Throws RangeError for an id that never was. */
export function rulePack(id: PackId): RulePack {
  const pack = rulePacks.find((candidate) => candidate.id === id);
  if (!pack) throw new RangeError(`No rule pack ${JSON.stringify(id)}`);
  return pack;
}
