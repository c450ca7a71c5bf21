// npm start: from a clean clone to a running province. Cheap checks come first, so that a wrong setting costs no waiting.
import { join } from 'node:path';
import { ensureBuilt } from './build.mjs';
import { fileThreads, runChild } from './child.mjs';
import { archiveOption, checkUrl, dataFolder, givenUrl, readUrl } from './database.mjs';
import { endWith, fault } from './fault.mjs';
import { checkPort, metricsPort, wantedPort } from './port.mjs';
import { startPostgres } from './postgres.mjs';
import { progress } from './progress.mjs';
import { ensureInstalled, nodeProgram, root } from './setup.mjs';

async function main() {
  const tell = progress(5);
  const role = process.env['SEN_ROLE'] || 'all';
  if (!['web', 'worker', 'all'].includes(role)) throw fault(`SEN_ROLE must be web, worker or all, not "${role}".`);
  const port = wantedPort();
  if (role !== 'worker') await checkPort(port);
  const metrics = metricsPort(port);
  if (metrics !== undefined) await checkPort(metrics, { setting: 'SEN_METRICS_PORT' });
  const given = givenUrl();
  if (given !== undefined) readUrl(given);

  await ensureInstalled(tell);
  await ensureBuilt(tell);
  let server;
  let child;
  let lost;
  const program = runChild(nodeProgram, ['--enable-source-maps', 'bin/serve.mjs'], {
    env: { PORT: String(port), SEN_ROLE: role, NODE_COMPILE_CACHE: join(root, '.sen', 'compiled'), ...fileThreads },
    leashed: true,
    onStart: (started) => (child = started),
  });
  let code = 1;
  try {
    if (given === undefined) {
      server = await tell.step('Starting PostgreSQL', () =>
        startPostgres({
          dir: dataFolder(),
          purpose: 'serve',
          ...archiveOption(),
          keepAlive: true,
          log: tell.note,
          onLost: (error) => {
            lost = error;
            child.kill('SIGTERM');
          },
        }),
      );
    } else {
      await tell.step('Checking the database of DATABASE_URL', () => checkUrl(given));
    }
    tell.done('Starting Sen …');
    const embedded = server === undefined ? {} : { SEN_EMBEDDED: server.data };
    child.send({ DATABASE_URL: server?.url ?? given, ...embedded }, () => {}); // when it is gone, its exit code says so
    code = await program;
  } catch (error) {
    child.kill('SIGKILL');
    await program;
    throw error;
  } finally {
    await server?.stop();
  }
  if (lost !== undefined) throw fault(`PostgreSQL ended and could not be started again: ${lost.message}`);
  process.exitCode = code;
}

main().catch(endWith);
