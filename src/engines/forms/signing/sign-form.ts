import { localDate } from '../../../platform/clock.ts';
import type { Reader, Tx } from '../../../platform/database.ts';
import { publish } from '../../../platform/events.ts';
import { newId, newReadableCode } from '../../../platform/ids.ts';
import { problem } from '../../../platform/problems.ts';
import type { Values } from '../definition.ts';
import type { Surroundings } from '../evaluate-form.ts';
import { signatureConfirmed, signingKind, signingStarted, signingVoided } from '../form-events.ts';
import { alreadyConfirmed, notSignedYet, notTheSigner, signingNotFound, signingVoid } from '../form-problems.ts';
import type { Draft } from '../form-queries.ts';
import { getFormVersion } from '../publish-form.ts';
import { answersDigest, signersOf, type NeededSigner } from './signers.ts';
import {
  findLiveSigning,
  findSigningByCode,
  findSigningById,
  findSigningOfSignature,
  insertSignature,
  insertSigning,
  listSignatures,
  lockSigning,
  updateConfirmed,
  updateSigningState,
  type Signature,
  type Signing,
} from './signing-queries.ts';

/** Days in which everybody has to confirm. */
export const signingDays = 15;

/** A signature together with whom the answers name for it. */
export type SignerState = Signature & { needed: NeededSigner };
export type OpenSigning = { signing: Signing; signers: SignerState[] };

async function withSigners(reader: Reader, signing: Signing): Promise<OpenSigning> {
  const { definition } = await getFormVersion(reader, signing.formVersionId);
  const needed = signersOf(definition, signing.answers, { today: localDate(signing.createdAt) });
  const signatures = await listSignatures(reader, signing.id);
  return {
    signing,
    signers: needed.flatMap((each) => {
      const signature = signatures.find((one) => one.signer === each.id);
      return signature ? [{ ...signature, needed: each }] : [];
    }),
  };
}

/** The confirmation under way for a draft; undefined when its answers are not frozen. */
export async function findSigning(reader: Reader, draftId: string): Promise<OpenSigning | undefined> {
  const signing = await findLiveSigning(reader, draftId);
  return signing && withSigners(reader, signing);
}

/**
 * Freezes the settled answers of a draft and opens a signature for each signer. A confirmation of other answers is voided; one of the same
 * answers stays. Links of invitations are derived (`invitation-link.ts`).
 */
export async function startSigning(
  tx: Tx,
  input: { draft: Draft; values: Values; surroundings: Surroundings },
): Promise<OpenSigning> {
  const { draft, values } = input;
  const { definition } = await getFormVersion(tx, draft.formVersionId);
  const digest = answersDigest(definition, values);
  const live = await findLiveSigning(tx, draft.id);
  if (live?.digest === digest) return withSigners(tx, live);
  if (live) await voidSigning(tx, live.id);
  const id = newId();
  const signing = {
    id,
    formVersionId: draft.formVersionId,
    draftId: draft.id,
    subject: draft.subject,
    owner: draft.owner,
    answers: values,
    digest,
    code: newReadableCode(8),
    expiresAt: new Date(tx.now.getTime() + signingDays * 86_400_000),
  };
  await insertSigning(tx, signing);
  for (const needed of signersOf(definition, values, input.surroundings)) {
    const invitedTo = needed.contact?.address ?? null;
    await insertSignature(tx, { id: newId(), signingId: id, signer: needed.id, invitedTo });
  }
  publish(tx, signingStarted, { subject: { kind: signingKind, id }, payload: { draftId: draft.id, digest } });
  return withSigners(tx, { ...signing, state: 'open', createdAt: tx.now });
}

async function voidSigning(tx: Tx, id: string): Promise<void> {
  await updateSigningState(tx, id, 'void');
  publish(tx, signingVoided, { subject: { kind: signingKind, id }, payload: {} });
}

/** The answers of a draft changed: confirmations of the old ones count no more. */
export async function voidSigningOfDraft(tx: Tx, draftId: string): Promise<void> {
  const live = await findLiveSigning(tx, draftId);
  if (live) await voidSigning(tx, live.id);
}

const demandLive = (signing: Signing, now: Date): void => {
  if (signing.state === 'void' || signing.state === 'sent' || signing.expiresAt <= now) throw problem(signingVoid);
};

/** A signing with its signers, whatever became of it. */
export async function openSigningById(reader: Reader, id: string): Promise<OpenSigning | undefined> {
  const found = await findSigningById(reader, id);
  return found && withSigners(reader, found);
}

