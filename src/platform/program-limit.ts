import { statement, type Reader } from './database.ts';
import type { Logger } from './log.ts';
import { limiterFailures } from './metrics.ts';

/*
 * How often a program may call, counted over all processes and paid for by few: a process takes requests from the store in lots and hands them out
 * from memory. A lot gets smaller as the limit comes near, so that little lies unused in one process while another refuses.
 */

const lease = statement(
  'platform.lease_requests',
  // A count of ten seconds is not worth waiting for the disk.
  `insert into platform.rate_limit as r (key, window_start, hits)
   select $1, $2::timestamptz, $3::int from set_config('synchronous_commit', 'off', true)
   on conflict (key, window_start) do update set hits = r.hits + excluded.hits returning hits`,
);

/** How many windows of how many programs are kept in memory; beyond it the oldest go and count anew. */
const MOST_PROGRAMS = 10_000;
/** A lot is at most this share of the limit. */
const LARGEST_SHARE = 50;

export interface ProgramAllowance {
  isAllowed: boolean;
  /** Requests left in the window as far as this process knows. */
  remaining: number;
  /** Until the next window. */
  seconds: number;
}
interface Window {
  start: number;
  /** Taken from the store and not handed out yet. */
  left: number;
  /** Taken by all processes, as the store said last. */
  taken: number;
  asking: Promise<void> | null;
}

/**
 * Counts one request of a program. When the store does not answer, each process counts alone for the rest of the window and the failure
 * is a metric: a limiter must never be the reason that a province stands still.
 */
export function programLimiter(reader: Reader, limit: number, windowSeconds: number) {
  const windows = new Map<string, Window>();
  const length = windowSeconds * 1_000;

  async function takeLot(id: string, window: Window, log: Logger): Promise<void> {
    const lot = Math.max(1, Math.ceil(Math.min(limit / LARGEST_SHARE, (limit - window.taken) / 4)));
    try {
      const [row] = await reader.run<{ hits: number }>(lease, [`program/${id}`, new Date(window.start), lot]);
      const hits = row?.hits ?? lot;
      window.left += Math.max(0, Math.min(lot, limit - (hits - lot)));
      window.taken = Math.min(limit, hits);
    } catch (error) {
      limiterFailures.inc();
      log.warn({ err: error }, 'rate limit store does not answer; this process counts alone');
      window.left += limit - window.taken;
      window.taken = limit;
    }
  }

  return async (id: string, now: number, log: Logger): Promise<ProgramAllowance> => {
    const start = Math.floor(now / length) * length;
    let window = windows.get(id);
    if (window?.start !== start) {
      windows.delete(id);
      if (windows.size >= MOST_PROGRAMS) windows.delete(windows.keys().next().value!);
      window = { start, left: 0, taken: 0, asking: null };
      windows.set(id, window);
    }
    const seconds = Math.max(1, Math.ceil((start + length - now) / 1_000));
    // Requests that come together wait for one lot, and for another where the first was not enough for all of them.
    while (window.left === 0 && window.taken < limit) {
      window.asking ??= takeLot(id, window, log).finally(() => (window.asking = null));
      await window.asking;
    }
    const isAllowed = window.left > 0;
    if (isAllowed) window.left -= 1;
    return { isAllowed, remaining: limit - window.taken + window.left, seconds };
  };
}

/** `RateLimit` and its policy for an answer (draft-ietf-httpapi-ratelimit-headers-10). */
export const rateLimitHeaders = (
  { remaining, seconds }: ProgramAllowance,
  limit: number,
  windowSeconds: number,
): Record<string, string> => ({
  'ratelimit-policy': `"program";q=${limit};w=${windowSeconds}`,
  ratelimit: `"program";r=${remaining};t=${seconds}`,
});
