import type { JobContext, Loop } from '../../platform/jobs.ts';
import { findLastCheckRun } from './check-queries.ts';
import { BentRecord, issueCheckpoint } from './issue-checkpoint.ts';
import { isEventWaiting } from './ledger-queries.ts';
import { askWitnesses } from './ask-witnesses.ts';
import { checkAtStart, reportFindings, runCheck } from './run-check.ts';
import { SEAL_BATCH, sealEvents, type SealerMemory } from './seal-events.ts';

const CHECKPOINT_MS = 2_000;
const HOUR_MS = 3_600_000;
/** How often a log that may not be signed is spoken of. */
const TELL_MS = 60_000;

/** Seals what is committed, and signs a checkpoint at most every two seconds, also in the middle of a long backlog. */
function sealing(): Loop {
  let memory: SealerMemory | null = null;
  let [signedAt, toldAt] = [-CHECKPOINT_MS, -TELL_MS];
  const sign = async (context: JobContext): Promise<void> => {
    signedAt = performance.now();
    try {
      await issueCheckpoint(context);
    } catch (error) {
      if (!(error instanceof BentRecord)) throw error;
      if (performance.now() - toldAt < TELL_MS) return;
      toldAt = performance.now();
      context.log.error({ err: error }, 'no checkpoint is signed: the record is not as it was');
      await checkAtStart(context);
    }
  };
  return {
    name: 'ledger.seal',
    everyMs: 500,
    async run(context) {
      for (let isMore = await isEventWaiting(context.db.reader); isMore;) {
        const done = await sealEvents(context.db, context.clock, memory);
        memory = done?.memory ?? null;
        isMore = done?.sealed === SEAL_BATCH;
        if (isMore && performance.now() - signedAt >= CHECKPOINT_MS) await sign(context);
      }
      if (performance.now() - signedAt >= CHECKPOINT_MS) await sign(context);
    },
  };
}

/** Checks the record when background work begins, and whenever the last check of any process was an hour ago. */
function checking(): Loop {
  let isFirst = true;
  return {
    name: 'ledger.check',
    everyMs: 30_000,
    async run(context) {
      const last = isFirst ? null : await findLastCheckRun(context.db.reader);
      if (last && context.clock.now().getTime() - last.startedAt.getTime() < HOUR_MS) return;
      await runCheck(context, isFirst ? 'start' : 'hourly');
      isFirst = false;
    },
  };
}

/** Asks the witnesses, as long as there is something that they have not seen. */
const witnessing: Loop = {
  name: 'ledger.witness',
  everyMs: 3_000,
  async run(context) {
    if (context.config.ledgerWitnesses.length > 0) await reportFindings(context, await askWitnesses(context));
  },
};

export const ledgerLoops = (): Loop[] => [sealing(), checking(), witnessing];
