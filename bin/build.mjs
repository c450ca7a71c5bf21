// Builds what runs: the server (dist/server, compiled by tsc) and what browsers load (vite). Does nothing when nothing changed.
import { createHash } from 'node:crypto';
import {
  cpSync,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { endWith, fault, knownCause } from './fault.mjs';
import { withLock } from './lease.mjs';
import { progress } from './progress.mjs';
import { ensureInstalled, environment, home, root, runQuietly } from './setup.mjs';

const dist = join(root, 'dist');
const server = join(dist, 'server');
const stampFile = join(dist, 'stamp');
const settings = ['package-lock.json', 'tsconfig.json', 'tsconfig.build.json', 'vite.config.ts', 'bin/build.mjs'];

const isTest = (path) => /\.test\.tsx?$|^src[\\/]testing([\\/]|$)/.test(path);

/** Every file below a folder, as paths relative to the checkout. */
function* filesBelow(folder) {
  for (const entry of readdirSync(join(root, folder), { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesBelow(path);
    else yield path;
  }
}

/** What the build depends on, as one hash of names, sizes and times of change: milliseconds for a thousand files. */
function currentStamp() {
  const hash = createHash('sha256');
  const sources = [...filesBelow('src')].filter((path) => !isTest(path) && !path.endsWith('.md'));
  const files = [...sources, ...settings.filter((name) => existsSync(join(root, name)))];
  for (const path of files.sort((a, b) => (a < b ? -1 : 1))) {
    const info = statSync(join(root, path));
    hash.update(`${path} ${info.size} ${info.mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** True when the last build is of the present sources. */
export function isBuilt() {
  try {
    return readFileSync(stampFile, 'utf8') === currentStamp() && existsSync(join(server, 'main.js'));
  } catch {
    return false;
  }
}

async function run(program, args, what) {
  const log = join(home, 'build.log');
  const { code, output } = await runQuietly(program, args, { env: environment({ NODE_ENV: 'production' }), log });
  if (code === 0) return;
  const cause = knownCause(output, dist);
  if (cause?.code === 'disk-full') throw fault(cause.message, cause);
  process.stderr.write(`${output.trimEnd()}\n`);
  throw fault(`${what} failed: the reason is above and in .sen/build.log.`);
}

/** Compiles into a folder beside and swaps it in: a server that is running keeps its files to the last moment. */
async function buildServer() {
  const fresh = `${server}.new`;
  rmSync(fresh, { recursive: true, force: true });
  await run('tsc', ['-p', 'tsconfig.build.json', '--outDir', fresh], 'Compiling the server');
  for (const path of filesBelow('src')) {
    const inside = relative('src', path);
    if (/\.(tsx?|md|scss)$/.test(path) || isTest(path) || inside.startsWith('browser')) continue;
    mkdirSync(dirname(join(fresh, inside)), { recursive: true });
    cpSync(join(root, path), join(fresh, inside));
  }
  rmSync(`${server}.old`, { recursive: true, force: true });
  if (existsSync(server)) renameSync(server, `${server}.old`);
  renameSync(fresh, server);
  rmSync(`${server}.old`, { recursive: true, force: true });
}

async function buildBrowser() {
  if (!existsSync(join(root, 'vite.config.ts'))) return;
  await run('vite', ['build', '--logLevel', 'warn'], 'Building what browsers load');
}

/**
 * Builds when the sources changed since the last build.
 * @param {ReturnType<typeof progress>} [tell] one step is told
 */
export async function ensureBuilt(tell = progress(1)) {
  if (isBuilt()) return tell.done('The build is up to date');
  mkdirSync(dist, { recursive: true });
  await withLock(
    join(home, 'build.lock'),
    async () => {
      if (isBuilt()) return tell.done('The build is up to date');
      await tell.step('Building', async () => {
        const stamp = currentStamp();
        rmSync(stampFile, { force: true });
        const results = await Promise.allSettled([buildServer(), buildBrowser()]);
        const failed = results.find((result) => result.status === 'rejected');
        if (failed !== undefined) throw failed.reason;
        if (!existsSync(join(server, 'main.js')))
          throw fault('The build made no dist/server/main.js: is src/main.ts there?');
        writeFileSync(stampFile, stamp);
      });
    },
    10 * 60_000,
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href) {
  const tell = progress(3);
  ensureInstalled(tell)
    .then(() => ensureBuilt(tell))
    .catch(endWith);
}
