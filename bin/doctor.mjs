// npx sen doctor: looks at everything an installation stands on and says what is wrong and what to do. Works when nothing else
// does: it needs no packages, starts nothing and changes nothing.
import { accessSync, constants, existsSync, readdirSync, readFileSync, statfsSync, statSync } from 'node:fs';
import { spawnSync } from 'node:child_process';
import { basename, join } from 'node:path';
import { isBuilt } from './build.mjs';
import { backupsFolder, checkUrl, givenUrl, whyNotConnected } from './database.mjs';
import { liveLeases } from './lease.mjs';
import { bad, checkBackups, good } from './doctor-backups.mjs';
import { checkSecrets } from './doctor-secrets.mjs';
import { major } from './postgres-cluster.mjs';
import { hasPrograms } from './postgres-home.mjs';
import { checkPort, wantedPort } from './port.mjs';
import { home, isInstalled, nodeProgram, root, wantedNode } from './setup.mjs';

function checkNode() {
  const [major] = process.versions.node.split('.').map(Number);
  if (major < 20) return bad(`Node ${process.versions.node} is too old.`, 'Install Node 20 or later.');
  return good(`Node ${process.versions.node} can begin the work.`);
}

function checkInstallation() {
  if (!existsSync(nodeProgram)) return bad('The packages are not installed.', 'Run npm start.');
  const ran = spawnSync(nodeProgram, ['--version'], { encoding: 'utf8' });
  const version = ran.stdout?.trim().slice(1);
  if (version !== wantedNode())
    return bad(
      `The installed Node ${version ?? 'does not run'}; it should be ${wantedNode()}.`,
      'Delete node_modules and run npm start.',
    );
  if (!isInstalled()) return bad('The installed packages are not those of package-lock.json.', 'Run npm start.');
  return good(`Node ${version} and the locked packages are installed.`);
}

const checkBuild = () =>
  isBuilt()
    ? good('The build is up to date.')
    : bad('The build is missing or older than the sources.', 'Run npm start, or npm run build.');

function checkFolder() {
  for (const folder of [root, home]) {
    if (!existsSync(folder)) continue;
    try {
      accessSync(folder, constants.W_OK);
    } catch {
      return bad(
        `${folder} cannot be written by this user.`,
        'Give this user the rights, or start as the folder’s owner.',
      );
    }
  }
  return good(`${root} can be written.`);
}

function checkDisk(folder = root, what = 'on the disk') {
  const disk = statfsSync(folder);
  const free = disk.bavail * disk.bsize;
  const text = `${(free / 1e9).toFixed(1)} GB are free ${what}.`;
  if (disk.ffree === 0 && disk.files > 0)
    return bad('The disk has no free inodes.', 'Delete files that are not needed.');
  return free < 1e9 ? bad(text, 'Free some space: PostgreSQL stops when the disk is full.') : good(text);
}

async function checkSitePort(running) {
  try {
    const port = wantedPort();
    await checkPort(port);
    return good(`Port ${port} is free.`);
  } catch (error) {
    if (error.code === 'port-taken' && running) return good(`Port ${wantedPort()} is in use, and Sen is running.`);
    return bad(error.message, 'See above.');
  }
}

function readState() {
  try {
    return JSON.parse(readFileSync(join(home, 'data.json'), 'utf8'));
  } catch {
    return undefined;
  }
}

function checkData(state) {
  const data = state?.data ?? join(home, 'data');
  if (!existsSync(data))
    return state === undefined
      ? good('There is no data folder yet; npm start makes it.')
      : bad(`The data folder ${data} is gone.`, 'Restore it from a backup, or run npm start for an empty one.');
  if (!statSync(data).isDirectory()) return bad(`${data} is not a folder.`, 'Move it away and run npm start.');
  let names;
  try {
    names = readdirSync(data);
  } catch {
    return bad(`The data folder ${data} belongs to another user.`, 'Run as that user, or as root.');
  }
  if (!names.includes('PG_VERSION'))
    return bad(`${data} is not a PostgreSQL data folder.`, 'Move it away and run npm start.');
  const version = readFileSync(join(data, 'PG_VERSION'), 'utf8').trim();
  if (version !== major)
    return bad(
      `The data folder is of PostgreSQL ${version}, the programs are ${major}.`,
      hasPrograms(version)
        ? 'It runs on the older programs; npx sen database upgrade moves it on.'
        : `npx sen database programs ${version} fetches its programs, npx sen database upgrade moves it on.`,
    );
  if (state?.password === undefined)
    return bad('The password file .sen/data.json is missing or damaged.', 'Restore it from a backup.');
  const mode = statSync(join(home, 'data.json')).mode & 0o077;
  if (mode !== 0) return bad('Others may read the password file .sen/data.json.', 'chmod 600 .sen/data.json');
  return good(`The data folder is ${data}.`);
}

async function openClient(url) {
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 5000 });
  client.on('error', () => undefined);
  await client.connect();
  return client;
}

