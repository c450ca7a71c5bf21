import { readFileSync, rmSync } from 'node:fs';
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

/** Empties the rig's database, lets the product load its demonstration, and builds the town into it. The product is stopped then. */
export async function openTown(name: string, port: number): Promise<Site> {
  const url = process.env['DATABASE_URL'] ?? '';
  const files = resolve(`.sen/rig-${name}-files`);
  await emptyDatabase(url);
  rmSync(files, { recursive: true, force: true });
  process.stdout.write('loading the demonstration …\n');
  await stopProduct(await startProduct({ url, files, port }));
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