/** The confirmation that an invitation leads to, and whose it is. @throws signingNotFound, signingVoid */
export async function openInvitation(
  reader: Reader,
  signatureId: string,
  now: Date,
): Promise<OpenSigning & { own: SignerState }> {
  const found = await findSigningOfSignature(reader, signatureId);
  if (!found) throw problem(signingNotFound);
  const open = await withSigners(reader, found);
  const own = open.signers.find((each) => each.id === signatureId);
  if (!own) throw problem(signingNotFound);
  // Whoever confirmed may look at it again also after it was sent.
  if (!(own.confirmedAt && found.state !== 'void')) demandLive(found, now);
  return { ...open, own };
}

/** The confirmation that a person names at the counter by its code. @throws signingNotFound, signingVoid */
export async function openSigningByCode(reader: Reader, code: string, now: Date): Promise<OpenSigning> {
  const tidy = code
    .toUpperCase()
    .replaceAll(/[^A-Z0-9]/g, '')
    .slice(0, 20);
  const found = tidy === '' ? undefined : await findSigningByCode(reader, tidy);
  if (!found) throw problem(signingNotFound);
  demandLive(found, now);
  return withSigners(reader, found);
}

/** How somebody confirms: under their account, or before an official who has seen their papers. */
export type Confirmation =
  | { method: 'account'; accountId: string; name: string; identityNumber: string | null }
  | { method: 'counter'; officialId: string | null; officialName: string; note: string };

/**
 * One person confirms the frozen answers. The digest they were shown must be the frozen one. With an account the identity number must be the
 * one the answers name for this signer. The last confirmation completes the signing.
 * @throws signingNotFound, signingVoid, alreadyConfirmed, notTheSigner
 */
export async function confirmSignature(
  tx: Tx,
  input: { signingId: string; signatureId: string; digest: string; by: Confirmation },
): Promise<OpenSigning> {
  const signing = await lockSigning(tx, input.signingId);
  if (!signing) throw problem(signingNotFound);
  demandLive(signing, tx.now);
  if (signing.digest !== input.digest) throw problem(signingVoid);
  const open = await withSigners(tx, signing);
  const own = open.signers.find((each) => each.id === input.signatureId);
  if (!own) throw problem(signingNotFound);
  if (own.confirmedAt) throw problem(alreadyConfirmed);
  const { by } = input;
  if (by.method === 'account') {
    if (own.needed.identityNumber !== null && own.needed.identityNumber !== by.identityNumber)
      throw problem(notTheSigner);
    // One person is one signer.
    if (open.signers.some((each) => each.accountId === by.accountId)) throw problem(notTheSigner);
  }
  const isNew = await updateConfirmed(tx, own.id, {
    method: by.method,
    accountId: by.method === 'account' ? by.accountId : null,
    name: by.method === 'account' ? by.name : (own.needed.name ?? own.needed.title.vi),
    officialId: by.method === 'counter' ? by.officialId : null,
    note: by.method === 'counter' ? `${by.officialName}: ${by.note}` : null,
    digest: signing.digest,
  });
  if (!isNew) throw problem(alreadyConfirmed);
  publish(tx, signatureConfirmed, {
    subject: { kind: signingKind, id: signing.id },
    payload: { signer: own.signer, method: by.method, digest: signing.digest, draftId: signing.draftId },
  });
  const isComplete = open.signers.every((each) => each.id === own.id || each.confirmedAt !== null);
  if (isComplete) await updateSigningState(tx, signing.id, 'complete');
  return withSigners(tx, { ...signing, state: isComplete ? 'complete' : 'open' });
}

/** @throws notSignedYet unless everybody confirmed these very answers */
export async function demandSigned(tx: Tx, input: { draftId: string; digest: string }): Promise<void> {
  const live = await findLiveSigning(tx, input.draftId);
  const locked = live && (await lockSigning(tx, live.id));
  if (!locked || locked.state !== 'complete' || locked.digest !== input.digest || locked.expiresAt <= tx.now)
    throw problem(notSignedYet);
}

/** The answers were sent: the confirmations stay with the submission. */
export async function closeSigning(tx: Tx, draftId: string, submissionId: string): Promise<void> {
  const live = await findLiveSigning(tx, draftId);
  if (live) await updateSigningState(tx, live.id, 'sent', submissionId);
}
