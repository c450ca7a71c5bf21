import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { TimeUnit } from './procedure.ts';

/** An offer that holds or will hold, as its editor lists it. */
export interface OpenOffer {
  id: string;
  unitId: string;
  receivingUnitId: string;
  validFrom: string;
  validTo: string | null;
  ownTime: { amount: number; unit: TimeUnit } | null;
}

const open = statement(
  'procedures.list_open_offers',
  `select id, unit_id as "unitId", receiving_unit_id as "receivingUnitId", valid_from as "validFrom", valid_to as "validTo",
     case when own_time_unit is not null then jsonb_build_object('amount', own_time_amount, 'unit', own_time_unit) end as "ownTime"
   from procedures.offer where procedure_id = $1 and (valid_to is null or valid_to >= $2::date) order by id limit 5000`,
);

/** Offers of a procedure that hold on a day or begin later. */
export const listOpenOffers = (reader: Reader, procedureId: string, day: string): Promise<OpenOffer[]> =>
  reader.run<OpenOffer>(open, [procedureId, day]);

const end = statement(
  'procedures.end_offers',
  `update procedures.offer set valid_to = $3::date, row_version = row_version + 1
   where procedure_id = $1 and id = any($2::uuid[]) and valid_from <= $3::date and (valid_to is null or valid_to >= $4::date)
   returning id, unit_id as "unitId"`,
);

/** Ends offers of one procedure on their last day; those that are over, or begin later than it, are left alone. */
export const endOffers = (
  tx: Tx,
  procedureId: string,
  offerIds: readonly string[],
  lastDay: string,
  today: string,
): Promise<{ id: string; unitId: string }[]> => tx.run(end, [procedureId, offerIds, lastDay, today]);

const putTime = statement(
  'procedures.update_own_time',
  `update procedures.offer set own_time_amount = $3, own_time_unit = $4, row_version = row_version + 1
   where procedure_id = $1 and id = any($2::uuid[]) and (valid_to is null or valid_to >= $5::date)
     and (own_time_amount, own_time_unit) is distinct from ($3::numeric, $4::text)
   returning unit_id as "unitId"`,
);

/** Sets or takes away the own time limit of offers of one procedure. Returns the units where something changed. */
export async function updateOwnTime(
  tx: Tx,
  procedureId: string,
  offerIds: readonly string[],
  time: { amount: number; unit: TimeUnit } | null,
  today: string,
): Promise<string[]> {
  const values = [procedureId, offerIds, time?.amount ?? null, time?.unit ?? null, today];
  return (await tx.run<{ unitId: string }>(putTime, values)).map((row) => row.unitId);
}

const turned = statement(
  'procedures.list_turned',
  `select distinct p.id, p.code from procedures.procedure p
   where exists (select 1 from procedures.procedure_version v where v.procedure_id = p.id and v.status = 'published'
       and (v.valid_from between $1::date and $2::date or v.valid_to between $1::date - 1 and $2::date - 1))
     or exists (select 1 from procedures.offer o where o.procedure_id = p.id
       and (o.valid_from between $1::date and $2::date or o.valid_to between $1::date - 1 and $2::date - 1))
   order by p.code`,
);

/** Procedures of which a version or an offer began, or ended the day before, on one of the days from `first` to `last`. */
export const listTurned = (reader: Reader, first: string, last: string): Promise<{ id: string; code: string }[]> =>
  reader.run(turned, [first, last]);
