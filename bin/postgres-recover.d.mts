/** A moment as people write it: `2026-11-28 09:30` (Viet Nam's time without a zone); `latest` is undefined. @throws a fault */
export function readMoment(text: string | undefined): Date | undefined;

export interface RecoverOptions {
  /** The cluster's folder; it must be missing or empty. */
  readonly dir: string;
  /** The folder of automatic back-ups, with `base` and `wal`. */
  readonly backups: string;
  /** Undefined: as far as the archive goes. */
  readonly moment: Date | undefined;
  readonly log: (line: string) => void;
  /** A drill, of which the archive must not learn. */
  readonly isTrial?: boolean;
}

/** Makes a cluster again as it was at a moment; the folder appears complete or not at all. @throws a fault with one sentence */
export function recoverPostgres(
  options: RecoverOptions,
): Promise<{ data: string; base: string; lastChange: string | undefined }>;
