import { createHash } from 'node:crypto';
import { cpSync, existsSync, globSync, readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import { openDatabase, type Database, type Tx } from '../src/platform/database.ts';
import { inTransaction, systemActor } from '../src/platform/transaction.ts';
import { plant, type Things } from './_planted.ts';
import { startProduct, stopProduct, type Place } from './_product.ts';
import { buildTown, type House, type Town } from './_town.ts';

export const PUBLIC_HOST = 'dichvucong.example.vn';
const SECRET = 'rig-secret-rig-secret-rig-secret-rig-secret';

/** A product's database and place with the town of the security rigs in it. */
export interface Site {
  /** Starts in production mode, as it runs for a province; requests come as through its proxy. */
  place: Place;
  town: Town;
  things: Record<House, Things>;
  db: Database;
  read: <Row extends object>(sql: string, values?: readonly unknown[]) => Promise<Row[]>;
  close(): Promise<void>;
}

async function emptyDatabase(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ name: string }>(
    `select nspname as name from pg_namespace where nspname !~ '^pg_' and nspname <> 'information_schema'`,
  );
  await client.query(rows.map(({ name }) => `drop schema if exists "${name}" cascade`).join(';'));
  await client.query('create schema public');
  await client.end();
}

/** Work on the server of a database, from beside it. */
async function onServer<R>(url: string, work: (client: pg.Client) => Promise<R>): Promise<R> {
  const client = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).href });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** The name of a database: of letters, digits and lines, so that it can stand in a statement. */
const nameOf = (url: string): string => new URL(url).pathname.slice(1).replaceAll(/\W/g, '');

/** The loaded demonstration is kept as a database of its own for each state of migrations and province, and copied: loading takes long. */
function templateName(): string {
  const hash = createHash('sha256').update(SECRET);
  for (const file of globSync(['db/migrations/*.sql', 'province/**/*.json', 'src/insight/demo/*.ts']).sort())
    hash.update(file).update(readFileSync(file));
  return `rig_town_${hash.digest('hex').slice(0, 12)}`;
}

async function demonstrationInto(url: string, files: string, port: number): Promise<void> {
  const template = templateName();
  const kept = resolve(`.sen/${template}-files`);
  const own = nameOf(url);
  const isThere = await onServer(url, async (client) => {
    const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [template]);
    if (rowCount !== 1 || !existsSync(kept)) return false;
    await client.query(`drop database if exists "${own}" with (force)`);
    await client.query(`create database "${own}" template "${template}"`);
    return true;
  });
  rmSync(files, { recursive: true, force: true });
  if (isThere) return cpSync(kept, files, { recursive: true });
  process.stdout.write('loading the demonstration …\n');
  await emptyDatabase(url);
  // What is sealed while it loads must open later: the same secret.
  await stopProduct(await startProduct({ url, files, port, settings: { SEN_SECRET: SECRET } }));
  rmSync(kept, { recursive: true, force: true });
  cpSync(files, kept, { recursive: true });
  await onServer(url, async (client) => {
    await client.query(`drop database if exists "${template}" with (force)`);
    await client.query(`create database "${template}" template "${own}"`);
  });
}

/** Gives the rig's database the demonstration and builds the town into it. The product is stopped then. */
export async function openTown(name: string, port: number): Promise<Site> {
  const url = process.env['DATABASE_URL'] ?? '';
  const files = resolve(`.sen/rig-${name}-files`);
  await demonstrationInto(url, files, port);
  const db = openDatabase(url, { max: 4, applicationName: 'rig' });
  const read = <Row extends object>(sql: string, values?: readonly unknown[]) => db.reader.raw<Row>(sql, values);
  // Production refuses accounts of the demonstration; the rig needs its dossiers, not its accounts.
  await read('update identity.account set is_demo = false');
  const roles = JSON.parse(readFileSync('province/nghe-an/roles.json', 'utf8')) as Parameters<typeof buildTown>[2];
  const made = await inTransaction(db, { actor: systemActor('rig') }, async (tx: Tx) => {
    const town = await buildTown(tx, SECRET, roles);
    return { town, things: await plant(tx, town) };
  });
  const settings = {
    SEN_SECRET: SECRET,
    SEN_MODE: 'production',
    SEN_PUBLIC_URL: `https://${PUBLIC_HOST}`,
    SEN_TRUSTED_PROXIES: '127.0.0.1',
    SEN_SECOND_FACTOR: 'offered',
    SEN_ROLE: 'web',
  };
  return { ...made, place: { url, files, port, settings }, db, read, close: () => db.close() };
}
