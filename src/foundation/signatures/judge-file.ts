import { createHash } from 'node:crypto';
import { extname } from 'node:path';
import { Worker } from 'node:worker_threads';
import { problem } from '../../platform/problems.ts';
import type { SignatureReport } from './report.ts';
import { judgeBusy } from './signature-problems.ts';

/** The largest file that is judged, in bytes. */
export const LARGEST_FILE = 32 * 1024 * 1024;
const LONGEST_MS = 30_000;
const AT_ONCE = 2;
const MOST_WAITING = 8;
const THREAD = new URL(`./judge-worker${extname(import.meta.filename)}`, import.meta.url);

let running = 0;
const waiting: (() => void)[] = [];

/**
 * Judges every signature of a file in a thread of its own, with limits on time and memory; two at a time, a few wait.
 * A file that takes longer than 30 s comes back with the defect `too-slow`. @throws judgeBusy
 */
export async function judgeFile(bytes: Buffer, trustFolder: string, now: Date): Promise<SignatureReport> {
  if (running >= AT_ONCE) {
    if (waiting.length >= MOST_WAITING) throw problem(judgeBusy);
    await new Promise<void>((go) => waiting.push(go));
  }
  running++;
  try {
    return await inThread(bytes, trustFolder, now);
  } finally {
    running--;
    waiting.shift()?.();
  }
}

function inThread(bytes: Buffer, trustFolder: string, now: Date): Promise<SignatureReport> {
  return new Promise((done, fail) => {
    const thread = new Worker(THREAD, {
      workerData: { bytes: new Uint8Array(bytes), trustFolder, now: now.getTime() },
      execArgv: [],
      resourceLimits: { maxOldGenerationSizeMb: 512 },
    });
    let hasAnswered = false;
    const give = (report: SignatureReport): void => {
      hasAnswered = true;
      clearTimeout(timer);
      done(report);
    };
    const tooSlow = (): void => {
      if (hasAnswered) return;
      give({
        sha256: createHash('sha256').update(bytes).digest('hex'),
        bytes: bytes.length,
        judgedAt: now.toISOString(),
        defect: 'too-slow',
        detail: null,
        changedSince: false,
        signatures: [],
      });
      void thread.terminate();
    };
    const timer = setTimeout(tooSlow, LONGEST_MS);
    thread.once('message', give);
    thread.once('error', (error: NodeJS.ErrnoException) => {
      clearTimeout(timer);
      // Out of its memory: the file asked for too much.
      if (error.code === 'ERR_WORKER_OUT_OF_MEMORY') tooSlow();
      else fail(error);
    });
  });
}
