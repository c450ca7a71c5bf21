import type { Reader } from '../../platform/database.ts';
import { localDate } from '../../platform/clock.ts';
import { ancestorsOf } from '../organisations/index.ts';
import { shippedTexts, type ChannelTexts, type TextChannel } from './channel-text.ts';
import type { MessageTemplate } from './message-template.ts';
import { listPublished } from './template-queries.ts';

/** The texts of a message for a channel and a unit; null when there are none (chat without a template of its operator's). */
export type TextLookup = (
  template: MessageTemplate<string>,
  channel: TextChannel,
  unitId: string | null,
) => ChannelTexts | null;

/**
 * Looks up what officials published for the messages: the unit's own text, else of the nearest unit above it, else of the province, else what is
 * shipped. One statement, and one more per unit only when some unit has texts of its own.
 */
export async function textsFor(
  tx: Reader & { now: Date },
  notices: readonly { template: MessageTemplate<string>; unitId?: string | null }[],
): Promise<TextLookup> {
  const published = await listPublished(tx, [...new Set(notices.map(({ template }) => template.key))]);
  const chains = new Map<string, readonly string[]>();
  if (published.some((version) => version.unitId !== null))
    for (const unitId of new Set(notices.flatMap((notice) => notice.unitId ?? [])))
      chains.set(unitId, await chainOf(tx, unitId, tx.now));
  return (template, channel, unitId) => {
    const own = published.filter((version) => version.template === template.key && version.channel === channel);
    for (const place of [...(unitId ? (chains.get(unitId) ?? []) : []), null]) {
      const found = own.find((version) => version.unitId === place);
      if (found) return found.texts;
    }
    return shippedTexts(template, channel);
  };
}

/** The unit and those above it, the nearest first. */
export async function chainOf(reader: Reader, unitId: string, now: Date): Promise<string[]> {
  const way = (await ancestorsOf(reader, unitId, localDate(now))).map((unit) => unit.id).reverse();
  return way.length > 0 ? way : [unitId];
}
