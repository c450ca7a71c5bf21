import { listFilesByIds } from '../../foundation/files/index.ts';
import { namesOf } from '../../foundation/organisations/index.ts';
import { localDate } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { subscribe } from '../../platform/events.ts';
import { claimEffect } from '../../platform/jobs.ts';
import { isProblem } from '../../platform/problems.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import {
  actTakenBack,
  getDossier,
  readDossierFile,
  resultReturned,
  type DossierFacts,
  type DossierFile,
} from '../dossiers/index.ts';
import { erase } from './delete-paper.ts';
import { blobOf, keepPaper } from './keep-paper.ts';
import { paperKindsOf } from './paper-kinds.ts';
import { storeFull } from './paper-problems.ts';
import { listReferences, lockResultsOf } from './paper-queries.ts';
import { guessKind } from './stored-paper.ts';
import { findStoreChoice } from './use-queries.ts';

const resultReference = (code: string): string => `result:${code}`;
const paperReference = (paperId: string): string => `paper:${paperId}`;

/** A paper of a dossier that can be kept, or is kept already. */
export interface KeepablePaper {
  paperId: string;
  fileId: string;
  name: string;
  kind: string;
  state: 'new' | 'kept' | 'deleted';
}

/** The papers with files that were handed in with a dossier, each with the kind that its name speaks of. */
export async function keepableOf(
  reader: Reader,
  config: Config,
  accountId: string,
  dossier: DossierFile,
): Promise<KeepablePaper[]> {
  const kinds = paperKindsOf(config);
  const papers = dossier.papers.flatMap(({ id, fileId, name }) => (fileId ? [{ id, fileId, name }] : []));
  const known = await listReferences(
    reader,
    accountId,
    papers.map((paper) => paperReference(paper.id)),
  );
  const byReference = new Map(known.map((row) => [row.reference, row.isDeleted]));
  return papers.map(({ id, fileId, name }) => {
    const isDeleted = byReference.get(paperReference(id));
    return {
      paperId: id,
      fileId,
      name,
      kind: guessKind(kinds, name),
      state: isDeleted === undefined ? 'new' : isDeleted ? 'deleted' : 'kept',
    };
  });
}

/** Keeps chosen papers of a dossier; those an official has accepted count as verified. Returns how many are new. @throws storeFull */
export async function keepFromDossier(
  tx: Tx,
  accountId: string,
  dossier: DossierFile,
  chosen: readonly KeepablePaper[],
): Promise<number> {
  const files = new Map(
    (
      await listFilesByIds(
        tx,
        chosen.map((one) => one.fileId),
      )
    ).map((file) => [file.id, file]),
  );
  let total = 0;
  for (const { paperId, fileId, name, kind } of chosen) {
    const file = files.get(fileId);
    if (!file || file.erasedAt || file.scanState === 'infected') continue;
    const paper = dossier.papers.find((one) => one.id === paperId);
    const facts = { kind, name: name.slice(0, 200), number: null, issuer: null, issuedOn: null, validUntil: null };
    const id = await keepPaper(tx, accountId, facts, blobOf(file), {
      source: 'dossier',
      dossierId: dossier.id,
      reference: paperReference(paperId),
      resultCode: null,
      isVerified: paper?.isAccepted === true,
    });
    if (id !== null) total += 1;
  }
  return total;
}

/** Puts the results of a dossier into its applicant's store (NĐ 45/2020/NĐ-CP, Điều 14.3); each once. Returns how many are new. */
export async function keepResults(tx: Tx, config: Config, dossier: DossierFile): Promise<number> {
  const accountId = dossier.applicantAccountId;
  if (accountId === null || (await findStoreChoice(tx, accountId))?.keepResults === false) return 0;
  const granted = dossier.results.filter((result) => result.outcome === 'granted' && result.fileId !== null);
  if (granted.length === 0) return 0;
  const files = new Map(
    (
      await listFilesByIds(
        tx,
        granted.flatMap((result) => result.fileId ?? []),
      )
    ).map((file) => [file.id, file]),
  );
  const today = localDate(tx.now);
  const issuer = (await namesOf(tx, [dossier.competentUnitId], today)).get(dossier.competentUnitId)?.nameVi ?? null;
  const kinds = paperKindsOf(config);
  let total = 0;
  for (const result of granted) {
    const file = files.get(result.fileId ?? '');
    if (!file || file.erasedAt || file.scanState === 'infected') continue;
    const name = (result.title || dossier.terms.procedureName.vi).slice(0, 200);
    const facts = {
      kind: guessKind(kinds, `${name} ${dossier.terms.procedureName.vi}`),
      name,
      number: null,
      issuer: issuer?.slice(0, 200) ?? null,
      issuedOn: localDate(result.decidedAt),
      validUntil: null,
    };
    const id = await keepPaper(tx, accountId, facts, blobOf(file), {
      source: 'result',
      dossierId: dossier.id,
      reference: resultReference(result.code),
      resultCode: result.code,
      isVerified: true,
    });
    if (id !== null) total += 1;
  }
  return total;
}

/** A result that is handed over goes into the applicant's store by itself; one that was handed over by mistake goes out again. */
export const keepReturnedResults = subscribe<DossierFacts & { act?: string }>(
  'paperstore.keep-results',
  [resultReturned, actTakenBack] as never,
  async ({ db, config, clock, requestId }, event) => {
    const accountId = event.payload.applicantAccountId;
    const isBack = event.name === actTakenBack.name;
    if (accountId === null || (isBack && event.payload.act !== 'returnResult')) return;
    await inTransaction(db, { actor: systemActor('paperstore.keep-results'), clock, requestId }, async (tx) => {
      if (!(await claimEffect(tx, `paperstore.keep-results/${event.id}`))) return;
      const dossierId = event.subject.id;
      if (isBack) {
        await erase(tx, await lockResultsOf(tx, accountId, dossierId), 'Việc trả kết quả được hoàn tác');
        return;
      }
      const dossier = await getDossier(tx, dossierId);
      await keepResults(tx, config, await readDossierFile(tx, dossier)).catch((error: unknown) => {
        if (!isProblem(error, storeFull)) throw error; // the result stays with its dossier
      });
    });
  },
);
