import type { JobContext, Schedule } from '../../platform/jobs.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { listEndingClients, sweepSignIns } from './admin-queries.ts';
import { finishRecoveries } from './recover-account.ts';
import { lockInactiveAccounts, warnInactiveAccounts } from './manage-account.ts';
import { sweepLogouts } from './oidc-logout-queries.ts';
import { sweepPayloads } from './oidc-queries.ts';
import { sweepDevices } from './device-queries.ts';
import { sweepSignInSteps } from './step-queries.ts';
import { sweepVerifications } from './verification-queries.ts';

async function houseKeeping(context: JobContext): Promise<void> {
  const { db, clock, log, requestId } = context;
  await sweepPayloads(db.reader);
  const locked = await inTransaction(db, { actor: systemActor('identity'), clock, requestId }, async (tx) => {
    await sweepVerifications(tx);
    await sweepSignIns(tx);
    await sweepLogouts(tx);
    await sweepSignInSteps(tx);
    await sweepDevices(tx);
    await warnInactiveAccounts(tx);
    return lockInactiveAccounts(tx);
  });
  const now = clock.now();
  for (const client of await listEndingClients(db.reader, now, new Date(now.getTime() + 14 * 86_400_000)))
    log.warn(client, 'the token of an API client ends soon: npx sen clients renew');
  if (locked > 0) log.info({ locked }, 'locked accounts that were not used');
}

/** Removes lost factors whose time of waiting is over. */
async function recoveries({ db, clock, requestId }: JobContext): Promise<void> {
  await inTransaction(db, { actor: systemActor('identity'), clock, requestId }, finishRecoveries);
}

export const identitySchedules: readonly Schedule[] = [
  { name: 'identity.finish-recoveries', cron: '*/10 * * * *', run: recoveries },
  { name: 'identity.housekeeping', cron: '40 18 * * *', run: houseKeeping }, // 01:40 in Viet Nam
  {
    name: 'identity.sweep-provider',
    cron: '*/15 * * * *',
    run: async ({ db }) => void (await sweepPayloads(db.reader)),
  },
];
