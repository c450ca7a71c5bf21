import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { addSpending, holdMessages, lockBudgets, reserveCosts, WHOLE_PROVINCE } from './budget-queries.ts';
import { messageHeld } from './notification-events.ts';
import { paidChannels } from './provider.ts';
import type { DueMessage } from './send-queries.ts';
import { planSms } from './sms-text.ts';

/** What sending would cost at most. */
export const costOf = (channel: string, body: string, dongPerPart: number): number =>
  (channel === 'sms' ? planSms(body).parts.length : 1) * dongPerPart;

/**
 * Keeps spending on paid channels within the month's budgets, of the unit and of the whole province: what would go beyond waits (`held`) until
 * the limit is raised or the month is over. Codes and urgent messages always go, and are counted. Money is reserved here and settled when the provider
 * has answered; with a worker that dies in between it stays counted.
 */
export async function withinBudget(
  tx: Tx,
  channel: string,
  due: readonly DueMessage[],
  dongPerPart: number,
): Promise<DueMessage[]> {
  if (dongPerPart <= 0 || due.length === 0 || !(paidChannels as readonly string[]).includes(channel)) return [...due];
  const unitIds = [...new Set(due.flatMap((each) => each.unitId ?? []))];
  const budgets = await lockBudgets(tx, channel, [...unitIds, WHOLE_PROVINCE]);
  const left = new Map(budgets.map((each) => [each.unitId, each.limitDong - each.spentDong]));
  const passed: DueMessage[] = [];
  const held: DueMessage[] = [];
  for (const message of due) {
    const dong = message.mode === 'live' && message.costDong === null ? costOf(channel, message.body, dongPerPart) : 0;
    const places = [...new Set([message.unitId ?? WHOLE_PROVINCE, WHOLE_PROVINCE])].filter((place) => left.has(place));
    const fits = message.isUrgent || places.every((place) => dong <= (left.get(place) ?? 0));
    if (!fits) {
      held.push(message);
      continue;
    }
    for (const place of places) left.set(place, (left.get(place) ?? 0) - dong);
    passed.push(message.costDong === null ? { ...message, costDong: dong } : message);
  }
  const fresh = passed.filter((message) => due.find((each) => each.id === message.id)?.costDong === null);
  const amounts = fresh.flatMap(({ unitId, costDong }) => [
    ...(unitId ? [{ unitId, dong: costDong ?? 0 }] : []),
    { unitId: WHOLE_PROVINCE, dong: costDong ?? 0 },
  ]);
  if (amounts.length > 0) await addSpending(tx, channel, amounts);
  if (fresh.length > 0)
    await reserveCosts(
      tx,
      fresh.map(({ id, costDong }) => ({ id, dong: costDong ?? 0 })),
    );
  if (held.length > 0) {
    await holdMessages(
      tx,
      held.map((each) => each.id),
    );
    for (const unitId of new Set(held.map((each) => each.unitId)))
      publish(tx, messageHeld, {
        subject: { kind: 'budget', id: unitId ?? WHOLE_PROVINCE },
        unitId,
        payload: { channel, count: held.filter((each) => each.unitId === unitId).length },
      });
  }
  return passed;
}
