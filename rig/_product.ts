import { spawn, type ChildProcess } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { pathToFileURL } from 'node:url';
import { ask } from './_dossier-load.ts';

/** As long as systemd waits. */
const STOP_MS = 75_000;

/** Where one run of the product works. */
export interface Place {
  url: string;
  files: string;
  port: number;
  /** Further settings of this process. */
  settings?: Record<string, string>;
  /** Modules that Node loads before the program: how a control breaks something that the program itself offers no switch for. */
  preload?: readonly string[];
}

export function environmentOf({ url, files, port, settings }: Place): NodeJS.ProcessEnv {
  return {
    ...process.env,
    DATABASE_URL: url,
    PORT: String(port),
    SEN_METRICS_PORT: 'off',
    SEN_FILES: files,
    SEN_LOG_LEVEL: 'warn',
    SEN_ROLE: 'all',
    ...settings,
  };
}

/** Starts the built product and waits until it answers. */
export async function startProduct(place: Place): Promise<ChildProcess> {
  const env = environmentOf(place);
  const preload = (place.preload ?? []).flatMap((path) => ['--import', pathToFileURL(resolve(path)).href]);
  // What the program says stays there for whoever looks for the cause of a failure.
  const log = openSync(`.sen/rig-product-${place.port}.log`, 'a');
  const child = spawn(process.execPath, [...preload, 'dist/server/main.js'], { env, stdio: ['ignore', log, 'pipe'] });
  closeSync(log);
  let said = '';
  child.stderr?.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
  for (let tries = 0; tries < 12_000; tries++) {
    if (child.exitCode !== null) throw new Error(`The program ended at start: ${said}`);
    if ((await ask(place.port, '/health/ready')).status === 200) {
      child.once('exit', (code, signal) => {
        // Killed on purpose, or ended as asked: nothing to tell.
        if (signal === null && code !== 0) process.stdout.write(`  the program ended with ${code}: ${said}\n`);
      });
      return child;
    }
    await sleep(50);
  }
  throw new Error('The program did not become ready in ten minutes');
}

/** Asks the product to end and waits for it. */
export async function stopProduct(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise((done) => child.once('exit', done));
  child.kill('SIGTERM');
  const late = sleep(STOP_MS, 'late', { ref: false });
  if ((await Promise.race([ended, late])) !== 'late') return;
  process.stdout.write('  the program did not end in time and is killed\n');
  child.kill('SIGKILL');
  await ended;
}

/** Runs `npx sen ARGS` of the built product; its output and exit code. */
export function runSen(place: Place, args: readonly string[]): Promise<{ code: number; said: string }> {
  return new Promise((done) => {
    const env = environmentOf(place);
    const child = spawn(process.execPath, ['dist/server/cli.js', ...args], { env, stdio: ['ignore', 'pipe', 'pipe'] });
    let said = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (said += chunk.toString()));
    child.on('close', (code) => done({ code: code ?? 1, said: said.trim() }));
  });
}
