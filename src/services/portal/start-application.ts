import { getSubmission, startDraft, type Values } from '../../engines/forms/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { isId, newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { mandateEnded } from '../delegations/index.ts';
import { mandateOver, openOwnDossier, states } from '../dossiers/index.ts';
import {
  channelOf,
  findOffer,
  findProcedure,
  isValidOn,
  offerNotFound,
  procedureNotFound,
  type Procedure,
} from '../procedures/index.ts';
import { expiryFrom } from './application.ts';
import { applicationNotFound, notOnline, nothingAsked, tooManyApplications } from './application-problems.ts';
import { findOpenSupplement, insertApplication, listOpenApplications } from './application-queries.ts';
import { mandatesFor } from './on-behalf.ts';
import { accountOf, draftOwner, formVersionOf, latestAnswersOf, openItems } from './open-application.ts';

/** Drafts an account may have at once; the forms engine allows as many. */
const maxOpen = 20;

/** Whether a procedure can be applied for here: it has an e-form, and the way in is ours (not the national portal's). */
export const isOnline = (procedure: Procedure): boolean =>
  procedure.formVersionId !== null &&
  procedure.intakeChannel === 'local' &&
  procedure.onlineScope !== 'none' &&
  channelOf(procedure.content, 'online') !== undefined;

/**
 * Starts an application for what a unit offers; its draft can be continued on any device. Returns its id.
 * With a delegation it is made for its giver; with `begun` it goes on with answers of another device, on the version they were begun with. @throws procedureNotFound, offerNotFound, notOnline, tooManyApplications, mandateEnded
 */
export async function startApplication(
  tx: Tx,
  actor: Actor,
  input: {
    code: string;
    offerId: string;
    delegationId?: string | null;
    begun?: { formVersionId: string; values: Values };
  },
): Promise<string> {
  const account = accountOf(actor);
  const today = localDate(tx.now);
  const procedure = await findProcedure(tx, input.code, today);
  if (!procedure) throw problem(procedureNotFound);
  if (!isOnline(procedure)) throw problem(notOnline);
  const offer = isId(input.offerId) ? await findOffer(tx, input.offerId, today) : undefined;
  if (!offer || offer.procedureId !== procedure.id || !isValidOn(offer, today)) throw problem(offerNotFound);
  if ((await listOpenApplications(tx, account.id, tx.now)).length >= maxOpen)
    throw problem(tooManyApplications, { limit: maxOpen });
  const delegationId = input.delegationId ?? null;
  if (
    delegationId !== null &&
    !(await mandatesFor(tx, actor, procedure, tx.now)).some((one) => one.id === delegationId)
  )
    throw problem(mandateEnded);
  const id = newId();
  const formVersionId = input.begun?.formVersionId ?? (await formVersionOf(tx, procedure, today));
  const draft =
    formVersionId === null
      ? null
      : await startDraft(tx, {
          owner: draftOwner(actor),
          formVersionId,
          subject: { kind: 'application', id },
          ...(input.begun ? { values: input.begun.values } : {}),
        });
  await insertApplication(tx, {
    id,
    purpose: 'submission',
    accountId: account.id,
    ownerKind: account.kind,
    procedureVersionId: procedure.versionId,
    offerId: offer.id,
    draftId: draft?.id ?? null,
    dossierId: null,
    delegationId,
    expiresAt: expiryFrom(tx.now),
  });
  return id;
}

/**
 * Starts (or finds) the answer to the open request for a supplement: the answers given before, to be changed, and a place for the
 * papers asked for. Returns its id. @throws applicationNotFound, dossierNotFound, nothingAsked
 */
export async function startSupplement(tx: Tx, actor: Actor, dossierId: string): Promise<string> {
  const account = accountOf(actor);
  const dossier = await openOwnDossier(tx, actor, dossierId, tx.now);
  const mandate = dossier.mandate ? await mandateOver(tx, actor, dossier, 'submit', tx.now) : null;
  if (mandate === undefined) throw problem(mandateEnded);
  if (dossier.state !== states.supplement || openItems(dossier).length === 0) throw problem(nothingAsked);
  const open = await findOpenSupplement(tx, dossier.id);
  if (open && open.accountId !== account.id) throw problem(applicationNotFound);
  if (open) return open.id;
  const id = newId();
  const { procedureVersionId, offerId } = dossier.applicant;
  const formSubmissionId = latestAnswersOf(dossier);
  const answers = formSubmissionId === null ? null : await getSubmission(tx, formSubmissionId);
  const draft =
    answers === null
      ? null
      : await startDraft(tx, {
          owner: draftOwner(actor),
          formVersionId: answers.formVersionId,
          subject: { kind: 'application', id },
          values: answers.values,
        });
  await insertApplication(tx, {
    id,
    purpose: 'supplement',
    accountId: account.id,
    ownerKind: account.kind,
    procedureVersionId,
    offerId,
    draftId: draft?.id ?? null,
    dossierId: dossier.id,
    delegationId: mandate?.id ?? null,
    expiresAt: expiryFrom(tx.now),
  });
  return id;
}
