import { availableParallelism } from 'node:os';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { problem } from '../../../platform/problems.ts';
import { slipsBusy, slipTooSlow } from '../dossier-problems.ts';
import type { SlipContent } from './slip-content.ts';
import type { SlipAnswer } from './slip-worker.ts';

/** Sets slips in threads of its own, so that a busy counter never holds up a page. */
export interface Typesetter {
  /** @throws slipsBusy when too many wait; slipTooSlow when one takes too long, which also ends its thread */
  readonly typeset: (content: SlipContent) => Promise<Buffer>;
  /** Ends the threads; what waits is refused. */
  readonly close: () => Promise<void>;
}

export interface TypesetterLimits {
  threads: number;
  /** How many may wait besides those being set. */
  maxWaiting: number;
  /** From the moment a thread takes it up; the first one of a thread loads the fonts. */
  timeoutMs: number;
}

interface Work {
  content: SlipContent;
  resolve(pdf: Buffer): void;
  reject(reason: unknown): void;
}
interface Thread {
  worker: Worker;
  current: Work | null;
  timer: NodeJS.Timeout | undefined;
}

/** Beside this file, and compiled as it is: `.ts` from the sources, `.js` in the build, where nothing rewrites a name in a string. */
const WORKER = new URL(`./slip-worker${extname(import.meta.filename)}`, import.meta.url);
const LIMITS: TypesetterLimits = {
  threads: availableParallelism() > 2 ? 2 : 1,
  maxWaiting: 300,
  timeoutMs: 15_000,
};

/** A pool of threads, started when the first slip comes. A thread that fails is dropped, and the next slip starts another. */
export function createTypesetter(limits: Partial<TypesetterLimits> = {}, file: URL = WORKER): Typesetter {
  const { threads: maxThreads, maxWaiting, timeoutMs } = { ...LIMITS, ...limits };
  const threads = new Set<Thread>();
  const waiting: Work[] = [];

  const drop = (thread: Thread, reason: unknown): void => {
    clearTimeout(thread.timer);
    if (!threads.delete(thread)) return;
    thread.current?.reject(reason);
    thread.current = null;
    void thread.worker.terminate();
    dispatch();
  };

  const start = (): Thread => {
    const worker = new Worker(file, { execArgv: [] });
    const thread: Thread = { worker, current: null, timer: undefined };
    worker.on('message', (answer: SlipAnswer) => {
      const work = thread.current;
      clearTimeout(thread.timer);
      thread.current = null;
      worker.unref(); // an idle thread does not keep the program alive
      if (work && 'pdf' in answer) work.resolve(Buffer.from(answer.pdf.buffer));
      else if (work && 'error' in answer) work.reject(new Error(`A slip could not be set: ${answer.error}`));
      dispatch();
    });
    worker.on('error', (error) => drop(thread, error));
    worker.on('exit', (code) => drop(thread, new Error(`The thread that sets slips ended with ${code}`)));
    threads.add(thread);
    return thread;
  };

  function dispatch(): void {
    while (waiting.length > 0) {
      const idle = [...threads].find((each) => each.current === null);
      if (!idle && threads.size >= maxThreads) return;
      const thread = idle ?? start();
      const work = waiting.shift()!;
      thread.current = work;
      thread.worker.ref();
      thread.timer = setTimeout(() => drop(thread, problem(slipTooSlow)), timeoutMs);
      thread.worker.postMessage(work.content);
    }
  }

  return {
    typeset: (content) =>
      new Promise((resolve, reject) => {
        if (waiting.length >= maxWaiting) {
          reject(problem(slipsBusy));
          return;
        }
        waiting.push({ content, resolve, reject });
        dispatch();
      }),
    async close() {
      for (const work of waiting.splice(0)) work.reject(problem(slipsBusy));
      const ending = [...threads].map((thread) => thread.worker.terminate());
      await Promise.all(ending);
    },
  };
}

let shared: Typesetter | undefined;

/** Sets a slip as PDF in the threads of this process. @throws slipsBusy, slipTooSlow */
export function typeset(content: SlipContent): Promise<Buffer> {
  shared ??= createTypesetter();
  return shared.typeset(content);
}
