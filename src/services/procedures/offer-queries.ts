import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { TimeUnit } from './procedure.ts';

/** A unit offers a procedure in a period. */
export interface Offer {
  id: string;
  procedureId: string;
  code: string;
  name: { vi: string; en?: string | undefined };
  /** The competent unit. */
  unitId: string;
  /** Where papers are handed in. */
  receivingUnitId: string;
  validFrom: string;
  validTo: string | null;
  /** A time limit shorter than the law's, when the unit promises one. */
  ownTime: { amount: number; unit: TimeUnit } | null;
}

interface OfferRow {
  id: string;
  procedure_id: string;
  code: string;
  name_vi: string;
  name_en: string | null;
  unit_id: string;
  receiving_unit_id: string;
  valid_from: string;
  valid_to: string | null;
  own_time_amount: string | null;
  own_time_unit: TimeUnit | null;
}

const offerOf = (row: OfferRow): Offer => ({
  id: row.id,
  procedureId: row.procedure_id,
  code: row.code,
  name: { vi: row.name_vi, ...(row.name_en === null ? {} : { en: row.name_en }) },
  unitId: row.unit_id,
  receivingUnitId: row.receiving_unit_id,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  ownTime:
    row.own_time_amount === null || row.own_time_unit === null
      ? null
      : { amount: Number(row.own_time_amount), unit: row.own_time_unit },
});

const SELECT = `select o.id, o.procedure_id, p.code, v.name_vi, v.name_en, o.unit_id, o.receiving_unit_id, o.valid_from, o.valid_to,
    o.own_time_amount, o.own_time_unit
  from procedures.offer o join procedures.procedure p on p.id = o.procedure_id
  join lateral (select name_vi, name_en from procedures.procedure_version v where v.procedure_id = p.id and v.status = 'published'
    order by (v.valid_from <= $2::date) desc, v.valid_from desc limit 1) v on true`;
const HOLDS = `o.valid_from <= $2::date and (o.valid_to is null or o.valid_to >= $2::date)`;

const ofUnit = statement(
  'procedures.list_offers_of_unit',
  `${SELECT} where o.unit_id = $1 and ${HOLDS} order by v.name_vi collate "vi-x-icu", o.id limit 5000`,
);
const ofProcedure = statement(
  'procedures.list_offers_of_procedure',
  `${SELECT} where o.procedure_id = $1 and ${HOLDS} order by o.id limit 5000`,
);
const one = statement('procedures.find_offer', `${SELECT} where o.id = $1`);
const byUnit = statement(
  'procedures.find_offer_by_unit',
  `${SELECT} where o.procedure_id = $1 and ${HOLDS} and o.unit_id = $3 limit 1`,
);

const receivedAt = statement(
  'procedures.list_offers_received_at',
  `${SELECT} where o.receiving_unit_id = $1 and ${HOLDS} order by v.name_vi collate "vi-x-icu", o.id limit 5000`,
);
const namesById = statement(
  'procedures.names_by_id',
  `select distinct on (v.procedure_id) v.procedure_id as id, v.name_vi as vi, coalesce(v.name_en, v.name_vi) as en
   from procedures.procedure_version v where v.procedure_id = any($1::uuid[]) and v.status <> 'draft' order by v.procedure_id, v.number desc`,
);

/** Latest names of procedures by id, for lists of other modules; unknown ids are absent. */
export async function procedureNames(
  reader: Reader,
  procedureIds: readonly string[],
): Promise<Map<string, { vi: string; en: string }>> {
  const rows = await reader.run<{ id: string; vi: string; en: string }>(namesById, [procedureIds]);
  return new Map(rows.map(({ id, vi, en }) => [id, { vi, en }]));
}

/** What is handed in at a unit on a day, whoever is competent, by name of the procedure. */
export const offersReceivedAt = async (reader: Reader, unitId: string, onDate: string): Promise<Offer[]> =>
  (await reader.run<OfferRow>(receivedAt, [unitId, onDate])).map(offerOf);

/** What a unit offers on a day, by name of the procedure. */
export const offersOf = async (reader: Reader, unitId: string, onDate: string): Promise<Offer[]> =>
  (await reader.run<OfferRow>(ofUnit, [unitId, onDate])).map(offerOf);

/** Who offers a procedure on a day. */
export const offersFor = async (reader: Reader, procedureId: string, onDate: string): Promise<Offer[]> =>
  (await reader.run<OfferRow>(ofProcedure, [procedureId, onDate])).map(offerOf);

/** One offer by its id, valid or not. `onDate` chooses the name of the procedure. */
export async function findOffer(reader: Reader, offerId: string, onDate: string): Promise<Offer | undefined> {
  const [row] = await reader.run<OfferRow>(one, [offerId, onDate]);
  return row && offerOf(row);
}

/** The offer of a procedure by a unit on a day. */
export async function findOfferOf(
  reader: Reader,
  procedureId: string,
  unitId: string,
  onDate: string,
): Promise<Offer | undefined> {
  const [row] = await reader.run<OfferRow>(byUnit, [procedureId, onDate, unitId]);
  return row && offerOf(row);
}

export interface NewOffer {
  id: string;
  procedureId: string;
  unitId: string;
  receivingUnitId: string;
  validFrom: string;
  ownTime: { amount: number; unit: TimeUnit } | null;
}

const insert = statement(
  'procedures.insert_offers',
  `insert into procedures.offer (id, unit_id, procedure_id, receiving_unit_id, valid_from, own_time_amount, own_time_unit, created_at)
   select id, unit_id, procedure_id, receiving_unit_id, valid_from, own_time_amount, own_time_unit, $2
   from jsonb_to_recordset($1::jsonb) as n (id uuid, unit_id uuid, procedure_id uuid, receiving_unit_id uuid, valid_from date,
     own_time_amount numeric, own_time_unit text)
   where not exists (select 1 from procedures.offer o where o.procedure_id = n.procedure_id and o.unit_id = n.unit_id
     and (o.valid_to is null or o.valid_to >= n.valid_from))
   returning id, procedure_id, unit_id`,
);

/** Opens offers; a unit that already offers the procedure keeps its offer. Returns the new ones. */
export async function insertOffers(
  tx: Tx,
  list: readonly NewOffer[],
): Promise<{ id: string; procedure_id: string; unit_id: string }[]> {
  const rows = list.map((o) => ({
    id: o.id,
    unit_id: o.unitId,
    procedure_id: o.procedureId,
    receiving_unit_id: o.receivingUnitId,
    valid_from: o.validFrom,
    own_time_amount: o.ownTime?.amount ?? null,
    own_time_unit: o.ownTime?.unit ?? null,
  }));
  return tx.run(insert, [JSON.stringify(rows), tx.now]);
}

const end = statement(
  'procedures.update_offer_end',
  `update procedures.offer set valid_to = $2::date, row_version = row_version + 1
   where id = $1 and valid_from <= $2::date and (valid_to is null or valid_to > $2::date) returning procedure_id, unit_id`,
);

/** Ends an offer on its last day; undefined when there is nothing to end. */
export async function updateOfferEnd(
  tx: Tx,
  offerId: string,
  lastDay: string,
): Promise<{ procedure_id: string; unit_id: string } | undefined> {
  return (await tx.run<{ procedure_id: string; unit_id: string }>(end, [offerId, lastDay]))[0];
}
