// A cluster made again from a base back-up and the archived log, up to a moment. Needs the server's own programs, tar and gzip.
import { spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import {
  chmodSync,
  chownSync,
  copyFileSync,
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Transform, Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { createGunzip, gunzipSync } from 'node:zlib';
import { fault, isFault } from './fault.mjs';
import { liveLeases, withLock } from './lease.mjs';
import { prepareArchive, quoted, settingsFor, writeSettings } from './postgres-cluster.mjs';
import { canEnter, handOver, postgresHome } from './postgres-home.mjs';
import {
  asUser,
  cleanEnvironment,
  failOf,
  freePort,
  launchPatiently,
  runningOn,
  shutDown,
} from './postgres-process.mjs';
import { filesOf, readState, writeState } from './postgres.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const segmentName = /^([0-9A-F]{8})([0-9A-F]{8})([0-9A-F]{8})(\.gz)?$/;

/** A moment as people write it: `2026-11-28 09:30`, seconds and zone may follow (Viet Nam's without one); `latest`: undefined. */
export function readMoment(text) {
  if (text === 'latest') return undefined;
  const found = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2})(:\d{2}(?:\.\d{1,6})?)?\s?(Z|[+-]\d{2}:?\d{2})?$/.exec(
    text ?? '',
  );
  const [, day, minute, second = ':00', zone = '+07:00'] = found ?? [];
  const offset = /^[+-]\d{4}$/.test(zone) ? `${zone.slice(0, 3)}:${zone.slice(3)}` : zone;
  const moment = new Date(`${day}T${minute}${second}${offset}`);
  if (found === null || Number.isNaN(moment.getTime()))
    throw fault(`"${text ?? ''}" is no time: write it like --to '2026-11-28 09:30' (Viet Nam's time) or --to latest.`);
  return moment;
}

const shown = (date) => date.toLocaleString('sv-SE', { timeZone: 'Asia/Ho_Chi_Minh' });

function listBases(backups) {
  const folder = join(backups, 'base');
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .filter((name) => /^\d{8}T\d{6}Z$/.test(name))
    .sort()
    .flatMap((name) => {
      try {
        return [{ ...JSON.parse(readFileSync(join(folder, name, 'base.json'), 'utf8')), folder: join(folder, name) }];
      } catch {
        return [];
      }
    });
}

const lsn = (text) => text.split('/').reduce((high, low) => (high << 32n) + BigInt(`0x${low}`), 0n);

/** The newest timeline of the archive and those it came from, each with the position where it was left. */
function timelines(backups, bases) {
  const folder = join(backups, 'wal');
  const names = existsSync(folder) ? readdirSync(folder) : [];
  const numbers = names.flatMap((name) => (/^[0-9A-F]{8}/.test(name) ? [Number.parseInt(name.slice(0, 8), 16)] : []));
  const newest = Math.max(1, ...numbers, ...bases.map((base) => base.timeline));
  const chain = new Map([[newest, undefined]]);
  const file = join(folder, `${newest.toString(16).toUpperCase().padStart(8, '0')}.history`);
  const text = existsSync(file)
    ? readFileSync(file, 'utf8')
    : existsSync(`${file}.gz`)
      ? gunzipSync(readFileSync(`${file}.gz`)).toString()
      : '';
  for (const line of text.split('\n')) {
    const [, number, left] = /^(\d+)\s+([0-9A-F]+\/[0-9A-F]+)/.exec(line) ?? [];
    if (number !== undefined) chain.set(Number(number), lsn(left));
  }
  return { newest, chain };
}

/** The base back-up to begin from. @throws a fault that says which moments can be reached */
export function chooseBase(backups, moment) {
  const bases = listBases(backups);
  if (bases.length === 0)
    throw fault(
      `${backups} holds no complete base back-up: npx sen backup --base makes one; without one, use npx sen restore FOLDER with a daily back-up.`,
      { code: 'no-base' },
    );
  const { newest, chain } = timelines(backups, bases);
  const usable = bases.filter((base) => {
    if (!chain.has(base.timeline)) return false;
    const left = chain.get(base.timeline);
    return left === undefined || lsn(base.endLsn) <= left;
  });
  if (moment !== undefined && moment > new Date())
    throw fault(`${shown(moment)} has not come yet: choose a time that is past, or --to latest.`);
  const base = usable.filter((one) => moment === undefined || new Date(one.endedAt) <= moment).at(-1);
  if (base === undefined)
    throw fault(
      `The back-ups reach from ${shown(new Date((usable[0] ?? bases[0]).endedAt))} on; ${shown(moment ?? new Date())} is before that: use a daily back-up of that time.`,
      { code: 'too-early' },
    );
  return { base, newest, chain };
}

