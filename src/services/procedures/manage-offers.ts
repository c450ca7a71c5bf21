import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { endOffers, updateOwnTime } from './offer-change-queries.ts';
import { insertOffers, updateOfferEnd, type Offer } from './offer-queries.ts';
import { offerClosed, offersOpened, ownTimeChanged, procedureKind } from './procedure-events.ts';
import { offerNotFound, ownTimeLonger, procedureNotFound } from './procedure-problems.ts';
import { findProcedure } from './procedure-queries.ts';
import { channelOf, type Procedure, type TimeLimit, type TimeUnit } from './procedure.ts';
import { refreshIndex } from './publish-procedure.ts';

export interface OfferInput {
  unitId: string;
  receivingUnitId: string;
  ownTime?: { amount: number; unit: TimeUnit } | null;
}

/**
 * Has units offer a published procedure from a day on. A unit that offers it already is left as it is.
 * @throws procedureNotFound, ownTimeLonger
 */
export async function openOffers(
  tx: Tx,
  input: { code: string; validFrom: string; units: readonly OfferInput[] },
): Promise<{ opened: number }> {
  const procedure = await findProcedure(tx, input.code, input.validFrom);
  if (!procedure) throw problem(procedureNotFound);
  for (const unit of input.units)
    if (unit.ownTime && !isShorter(unit.ownTime, procedure)) throw problem(ownTimeLonger, { unitId: unit.unitId });
  const rows = await insertOffers(
    tx,
    input.units.map((unit) => ({
      id: newId(),
      procedureId: procedure.id,
      unitId: unit.unitId,
      receivingUnitId: unit.receivingUnitId,
      validFrom: input.validFrom,
      ownTime: unit.ownTime ?? null,
    })),
  );
  if (rows.length > 0) {
    publish(tx, offersOpened, {
      subject: { kind: procedureKind, id: procedure.id },
      payload: { procedureId: procedure.id, unitIds: rows.map((row) => row.unit_id), validFrom: input.validFrom },
    });
    await refreshIndex(tx, procedure.code, procedure.id);
  }
  return { opened: rows.length };
}

/** Ends an offer after its last day (today when none is given). @throws offerNotFound */
export async function closeOffer(tx: Tx, input: { offerId: string; lastDay?: string }): Promise<void> {
  const lastDay = input.lastDay ?? localDate(tx.now);
  const ended = await updateOfferEnd(tx, input.offerId, lastDay);
  if (!ended) throw problem(offerNotFound);
  publish(tx, offerClosed, {
    subject: { kind: procedureKind, id: ended.procedure_id },
    unitId: ended.unit_id,
    payload: { offerId: input.offerId, unitId: ended.unit_id, lastDay },
  });
}

/**
 * Ends offers of one procedure after their last day. Offers that are over already, or begin after that day, are left alone.
 * Dossiers on the way go on. Returns how many were ended.
 */
export async function closeOffers(
  tx: Tx,
  input: { procedureId: string; offerIds: readonly string[]; lastDay: string },
): Promise<number> {
  const { procedureId, offerIds, lastDay } = input;
  const ended = await endOffers(tx, procedureId, offerIds, lastDay, localDate(tx.now));
  for (const { id, unitId } of ended)
    publish(tx, offerClosed, {
      subject: { kind: procedureKind, id: procedureId },
      unitId,
      payload: { offerId: id, unitId, lastDay },
    });
  return ended.length;
}

/**
 * Has units promise a shorter time limit than the law's, or the law's again (null), for dossiers received from now on. Returns
 * how many changed. @throws ownTimeLonger
 */
export async function setOwnTime(
  tx: Tx,
  procedure: Procedure,
  input: { offerIds: readonly string[]; time: { amount: number; unit: TimeUnit } | null },
): Promise<number> {
  const { offerIds, time } = input;
  if (time && !isShorter(time, procedure)) throw problem(ownTimeLonger);
  const unitIds = await updateOwnTime(tx, procedure.id, offerIds, time, localDate(tx.now));
  if (unitIds.length > 0)
    publish(tx, ownTimeChanged, {
      subject: { kind: procedureKind, id: procedure.id },
      payload: { procedureId: procedure.id, unitIds, ownTime: time },
    });
  return unitIds.length;
}

function isShorter(own: { amount: number; unit: TimeUnit }, procedure: Procedure): boolean {
  return procedure.content.channels.every(({ time }) => {
    if (time.amount === null || time.unit !== own.unit) return true; // other units are compared by the calendar, not here
    return own.amount <= time.amount;
  });
}

/** The time limit that holds for an offer in a channel: the unit's own, else the law's; null when neither is known. */
export function timeLimitOf(
  procedure: Procedure,
  offer: Pick<Offer, 'ownTime'> | null,
  channel: 'online' | 'post' | 'counter',
): TimeLimit | null {
  if (offer?.ownTime) return { ...offer.ownTime, text: null };
  const time = (channelOf(procedure.content, channel) ?? procedure.content.channels[0])?.time;
  return time && time.amount !== null && time.unit !== null ? time : null;
}