async function checkDatabase(given, state) {
  const url =
    given ?? (state === undefined ? undefined : `postgres://sen:${state.password}@127.0.0.1:${state.port}/sen`);
  if (url === undefined) return { result: good('The embedded PostgreSQL has not been started yet.') };
  try {
    const client = await openClient(given === undefined ? url : await checkUrl(given));
    const left =
      given === undefined && liveLeases(join(home, 'data.users')) === 0
        ? ' A program that was killed left it running; npm start takes it over.'
        : '';
    return {
      client,
      result: good(
        given === undefined
          ? `PostgreSQL answers on port ${state.port}.${left}`
          : 'The database of DATABASE_URL answers.',
      ),
    };
  } catch (error) {
    if (error.code === 'ERR_MODULE_NOT_FOUND')
      return { result: bad('The database cannot be asked: the packages are not installed.', 'Run npm start.') };
    if (given !== undefined)
      return {
        result: bad(error.name === 'Fault' ? error.message : whyNotConnected(error, given), 'Correct DATABASE_URL.'),
      };
    if (error.code === 'ECONNREFUSED' && liveLeases(join(home, 'data.users')) === 0)
      return { result: good('PostgreSQL is not running; npm start starts it.') };
    return {
      result: bad(
        `PostgreSQL does not answer (${error.message}).`,
        'Read .sen/data.start.log and the log folder in the data folder.',
      ),
    };
  }
}

async function checkServer(client) {
  const { rows } = await client.query(
    "select current_setting('server_version') as version, current_setting('server_version_num')::int as number, extract(epoch from now())::float8 as now, current_setting('server_encoding') as encoding",
  );
  const [server] = rows;
  const drift = Math.abs(Date.now() / 1000 - server.now);
  if (server.number < 150_000) return bad(`PostgreSQL ${server.version} is too old.`, 'Use PostgreSQL 15 or later.');
  if (server.encoding !== 'UTF8')
    return bad(`The database is encoded in ${server.encoding}.`, 'Use a database encoded in UTF8.');
  if (drift > 5)
    return bad(`The clocks of this machine and of the database differ by ${Math.round(drift)} s.`, 'Set both by NTP.');
  return good(`PostgreSQL ${server.version}, UTF8, clock in step.`);
}

async function checkMigrations(client) {
  const folder = join(root, 'db', 'migrations');
  const files = existsSync(folder) ? readdirSync(folder).filter((name) => name.endsWith('.sql')) : [];
  const { rows } = await client.query("select to_regclass('public.migration') is not null as made");
  const done = rows[0].made
    ? (await client.query('select name from public.migration')).rows.map((row) => row.name)
    : [];
  const pending = files.filter((name) => !done.includes(name));
  const unknown = done.filter((name) => !files.includes(name));
  if (unknown.length > 0)
    return bad(`The database is newer than this program (${unknown.at(-1)}).`, 'Update the checkout.');
  if (pending.length > 0) return bad(`${pending.length} of ${files.length} migrations have not run.`, 'Run npm start.');
  return good(`All ${files.length} migrations have run.`);
}

function checkClock() {
  const year = new Date().getUTCFullYear();
  if (year < 2025) return bad(`The clock of this machine says it is ${year}.`, 'Set the clock (NTP).');
  const noon = new Intl.DateTimeFormat('en', {
    timeZone: 'Asia/Ho_Chi_Minh',
    hour: '2-digit',
    hourCycle: 'h23',
  }).format(new Date('2026-01-01T05:00:00Z'));
  if (noon !== '12')
    return bad('This Node does not know the time zone Asia/Ho_Chi_Minh.', 'Delete node_modules and run npm start.');
  return good('The clock is plausible and the time zone Asia/Ho_Chi_Minh is known.');
}

/** Each check in turn; one that breaks is itself a finding. */
async function look(name, check) {
  try {
    return await check();
  } catch (error) {
    return bad(`${name}: ${error.message}`, 'Report this with the line above.');
  }
}

/** Prints the findings. @returns {Promise<number>} exit code: 1 when something is wrong */
export async function doctor() {
  const findings = [];
  const add = async (name, check) => findings.push(await look(name, check));
  await add('Node', checkNode);
  await add('Folder', checkFolder);
  await add('Disk', () => checkDisk());
  const backups = backupsFolder();
  if (backups !== undefined && existsSync(backups)) await add('Back-ups', () => checkDisk(backups, 'for back-ups'));
  await add('Clock', checkClock);
  await add('Installation', checkInstallation);
  await add('Build', checkBuild);
  const state = readState();
  let given;
  await add(
    'Settings',
    () => (
      (given = givenUrl()),
      good(given === undefined ? 'DATABASE_URL is not set: the embedded PostgreSQL is used.' : 'DATABASE_URL is set.')
    ),
  );
  await add('Secrets', () => checkSecrets());
  if (given === undefined) await add('Data', () => checkData(state));
  let client;
  await add('Database', async () => {
    const opened = await checkDatabase(given, state);
    client = opened.client;
    return opened.result;
  });
  if (client !== undefined) {
    await add('Server', () => checkServer(client));
    await add('Migrations', () => checkMigrations(client));
    await add('Back-ups', () => checkBackups(client, given === undefined));
    await client.end();
  }
  await add('Port', () => checkSitePort(client !== undefined));
  for (const { ok, text, todo } of findings) console.log(ok ? `✓ ${text}` : `✗ ${text}\n    → ${todo}`);
  const wrong = findings.filter((finding) => !finding.ok).length;
  console.log(
    wrong === 0
      ? `\nNothing is wrong with ${basename(root)}.`
      : `\n${wrong} thing${wrong === 1 ? ' is' : 's are'} wrong.`,
  );
  return wrong === 0 ? 0 : 1;
}
