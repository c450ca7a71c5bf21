import { kindOf } from './message-kind.ts';

/* How a person wants to be told, in pure functions. */

export type ChosenChannel = 'in-app' | 'email' | 'sms' | 'push' | 'chat';
export const chosenChannels: readonly ChosenChannel[] = ['in-app', 'email', 'sms', 'push', 'chat'];
export type DigestRhythm = 'off' | 'daily' | 'weekly';

export interface Choice {
  language: 'vi' | 'en';
  /** `22:00` to `06:00`, local time; null: none. */
  quietFrom: string | null;
  quietUntil: string | null;
  digest: DigestRhythm;
  /** Channels switched off, by kind of message. */
  muted: Readonly<Record<string, readonly string[]>>;
}

/** Chat goes to a company outside the house: a person asks for it, it is never assumed. */
export const shippedChoice: Choice = { language: 'vi', quietFrom: null, quietUntil: null, digest: 'off', muted: {} };
const OFF_UNLESS_ASKED: readonly string[] = ['chat'];

/** Whether a channel is on for a kind. Chat is off until the person asks for it. */
export function isChannelOn(choice: Choice | null, kind: string, channel: ChosenChannel): boolean {
  return !(choice?.muted[kind] ?? OFF_UNLESS_ASKED).includes(channel);
}

/**
 * The channels a message of a kind goes out by, of those that can reach the person. What must be sent always keeps the app and, when all
 * others are off, the first that reaches the person outside it.
 */
export function channelsFor(choice: Choice | null, kind: string, reachable: readonly ChosenChannel[]): ChosenChannel[] {
  const chosen = reachable.filter((channel) => isChannelOn(choice, kind, channel));
  if (!kindOf(kind).isMandatory) return chosen;
  const outside = reachable.filter((channel) => channel !== 'in-app');
  const kept = new Set<ChosenChannel>(chosen);
  if (reachable.includes('in-app')) kept.add('in-app');
  if (outside.length > 0 && !outside.some((channel) => kept.has(channel)))
    kept.add(outside.find((channel) => channel !== 'chat') ?? (outside[0] as ChosenChannel));
  return reachable.filter((channel) => kept.has(channel));
}

const DAY_MINUTES = 1440;
const ZONE_MS = 7 * 3_600_000;
const minutesOf = (time: string): number | null => {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(time);
  return match ? Number(match[1]) * 60 + Number(match[2]) : null;
};

/** When a message that would disturb may go out: now, or at the end of the quiet hours (which may pass midnight). */
export function afterQuietHours(choice: Choice | null, kind: string, now: Date, isUrgent = false): Date {
  if (!choice?.quietFrom || !choice.quietUntil || isUrgent || kindOf(kind).isUrgent) return now;
  const [from, until] = [minutesOf(choice.quietFrom), minutesOf(choice.quietUntil)];
  if (from === null || until === null || from === until) return now;
  const minute = Math.floor((now.getTime() + ZONE_MS) / 60_000) % DAY_MINUTES;
  const length = (until - from + DAY_MINUTES) % DAY_MINUTES;
  const since = (minute - from + DAY_MINUTES) % DAY_MINUTES;
  if (since >= length) return now;
  const startOfMinute = Math.floor(now.getTime() / 60_000) * 60_000;
  return new Date(startOfMinute + (length - since) * 60_000);
}

/** Whether an e-mail of this kind waits for the digest. */
export const isGathered = (choice: Choice | null, kind: string, isUrgent = false): boolean =>
  choice !== null && choice.digest !== 'off' && !isUrgent && !kindOf(kind).isMandatory;
