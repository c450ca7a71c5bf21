import { parentPort } from 'node:worker_threads';
import { compileSlip } from './compile-slip.ts';
import type { SlipContent } from './slip-content.ts';

/* The thread that sets slips. It is started by typesetter.ts with plain Node, which drops the types itself. */

/** What goes in and comes out, one at a time. */
export type SlipAnswer = { pdf: Uint8Array } | { error: string };

parentPort?.on('message', (content: SlipContent) => {
  try {
    // A copy with a buffer of its own: small ones share a pool, which cannot be handed over.
    const pdf = Uint8Array.from(compileSlip(content));
    parentPort?.postMessage({ pdf } satisfies SlipAnswer, [pdf.buffer]);
  } catch (error) {
    parentPort?.postMessage({ error: error instanceof Error ? error.message : String(error) } satisfies SlipAnswer);
  }
});
