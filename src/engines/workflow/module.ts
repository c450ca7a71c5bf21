import { defineModule } from '../../platform/module.ts';
import type { JobContext, Loop } from '../../platform/jobs.ts';
import { fireTimers, runErrands, tellFallingDue } from './run-errands.ts';
import { assignWork, doWork, ownProcesses } from './workflow-permissions.ts';

/** Goes on at once while there is more, and then pauses. */
const untilEmpty = (name: string, everyMs: number, work: (context: JobContext) => Promise<number>): Loop => ({
  name,
  everyMs,
  async run(context) {
    for (let batches = 0; batches < 100 && (await work(context)) > 0; batches++);
  },
});

export default defineModule({
  name: 'workflow',
  floor: 'engines',
  uses: ['calendar', 'decisions'],
  permissions: [doWork, assignWork, ownProcesses],
  loops: [
    untilEmpty('workflow.errands', 1_000, runErrands),
    untilEmpty('workflow.timers', 1_000, fireTimers),
    untilEmpty('workflow.falling-due', 10_000, tellFallingDue),
  ],
});
