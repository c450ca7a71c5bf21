// A scratch PostgreSQL for a drill: node bin/scratch.mjs FOLDER [BACKUPS]. Empty, or recovered from the base back-ups and the log in BACKUPS.
// Prints one line of JSON when it answers, and ends, with everything it made, when its input closes.
import { mkdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { endWith } from './fault.mjs';
import { recoverPostgres } from './postgres-recover.mjs';
import { startPostgres } from './postgres.mjs';

async function main() {
  const [place, backups] = process.argv.slice(2);
  const folder = resolve(place);
  const dir = join(folder, `${process.pid}`, 'data');
  const closed = new Promise((done) => process.stdin.once('end', done).once('close', done).resume());
  mkdirSync(join(folder, `${process.pid}`), { recursive: true, mode: 0o711 });
  let server;
  try {
    let recovered;
    if (backups !== undefined)
      recovered = await recoverPostgres({ dir, backups, moment: undefined, isTrial: true, log: () => undefined });
    server = await startPostgres({ dir, purpose: backups === undefined ? 'test' : 'command' });
    process.stdout.write(
      `${JSON.stringify({ url: server.url, lastChange: recovered?.lastChange ?? null, base: recovered?.base ?? null })}\n`,
    );
    await closed;
  } finally {
    await server?.stop();
    rmSync(join(folder, `${process.pid}`), { recursive: true, force: true });
    if (server !== undefined) rmSync(server.data, { recursive: true, force: true });
  }
}

main().catch(endWith);
