/** What a running embedded PostgreSQL gives its user. */
export interface RunningPostgres {
  /** postgres:// URL of the superuser on the database `sen`. */
  readonly url: string;
  readonly port: number;
  /** The cluster's folder: `dir`, or below /var/lib/sen where the service user cannot enter the checkout. */
  readonly data: string;
  /** Process id of the postmaster at the time of the call. */
  readonly pid: number;
  /** True when a server already running was taken over or shared. */
  readonly adopted: boolean;
  /** Gives up this use; the last user's call shuts the server down (fast shutdown) and waits for its end. */
  stop(): Promise<void>;
}

export interface PostgresOptions {
  /** The cluster's folder, relative to the checkout or absolute, for example `.sen/data`. */
  readonly dir: string;
  /** `test`: fast and not durable (a damaged cluster is made anew). Every other purpose is durable. */
  readonly purpose: 'serve' | 'test' | 'bench' | 'rig' | 'command';
  /** Further settings for postgresql.conf. */
  readonly settings?: Readonly<Record<string, string>>;
  /** Absolute path of the folder that takes the continuously archived log; without it nothing is archived. */
  readonly archive?: string;
  /** Restart the server when it ends unasked, waiting for disk space when that was the cause. */
  readonly keepAlive?: boolean;
  /** Told when keepAlive gave up. */
  readonly onLost?: (error: Error) => void;
  /** Told what happens, in plain words. */
  readonly log?: (line: string) => void;
}

/**
 * Starts the embedded PostgreSQL on a loopback port, or shares or adopts the one already running on that folder.
 * Fails with one clear sentence (an Error named `Fault`) on a foreign folder, a full disk or missing rights.
 */
export function startPostgres(options: PostgresOptions): Promise<RunningPostgres>;
