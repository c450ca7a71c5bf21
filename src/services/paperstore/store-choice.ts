import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { findSetting } from '../../platform/settings.ts';
import { choiceSaved } from './paper-events.ts';
import { shippedRemindDays } from './stored-paper.ts';
import { findStoreChoice, putChoice, type StoreChoice } from './use-queries.ts';

/** What the person chose, else what the province ships. */
export async function readStoreChoice(reader: Reader, accountId: string): Promise<StoreChoice> {
  const own = await findStoreChoice(reader, accountId);
  if (own) return own;
  const days = (await findSetting<number>(reader, 'paperstore.remind-days'))?.value ?? shippedRemindDays;
  return { remindDays: days, keepResults: true };
}

/** Days before its last day from which a paper counts as near its end. */
export const remindDaysOf = async (reader: Reader, accountId: string): Promise<number> =>
  (await readStoreChoice(reader, accountId)).remindDays ?? shippedRemindDays;

export async function saveStoreChoice(tx: Tx, accountId: string, choice: StoreChoice): Promise<void> {
  await putChoice(tx, accountId, choice);
  publish(tx, choiceSaved, { subject: { kind: 'account', id: accountId }, payload: { ...choice } });
}
