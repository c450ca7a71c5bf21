import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import {
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { get } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A Patroni cluster of three nodes on loopback addresses of their own, with an etcd of its own, from Debian's packages. */
export interface Cluster {
  /** All three hosts, as DATABASE_URL lists them. */
  url: string;
  leader(): Promise<string>;
  /** Waits until one leads, the others stream from it, and one of them is the synchronous standby (where that is asked for). */
  whole(): Promise<string>;
  /** PostgreSQL of the node ends without a chance to do anything. */
  killPostgres(name: string): void;
  /** The node is gone: nothing of it runs, no packet of it arrives or is answered. `return` is a reboot. */
  loseHost(name: string): { return(): void };
  /** The guard of the node stands still; its PostgreSQL serves on. `return` lets the guard go on. */
  freezeGuard(name: string): { return(): void };
  switchover(from: string, to: string): void;
  standbyOf(leader: string): Promise<string>;
  stop(): Promise<void>;
}

const NAMES = ['one', 'two', 'three'];
const SCOPE = 'senrig';
const DATABASE_PORT = 18_531;
const ETCD_PORT = 18_521;
const PASSWORD = 'rig-only-loopback';

const addressOf = (name: string): string => `127.0.0.${11 + NAMES.indexOf(name)}`;
const restOf = (name: string): string => `${addressOf(name)}:18511`;

const binaries = (): string | undefined =>
  existsSync('/usr/lib/postgresql')
    ? readdirSync('/usr/lib/postgresql')
        .sort((a, b) => Number(b) - Number(a))
        .map((version) => `/usr/lib/postgresql/${version}/bin`)
        .find((folder) => existsSync(join(folder, 'postgres')))
    : undefined;

/** Says which packages are missing, and ends the rig with 2. */
export function demandPatroni(): void {
  const has = (line: string) => spawnSync('sh', ['-c', line], { stdio: 'ignore' }).status === 0;
  const missing = [
    has('command -v patroni && command -v patronictl') ? null : 'patroni',
    has('command -v etcd') ? null : 'etcd-server',
    has('/usr/bin/python3 -c "import etcd"') ? null : 'python3-etcd',
    binaries() ? null : 'postgresql-15',
  ].filter((name) => name !== null);
  if (missing.length === 0) return;
  process.stderr.write(
    `✗ Not installed here: ${missing.join(', ')}. On Debian 12: apt-get install --no-install-recommends ${missing.join(' ')}\n`,
  );
  process.exit(2);
}

/** PostgreSQL does not run as root: Debian's own user for it does then. */
function unprivileged(): { uid?: number; gid?: number } {
  if (process.getuid?.() !== 0) return {};
  const line = readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .find((one) => one.startsWith('postgres:'));
  const [, , uid, gid] = (line ?? '').split(':');
  if (!uid || !gid) throw new Error('There is no user postgres: install postgresql-15');
  return { uid: Number(uid), gid: Number(gid) };
}

function settingsOf(name: string, folder: string, isSynchronous: boolean): string {
  const address = addressOf(name);
  return JSON.stringify({
    scope: SCOPE,
    name,
    restapi: { listen: restOf(name), connect_address: restOf(name) },
    etcd3: { hosts: `127.0.0.1:${ETCD_PORT}` },
    bootstrap: {
      dcs: {
        ttl: 20,
        loop_wait: 3,
        retry_timeout: 5,
        maximum_lag_on_failover: 1_048_576,
        synchronous_mode: isSynchronous,
        postgresql: { use_pg_rewind: true, use_slots: true, parameters: { max_connections: 100 } },
      },
      initdb: [{ encoding: 'UTF8' }, { locale: 'C.UTF-8' }, 'data-checksums'],
    },
    postgresql: {
      listen: `${address}:${DATABASE_PORT}`,
      connect_address: `${address}:${DATABASE_PORT}`,
      data_dir: join(folder, 'data'),
      bin_dir: binaries(),
      pgpass: join(folder, 'pgpass'),
      authentication: {
        superuser: { username: 'sen', password: PASSWORD },
        replication: { username: 'follower', password: PASSWORD },
        rewind: { username: 'rewinder', password: PASSWORD },
      },
      pg_hba: [
        'local all all trust',
        'host all all 127.0.0.0/8 scram-sha-256',
        'host replication follower 127.0.0.0/8 scram-sha-256',
      ],
      parameters: {
        unix_socket_directories: folder,
        shared_buffers: '64MB',
        wal_keep_size: '256MB',
        password_encryption: 'scram-sha-256',
      },
    },
  });
}

interface Member {
  name: string;
  role: string;
  state: string;
  timeline?: number;
  lag?: number | string;
}

function ask(address: string, path: string): Promise<string | null> {
  return new Promise((done) => {
    const request = get(`http://${address}${path}`, { timeout: 1_500 }, (response) => {
      let text = '';
      response.on('data', (chunk: Buffer) => (text += chunk.toString()));
      response.on('end', () => done(text));
      response.on('error', () => done(null));
    });
    request.on('timeout', () => request.destroy());
    request.on('error', () => done(null));
  });
}

async function members(): Promise<Member[]> {
  const answers = await Promise.all(NAMES.map((name) => ask(restOf(name), '/cluster')));
  for (const answer of answers) {
    if (answer === null) continue;
    try {
      return (JSON.parse(answer) as { members: Member[] }).members;
    } catch {
      // that one is starting
    }
  }
  return [];
}

const signal = (pids: readonly number[], name: NodeJS.Signals): void => {
  for (const pid of pids)
    try {
      process.kill(pid, name);
    } catch {
      // gone already
    }
};

const childrenOf = (pid: number): number[] =>
  spawnSync('pgrep', ['-P', String(pid)], { encoding: 'utf8' })
    .stdout.split('\n')
    .filter(Boolean)
    .map(Number);

/** Lets no packet to or from an address through, where this machine allows it; false where it does not. */
function cutLine(address: string, isCut: boolean): boolean {
  const rules = [
    ['INPUT', '-d', address],
    ['INPUT', '-s', address],
  ];
  return rules
    .map(
      (rule) => spawnSync('iptables', [isCut ? '-I' : '-D', ...rule, '-j', 'DROP'], { stdio: 'ignore' }).status === 0,
    )
    .every(Boolean);
}

export async function startCluster(isSynchronous: boolean): Promise<Cluster> {
  const user = unprivileged();
  const home = mkdtempSync(join(tmpdir(), 'sen-rig-ha-'));
  const own = (path: string): void => {
    if (user.uid !== undefined && user.gid !== undefined) chownSync(path, user.uid, user.gid);
  };
  own(home);
  const folderOf = (name: string): string => join(home, name);
  const run = (program: string, args: readonly string[], folder: string): ChildProcess => {
    const log = openSync(join(folder, 'log'), 'a');
    return spawn(program, args, {
      ...user,
      cwd: folder,
      stdio: ['ignore', log, log],
      env: { PATH: process.env['PATH'], HOME: folder, LANG: 'C.UTF-8' },
    });
  };
  for (const name of [...NAMES, 'etcd']) {
    mkdirSync(folderOf(name), { mode: 0o700 });
    own(folderOf(name));
  }
  const client = `http://127.0.0.1:${ETCD_PORT}`;
  const peer = `http://127.0.0.1:${ETCD_PORT + 1}`;
  // The keeper of the lease is not what is tried here: it lies in memory, so that a slow disk of this machine is not taken for a fault.
  const kept = existsSync('/dev/shm') ? mkdtempSync('/dev/shm/sen-rig-etcd-') : folderOf('etcd');
  own(kept);
  const etcd = run(
    'etcd',
    ['--name', 'rig', '--data-dir', join(kept, 'data'), '--listen-client-urls', client, '--advertise-client-urls', client,
      '--listen-peer-urls', peer, '--initial-advertise-peer-urls', peer, '--initial-cluster', `rig=${peer}`],
    folderOf('etcd'),
  ); // prettier-ignore
  const guards = new Map<string, ChildProcess>();
  let isHomeKept = false;
  const start = (name: string): void => {
    const file = join(folderOf(name), 'patroni.yml');
    writeFileSync(file, settingsOf(name, folderOf(name), isSynchronous), { mode: 0o600 });
    own(file);
    guards.set(name, run('patroni', [file], folderOf(name)));
  };
  const postmasterOf = (name: string): number | null => {
    const file = join(folderOf(name), 'data', 'postmaster.pid');
    return existsSync(file) ? Number(readFileSync(file, 'utf8').split('\n')[0]) : null;
  };
  const processesOf = (name: string): number[] => {
    const postmaster = postmasterOf(name);
    const guard = guards.get(name)?.pid;
    return [...(guard ? [guard] : []), ...(postmaster ? [postmaster, ...childrenOf(postmaster)] : [])];
  };
  const leader = async (): Promise<string> => (await members()).find(({ role }) => role === 'leader')?.name ?? '';
  async function whole(): Promise<string> {
    for (let tries = 0; tries < 1_200; tries++) {
      const found = await members();
      const first = found.find(({ role }) => role === 'leader');
      const follow = found.filter((one) => one !== first && ['running', 'streaming'].includes(one.state));
      const isStanding =
        first?.state === 'running' &&
        follow.length === NAMES.length - 1 &&
        follow.every(({ timeline, lag }) => timeline === first.timeline && Number(lag ?? 0) < 1_000_000) &&
        (!isSynchronous || follow.some(({ role }) => role === 'sync_standby'));
      if (first && isStanding) return first.name;
      await sleep(250);
    }
    isHomeKept = true;
    throw new Error(`The cluster does not become whole: ${JSON.stringify(await members())}; logs are in ${home}`);
  }
  const stop = async (): Promise<void> => {
    for (const name of NAMES) cutLine(addressOf(name), false);
    for (const name of NAMES) signal(processesOf(name), 'SIGKILL');
    etcd.kill('SIGKILL');
    await sleep(500);
    rmSync(kept, { recursive: true, force: true });
    if (!isHomeKept) rmSync(home, { recursive: true, force: true });
  };
  try {
    await sleep(1_000);
    start('one');
    for (let tries = 0; (await leader()) === '' && tries < 240; tries++) await sleep(250);
    start('two');
    start('three');
    await whole();
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    url: `postgres://sen:${PASSWORD}@${NAMES.map((name) => `${addressOf(name)}:${DATABASE_PORT}`).join(',')}/sen?target_session_attrs=read-write`,
    leader,
    whole,
    standbyOf: async (first) => {
      const found = (await members()).filter(({ name }) => name !== first);
      return (found.find(({ role }) => role === 'sync_standby') ?? found[0])?.name ?? '';
    },
    killPostgres(name) {
      const postmaster = postmasterOf(name);
      if (postmaster) signal([postmaster, ...childrenOf(postmaster)], 'SIGKILL');
    },
    loseHost(name) {
      const gone = processesOf(name);
      const isCut = cutLine(addressOf(name), true);
      signal(gone, 'SIGSTOP');
      if (!isCut) process.stdout.write('  no packet filter here: the host stands still, but its kernel answers\n');
      return {
        return() {
          signal(gone, 'SIGKILL');
          cutLine(addressOf(name), false);
          start(name);
        },
      };
    },
    freezeGuard(name) {
      const guard = guards.get(name);
      guard?.kill('SIGSTOP');
      return { return: () => void guard?.kill('SIGCONT') };
    },
    switchover(from, to) {
      const file = join(folderOf(from), 'patroni.yml');
      const args = ['-c', file, 'switchover', SCOPE, '--master', from, '--candidate', to, '--force'];
      const ran = spawnSync('patronictl', args, { encoding: 'utf8' });
      if (ran.status !== 0) throw new Error(`patronictl switchover: ${ran.stdout}${ran.stderr}`);
    },
    stop,
  };
}

/** Makes the database that the product works on. */
export async function createDatabase(url: string): Promise<void> {
  const { primaryUrl } = await import('../src/platform/database-hosts.ts');
  const { default: pg } = await import('pg');
  const client = new pg.Client({ connectionString: await primaryUrl(url.replace('/sen?', '/postgres?')) });
  await client.connect();
  await client.query(`create database sen template template0 encoding 'UTF8' locale 'C.UTF-8'`);
  await client.end();
}
