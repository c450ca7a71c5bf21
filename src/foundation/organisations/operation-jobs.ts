import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { defineJob, enqueue, type Schedule } from '../../platform/jobs.ts';
import { isProblem } from '../../platform/problems.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import type { Actor } from '../../platform/access.ts';
import { findOperation, listDueOperations, markFailure } from './operation-queries.ts';
import { stepOperation } from './run-operation.ts';
import { startOperation } from './start-operation.ts';
import { manageOrganisations } from './organisation-permissions.ts';

/** A job works so long, then makes room for others and goes on. */
const TURN_MS = 15_000;
const WAIT_MS = 1_000;

/** Does an operation step by step, from wherever it is. Any number of times: each step finds what is left. */
export const runOperationJob = defineJob<{ operationId: string }>('organisations.run-operation', {
  maxAttempts: 20,
  async run({ db, clock, requestId }, { operationId }) {
    const until = performance.now() + TURN_MS;
    let outcome = await stepOperation({ db, clock, requestId }, operationId);
    while (outcome === 'again' && performance.now() < until)
      outcome = await stepOperation({ db, clock, requestId }, operationId);
    if (outcome === 'done') return;
    await inTransaction(db, { actor: systemActor('organisations.operation'), clock, requestId }, async (tx) =>
      queueOperation(tx, operationId, outcome === 'wait' ? new Date(tx.now.getTime() + WAIT_MS) : undefined),
    );
  },
});

/** Has a worker do an operation; a second request replaces the first while it waits. */
export const queueOperation = (tx: Tx, operationId: string, runAt?: Date): void =>
  enqueue(tx, runOperationJob, { operationId }, { key: `operation/${operationId}`, ...(runAt ? { runAt } : {}) });

const scheduler: Actor = {
  ...systemActor('Lịch của hệ thống'),
  accountId: null,
  grants: new Map([[manageOrganisations.name, 'all']]),
  scopes: [],
  assurance: 2,
};

/** Every ten minutes: starts what was scheduled for a day that has come, and goes on with what a lost job left. */
export const startDueOperations: Schedule = {
  name: 'organisations.start-due-operations',
  cron: '*/10 * * * *',
  async run({ db, clock, requestId }) {
    for (const operationId of await listDueOperations(db.reader, localDate(clock.now()))) {
      const options = { actor: scheduler, clock, requestId };
      try {
        await inTransaction(db, options, async (tx) => {
          const operation = await findOperation(tx, operationId);
          if (operation?.state === 'scheduled') await startOperation(tx, scheduler, operationId);
          queueOperation(tx, operationId);
        });
      } catch (error) {
        if (!isProblem(error)) throw error;
        const { title } = error.definition;
        await inTransaction(db, options, (tx) => markFailure(tx, operationId, title.vi)); // a person has to look at it
      }
    }
  },
};
