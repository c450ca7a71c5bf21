/** Pauses before the next try, in seconds: as Standard Webhooks proposes, over three days in all. */
const PAUSES = [5, 300, 1_800, 7_200, 18_000, 36_000, 50_400, 72_000, 86_400] as const;

/** After so many tries in vain a message is given up, until somebody sends it again. */
export const MAX_ATTEMPTS = PAUSES.length + 1;

/** A subscription whose every message fails for so many days is switched off. */
export const FAILING_DAYS = 5;

/** Seconds to wait after the n-th try (1 …), a little more for each so that not all come at once; null when it was the last. */
export function pauseAfter(attempt: number, spread: number): number | null {
  const pause = PAUSES[attempt - 1];
  return pause === undefined ? null : pause + Math.floor(pause * 0.1 * spread);
}
