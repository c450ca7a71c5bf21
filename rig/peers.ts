import { existsSync, mkdirSync, readdirSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import pg from 'pg';
import { migrate } from '../src/platform/migrate.ts';
import { installPeer, type Peer } from './_peer.ts';

/*
 * The protocols that Sen speaks, spoken with independent implementations from Debian's packages: each file of `rig/peers/`
 * is one of them. A peer that cannot be installed here is named as skipped, and the rig ends with 1.
 *
 * npm run rig -- peers [NAME …]
 */

const wanted = process.argv.slice(2).filter((arg) => !arg.startsWith('-'));
const folder = resolve('rig/peers');
const files = (existsSync(folder) ? readdirSync(folder) : []).filter(
  (name) => name.endsWith('.ts') && !name.startsWith('_'),
);
const peers = await Promise.all(
  files.sort().map(async (name) => ((await import(resolve(folder, name))) as { default: Peer }).default),
);
const unknown = wanted.filter((name) => !peers.some((peer) => peer.name === name));
if (unknown.length > 0) {
  process.stderr.write(
    `✗ No such peer: ${unknown.join(', ')}; there are ${peers.map(({ name }) => name).join(', ')}\n`,
  );
  process.exit(1);
}

/** A migrated database for one peer. */
async function databaseFor(name: string): Promise<string> {
  const url = new URL(process.env['DATABASE_URL'] ?? '');
  const client = new pg.Client({ connectionString: url.href });
  await client.connect();
  const database = `rig_peer_${name.replaceAll(/[^a-z0-9]/g, '_')}`;
  await client.query(`drop database if exists ${database} with (force)`);
  await client.query(`create database ${database}`);
  await client.end();
  url.pathname = `/${database}`;
  await migrate(url.href, 'db/migrations');
  return url.href;
}

const figures = { peers: 0, passed: 0, failed: 0, skipped: 0 };
const notes: Record<string, string | number> = {};
for (const peer of peers.filter(({ name }) => wanted.length === 0 || wanted.includes(name))) {
  const tell = (line: string) => void process.stdout.write(`  ${peer.name}: ${line}\n`);
  const reason = installPeer(peer);
  if (reason !== null) {
    tell(`skipped, ${reason}`);
    figures.skipped += 1;
    continue;
  }
  const place = resolve('.sen/rig-peers', peer.name);
  rmSync(place, { recursive: true, force: true });
  mkdirSync(place, { recursive: true });
  figures.peers += 1;
  try {
    const result = await peer.run({ url: await databaseFor(peer.name), folder: place, tell });
    figures.passed += result.passed;
    figures.failed += result.failed;
    for (const [key, value] of Object.entries(result.notes ?? {})) notes[`${peer.name}_${key}`] = value;
    tell(`${result.passed} passed, ${result.failed} failed`);
  } catch (error) {
    figures.failed += 1;
    tell(error instanceof Error ? (error.stack ?? error.message) : String(error));
  }
  rmSync(place, { recursive: true, force: true });
}
process.stdout.write(`${JSON.stringify({ rig: 'peers', ...figures, ...notes })}\n`);
process.exit(figures.failed === 0 && figures.skipped === 0 ? 0 : 1);
