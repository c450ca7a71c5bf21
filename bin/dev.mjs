// npm run dev: the running site, restarted when server code changes; what browsers load is rebuilt when it changes.
import { existsSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { runChild } from './child.mjs';
import { dataFolder, openDatabase } from './database.mjs';
import { endWith } from './fault.mjs';
import { checkPort, wantedPort } from './port.mjs';
import { progress } from './progress.mjs';
import { ensureInstalled, root } from './setup.mjs';

async function main() {
  const tell = progress(3);
  const port = wantedPort();
  await checkPort(port);
  await ensureInstalled(tell);
  const database = await tell.step('Starting PostgreSQL', () =>
    openDatabase({ dir: dataFolder(), purpose: 'serve', keepAlive: true, log: tell.note }),
  );
  try {
    mkdirSync(join(root, 'dist'), { recursive: true });
    const env = { DATABASE_URL: database.url, PORT: String(port), NODE_ENV: 'development' };
    const programs = [
      runChild('tsx', ['watch', '--clear-screen=false', 'src/main.ts'], {
        env,
        stdio: ['ignore', 'inherit', 'inherit'],
      }),
    ];
    if (existsSync(join(root, 'vite.config.ts')))
      programs.push(
        runChild('vite', ['build', '--watch', '--logLevel', 'warn'], { env, stdio: ['ignore', 'inherit', 'inherit'] }),
      );
    await Promise.all(programs);
  } finally {
    await database.stop();
  }
}

main().catch(endWith);
