import type { Tx } from '../../platform/database.ts';
import { defineJob } from '../../platform/jobs.ts';
import { afterCommit, inTransaction, systemActor } from '../../platform/transaction.ts';
import { forgetDictionaries } from './word-store.ts';
import { replaceTerms } from './search-queries.ts';

/** Counts the words of the index anew, so that corrections know what was added. Costs seconds per 100,000 documents. */
export async function rebuildDictionary(tx: Tx): Promise<void> {
  await replaceTerms(tx);
  afterCommit(tx, forgetDictionaries);
}

export const rebuildDictionaryJob = defineJob<Record<string, never>>('search.rebuild-dictionary', {
  maxAttempts: 5,
  run: ({ db, clock, requestId }) =>
    inTransaction(db, { actor: systemActor('search'), clock, requestId }, rebuildDictionary),
});
