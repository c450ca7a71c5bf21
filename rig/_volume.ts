import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

/** A file system of its own in a file, mounted through a loop device. Needs root. */
export interface Volume {
  readonly path: string;
  /** As if the power went: nothing more reaches the disk, not even what the file system has noted to write. */
  cut(): void;
  /** Mounts again what was cut (the journal is replayed), once nothing holds it any more. */
  mountAgain(): Promise<void>;
  remove(): Promise<void>;
}

const fail = (line: string): never => {
  process.stderr.write(`✗ ${line}\n`);
  process.exit(2);
};

function run(program: string, ...args: string[]): string {
  const ran = spawnSync(program, args, { encoding: 'utf8' });
  if (ran.status !== 0) throw new Error(`${program} ${args.join(' ')}: ${ran.stderr || ran.error?.message}`);
  return ran.stdout;
}

/** Says why this machine cannot run the rig, and ends it. */
export function demandMounts(programs: readonly string[]): void {
  if (process.getuid?.() !== 0) fail('Only root can mount the file systems of this rig');
  for (const program of programs) {
    if (spawnSync('sh', ['-c', `command -v ${program}`]).status === 0) continue;
    const name = program === 'xfs_io' ? 'xfsprogs' : 'e2fsprogs';
    const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
    spawnSync('apt-get', ['update', '-q'], { env, stdio: 'ignore' });
    if (spawnSync('apt-get', ['install', '-qy', name], { env, stdio: 'ignore' }).status !== 0)
      fail(`${program} is missing and cannot be installed: apt-get install ${name}`);
  }
}

async function unmount(path: string): Promise<void> {
  for (let tries = 0; tries < 400; tries++) {
    if (spawnSync('mountpoint', ['-q', path]).status !== 0) return;
    if (spawnSync('umount', [path]).status === 0) return;
    await sleep(50);
  }
  throw new Error(`${path} stays in use and cannot be unmounted`);
}

/** Makes an ext4 of that size at `path`; what an earlier run left there is removed. */
export async function makeVolume(path: string, megabytes: number): Promise<Volume> {
  const image = `${path}.img`;
  await unmount(path);
  rmSync(path, { recursive: true, force: true });
  rmSync(image, { force: true });
  mkdirSync(dirname(path), { recursive: true });
  mkdirSync(path, { recursive: true, mode: 0o755 });
  run('truncate', '-s', `${megabytes}M`, image);
  run('mkfs.ext4', '-q', '-F', '-m', '0', image);
  const mount = () => run('mount', '-o', 'loop', image, path);
  try {
    mount();
  } catch (error) {
    fail(`This machine mounts no loop devices: ${error instanceof Error ? error.message : String(error)}`);
  }
  run('chmod', '755', path);
  return {
    path,
    cut: () => void run('xfs_io', '-x', '-c', 'shutdown', path),
    async mountAgain() {
      await unmount(path);
      mount();
    },
    async remove() {
      await unmount(path);
      for (const left of [path, image]) if (existsSync(left)) rmSync(left, { recursive: true, force: true });
    },
  };
}
