import { demand, type Actor } from '../../../platform/access.ts';
import { localDate } from '../../../platform/clock.ts';
import type { Tx } from '../../../platform/database.ts';
import { publish, type EventType } from '../../../platform/events.ts';
import { newId } from '../../../platform/ids.ts';
import { problem, staleVersion } from '../../../platform/problems.ts';
import { hashOf } from '../import-catalogue.ts';
import { procedureKind, versionDrafted, type VersionPayload } from '../procedure-events.ts';
import { editProcedures } from '../procedure-permissions.ts';
import { versionNotFound } from '../procedure-problems.ts';
import { findVersion, listVersions } from '../procedure-queries.ts';
import { defaultFileLimits, serviceLevelOf, type Procedure, type ProcedureContent } from '../procedure.ts';
import { insertVersions, lockProcedure, type VersionFacts } from '../version-queries.ts';
import { draftDiscarded, draftSaved } from './revision-events.ts';
import { codeTaken, draftMissing, draftOpenAlready, draftShut } from './revision-problems.ts';
import {
  deleteDraft,
  deleteEmptyProcedure,
  findOpenRevision,
  insertRevision,
  lockRevision,
  touchRevision,
  updateDraft,
} from './revision-queries.ts';
import { isWritable, type Revision } from './revision.ts';

/** What an event about a version carries. */
export const payloadOf = (version: Pick<Procedure, 'code' | 'number' | 'versionId'>): VersionPayload => ({
  code: version.code,
  number: version.number,
  versionId: version.versionId,
});

/** Publishes an event about a version. */
export function tell<P extends VersionPayload>(
  tx: Tx,
  type: EventType<P>,
  version: Procedure,
  more: Omit<P, keyof VersionPayload>,
): void {
  publish(tx, type, {
    subject: { kind: procedureKind, id: version.id },
    payload: { ...payloadOf(version), ...more } as unknown as P,
  });
}

/** What a version says, without its ids and stamps. */
export function factsOfVersion(version: Procedure): VersionFacts {
  const { id: _id, versionId: _v, number: _n, status: _s, publishedAt: _p, rowVersion: _r, ...facts } = version;
  return facts;
}

/**
 * Opens a draft that says what a version says, to be changed, reviewed and published as the next version.
 * @throws versionNotFound, draftOpenAlready
 */
export async function openDraft(
  tx: Tx,
  actor: Actor,
  input: { code: string; baseVersionId: string; reason: string },
): Promise<{ versionId: string }> {
  demand(actor, editProcedures);
  const base = await findVersion(tx, input.baseVersionId);
  if (!base || base.code !== input.code) throw problem(versionNotFound);
  await lockProcedure(tx, base.id);
  if (await findOpenRevision(tx, base.code)) throw problem(draftOpenAlready);
  const facts = { ...factsOfVersion(base), source: 'office' as const, validFrom: localDate(tx.now), validTo: null };
  return insertDraft(tx, facts, base.versionId, input.reason);
}

/** Begins a procedure that is not there yet, with a draft of its first version. @throws codeTaken */
export async function createProcedure(
  tx: Tx,
  actor: Actor,
  input: { code: string; name: { vi: string; en?: string }; reason: string },
): Promise<{ versionId: string }> {
  demand(actor, editProcedures);
  if ((await listVersions(tx, input.code)).length > 0) throw problem(codeTaken);
  const facts: VersionFacts = {
    code: input.code,
    ownCode: null,
    source: 'office',
    name: input.name,
    fieldCode: null,
    nationalField: null,
    levels: [],
    audiences: [],
    serviceLevel: 1,
    onlineScope: 'none',
    partialReason: null,
    intakeChannel: 'local',
    decisionNumber: null,
    validFrom: localDate(tx.now),
    validTo: null,
    formVersionId: null,
    content: emptyContent,
  };
  return insertDraft(tx, facts, null, input.reason);
}

const emptyContent: ProcedureContent = {
  summary: null,
  type: null,
  competentAgency: null,
  receivingAddress: null,
  authorisedAgency: null,
  coordinatingAgency: null,
  order: [],
  channels: [],
  papers: [],
  sets: 1,
  results: [],
  legalBases: [],
  conditions: null,
  related: [],
  keywords: { vi: [], en: [] },
  files: defaultFileLimits,
  steps: null,
  sourceUrl: null,
  otherAudiences: [],
};

/** Writes a draft version with its revision. */
export async function insertDraft(
  tx: Tx,
  facts: VersionFacts,
  baseVersionId: string | null,
  reason: string,
): Promise<{ versionId: string }> {
  const [row] = await insertVersions(tx, [
    { facts, versionId: newId(), procedureId: newId(), contentHash: hashOf(facts), status: 'draft' },
  ]);
  const { id: versionId, procedure_id: procedureId, number } = row!;
  await insertRevision(tx, { versionId, procedureId, baseVersionId, reason });
  publish(tx, versionDrafted, {
    subject: { kind: procedureKind, id: procedureId },
    payload: { code: facts.code, number, versionId, source: facts.source, reason },
  });
  return { versionId };
}

/** A revision that may be written in, held until the end of the transaction. @throws draftMissing, draftShut */
export async function demandWritable(tx: Tx, versionId: string): Promise<Revision> {
  const revision = await lockRevision(tx, versionId);
  if (!revision) throw problem(draftMissing);
  if (!isWritable(revision)) throw problem(draftShut);
  return revision;
}

/**
 * Writes one section of a draft: `change` gets what it says and gives what it shall say.
 * @throws draftMissing, draftShut, staleVersion when it was saved by somebody else meanwhile
 */
export async function saveDraft(
  tx: Tx,
  actor: Actor,
  input: { versionId: string; rowVersion: number; section: string; change: (facts: VersionFacts) => VersionFacts },
): Promise<void> {
  demand(actor, editProcedures);
  await demandWritable(tx, input.versionId);
  const version = await findVersion(tx, input.versionId);
  if (!version) throw problem(draftMissing);
  const facts = withServiceLevel(input.change(factsOfVersion(version)));
  if (!(await updateDraft(tx, input.versionId, facts, hashOf(facts), input.rowVersion))) throw problem(staleVersion);
  await touchRevision(tx, input.versionId);
  tell(tx, draftSaved, version, { section: input.section });
}

/** The level follows from what the version can do (TT 32/2017/TT-BTTTT, Điều 5). */
export function withServiceLevel(facts: VersionFacts): VersionFacts {
  const online = facts.content.channels.find((channel) => channel.kind === 'online');
  const isFree = online !== undefined && online.feesKnown && online.fees.length === 0;
  const papers = facts.content.papers.flatMap((group) => group.papers);
  const serviceLevel = serviceLevelOf({
    templates: papers.some((paper) => paper.template !== null),
    form: facts.formVersionId !== null && facts.onlineScope !== 'none',
    paysOnline: facts.onlineScope === 'full' && isFree,
  });
  return { ...facts, serviceLevel };
}

/** Throws a draft away with its remarks; a procedure that was never published goes with it. @throws draftMissing, draftShut */
export async function discardDraft(tx: Tx, actor: Actor, versionId: string): Promise<void> {
  demand(actor, editProcedures);
  const revision = await demandWritable(tx, versionId);
  const version = await findVersion(tx, versionId);
  if (!version) throw problem(draftMissing);
  await deleteDraft(tx, versionId);
  await deleteEmptyProcedure(tx, revision.procedureId);
  tell(tx, draftDiscarded, version, {});
}
