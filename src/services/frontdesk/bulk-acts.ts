import type { Actor } from '../../platform/access.ts';
import type { Holder } from '../../foundation/organisations/index.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { isId } from '../../platform/ids.ts';
import { isProblem, type Problem } from '../../platform/problems.ts';
import {
  assignDossiers,
  currentStepOf,
  finishStep,
  getDossier,
  hasRight,
  listAssignees,
  receiveDossier,
  startStep,
  type Dossier,
} from '../dossiers/index.ts';

/** What can be done with many dossiers at once, under its name in addresses. */
export const bulkSlugs = {
  'tiep-nhan': 'receive',
  'phan-cong': 'assign',
  'bat-dau': 'startStep',
  'xong-buoc': 'finishStep',
} as const;
export type BulkAct = (typeof bulkSlugs)[keyof typeof bulkSlugs];

export interface BulkOutcome {
  done: string[];
  refused: { dossierId: string; problem: Problem }[];
}

/** The most dossiers of one bulk act. */
export const maxBulk = 200;

/** The chosen ids of a form: real ids, once each, at most `maxBulk`. */
export const chosenIds = (form: URLSearchParams): string[] =>
  [...new Set(form.getAll('id').filter(isId))].slice(0, maxBulk);

/**
 * Whom at least one of the chosen dossiers can be given to on a day, each post once. Only dossiers that the actor may assign are asked about;
 * dossiers at the same unit whose next work is of the same kind are asked about once.
 */
export async function assigneesOfMany(
  reader: Reader,
  actor: Actor,
  ids: readonly string[],
  day: string,
): Promise<Holder[]> {
  const alike = new Map<string, Dossier>();
  for (const id of ids.slice(0, maxBulk)) {
    const dossier = await getDossier(reader, id).catch((error: unknown) => {
      if (!isProblem(error)) throw error;
      return null; // no such dossier: the act itself will say so
    });
    if (dossier && hasRight(actor, 'assign', dossier))
      alike.set(`${dossier.handlingUnitId}/${dossier.state}/${currentStepOf(dossier)?.kind ?? ''}`, dossier);
  }
  const people = new Map<string, Holder>();
  for (const dossier of alike.values())
    for (const holder of await listAssignees(reader, dossier, day))
      people.set(`${holder.postId}/${holder.officerId}`, holder);
  return [...people.values()];
}

/**
 * Does one act with many dossiers. Each stands for itself: what cannot be done is reported with its problem, the others are done. They are taken
 * in the order of their ids, so that two bulk acts never wait for each other.
 */
export async function actOnMany(
  tx: Tx,
  actor: Actor,
  act: BulkAct,
  ids: readonly string[],
  postId: string | null,
): Promise<BulkOutcome> {
  if (act === 'assign') {
    const { assigned, refused } = await assignDossiers(tx, actor, { dossierIds: ids, postId });
    return { done: assigned, refused };
  }
  const run = { receive: receiveDossier, startStep, finishStep }[act];
  const outcome: BulkOutcome = { done: [], refused: [] };
  for (const dossierId of ids.toSorted()) {
    try {
      await run(tx, actor, { dossierId, version: null });
      outcome.done.push(dossierId);
    } catch (error) {
      if (!isProblem(error)) throw error; // a Problem is thrown before anything is written for that dossier
      outcome.refused.push({ dossierId, problem: error });
    }
  }
  return outcome;
}
