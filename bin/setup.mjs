// Installs what is missing, in this order: Node 24 from npm, then the locked dependencies under it. npm run by an older Node
// silently picks older versions of packages, so the runtime comes first. Runs under Node 20 with no packages installed.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  accessSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statfsSync,
  writeFileSync,
  writeSync,
  closeSync,
} from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { endWith, fault, knownCause } from './fault.mjs';
import { withLock } from './lease.mjs';
import { progress } from './progress.mjs';

/** The checkout. */
export const root = dirname(dirname(fileURLToPath(import.meta.url)));
/** Where everything that can be made anew or belongs to this machine lives. */
export const home = join(root, '.sen');

const modules = join(root, 'node_modules');
const stampFile = join(home, 'installed.json');
const needed = 1.5e9;

const readJson = (file) => {
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    return undefined;
  }
};

/** The exact Node version that Sen runs under, from package.json. */
export const wantedNode = () => readJson(join(root, 'package.json'))?.dependencies?.node;

/** The environment of every program that Sen starts: the installed Node and tools first on PATH. */
export function environment(extra = {}) {
  return { ...process.env, PATH: `${join(modules, '.bin')}${delimiter}${process.env['PATH'] ?? ''}`, ...extra };
}

/** The Node that runs Sen. */
export const nodeProgram = join(modules, '.bin', 'node');

function wantedStamp() {
  const lock = readFileSync(join(root, 'package-lock.json'));
  return { lock: createHash('sha256').update(lock).digest('hex'), node: wantedNode() };
}

const same = (a, b) => JSON.stringify(a) === JSON.stringify(b);

/** True when what is installed is what the lock file names, package by package; true also when npm was run by hand. */
export function matchesLock() {
  const locked = readJson(join(root, 'package-lock.json'))?.packages ?? {};
  const installed = readJson(join(modules, '.package-lock.json'))?.packages;
  return installed !== undefined && fits(locked, installed);
}

/** True when every locked package is installed at its version; other platforms' optional ones may be missing. */
export function fits(locked, installed) {
  return Object.entries(locked).every(([path, wanted]) => {
    if (path === '') return true;
    const found = installed[path];
    return found === undefined ? wanted.optional === true : found.version === wanted.version;
  });
}

/** True when nothing needs to be installed. Takes a few milliseconds. */
export function isInstalled() {
  if (!existsSync(nodeProgram)) return false;
  const wanted = wantedStamp();
  if (same(readJson(stampFile), wanted)) return true;
  if (!matchesLock() || readJson(join(modules, 'node', 'package.json'))?.version !== wanted.node) return false;
  writeStamp(wanted);
  return true;
}

function writeStamp(stamp) {
  mkdirSync(home, { recursive: true, mode: 0o755 });
  writeFileSync(`${stampFile}.new`, JSON.stringify(stamp));
  renameSync(`${stampFile}.new`, stampFile);
}

