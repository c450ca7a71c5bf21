import type { Loop } from '../../platform/jobs.ts';
import { isEventWaiting } from './ledger-queries.ts';
import { issueCheckpoint } from './issue-checkpoint.ts';
import { SEAL_BATCH, sealEvents, type SealerMemory } from './seal-events.ts';

const CHECKPOINT_MS = 2_000;

/** Seals what is committed, and signs a checkpoint at most every two seconds, also in the middle of a long backlog. */
export function ledgerLoop(): Loop {
  let memory: SealerMemory | null = null;
  let signedAt = 0;
  return {
    name: 'ledger.seal',
    everyMs: 500,
    async run(context) {
      for (let isMore = await isEventWaiting(context.db.reader); isMore;) {
        const done = await sealEvents(context.db, context.clock, memory);
        memory = done?.memory ?? null;
        isMore = done?.sealed === SEAL_BATCH;
        if (isMore && performance.now() - signedAt >= CHECKPOINT_MS) await sign();
      }
      if (performance.now() - signedAt >= CHECKPOINT_MS) await sign();

      async function sign(): Promise<void> {
        signedAt = performance.now();
        await issueCheckpoint(context);
      }
    },
  };
}
