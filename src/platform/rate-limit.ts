import { statement, type Reader } from './database.ts';
import { limiterFailures } from './metrics.ts';
import type { Logger } from './log.ts';

const hit = statement(
  'platform.hit_rate_limit',
  // A count of a minute is not worth waiting for the disk.
  `insert into platform.rate_limit as r (key, window_start, hits)
   select $1, $2::timestamptz, 1 from set_config('synchronous_commit', 'off', true)
   on conflict (key, window_start) do update set hits = r.hits + 1 returning hits`,
);

/**
 * Counts one hit in a fixed window shared by all processes; true while within `limit`. When the store does not answer
 * the hit is let through and counted in a metric: a limiter must never be the reason that a province stands still.
 */
export async function withinLimit(
  reader: Reader,
  log: Logger,
  key: string,
  limit: number,
  windowSeconds: number,
  now: Date,
): Promise<boolean> {
  const start = new Date(Math.floor(now.getTime() / (windowSeconds * 1000)) * windowSeconds * 1000);
  try {
    const [row] = await reader.run<{ hits: number }>(hit, [key, start]);
    return (row?.hits ?? 0) <= limit;
  } catch (error) {
    limiterFailures.inc();
    log.warn({ err: error }, 'rate limit store does not answer; request let through');
    return true;
  }
}

/** An in-process limit per address for every request: cheap, and generous because a commune sits behind one address. */
export function addressLimiter(limitPerWindow: number, windowMs: number, maxAddresses = 50_000) {
  let windowStart = 0;
  const hits = new Map<string, number>();
  return (address: string, nowMs: number): boolean => {
    if (nowMs - windowStart >= windowMs) {
      windowStart = nowMs;
      hits.clear();
    }
    const count = (hits.get(address) ?? 0) + 1;
    if (count === 1 && hits.size >= maxAddresses) return true;
    hits.set(address, count);
    return count <= limitPerWindow;
  };
}