/** Runs a program with its output kept in a log; resolves to its exit code and the output's end. */
export function runQuietly(program, args, { env, log, cwd = root }) {
  return new Promise((done) => {
    const out = openSync(log, 'a');
    let tail = '';
    const keep = (chunk) => {
      writeSync(out, chunk);
      tail = (tail + chunk).slice(-20_000);
    };
    writeSync(out, `\n$ ${program} ${args.join(' ')}\n`);
    const child = spawn(program, args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'] });
    child.stdout.setEncoding('utf8').on('data', keep);
    child.stderr.setEncoding('utf8').on('data', keep);
    let ended = false;
    const end = (code, output) => {
      if (ended) return;
      ended = true;
      closeSync(out);
      done({ code, output });
    };
    child.once('error', (error) => end(-1, `${tail}\n${error.code} ${error.message}`));
    child.once('close', (code) => end(code ?? -1, tail));
  });
}

/** Runs npm under the given Node. */
async function npm(node, args, what) {
  const script = process.env['npm_execpath'];
  const direct = script !== undefined && /npm-cli\.c?js$/.test(script) && existsSync(script);
  const env = { ...process.env, PATH: `${dirname(node)}${delimiter}${process.env['PATH'] ?? ''}` };
  // npm hands its own settings down to its scripts; those that name a folder must not reach this npm.
  for (const name of Object.keys(env))
    if (/^npm_config_(local_prefix|prefix|global_prefix|workspace.*|dry_run)$/i.test(name)) delete env[name];
  const log = join(home, 'install.log');
  const flags = ['--no-audit', '--no-fund', '--no-progress', '--ignore-scripts=false', '--loglevel=warn'];
  const ran = direct
    ? await runQuietly(node, [script, ...args, ...flags], { env, log })
    : await runQuietly('npm', [...args, ...flags], { env, log });
  if (ran.code === 0) return;
  if (/\bENOENT\b.*spawn npm|spawn npm ENOENT/.test(ran.output))
    throw fault('npm is not installed: install Node 20 or later together with npm.');
  const cause = knownCause(ran.output, root);
  if (cause !== undefined) throw fault(cause.message, cause);
  const told = ran.output.split('\n').filter((line) => /^npm (ERR!|error) (?!A complete log|code)/.test(line));
  throw fault(
    `${what} failed: ${(told[0] ?? 'no reason given').replace(/^npm (ERR!|error) /, '')} (all of it in .sen/install.log).`,
  );
}

/** A Node of the wanted major version to install under: this one, one installed earlier, or one fetched now. */
async function runtimeFor(version, tell) {
  const major = version.split('.')[0];
  if (process.versions.node.split('.')[0] === major) return process.execPath;
  const folder = join(home, 'runtime');
  const program = join(folder, 'node_modules', 'node', 'bin', 'node');
  const has = () =>
    existsSync(program) && readJson(join(folder, 'node_modules', 'node', 'package.json'))?.version === version;
  if (has()) {
    tell.done(`Node ${version} is here`);
    return program;
  }
  await tell.step(`Installing Node ${version}`, async () => {
    mkdirSync(folder, { recursive: true, mode: 0o755 });
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'sen-runtime', private: true, allowScripts: { node: true } }),
    );
    await npm(
      process.execPath,
      ['install', '--prefix', folder, '--no-save', '--no-package-lock', `node@${version}`],
      `Installing Node ${version}`,
    );
    if (!has()) throw fault(`Node ${version} could not be installed from npm: see .sen/install.log.`);
  });
  return program;
}

function checkGround() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20)
    throw fault(
      `This is Node ${process.versions.node}: Sen needs Node 20 or later to begin with (it then installs the one it runs under).`,
    );
  try {
    accessSync(root, constants.W_OK);
    mkdirSync(home, { recursive: true, mode: 0o755 });
    accessSync(home, constants.W_OK);
  } catch (error) {
    throw fault(knownCause(String(error.code), root)?.message ?? `${root} cannot be written (${error.code}).`, {
      code: 'unwritable',
    });
  }
}

function checkSpace() {
  const disk = statfsSync(root);
  const free = disk.bavail * disk.bsize;
  if (free < needed) {
    throw fault(
      `The disk that holds ${root} has ${(free / 1e9).toFixed(1)} GB free; installing needs ${needed / 1e9} GB: free some space and start again.`,
      { code: 'disk-full' },
    );
  }
}

/**
 * Installs what the lock file names. `npm ci` is not used: it refuses the whole lock when a registry (a mirror that lags) lacks
 * some other platform's optional package. `npm install --no-save` takes every version and checksum from the lock as well and
 * writes nothing back; that the result is the lock, package by package, is checked here.
 */
async function installPackages(node) {
  const install = () => npm(node, ['install', '--no-save'], 'Installing the packages');
  await install();
  if (matchesLock()) return;
  // What an earlier, broken installation left may stand in the way: once more from nothing.
  rmSync(modules, { recursive: true, force: true });
  await install();
  if (!matchesLock())
    throw fault(
      'The packages npm installed are not those of package-lock.json: package.json and package-lock.json do not belong together (npm install puts them in step).',
    );
}

/**
 * Makes sure the runtime and the locked packages are installed. Fast when they are.
 * @param {ReturnType<typeof progress>} [tell] two steps are told: the runtime and the packages
 * @throws a fault with one sentence: no network, full disk, unwritable folder
 */
export async function ensureInstalled(tell = progress(2)) {
  checkGround();
  const version = wantedNode();
  if (isInstalled()) {
    tell.done(`Node ${version} is here`);
    tell.done('The packages are here');
    return;
  }
  await withLock(
    join(home, 'install.lock'),
    async () => {
      if (isInstalled()) {
        tell.done(`Node ${version} is here`);
        tell.done('The packages are here');
        return;
      }
      checkSpace();
      const node = await runtimeFor(version, tell);
      if (node === process.execPath) tell.done(`Node ${process.versions.node} is here`);
      await tell.step('Installing the packages (a minute or two)', () => installPackages(node));
      if (!existsSync(nodeProgram))
        throw fault(
          'npm did not install the Node runtime: its install scripts seem to be switched off; see .sen/install.log.',
        );
      writeStamp(wantedStamp());
    },
    20 * 60_000,
  );
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(process.argv[1]).href)
  ensureInstalled().catch(endWith);
