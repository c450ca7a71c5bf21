// The cluster's folder: made in one piece, recognised as ours, given its settings.
import { spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fault } from './fault.mjs';
import { canEnter, handOver, hasPrograms } from './postgres-home.mjs';
import { asUser, cleanEnvironment, failOf } from './postgres-process.mjs';

/** The major version of the programs that this checkout installs. */
export const major = '18';
const zone = "'Asia/Ho_Chi_Minh'";

const durable = {
  shared_buffers: '256MB',
  max_wal_size: '4GB',
  max_connections: '100',
  synchronous_commit: 'on',
  // So that a move to another major version can follow what is written, without a restart before it.
  wal_level: 'logical',
};
// Test data are thrown away: speed is all that counts.
const throwaway = {
  shared_buffers: '128MB',
  max_wal_size: '1GB',
  max_connections: '200',
  fsync: 'off',
  synchronous_commit: 'off',
  full_page_writes: 'off',
  autovacuum_naptime: '5min',
};
const always = {
  listen_addresses: "'127.0.0.1'",
  unix_socket_directories: "''",
  password_encryption: "'scram-sha-256'",
  timezone: zone,
  log_timezone: zone,
  lc_messages: "'C'",
  // The log outlives the program that started the server: never a pipe.
  logging_collector: 'on',
  log_directory: "'log'",
  log_filename: "'postgresql-%a.log'",
  log_truncate_on_rotation: 'on',
  log_rotation_age: '1d',
  log_rotation_size: '0',
  log_line_prefix: "'%m [%p] '",
  random_page_cost: '1.1',
};

/** The settings for a purpose, with the caller's own, and one key that tells whether a running server has them. */
export function settingsFor(purpose, extra, archive) {
  const archiving = archive === undefined ? {} : archiveSettings(archive);
  const settings = { ...always, ...(purpose === 'test' ? throwaway : durable), ...archiving, ...extra };
  return { settings, key: createHash('sha256').update(JSON.stringify(settings)).digest('hex') };
}

/** A value of postgresql.conf in its quotes. */
export const quoted = (text) => `'${text.replaceAll("'", "''")}'`;

/** Continuous archiving into a folder: a segment that is not full is handed over after a minute. */
const archiveSettings = (folder) => ({
  archive_mode: 'on',
  archive_library: "'basic_archive'",
  'basic_archive.archive_directory': quoted(folder),
  archive_timeout: '60s',
});

/** Makes the folder that takes the archived log, for the user PostgreSQL runs as. */
export function prepareArchive(home, folder) {
  try {
    mkdirSync(dirname(folder), { recursive: true, mode: 0o711 });
    if (!existsSync(folder)) {
      mkdirSync(folder, { mode: 0o700 });
      handOver(folder, home.user);
    }
  } catch (error) {
    throw fault(`SEN_BACKUPS: ${folder} cannot be made (${error.code}): make it, or give this user the rights.`, {
      code: 'unwritable',
    });
  }
  if (home.user !== undefined && !canEnter(home.user, folder))
    throw fault(
      `SEN_BACKUPS: the user ${home.user.name}, who runs PostgreSQL, may not enter ${folder}: allow it (chmod o+x on the folders above, chown ${home.user.name} ${folder}).`,
      { code: 'unwritable' },
    );
}

/** Fails with one sentence when the folder is there but is not a cluster this installation can run. */
export function checkFolder(home, state) {
  const info = statSync(home.data, { throwIfNoEntry: false });
  if (info === undefined) return 'missing';
  const where = home.data;
  if (!info.isDirectory()) throw fault(`${where} is not a folder: move it away and start again.`, { code: 'foreign' });
  const mine = home.user?.uid ?? process.getuid?.();
  if (mine !== undefined && info.uid !== mine) {
    if (info.uid === 0 && readdirSync(where).length === 0) return 'empty';
    throw fault(
      `The data folder ${where} belongs to another user (uid ${info.uid}): start as that user, or move the folder away.`,
      { code: 'foreign' },
    );
  }
  const names = readdirSync(where);
  if (names.length === 0) return 'empty';
  if (!names.includes('PG_VERSION'))
    throw fault(`The folder ${where} holds files that are not a PostgreSQL database: move them away and start again.`, {
      code: 'foreign',
    });
  const version = readFileSync(join(where, 'PG_VERSION'), 'utf8').trim();
  if (version !== major && !hasPrograms(version))
    throw fault(
      `The data folder ${where} was made by PostgreSQL ${version}, this is ${major}: npx sen database programs ${version} fetches its programs, then npx sen database upgrade moves it on.`,
      { code: 'foreign' },
    );
  if (state?.password === undefined)
    throw fault(
      `The data folder ${where} was not made by this installation (its password is not in .sen): move it away, or restore the password file.`,
      { code: 'foreign' },
    );
  return 'ready';
}

/** Makes the cluster in a folder beside, then renames it into place: a killed attempt leaves nothing half-made. */
export function initialise(home, purpose, given) {
  const password = given ?? randomBytes(24).toString('base64url');
  const fresh = `${home.data}.new`;
  const secret = `${home.data}.pw`;
  rmSync(fresh, { recursive: true, force: true });
  mkdirSync(fresh, { mode: 0o700 });
  handOver(fresh, home.user);
  rmSync(secret, { force: true });
  writeFileSync(secret, `${password}\n`, { mode: 0o600 });
  handOver(secret, home.user);
  const run = (locale) =>
    spawnSync(
      join(home.programs, 'bin', 'initdb'),
      [
        '-D',
        fresh,
        '-U',
        'sen',
        `--pwfile=${secret}`,
        '--auth=scram-sha-256',
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        `--locale=${locale}`,
        '--data-checksums',
        '--no-instructions',
        ...(purpose === 'test' ? ['--no-sync'] : []),
      ],
      { ...asUser(home.user), cwd: '/', env: cleanEnvironment(), encoding: 'utf8' },
    );
  try {
    let made = run('C.UTF-8');
    if (made.status !== 0 && /invalid locale/.test(made.stderr ?? '')) made = run('C');
    if (made.status !== 0)
      throw failOf(
        `${made.stderr}${made.error?.message ?? ''}`,
        home.data,
        'PostgreSQL could not make its data folder',
      );
    if (existsSync(home.data)) rmSync(home.data, { recursive: true });
    renameSync(fresh, home.data);
  } finally {
    rmSync(secret, { force: true });
    rmSync(fresh, { recursive: true, force: true });
  }
  return password;
}

/** Writes postgresql.conf when it differs. */
export function writeSettings(home, settings) {
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const text = `# Written at every start; lasting changes of your own: ALTER SYSTEM SET.\n${lines.join('\n')}\n`;
  const file = join(home.data, 'postgresql.conf');
  if (readFileSync(file, 'utf8') === text) return;
  writeFileSync(file, text);
  handOver(file, home.user);
}
