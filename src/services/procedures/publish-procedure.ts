import { localDate } from '../../platform/clock.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { problem, staleVersion } from '../../platform/problems.ts';
import { indexProcedure, unindexProcedures } from './index-procedure.ts';
import { learnDocuments } from './legal/legal-queries.ts';
import { offersFor } from './offer-queries.ts';
import { reopenFixedBy } from './defects/defect-queries.ts';
import { closeRepaired } from './defects/work-on-defects.ts';
import { reopenRevision, updateRevisionState } from './editor/revision-queries.ts';
import { procedureKind, procedurePublished, procedureRetired, publicationUndone } from './procedure-events.ts';
import { inForceAlready, notPublishable, versionNotFound, wrongState } from './procedure-problems.ts';
import { findProcedure, findVersion } from './procedure-queries.ts';
import type { Procedure } from './procedure.ts';
import {
  endVersionsBefore,
  lockProcedure,
  recordPublication,
  undoPublished,
  updateLastDay,
  updatePublished,
  updateRetired,
} from './version-queries.ts';

/** What NĐ 63/2010/NĐ-CP, Điều 8 khoản 2 asks of every published procedure and this one lacks. */
export type MissingPart = 'order' | 'channels' | 'papers' | 'audiences' | 'competentAgency';

/** Parts that a version must have before it can be published. */
export function missingParts(procedure: Pick<Procedure, 'content' | 'audiences'>): MissingPart[] {
  const { content } = procedure;
  const missing: MissingPart[] = [];
  if (!content.order.some((order) => order.steps.length > 0)) missing.push('order');
  if (content.channels.length === 0) missing.push('channels');
  if (!content.papers.some((group) => group.papers.length > 0)) missing.push('papers');
  if (procedure.audiences.length === 0) missing.push('audiences');
  if (content.competentAgency === null) missing.push('competentAgency');
  return missing;
}

/**
 * Publishes a draft (or a retired version again) from a day on; the version before it ends the day before. One of the
 * same first day is replaced. Dossiers keep the version they were handed in under.
 * @throws versionNotFound, wrongState, notPublishable (with `missing`), staleVersion
 */
export async function publishProcedure(
  tx: Tx,
  input: { versionId: string; validFrom?: string; validTo?: string | null; rowVersion?: number },
): Promise<Procedure> {
  const version = await findVersion(tx, input.versionId);
  if (!version) throw problem(versionNotFound);
  if (version.status === 'published') throw problem(wrongState, { status: version.status });
  const missing = missingParts(version);
  if (missing.length > 0) throw problem(notPublishable, { missing });
  await lockProcedure(tx, version.id);
  const validFrom = input.validFrom ?? version.validFrom;
  const validTo = input.validTo ?? version.validTo;
  if (validTo !== null && validFrom > validTo) throw problem(wrongState, { validTo });
  const ended = await endVersionsBefore(tx, version.id, validFrom, version.versionId);
  if (!(await updatePublished(tx, version.versionId, validFrom, input.rowVersion ?? version.rowVersion, validTo)))
    throw problem(staleVersion);
  await recordPublication(tx, version.versionId, version.validTo, ended);
  await updateRevisionState(tx, version.versionId, 'published');
  await learnDocuments(tx, version.content.legalBases);
  await closeRepaired(tx, version);
  publish(tx, procedurePublished, {
    subject: { kind: procedureKind, id: version.id },
    payload: { code: version.code, number: version.number, versionId: version.versionId, validFrom },
  });
  await refreshIndex(tx, version.code, version.id);
  return { ...version, status: 'published', validFrom };
}

/**
 * Takes a version out of use at once, or after a last day to come; running dossiers go on under it.
 * @throws versionNotFound, wrongState, staleVersion
 */
export async function retireProcedure(
  tx: Tx,
  input: { versionId: string; reason: string; rowVersion?: number; lastDay?: string | null },
): Promise<void> {
  const version = await findVersion(tx, input.versionId);
  if (!version) throw problem(versionNotFound);
  if (version.status === 'retired') throw problem(wrongState, { status: version.status });
  await lockProcedure(tx, version.id);
  const { lastDay = null, rowVersion = version.rowVersion, reason } = input;
  const isDone = lastDay
    ? await updateLastDay(tx, version.versionId, lastDay, reason, rowVersion)
    : await updateRetired(tx, version.versionId, reason, rowVersion);
  if (!isDone) throw problem(staleVersion);
  if (lastDay === null) await reopenFixedBy(tx, version.versionId);
  publish(tx, procedureRetired, {
    subject: { kind: procedureKind, id: version.id },
    payload: { code: version.code, number: version.number, versionId: version.versionId, reason, lastDay },
  });
  await refreshIndex(tx, version.code, version.id);
}

/**
 * Takes back a publication that is not in force yet: what held before holds on as if it had never been.
 * @throws versionNotFound, inForceAlready, staleVersion
 */
export async function undoPublication(
  tx: Tx,
  input: { versionId: string; rowVersion: number; reason: string },
): Promise<void> {
  const version = await findVersion(tx, input.versionId);
  if (!version) throw problem(versionNotFound);
  if (version.status !== 'published') throw problem(wrongState, { status: version.status });
  if (version.validFrom <= localDate(tx.now)) throw problem(inForceAlready);
  await lockProcedure(tx, version.id);
  if (!(await undoPublished(tx, { ...input, becomes: 'draft' }))) throw problem(staleVersion);
  await reopenRevision(tx, version.versionId);
  await reopenFixedBy(tx, version.versionId);
  publish(tx, publicationUndone, {
    subject: { kind: procedureKind, id: version.id },
    payload: { code: version.code, number: version.number, versionId: version.versionId, reason: input.reason },
  });
  await refreshIndex(tx, version.code, version.id);
}

/** Brings the search to what holds today. */
export async function refreshIndex(tx: Tx, code: string, procedureId: string): Promise<void> {
  const today = localDate(tx.now);
  const current = await findProcedure(tx, code, today);
  // An older version may hold again after a newer one is retired: what stood there goes first.
  await unindexProcedures(tx, [code]);
  if (current) await indexProcedure(tx, current, (await offersFor(tx, procedureId, today)).length > 0);
}
