import { spawn } from 'node:child_process';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, rename, rm, stat, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { PassThrough, type Readable } from 'node:stream';
import { finished, pipeline } from 'node:stream/promises';
import { syncFile } from './backup-folder.ts';

/** A second place, away from this machine, that takes sealed objects under names like `wal/0000….gz.age`. */
export interface CopyPlace {
  put(key: string, content: Readable): Promise<void>;
  get(key: string): Promise<Readable>;
  /** False when the place does not let go of what it has (as a good one does not). */
  remove(key: string): Promise<boolean>;
}

const MARK = 'sen-backup-copy';
const KEY = /^[A-Za-z0-9][A-Za-z0-9_./-]{0,300}$/;

function demandKey(key: string): void {
  if (!KEY.test(key) || key.split('/').includes('..'))
    throw new Error(`The second place names an object that cannot be: ${key}`);
}

/** The place that SEN_BACKUP_COPY names: a folder (mounted), or `command:PROGRAM`. */
export function copyPlace(setting: string): CopyPlace {
  return setting.startsWith('command:') ? commandPlace(setting.slice('command:'.length)) : folderPlace(setting);
}

/** Marks a folder as the second place, so that the empty folder under a mount that is missing is not taken for it. */
export async function prepareFolder(folder: string): Promise<void> {
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, MARK), 'Sealed back-ups of Sen are copied here.\n');
}

function folderPlace(folder: string): CopyPlace {
  const demandMark = async () => {
    await stat(join(folder, MARK)).catch((error: unknown) => {
      throw new Error(
        `${folder} is not mounted, or not prepared: npx sen backup copy --prepare marks it (once, with the disk mounted)`,
        { cause: error },
      );
    });
  };
  return {
    async put(key, content) {
      demandKey(key);
      await demandMark();
      const path = join(folder, key);
      await mkdir(dirname(path), { recursive: true });
      await pipeline(content, createWriteStream(`${path}.part`, { mode: 0o600 }));
      await syncFile(`${path}.part`);
      await rename(`${path}.part`, path);
    },
    async get(key) {
      demandKey(key);
      await demandMark();
      await stat(join(folder, key));
      return createReadStream(join(folder, key));
    },
    async remove(key) {
      demandKey(key);
      await rm(join(folder, key), { force: true });
      return true;
    },
  };
}

/**
 * A program of the operator's: `PROGRAM put KEY` reads the object from its input, `PROGRAM get KEY` writes it to its output,
 * `PROGRAM remove KEY`; exit code 0 means done. sftp, rclone, tape: whatever it does.
 */
function commandPlace(program: string): CopyPlace {
  const start = (verb: string, key: string) => {
    demandKey(key);
    const child = spawn(program, [verb, key], { stdio: ['pipe', 'pipe', 'pipe'] });
    let said = '';
    child.stderr.on('data', (chunk: Buffer) => (said = (said + chunk.toString()).slice(-2_000)));
    child.stdin.on('error', () => {}); // it may end before it has read everything; its exit code says what that means
    const ended = new Promise<void>((done, failed) => {
      child.once('error', (error) => failed(new Error(`${program} cannot be started: ${error.message}`)));
      child.once('close', (code) =>
        code === 0 ? done() : failed(new Error(`${program} ${verb} ${key} ended with ${code}: ${said.trim()}`)),
      );
    });
    ended.catch(() => {}); // heard below
    return { child, ended };
  };
  return {
    async put(key, content) {
      const { child, ended } = start('put', key);
      child.stdout.resume();
      content.pipe(child.stdin);
      const broken = finished(content).then(
        () => {},
        (error: unknown) => {
          child.kill();
          throw error;
        },
      );
      await Promise.all([ended, broken]);
    },
    async get(key) {
      const { child, ended } = start('get', key);
      child.stdin.end();
      const out = new PassThrough();
      child.stdout.pipe(out, { end: false });
      ended.then(
        () => out.end(),
        (error: Error) => out.destroy(error),
      );
      return out;
    },
    async remove(key) {
      const { child, ended } = start('remove', key);
      child.stdin.end();
      child.stdout.resume();
      return ended.then(
        () => true,
        () => false,
      );
    },
  };
}

/** The whole of an object as text. */
export async function textOf(content: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of content) chunks.push(chunk as Buffer);
  return Buffer.concat(chunks).toString('utf8');
}
