import { can, type Actor } from '../../platform/access.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { forbidden, problem, staleVersion } from '../../platform/problems.ts';
import { mandateOver } from './mandate-over.ts';
import { stateAfter, transitions, type Act, type Dossier } from './dossier.ts';
import { eventOfAct, type DossierFacts, type DossierRecord } from './dossier-events.ts';
import { isClientDossier } from './client-queries.ts';
import { dossierPermissions, submitScope } from './dossier-permissions.ts';
import { dossierNotFound } from './dossier-problems.ts';
import { findLastAct, lockDossier, saveDossier } from './dossier-queries.ts';

/** Names one dossier, and the version that the person saw when they decided to act. */
export interface DossierReference {
  dossierId: string;
  /** Null where no form was looked at (bulk work, API): then the present version is taken. */
  version: number | null;
}

/** What an act changes, what it leaves in the history, and who may see it. */
export interface Change {
  dossier: Dossier;
  remark?: string | null;
  details?: object;
}

/**
 * The frame of every act: locks the dossier, asks for the right, holds the version to what the person saw, holds the act to the
 * transitions, lets `change` work out the new dossier (it gets it in its new state, and as it was), writes it with one line of history, and publishes one event.
 * @throws dossierNotFound (also to those who may not know that it exists), forbidden, staleVersion with both values, actNotPossible
 */
export async function performAct(
  tx: Tx,
  actor: Actor,
  act: Exclude<Act, 'takeBack'>,
  { dossierId, version }: DossierReference,
  change: (dossier: Dossier, before: Dossier) => Change | Promise<Change>,
): Promise<Dossier> {
  const before = await lockDossier(tx, dossierId);
  if (!before) throw problem(dossierNotFound);
  await demandRight(tx, actor, act, before);
  if (version !== null && version !== before.version) throw await staleProblem(tx, before, version);
  const state = stateAfter(before, act);
  const {
    dossier,
    remark = null,
    details = {},
  } = await change({ ...before, state, version: before.version + 1, lastAct: before.lastAct + 1 }, before);
  await saveDossier(tx, dossier, {
    name: act,
    ...authorOf(actor),
    fromState: before.state,
    remark,
    details,
    before: transitions[act].reversible ? before : null,
  });
  publish(tx, eventOfAct[act], {
    subject: { kind: 'dossier', id: dossier.id },
    unitId: before.handlingUnitId,
    payload: factsOf(dossier, remark),
  });
  return dossier;
}

export const authorOf = (actor: Actor) => ({
  actorKind: actor.kind,
  actorId: actor.id,
  actorLabel: actor.label,
  postId: actor.postId ?? null,
  unitId: actor.unitId ?? null,
});

/** What an event says of a dossier. */
export const factsOf = (dossier: Dossier, remark: string | null): DossierFacts => ({
  code: dossier.code,
  state: dossier.state,
  procedureId: dossier.procedureId,
  procedureName: dossier.terms.procedureName,
  channel: dossier.channel,
  competentUnitId: dossier.competentUnitId,
  receivingUnitId: dossier.receivingUnitId,
  applicantAccountId: dossier.applicantAccountId,
  dueAt: dossier.dueAt?.toISOString() ?? null,
  isOnTime: dossier.isOnTime,
  remark,
  row: recordOf(dossier),
});

const recordOf = (dossier: Dossier): DossierRecord => ({
  version: dossier.version,
  state: dossier.state,
  code: dossier.code,
  submittedAt: dossier.submittedAt.toISOString(),
  receivedAt: dossier.receivedAt?.toISOString() ?? null,
  dueAt: dossier.dueAt?.toISOString() ?? null,
  firstDueAt: dossier.firstDueAt?.toISOString() ?? null,
  stepDueAt: dossier.stepDueAt?.toISOString() ?? null,
  pausedAt: dossier.pausedAt?.toISOString() ?? null,
  finishedAt: dossier.finishedAt?.toISOString() ?? null,
  returnedAt: dossier.returnedAt?.toISOString() ?? null,
  isOnTime: dossier.isOnTime,
});

/** Whether the actor is the person whose dossier it is. */
export const isApplicant = (actor: Actor, dossier: Pick<Dossier, 'applicantAccountId'>): boolean =>
  actor.accountId !== null && actor.kind !== 'official' && actor.accountId === dossier.applicantAccountId;

/** Officials, and systems of agencies that work for them: both hold rights over units. */
const isStaff = (actor: Actor): boolean => actor.kind === 'official' || actor.kind === 'client';

/** Whether the actor is the program that handed the dossier in for somebody, and may act on it. */
export const isSubmittingClient = async (
  reader: Reader,
  actor: Actor,
  dossier: Pick<Dossier, 'id'>,
  scope: string,
): Promise<boolean> =>
  actor.kind === 'client' &&
  actor.id !== null &&
  actor.scopes.includes(scope) &&
  (await isClientDossier(reader, dossier.id, actor.id));

/** Whether the actor holds a right of this act over the unit whose turn it is, or over the place of receipt where that acts. */
export function hasRight(
  actor: Actor,
  act: Act,
  dossier: Pick<Dossier, 'applicantAccountId' | 'handlingUnitId' | 'receivingUnitId'>,
): boolean {
  return transitions[act].by.some((right) => {
    if (right === 'applicant') return isApplicant(actor, dossier) && !actor.seesOnly;
    const permission = dossierPermissions.find((each) => each.name === right);
    if (!permission || !isStaff(actor)) return false;
    const atCounter = right === 'dossiers.receive' || right === 'dossiers.return';
    return (
      can(actor, permission, { unitId: dossier.handlingUnitId }) ||
      (atCounter && can(actor, permission, { unitId: dossier.receivingUnitId }))
    );
  });
}

/** Whether the actor may know of the dossier at all: its applicant, or any right over one of its three units. */
export function mayKnow(
  actor: Actor,
  dossier: Pick<Dossier, 'applicantAccountId' | 'handlingUnitId' | 'receivingUnitId' | 'competentUnitId'>,
): boolean {
  if (isApplicant(actor, dossier)) return true;
  if (!isStaff(actor)) return false;
  const unitIds = [dossier.handlingUnitId, dossier.receivingUnitId, dossier.competentUnitId];
  return dossierPermissions.some((permission) => unitIds.some((unitId) => can(actor, permission, { unitId })));
}

async function demandRight(tx: Tx, actor: Actor, act: Act, dossier: Dossier): Promise<void> {
  if (hasRight(actor, act, dossier)) return;
  const isApplicants = transitions[act].by.some((right) => right === 'applicant');
  if (isApplicants && (await isSubmittingClient(tx, actor, dossier, submitScope))) return;
  if (isApplicants && !actor.seesOnly && (await mandateOver(tx, actor, dossier, 'submit', tx.now))) return;
  throw mayKnow(actor, dossier) ? problem(forbidden, { act }) : problem(dossierNotFound);
}

/** 409 with both values: what the person saw, and what stands now, by whom and since when. */
export async function staleProblem(tx: Tx, dossier: Dossier, seenVersion: number) {
  const last = await findLastAct(tx, dossier.id);
  return problem(staleVersion, {
    seen: { version: seenVersion },
    current: {
      version: dossier.version,
      state: dossier.state,
      handlingUnitId: dossier.handlingUnitId,
      dueAt: dossier.dueAt?.toISOString() ?? null,
      lastAct: last ? { name: last.name, at: last.at.toISOString(), by: last.actorLabel } : null,
    },
  });
}