/** Fails when a segment between the base and the newest is missing or damaged: PostgreSQL would end there in silence. */
async function checkLog(backups, { base, chain }) {
  const folder = join(backups, 'wal');
  const first = base.startSegment.slice(8);
  const names = readdirSync(folder).flatMap((name) => {
    const [, timeline, log, segment] = segmentName.exec(name) ?? [];
    return timeline !== undefined && chain.has(Number.parseInt(timeline, 16)) && `${log}${segment}` >= first
      ? [{ name, number: BigInt(`0x${log}`) * 256n + BigInt(`0x${segment}`) }]
      : [];
  });
  const have = new Set(names.map((one) => one.number));
  const from = BigInt(`0x${first.slice(0, 8)}`) * 256n + BigInt(`0x${first.slice(8)}`);
  const last = names.reduce((most, one) => (one.number > most ? one.number : most), from);
  for (let number = from; number <= last; number += 1n)
    if (!have.has(number))
      throw fault(
        `The archived log has a gap (segment ${number} after ${base.startSegment}): restore to a time before it.`,
        {
          code: 'gap',
        },
      );
  for (const { name } of names.filter((one) => one.name.endsWith('.gz'))) {
    let size = 0;
    const count = new Writable({ write: (chunk, _encoding, done) => ((size += chunk.length), done()) });
    const broken = await pipeline(createReadStream(join(folder, name)), createGunzip(), count).catch((error) => error);
    if (broken !== undefined || size !== 16 * 1024 * 1024)
      throw fault(`The archived log is damaged (${name}): restore to a time before it.`, { code: 'damaged' });
  }
}

async function unpack(base, fresh, home) {
  const hash = createHash('sha256');
  const measure = new Transform({
    transform(chunk, _encoding, done) {
      hash.update(chunk);
      done(null, chunk);
    },
  });
  const child = spawn('tar', ['-xzf', '-'], {
    ...asUser(home.user),
    cwd: fresh,
    env: cleanEnvironment(),
    stdio: ['pipe', 'ignore', 'pipe'],
  });
  let said = '';
  child.stderr.on('data', (chunk) => (said += chunk));
  const ended = new Promise((done) => {
    child.once('error', (error) => done(error.message));
    child.once('close', (code) => done(code === 0 ? undefined : said.trim() || `tar ended with ${code}`));
  });
  const sent = await pipeline(createReadStream(join(base.folder, 'base.tar.gz')), measure, child.stdin).catch((e) => e);
  const failure = await ended;
  if (sent === undefined && failure === undefined && hash.digest('hex') === base.sha256) return;
  if (/No space left/i.test(failure ?? '')) throw failOf(failure, home.data, 'The base back-up could not be unpacked');
  throw fault(`The base back-up ${base.id} is damaged: use an earlier one (move ${base.folder} away).`, {
    code: 'damaged',
    detail: failure,
  });
}

/** Holds every unpacked file to the server's own manifest, and the manifest to its checksum. */
function checkManifest(base, fresh) {
  const damaged = (what) =>
    fault(
      `The base back-up ${base.id} does not fit its manifest (${what}): use an earlier one (move ${base.folder} away).`,
      {
        code: 'damaged',
      },
    );
  const text = readFileSync(join(base.folder, 'backup_manifest'), 'utf8');
  let manifest;
  try {
    manifest = JSON.parse(text);
  } catch {
    throw damaged('the manifest cannot be read');
  }
  const signed = text.slice(0, text.lastIndexOf('"Manifest-Checksum"'));
  if (createHash('sha256').update(signed).digest('hex') !== manifest['Manifest-Checksum'])
    throw damaged('the manifest itself');
  for (const file of manifest.Files) {
    const path = file.Path ?? Buffer.from(file['Encoded-Path'], 'hex').toString();
    const at = resolve(fresh, path);
    if (!at.startsWith(`${fresh}/`)) throw damaged(path);
    if (statSync(at, { throwIfNoEntry: false })?.size !== file.Size) throw damaged(path);
    if (createHash('sha256').update(readFileSync(at)).digest('hex') !== file.Checksum) throw damaged(path);
  }
}

/** Replays the log in the fresh folder until the moment is reached and the server has taken over; then stops it. */
async function replay(home, files, backups, moment, log) {
  const wal = join(backups, 'wal');
  const word = (name) => `"${join(wal, name).replaceAll(/(["$\\`])/g, '\\$1')}"`;
  const command = `if test -f ${word('%f.gz')}; then gzip -dc < ${word('%f.gz')} > "%p"; else cp ${word('%f')} "%p"; fi`;
  const { settings } = settingsFor('command', {
    restore_command: quoted(command),
    // With it on, the server would call itself ready before it has come to the end.
    hot_standby: 'off',
    recovery_target_timeline: "'latest'",
    recovery_target_action: "'promote'",
    ...(moment === undefined
      ? {}
      : { recovery_target_time: quoted(moment.toISOString().replace('T', ' ').replace('Z', '+00')) }),
  });
  writeSettings(home, settings);
  writeFileSync(join(home.data, 'recovery.signal'), '');
  handOver(join(home.data, 'recovery.signal'), home.user);
  rmSync(join(home.data, 'log'), { recursive: true, force: true });
  const said = () => {
    try {
      return readdirSync(join(home.data, 'log'))
        .map((name) => readFileSync(join(home.data, 'log', name), 'utf8'))
        .join('');
    } catch {
      return '';
    }
  };
  const lastMoment = () => /last completed transaction was at log time (\S+ [\d:.]+)/.exec(said())?.[1];
  try {
    log('Replaying the archived log …');
    const child = await launchPatiently(home, files, { port: await freePort() }, log);
    child.unref();
  } catch (error) {
    if (/recovery ended before configured recovery target was reached/.test(said()))
      throw fault(
        `The archived log ends before ${shown(moment)}${lastMoment() === undefined ? '' : ` (its last change is of ${lastMoment()})`}: choose an earlier time, or --to latest.`,
        { code: 'too-late' },
      );
    throw error;
  }
  await shutDown(home.data);
  return lastMoment();
}

