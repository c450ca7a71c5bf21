import { spawnSync } from 'node:child_process';

/** What a peer gets to work with. */
export interface PeerPlace {
  /** An empty, migrated database of the product's, for this peer alone. */
  url: string;
  /** A folder below `.sen/` that is emptied before the peer starts and removed after it. */
  folder: string;
  /** One line of progress. */
  tell(line: string): void;
}

/** What a peer found: `passed` and `failed` count its checks, `notes` says what the peer's own version is. */
export interface PeerResult {
  passed: number;
  failed: number;
  notes?: Record<string, string | number>;
}

/** An independent implementation of a protocol that Sen speaks, from Debian's packages. */
export interface Peer {
  name: string;
  /** Debian packages that it needs; `programs` says when they are there already. */
  packages: readonly string[];
  programs: readonly string[];
  run(place: PeerPlace): Promise<PeerResult>;
}

const isThere = (program: string): boolean =>
  spawnSync('sh', ['-c', `command -v "$1"`, 'sh', program], {
    env: { ...process.env, PATH: `${process.env['PATH']}:/usr/sbin:/sbin` },
  }).status === 0;

/** Installs a peer's packages when a program of it is missing. Returns why it cannot, or null. Nothing is started by the installation. */
export function installPeer({ packages, programs }: Peer): string | null {
  if (programs.every(isThere)) return null;
  if (process.getuid?.() !== 0) return `only root can install ${packages.join(' ')}`;
  // The services that packages would start at once are of no use here: each peer starts its own, on ports of its own.
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive', RUNLEVEL: '1' };
  spawnSync('apt-get', ['update', '-q'], { env, stdio: 'ignore' });
  const ran = spawnSync('apt-get', ['install', '-qy', '--no-install-recommends', ...packages], {
    env,
    encoding: 'utf8',
  });
  if (programs.every(isThere)) return null;
  return `${packages.join(' ')} cannot be installed: ${`${ran.stderr ?? ''}${ran.error?.message ?? ''}`.trim().split('\n').at(-1)}`;
}
