import type { Actor } from '../../platform/access.ts';
import { demand } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import type { Dossier } from './dossier.ts';
import { mayReceive } from './dossier-permissions.ts';
import { findDossier } from './dossier-queries.ts';
import { insertFees, type FeeInput } from './fee-queries.ts';
import { receiveDossier } from './receive-dossier.ts';
import { submitDossier } from './submit-dossier.ts';
import type { Acknowledgement, SubmissionInput } from './submission.ts';

export interface CounterIntake {
  submission: SubmissionInput;
  /** Fees taken at the counter, each with its receipt number. */
  fees: readonly FeeInput[];
}

/**
 * Takes in a dossier from a person who has come, or from the post: submitted and received in one transaction. Sent twice
 * with one key it is one dossier.
 * @throws forbidden; everything that submitDossier and receiveDossier throw
 */
export async function intakeAtCounter(
  tx: Tx,
  actor: Actor,
  { submission, fees }: CounterIntake,
  installationSecret: string,
): Promise<{ acknowledgement: Acknowledgement; dossier: Dossier }> {
  demand(actor, mayReceive, { unitId: submission.receivingUnitId });
  const acknowledgement = await submitDossier(tx, actor, submission, installationSecret);
  if (!acknowledgement.isNew) return { acknowledgement, dossier: (await findDossier(tx, acknowledgement.dossierId))! };
  await insertFees(tx, acknowledgement.dossierId, fees, actor.label);
  const dossier = await receiveDossier(tx, actor, { dossierId: acknowledgement.dossierId, version: null });
  return { acknowledgement, dossier };
}
