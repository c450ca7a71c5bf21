import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { ConfigError } from './environment.ts';

/*
 * DATABASE_URL may list several hosts, as libpq writes it: `postgres://user:password@a:5432,b:5432,c:5432/sen`. They are one
 * cluster with streaming replication; the program works on its primary only and finds it itself. A primary is recognised by its
 * timeline: each promotion begins a new one, so of two servers that both take themselves for the primary the one of the newer
 * timeline is, and the other one (its guard stands still, or it was cut off) is left, even while it still answers.
 */

/** One server of the list, with an address that names it alone. */
export interface DatabaseHost {
  host: string;
  port: number;
  url: string;
}

/** A server that says it is the primary, and of which timeline (8 hexadecimal digits, rising). */
interface Primary extends DatabaseHost {
  timeline: string;
}

const MOST_HOSTS = 16;
const PROBE_MS = 2_000;
const INTERVAL_MS = 1_000;
const HURRY_MS = 200;
/** When one host has said that it is the primary, the others may answer for so long. */
const OTHERS_MS = 500;
/** How long the start of a program waits for a primary. */
const PATIENCE_MS = 30_000;
const TARGETS = ['read-write', 'primary', 'any'];

/**
 * The servers that a database URL lists, in its order; one for an ordinary URL.
 * @throws ConfigError when it is not a list of hosts, or asks for a server that cannot be written to
 */
export function databaseHosts(databaseUrl: string): DatabaseHost[] {
  const match = /^(postgres(?:ql)?:\/\/)(?:([^@/?#]*)@)?([^/?#@]*)(\/[^#]*)?$/.exec(databaseUrl);
  const [, scheme = '', userInfo, authority = '', rest = ''] = match ?? [];
  if (!match || !authority.includes(','))
    return [URL.canParse(databaseUrl) ? hostOf(databaseUrl) : { host: '', port: 5432, url: databaseUrl }];
  const places = authority.split(',');
  if (places.length > MOST_HOSTS || places.some((place) => place === ''))
    throw new ConfigError('DATABASE_URL lists hosts as a:5432,b:5432,c:5432, at most 16 and none of them empty');
  const user = userInfo === undefined ? '' : `${userInfo}@`;
  return places.map((place) => hostOf(`${scheme}${user}${place}${rest}`));
}

function hostOf(text: string): DatabaseHost {
  if (!URL.canParse(text))
    throw new ConfigError('DATABASE_URL is not an address; it looks like postgres://user:password@host,host/database');
  const url = new URL(text);
  const target = url.searchParams.get('target_session_attrs');
  if (target !== null && !TARGETS.includes(target))
    throw new ConfigError(
      `target_session_attrs of DATABASE_URL must be read-write: Sen reads and writes at the primary only`,
    );
  // A socket's folder stands in the query, or as an encoded host; pg reads both itself.
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname).replace(/^\[|\]$/g, '');
  const port = Number(url.port || 5432);
  if (target === null) return { host, port, url: text };
  url.searchParams.delete('target_session_attrs');
  return { host, port, url: url.href };
}

const LOOK = `select case when pg_is_in_recovery() then null else left(pg_walfile_name(pg_current_wal_lsn()), 8) end as timeline`;

/** A connection that only asks one server what it is. */
async function openProbe({ url }: DatabaseHost): Promise<pg.Client> {
  const client = new pg.Client({
    connectionString: url,
    connectionTimeoutMillis: PROBE_MS,
    query_timeout: PROBE_MS,
    keepAlive: true,
    application_name: 'sen-probe',
  });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    void client.end().catch(() => {});
    throw error;
  }
}

async function timelineOf(client: pg.Client): Promise<string | null> {
  const { rows } = await client.query<{ timeline: string | null }>(LOOK);
  return rows[0]?.timeline ?? null;
}

/** The one of the newest timeline; the first in the list where two are of one (that cannot be, unless the cluster is broken). */
const newestOf = (found: readonly Primary[]): Primary | undefined =>
  found.reduce<Primary | undefined>((best, one) => (best && best.timeline >= one.timeline ? best : one), undefined);

/** Asks every host once, all at the same time. */
async function askAll(hosts: readonly DatabaseHost[]): Promise<{ primary: Primary | undefined; failures: unknown[] }> {
  const found: Primary[] = [];
  const failures: unknown[] = [];
  let enough: () => void = () => {};
  const othersHadTime = new Promise<void>((done) => (enough = done));
  const asking = hosts.map(async (host) => {
    try {
      const client = await openProbe(host);
      try {
        const timeline = await timelineOf(client);
        if (timeline === null) return;
        found.push({ ...host, timeline });
        setTimeout(enough, OTHERS_MS).unref();
      } finally {
        void client.end().catch(() => {});
      }
    } catch (error) {
      failures.push(error);
    }
  });
  await Promise.race([Promise.all(asking), othersHadTime]);
  return { primary: newestOf(found), failures };
}

/**
 * The address of the primary now, for work on a connection of its own (migrations, back-ups, commands). The URL itself when it names
 * one host only: that is not asked for anything.
 * @throws the connection's error, or an Error that says that none of the hosts is a primary, after `patienceMs`
 */
export async function primaryUrl(databaseUrl: string, patienceMs = PATIENCE_MS): Promise<string> {
  const hosts = databaseHosts(databaseUrl);
  const [only] = hosts;
  if (only && hosts.length === 1) return only.url;
  for (const until = Date.now() + patienceMs; ; await sleep(HURRY_MS)) {
    const { primary, failures } = await askAll(hosts);
    if (primary) return primary.url;
    if (Date.now() < until) continue;
    if (failures.length === hosts.length) throw failures[0];
    throw new Error(`None of the ${hosts.length} hosts of DATABASE_URL is the primary: a standby answers, no more`);
  }
}

/** Follows a cluster for as long as the program runs. */
export interface PrimaryWatch {
  /** Where the primary was last seen; the first host until one was. */
  current(): DatabaseHost;
  stop(): Promise<void>;
}

/**
 * Looks at every host once a second, over a connection of its own to each, and calls `onMove` when the primary is another one. A host of
 * an older timeline than was ever seen is not the primary any more, whatever it says.
 */
export function watchPrimary(hosts: readonly DatabaseHost[], onMove: (to: DatabaseHost) => void): PrimaryWatch {
  const answers = new Map<DatabaseHost, Primary | null>();
  let current: DatabaseHost = hosts[0]!;
  let timeline = '';
  const wake = new AbortController();
  const choose = (): void => {
    const best = newestOf([...answers.values()].filter((answer) => answer !== null));
    if (!best || best.timeline < timeline) return;
    const isElsewhere = best.host !== current.host || best.port !== current.port;
    timeline = best.timeline;
    current = best;
    if (isElsewhere) onMove(best);
  };
  const look = async (host: DatabaseHost): Promise<void> => {
    let client: pg.Client | null = null;
    while (!wake.signal.aborted) {
      try {
        client ??= await openProbe(host);
        const found = await timelineOf(client);
        answers.set(host, found === null ? null : { ...host, timeline: found });
        choose();
      } catch {
        answers.delete(host);
        void client?.end().catch(() => {});
        client = null;
      }
      const isSettled = [...answers.values()].some((answer) => answer !== null);
      await sleep(isSettled ? INTERVAL_MS : HURRY_MS, undefined, { ref: false, signal: wake.signal }).catch(() => {});
    }
    void client?.end().catch(() => {});
  };
  const looking = hosts.map(look);
  return {
    current: () => current,
    async stop() {
      wake.abort();
      await Promise.race([Promise.all(looking), sleep(PROBE_MS)]);
    },
  };
}