/** A new password for the one role there is, set without a connection: the old one may be lost with the machine. */
function setPassword(home, password) {
  const ran = spawnSync(join(home.programs, 'bin', 'postgres'), ['--single', '-D', home.data, 'sen'], {
    ...asUser(home.user),
    cwd: '/',
    env: cleanEnvironment(),
    encoding: 'utf8',
    input: `alter role sen password '${password}'\n`,
  });
  if (ran.status !== 0 || /ERROR|FATAL/.test(ran.stderr))
    throw failOf(ran.stderr, home.data, 'The password of the restored database could not be set');
}

function demandEmpty(home, files) {
  const info = statSync(home.data, { throwIfNoEntry: false });
  if (runningOn(home.data) !== undefined || liveLeases(files.users) > 0)
    throw fault('Sen is running on this data folder: stop it first.', { code: 'running' });
  if (info !== undefined && (!info.isDirectory() || readdirSync(home.data).length > 0))
    throw fault(
      `The data folder ${home.data} is not empty: move it away first (mv ${home.data} ${home.data}.before), so that nothing is overwritten.`,
      { code: 'not-empty' },
    );
}

/**
 * Makes the cluster `dir` again as it was at `moment` (undefined: at the archive's end). What happens is told line by line; the
 * folder appears complete or not at all. The server is not running afterwards.
 * @param {{ dir: string, backups: string, moment: Date | undefined, log: (line: string) => void, isTrial?: boolean }} options
 *   isTrial: a drill, of which the archive must not learn
 * @returns {Promise<{ data: string, base: string, lastChange: string | undefined }>}
 */
export async function recoverPostgres({ dir: asked, backups, moment, log, isTrial = false }) {
  const dir = resolve(root, asked);
  const files = filesOf(dir);
  const choice = chooseBase(backups, moment);
  const home = postgresHome(dir, readState(files.state)?.data);
  if (home.user !== undefined) {
    prepareArchive(home, join(backups, 'wal'));
    if (!canEnter(home.user, join(backups, 'wal'))) throw fault(`${backups} cannot be entered by ${home.user.name}.`);
    for (const name of readdirSync(join(backups, 'wal'))) {
      const { uid } = statSync(join(backups, 'wal', name));
      if (uid !== home.user.uid) chownSync(join(backups, 'wal', name), home.user.uid, home.user.gid);
    }
  }
  return withLock(files.lock, async () => {
    demandEmpty(home, files);
    if (moment === undefined) await checkLog(backups, choice);
    const { base } = choice;
    const fresh = { ...home, data: `${home.data}.new` };
    await shutDown(fresh.data);
    rmSync(fresh.data, { recursive: true, force: true });
    mkdirSync(fresh.data, { recursive: true, mode: 0o700 });
    handOver(fresh.data, home.user);
    chmodSync(fresh.data, 0o700);
    try {
      log(`Unpacking the base back-up ${base.id} …`);
      await unpack(base, fresh.data, home);
      checkManifest(base, fresh.data);
      const lastChange = await replay(fresh, files, backups, moment, log);
      const password = randomBytes(24).toString('base64url');
      setPassword(fresh, password);
      if (!isTrial) publishTimeline(fresh.data, backups, home.user);
      if (existsSync(home.data)) rmSync(home.data, { recursive: true });
      renameSync(fresh.data, home.data);
      writeState(files.state, { password, port: await freePort(readState(files.state)?.port), data: home.data });
      return { data: home.data, base: base.id, lastChange };
    } catch (error) {
      await shutDown(fresh.data);
      rmSync(fresh.data, { recursive: true, force: true });
      throw isFault(error) ? error : failOf(`${error.code ?? ''} ${error.message}`, home.data, 'The restore failed');
    }
  });
}

/** The archive learns where the new timeline begins only when the restore has gone well: a failed attempt can be repeated. */
function publishTimeline(data, backups, user) {
  const history = readdirSync(join(data, 'pg_wal'))
    .filter((name) => /^[0-9A-F]{8}\.history$/.test(name))
    .sort()
    .at(-1);
  if (history === undefined) return;
  const target = join(backups, 'wal', basename(history));
  if (existsSync(target)) return;
  copyFileSync(join(data, 'pg_wal', history), target);
  handOver(target, user);
}
