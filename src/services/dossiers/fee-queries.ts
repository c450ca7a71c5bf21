import { statement, type Reader, type Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';

/** A fee or charge. `moment`: 1 at intake, 2 at a supplement, 4 at the result (HinhThucThu). */
export interface FeeInput {
  name: string;
  amountDong: number;
  moment: 1 | 2 | 4;
  /** Both null while it is still to be paid. */
  receiptNumber: string | null;
  method: 'cash' | 'transfer' | 'post' | 'online' | null;
}

const insert = statement(
  'dossiers.insert_fees',
  `insert into dossiers.fee (id, dossier_id, name, amount_dong, moment, requested_at, receipt_number, method, paid_at, recorded_by)
   select f.id, $1, f.name, f."amountDong", f.moment, $3, f."receiptNumber", f.method,
     case when f."receiptNumber" is not null then $3::timestamptz end, case when f."receiptNumber" is not null then $4 end
   from jsonb_to_recordset($2::jsonb) as f (id uuid, name text, "amountDong" bigint, moment smallint, "receiptNumber" text, method text)`,
);
const pay = statement(
  'dossiers.pay_fee',
  `update dossiers.fee set receipt_number = $3, method = $4, paid_at = $5, recorded_by = $6
   where dossier_id = $1 and id = $2 and paid_at is null returning id`,
);
const open = statement(
  'dossiers.count_open_fees',
  'select count(*)::int as open from dossiers.fee where dossier_id = $1 and paid_at is null',
);
const forget = statement(
  'dossiers.delete_open_fees',
  'delete from dossiers.fee where dossier_id = $1 and paid_at is null and requested_at = $2',
);

export async function insertFees(tx: Tx, dossierId: string, fees: readonly FeeInput[], by: string): Promise<void> {
  if (fees.length > 0)
    await tx.run(insert, [dossierId, JSON.stringify(fees.map((fee) => ({ id: newId(), ...fee }))), tx.now, by]);
}
/** Whether the fee was open and is now paid. */
export const payFee = async (
  tx: Tx,
  dossierId: string,
  fee: { id: string; receiptNumber: string; method: string },
  by: string,
): Promise<boolean> => (await tx.run(pay, [dossierId, fee.id, fee.receiptNumber, fee.method, tx.now, by])).length === 1;
export const countOpenFees = async (reader: Reader, dossierId: string): Promise<number> =>
  (await reader.run<{ open: number }>(open, [dossierId]))[0]!.open;
/** Takes back the fees that were asked for at that instant. */
export const deleteOpenFees = (tx: Tx, dossierId: string, requestedAt: Date): Promise<object[]> =>
  tx.run(forget, [dossierId, requestedAt]);
