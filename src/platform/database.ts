import { Socket } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import {
  isBroken,
  isDatabaseAway,
  isNotReached,
  isReadOnly,
  isStandby,
  isTooSlow,
  movedAway,
} from './database-failures.ts';
import { databaseHosts, watchPrimary, type DatabaseHost } from './database-hosts.ts';
import { problemOfConstraint } from './problems.ts';

pg.types.setTypeParser(pg.types.builtins.INT8, Number); // ids of events, money in đồng, counts: all far below 2^53
pg.types.setTypeParser(pg.types.builtins.DATE, (text) => text); // a date has no instant: keep `YYYY-MM-DD`

declare const readerBrand: unique symbol;
declare const txBrand: unique symbol;

/** SQL text with a name: PostgreSQL plans it once per connection. Names are unique in the program: `module.verb_noun`. */
export interface Statement {
  readonly name: string;
  readonly text: string;
}

const statementNames = new Map<string, string>();

/** Declares a prepared statement. Throws when two different texts share a name (PostgreSQL would mix them up). */
export function statement(name: string, text: string): Statement {
  const known = statementNames.get(name);
  if (known !== undefined && known !== text) throw new Error(`Two statements are named ${name}`);
  statementNames.set(name, text);
  return { name, text };
}

/** A handle that may only read. It knows no tables: only a `*-queries.ts` file speaks SQL, and only of its own. */
export interface Reader {
  readonly [readerBrand]: true;
  /** Runs one prepared statement and returns its rows. */
  run<Row extends object>(statement: Statement, values?: readonly unknown[]): Promise<Row[]>;
  /** Runs SQL text that is built at run time (never from input); prefer `run`. */
  raw<Row extends object>(text: string, values?: readonly unknown[]): Promise<Row[]>;
}

/** Who acts, as written into every event. `id` is opaque to the platform. */
export interface ActorReference {
  kind: 'citizen' | 'business' | 'official' | 'client' | 'system' | 'anonymous';
  id: string | null;
  label: string;
  unitId?: string | null;
  postId?: string | null;
}

/** The handle of an open transaction: only `inTransaction` and `command` make one, every write asks for one. */
export interface Tx extends Reader {
  readonly [txBrand]: true;
  /** The instant of this transaction, from the program's clock: use it instead of `now()`. */
  readonly now: Date;
  readonly actor: ActorReference;
  /** The reference of the request (or job) that opened the transaction. */
  readonly requestId: string;
}

export interface Database {
  readonly pool: pg.Pool;
  readonly reader: Reader;
  /** How long, in milliseconds, a commit may take before its outcome is called unknown. */
  readonly commitTimeoutMs: number;
  /**
   * A connection to the primary for writing. Waits for one while the database is away, for some seconds from when it went.
   * @throws the driver's error after that
   */
  connect(): Promise<pg.PoolClient>;
  /**
   * The patience of one piece of work: called with what it failed with, it waits a moment and says whether to try again. False when the database has
   * been away too long, or when the same work broke its connection so often that it may be what brings the server down.
   */
  patience(): (error: unknown) => Promise<boolean>;
  /** True when the commit that this connection has just made was not confirmed by the standby that had to. */
  isUnconfirmed(client: pg.PoolClient): boolean;
  /** True when the primary answers at once: for health checks; never waits for it. */
  isReady(): Promise<boolean>;
  close(): Promise<void>;
}

export interface DatabaseOptions {
  max?: number;
  applicationName?: string;
  commitTimeoutMs?: number;
  /** How long, in milliseconds, requests wait for a database that has gone, counted from when it went. */
  patienceMs?: number;
}

type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>;

/** Wraps a pool or client so that every driver error of a named constraint comes out as its Problem. */
export function readerOver(queryable: Queryable, timeoutMs?: number): Reader {
  const limits = timeoutMs === undefined ? {} : { query_timeout: timeoutMs };
  return readerThrough(async (config) => (await queryable.query({ ...config, ...limits })).rows);
}

function readerThrough(query: (config: pg.QueryConfig) => Promise<object[]>): Reader {
  const execute = async (config: pg.QueryConfig) => {
    try {
      return await query(config);
    } catch (error) {
      throw problemOfConstraint(error) ?? error;
    }
  };
  return {
    run: ({ name, text }, values = []) => execute({ name, text, values: values as unknown[] }),
    raw: (text, values = []) => execute({ text, values: values as unknown[] }),
  } as Reader;
}

