import type { Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { noteAdded } from './dossier-events.ts';
import { insertNote } from './dossier-file-queries.ts';
import { dossierNotFound, reasonMissing } from './dossier-problems.ts';
import { findDossier } from './dossier-queries.ts';
import { isApplicant, mayKnow } from './perform-act.ts';

/** Leaves a note for colleagues (at most 4,000 characters); the applicant never sees it. @throws dossierNotFound, reasonMissing when empty */
export async function addNote(tx: Tx, actor: Actor, input: { dossierId: string; text: string }): Promise<void> {
  const text = input.text.trim().slice(0, 4_000);
  const dossier = await findDossier(tx, input.dossierId);
  if (!dossier || !mayKnow(actor, dossier) || isApplicant(actor, dossier)) throw problem(dossierNotFound);
  if (text === '') throw problem(reasonMissing);
  await insertNote(tx, { id: newId(), dossierId: input.dossierId, text, authorId: actor.id, authorLabel: actor.label });
  publish(tx, noteAdded, {
    subject: { kind: 'dossier', id: dossier.id },
    unitId: dossier.handlingUnitId,
    payload: { code: dossier.code },
  });
}
