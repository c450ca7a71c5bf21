import pg from 'pg';
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
  close(): Promise<void>;
}

type Queryable = Pick<pg.Pool, 'query'> | Pick<pg.PoolClient, 'query'>;

/** Wraps a pool or client so that every driver error of a named constraint comes out as its Problem. */
export function readerOver(queryable: Queryable): Reader {
  const execute = async (config: pg.QueryConfig) => {
    try {
      return (await queryable.query(config)).rows;
    } catch (error) {
      throw problemOfConstraint(error) ?? error;
    }
  };
  return {
    run: ({ name, text }, values = []) => execute({ name, text, values: values as unknown[] }),
    raw: (text, values = []) => execute({ text, values: values as unknown[] }),
  } as Reader;
}

/**
 * Opens the pool. `connectionString` may be any PostgreSQL 15+ URL. Sessions run in the province's time zone with
 * limits, so that a forgotten transaction or a runaway report cannot hold the house up.
 */
export function openDatabase(
  connectionString: string,
  options: { max?: number; applicationName?: string } = {},
): Database {
  const pool = new pg.Pool({
    connectionString,
    max: options.max ?? 20,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 60_000,
    application_name: options.applicationName ?? 'sen',
    options:
      '-c timezone=Asia/Ho_Chi_Minh -c statement_timeout=30000 -c lock_timeout=10000 -c idle_in_transaction_session_timeout=60000',
  });
  pool.on('error', () => {}); // an idle connection lost is replaced at the next query; that query reports what matters
  pool.on('connect', (client) => void client.on('error', () => {})); // the query under way gets the error
  return { pool, reader: readerOver(pool), close: () => pool.end() };
}