/** Longer than a statement may take at the server: who waits longer waits for a server that stands still. */
const QUERY_TIMEOUT_MS = 40_000;
const COMMIT_TIMEOUT_MS = 15_000;
const PATIENCE_MS = 8_000;
const PAUSE_MS = 150;
/** How often one piece of work may break its connection. */
const MAX_BREAKS = 5;
const READY_MS = 2_000;

/**
 * Opens the pool. `connectionString` may be any PostgreSQL 15+ URL; with several hosts the pool works on the primary, wherever it is.
 * Sessions run in the province's time zone with limits, so that a forgotten transaction or a runaway report cannot hold the house up.
 */
export function openDatabase(connectionString: string, options: DatabaseOptions = {}): Database {
  const hosts = databaseHosts(connectionString);
  const sockets = new Map<Socket, DatabaseHost>();
  const isCluster = hosts.length > 1;
  let at: DatabaseHost = hosts[0]!;
  const pool = new pg.Pool({
    connectionString: at.url,
    max: options.max ?? 20,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: 5_000,
    query_timeout: QUERY_TIMEOUT_MS,
    application_name: options.applicationName ?? 'sen',
    options:
      '-c timezone=Asia/Ho_Chi_Minh -c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000',
    ...(isCluster
      ? {
          stream: () => {
            const socket = new Socket();
            sockets.set(socket, at);
            socket.once('close', () => sockets.delete(socket));
            return socket;
          },
          onConnect: refuseStandby as (client: pg.ClientBase) => void, // the pool waits for the promise
        }
      : {}),
  });
  const watch = isCluster
    ? watchPrimary(hosts, (to) => {
        at = to;
        (pool.options as pg.PoolConfig).connectionString = to.url;
        // Also those in the middle of something: what the old server still answers does not count any more.
        for (const [socket, host] of sockets) if (host.url !== to.url) socket.destroy(movedAway());
      })
    : null;
  const unconfirmed = new WeakSet<object>();
  pool.on('error', () => {}); // an idle connection lost is replaced at the next query; that query reports what matters
  pool.on('connect', (client) => {
    client.on('error', () => {}); // the query under way gets the error
    client.on('notice', (notice) => {
      // A commit whose wait for the standby was broken off is answered as if it were done; it may be lost with this server.
      if ((notice as { routine?: unknown }).routine === 'SyncRepWaitForLSN') unconfirmed.add(client);
    });
  });
  const { patience, isBack } = outage(options.patienceMs ?? PATIENCE_MS);
  const query = async (config: pg.QueryConfig): Promise<object[]> => {
    for (const mayTryAgain = patience(); ;) {
      try {
        const { rows } = await pool.query(config);
        isBack();
        return rows as object[];
      } catch (error) {
        const isSafe = isReadOnly(error) || isNotReached(error) || /^\s*select\b/i.test(config.text);
        if (!isSafe || !(await mayTryAgain(error))) throw error;
      }
    }
  };
  return {
    pool,
    reader: readerThrough(query),
    commitTimeoutMs: options.commitTimeoutMs ?? COMMIT_TIMEOUT_MS,
    async connect() {
      for (const mayTryAgain = patience(); ;) {
        try {
          const client = await pool.connect();
          isBack();
          return client;
        } catch (error) {
          if (!(await mayTryAgain(error))) throw error;
        }
      }
    },
    patience,
    isUnconfirmed: (client) => unconfirmed.delete(client),
    async isReady() {
      const ping = { text: 'select 1', query_timeout: READY_MS };
      const late = sleep(READY_MS, false, { ref: false });
      return Promise.race([
        pool.query(ping).then(
          () => true,
          () => false,
        ),
        late,
      ]);
    },
    async close() {
      await watch?.stop();
      await pool.end();
    },
  };
}

async function refuseStandby(client: pg.ClientBase): Promise<void> {
  const { rows } = await client.query<{ standby: boolean }>('select pg_is_in_recovery() as standby');
  if (rows[0]?.standby) throw isStandby();
}

/**
 * How long requests wait for a database that has gone: some seconds from when it went, not each from when it came, so that they do not pile
 * up while it stays away.
 */
function outage(patienceMs: number): { patience: Database['patience']; isBack: () => void } {
  let since: number | null = null;
  const mayTryAgain = async (error: unknown): Promise<boolean> => {
    if (isTooSlow(error) || (!isReadOnly(error) && !isDatabaseAway(error))) return false;
    since ??= Date.now();
    if (Date.now() - since > patienceMs) return false;
    await sleep(PAUSE_MS);
    return true;
  };
  return {
    isBack: () => void (since = null),
    patience() {
      let breaks = 0;
      return async (error) => (!isBroken(error) || ++breaks <= MAX_BREAKS) && mayTryAgain(error);
    },
  };
}
