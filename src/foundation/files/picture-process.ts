import { fork, type ChildProcess } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { extname } from 'node:path';
import type { PictureAnswer, PictureTask } from './picture-child.ts';

/** What a child may use before it is killed. */
export interface PictureLimits {
  timeoutMs: number;
  maxBytes: number;
  maxWaiting: number;
}
const LIMITS: PictureLimits = { timeoutMs: 20_000, maxBytes: 1_200_000_000, maxWaiting: 100 };
const LOOK_MS = 200;
const IDLE_MS = 60_000;

/** The picture could not be opened, or not within the limits. */
export class PictureFailed extends Error {
  override name = 'PictureFailed';
  /** Nobody has looked at it: too many wait. */
  isBusy = false;
}

interface Work {
  task: PictureTask;
  resolve(answer: Exclude<PictureAnswer, { error: string }>): void;
  reject(error: PictureFailed): void;
}

/** Beside this file, and compiled as it is: `.ts` from the sources, `.js` in the build, where nothing rewrites a name in a string. */
const CHILD = new URL(`./picture-child${extname(import.meta.filename)}`, import.meta.url);

/** Opens pictures in a process of its own, one at a time; a hostile one costs that process, never the program. */
export function createPictures(limits: Partial<PictureLimits> = {}) {
  const { timeoutMs, maxBytes, maxWaiting } = { ...LIMITS, ...limits };
  const waiting: Work[] = [];
  let child: ChildProcess | null = null;
  let current: Work | null = null;
  let idle: NodeJS.Timeout | undefined;

  function start(): ChildProcess {
    const made = fork(CHILD, [], {
      execArgv: [],
      env: { PATH: process.env['PATH'] ?? '' },
      serialization: 'advanced',
      stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
    });
    made.on('message', (answer: PictureAnswer) => {
      if ('error' in answer) finish(made, new PictureFailed(answer.error));
      else finish(made, null, answer);
    });
    made.on('error', () => {});
    made.on('exit', () => {
      if (child === made) child = null;
      finish(made, new PictureFailed('The picture could not be opened within the limits'));
    });
    made.unref();
    made.channel?.unref();
    return made;
  }

  let watch: NodeJS.Timeout | undefined;
  function finish(from: ChildProcess, error: PictureFailed | null, answer?: Exclude<PictureAnswer, { error: string }>) {
    if (current === null || (child !== null && child !== from)) return;
    clearInterval(watch);
    const work = current;
    current = null;
    if (error || !answer) work.reject(error ?? new PictureFailed('no answer'));
    else work.resolve(answer);
    next();
  }

  function next(): void {
    clearTimeout(idle);
    const work = waiting.shift();
    if (!work) {
      idle = setTimeout(() => {
        child?.kill();
        child = null;
      }, IDLE_MS).unref();
      return;
    }
    current = work;
    const worker = (child ??= start());
    const until = Date.now() + timeoutMs;
    watch = setInterval(() => {
      void memoryOf(worker.pid).then((bytes) => {
        if (bytes > maxBytes || Date.now() > until) worker.kill('SIGKILL');
      });
    }, LOOK_MS);
    worker.send(work.task, (error) => error && worker.kill('SIGKILL'));
  }

  return {
    /** @throws PictureFailed */
    run(task: PictureTask): Promise<Exclude<PictureAnswer, { error: string }>> {
      if (waiting.length >= maxWaiting)
        return Promise.reject(Object.assign(new PictureFailed('Too many pictures are waiting'), { isBusy: true }));
      return new Promise((resolve, reject) => {
        waiting.push({ task, resolve, reject });
        if (current === null) next();
      });
    },
    close(): void {
      clearTimeout(idle);
      clearInterval(watch);
      child?.kill();
      child = null;
    },
  };
}

/** Resident memory of a process in bytes; 0 where the system does not tell. */
async function memoryOf(pid: number | undefined): Promise<number> {
  const text = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(text.split(' ')[1] ?? 0) * 4_096;
}

/** The one of this program. */
export const pictures = createPictures();
