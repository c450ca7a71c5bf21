// Which database a command works on: the one DATABASE_URL names, or the embedded one.
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fault } from './fault.mjs';
import { startPostgres } from './postgres.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const shape = 'postgres://user:password@host:5432/database';

/** The folder of the embedded database that the site and the operator's commands work on: `.sen/data`, or SEN_DATA. */
export const dataFolder = (env = process.env) => env['SEN_DATA'] || '.sen/data';

/** The folder of automatic back-ups (SEN_BACKUPS), absolute; undefined when there are none. */
export const backupsFolder = (env = process.env) =>
  env['SEN_BACKUPS'] ? resolve(root, env['SEN_BACKUPS']) : undefined;

/** Where the embedded database hands its log over, as an option of startPostgres. */
export function archiveOption(env = process.env) {
  const folder = backupsFolder(env);
  return folder === undefined ? {} : { archive: join(folder, 'wal') };
}

/** DATABASE_URL, or the content of the file DATABASE_URL_FILE names, or the credential that systemd hands over, or undefined. */
export function givenUrl(env = process.env) {
  const file = env['DATABASE_URL_FILE'];
  if (file !== undefined && file !== '') {
    if (!existsSync(file)) throw fault(`DATABASE_URL_FILE names a file that is not there: ${file}.`);
    return readFileSync(file, 'utf8').trim();
  }
  const url = env['DATABASE_URL'];
  if (url !== undefined && url !== '') return url;
  const credential = env['CREDENTIALS_DIRECTORY'] ? join(env['CREDENTIALS_DIRECTORY'], 'DATABASE_URL') : '';
  return credential !== '' && existsSync(credential) ? readFileSync(credential, 'utf8').trim() : undefined;
}

/** The addresses of the single hosts that a database URL lists (`postgres://u:p@a:5432,b:5432/sen`); one for an ordinary URL. */
export function hostUrls(url) {
  const [, head, hosts, rest] = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)([^/?#@]*,[^/?#@]*)(\/.*)?$/.exec(url) ?? [];
  return hosts === undefined ? [url] : hosts.split(',').map((host) => `${head}${host}${rest ?? ''}`);
}

/** The parts of a database URL; of its first host where it lists several. @throws a fault when it has not the right shape */
export function readUrl(url) {
  const [first] = hostUrls(url).map(readOne);
  return first;
}

function readOne(url) {
  let parts;
  try {
    parts = new URL(url);
  } catch {
    throw fault(`DATABASE_URL is not an address: it must look like ${shape}.`);
  }
  if (!/^postgres(ql)?:$/.test(parts.protocol))
    throw fault(`DATABASE_URL must begin with postgres:// and look like ${shape}.`);
  if (parts.hostname === '' && url.includes(',')) throw fault('DATABASE_URL lists an empty host.');
  if (parts.pathname.length < 2) throw fault(`DATABASE_URL names no database: it must look like ${shape}.`);
  return parts;
}

/** What a failed connection means, as one sentence that shows no password. */
export function whyNotConnected(error, url) {
  const { hostname, port, username, pathname } = readUrl(url);
  const where = `${hostname || 'the local socket'}:${port || 5432}`;
  const database = decodeURIComponent(pathname.slice(1));
  const reasons = {
    ECONNREFUSED: `nothing answers at ${where}: is PostgreSQL running there?`,
    ENOTFOUND: `the host ${hostname} is not known.`,
    EAI_AGAIN: `the host ${hostname} cannot be looked up now.`,
    ETIMEDOUT: `${where} does not answer.`,
    EHOSTUNREACH: `${where} cannot be reached.`,
    ENOENT: `there is no PostgreSQL socket at ${where}.`,
    '28P01': `the password of the user ${username} is wrong.`,
    28000: `the user ${username} may not connect.`,
    '3D000': `there is no database ${database}.`,
    53300: 'the server has no free connections.',
    '57P03': 'the server is starting up or shutting down.',
  };
  const code = error.code ?? error.errors?.[0]?.code;
  const timeout = /timeout/.test(error.message ?? '') ? reasons.ETIMEDOUT : undefined;
  return `DATABASE_URL does not work: ${reasons[code] ?? timeout ?? `${error.message}.`}`;
}

/**
 * Connects once to each host until one is the primary. Returns the address of that one alone.
 * @throws a fault with one sentence when none is, or when the server is older than PostgreSQL 15
 */
export async function checkUrl(url) {
  readUrl(url);
  const hosts = hostUrls(url);
  let failure;
  for (const host of hosts) {
    try {
      if (await checkHost(host, hosts.length > 1 ? 3000 : 8000)) return host;
    } catch (error) {
      if (error.name === 'Fault' && !error.isUnreached) throw error;
      failure = error;
    }
  }
  throw failure ?? fault(`None of the ${hosts.length} hosts of DATABASE_URL is the primary now.`);
}

/** True when that host can be written to. */
async function checkHost(url, patience) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: patience });
  client.on('error', () => undefined);
  try {
    await client.connect();
  } catch (error) {
    throw Object.assign(fault(whyNotConnected(error, url)), { isUnreached: true });
  }
  try {
    const { rows } = await client.query(
      "select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding, pg_is_in_recovery() as standby",
    );
    if (rows[0].version < 150_000)
      throw fault(`DATABASE_URL leads to PostgreSQL ${Math.floor(rows[0].version / 10_000)}: Sen needs 15 or later.`);
    if (rows[0].encoding !== 'UTF8')
      throw fault(`The database of DATABASE_URL is encoded in ${rows[0].encoding}: Sen needs UTF8.`);
    return !rows[0].standby;
  } finally {
    await client.end();
  }
}

/**
 * The database to work on.
 * @param {import('./postgres.mjs').PostgresOptions} options used when DATABASE_URL is not set
 * @returns {Promise<{ url: string, embedded: boolean, data?: string, stop: () => Promise<void> }>}
 */
export async function openDatabase(options) {
  const url = givenUrl();
  if (url !== undefined) {
    await checkUrl(url);
    return { url, embedded: false, stop: async () => undefined };
  }
  const server = await startPostgres(options);
  return { url: server.url, embedded: true, data: server.data, stop: () => server.stop() };
}

/** Makes a database of that name on the same server; returns its URL. `fresh`: an existing one is dropped first. */
export async function databaseNamed(url, name, { fresh = false } = {}) {
  const { default: pg } = await import('pg');
  const at = hostUrls(url).length > 1 ? await checkUrl(url) : url;
  const client = new pg.Client({ connectionString: at });
  await client.connect();
  try {
    const quoted = `"${name.replaceAll('"', '""')}"`;
    if (fresh) await client.query(`drop database if exists ${quoted} with (force)`);
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [name]);
    if (rowCount === 0) await client.query(`create database ${quoted}`);
  } finally {
    await client.end();
  }
  const parts = new URL(at);
  parts.pathname = `/${encodeURIComponent(name)}`;
  return parts.href;
}
