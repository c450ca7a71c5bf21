import { instantOf } from '../../platform/clock.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { afterCommit } from '../../platform/transaction.ts';
import type { Locale } from '../../platform/http/web.ts';
import { findSetting, saveSetting, type Setting } from '../../platform/settings.ts';
import { downtimeAnnounced, downtimeCancelled } from './operations-events.ts';

const KEY = 'operations.downtime';
const CACHE_MS = 15_000;

/** A planned interruption: announced at once, shown until it has ended. */
export interface Downtime {
  startsAt: string;
  endsAt: string;
  text: Record<Locale, string>;
}

/** Announcement under way, with its version; null value when none is planned. */
export const findDowntime = (reader: Reader): Promise<Setting<Downtime | null> | undefined> =>
  findSetting<Downtime | null>(reader, KEY);

export async function announceDowntime(tx: Tx, downtime: Downtime, seenVersion: number): Promise<void> {
  await saveSetting(tx, KEY, downtime, seenVersion);
  afterCommit(tx, forgetDowntime);
  publish(tx, downtimeAnnounced, {
    subject: { kind: 'setting', id: KEY },
    payload: { startsAt: downtime.startsAt, endsAt: downtime.endsAt },
  });
}

export async function cancelDowntime(tx: Tx, seenVersion: number): Promise<void> {
  await saveSetting(tx, KEY, null, seenVersion);
  afterCommit(tx, forgetDowntime);
  publish(tx, downtimeCancelled, { subject: { kind: 'setting', id: KEY }, payload: {} });
}

/** Has the next page look for the announcement anew: another process may have changed it. */
export const forgetDowntime = (): void => void (cached = null);

/** An instant from a day and time of Viet Nam as forms give them (`2026-12-20T22:00`); null when it is none. */
export function localInstant(text: string): Date | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(text)) return null;
  const [date = '', time] = text.split('T');
  const instant = instantOf(date, time);
  return Number.isNaN(instant.getTime()) ? null : instant;
}

let cached: { at: number; reader: Reader; value: Downtime | null } | null = null;

/** The text of the banner, from a value at most 15 s old; nothing when the interruption is over. */
export async function downtimeBanner(reader: Reader, now: Date, locale: Locale): Promise<{ text: string } | null> {
  if (!cached || cached.reader !== reader || Date.now() - cached.at > CACHE_MS)
    cached = { at: Date.now(), reader, value: (await findDowntime(reader))?.value ?? null };
  const { value } = cached;
  return value && new Date(value.endsAt) > now ? { text: value.text[locale] } : null;
}
