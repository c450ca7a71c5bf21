import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import {
  findProcedure,
  offerNotFound,
  offersFor,
  procedureNotFound,
  type Offer,
  type Procedure,
} from '../procedures/index.ts';
import { unitNeeded } from './api-problems.ts';

/** Procedure and offer of a code, remembered for seconds: they change once a month and are asked for at every submission. */
export function offerCache(keepMs = 5_000) {
  const kept = new Map<string, { until: number; found: Promise<{ procedure: Procedure; offer: Offer }> }>();
  return (reader: Reader, code: string, unitId: string | null, now: Date) => {
    const name = `${code}/${unitId ?? ''}/${localDate(now)}`;
    const known = kept.get(name);
    if (known && known.until > Date.now()) return known.found;
    if (kept.size > 5_000) kept.clear();
    const found = findOffered(reader, code, unitId, localDate(now));
    kept.set(name, { until: Date.now() + keepMs, found });
    found.catch(() => kept.delete(name));
    return found;
  };
}

/** A procedure and who offers it on a day; the unit may be left out where there is one only. @throws procedureNotFound, offerNotFound, unitNeeded */
export async function findOffered(reader: Reader, code: string, unitId: string | null, day: string) {
  const procedure = await findProcedure(reader, code, day);
  if (!procedure) throw problem(procedureNotFound);
  const offers = await offersFor(reader, procedure.id, day);
  const offer = unitId === null && offers.length === 1 ? offers[0] : offers.find((each) => each.unitId === unitId);
  if (!offer) throw problem(unitId === null && offers.length > 1 ? unitNeeded : offerNotFound);
  return { procedure, offer };
}
