import { applicantActs, completionPercent, possibleActs, type Dossier } from '../dossier.ts';
import { personalScope, submitScope } from '../dossier-permissions.ts';
import { hasRight } from '../perform-act.ts';
import type { ClientDossierFile } from '../read-dossier.ts';
import type { WorklistRow } from '../worklist-queries.ts';
import type { Actor } from '../../../platform/access.ts';

/* Dossiers as programs see them. Names of people and their papers are for those who sent them, or who have the scope. */

/** What this client may do with a dossier now. */
function actsOf(actor: Actor, dossier: Dossier, isOwn: boolean): string[] {
  const own = isOwn && actor.scopes.includes(submitScope) ? applicantActs(dossier) : [];
  return [...new Set([...own, ...possibleActs(dossier).filter((act) => hasRight(actor, act, dossier))])];
}

const factsOf = (dossier: Dossier) => ({
  id: dossier.id,
  code: dossier.code,
  state: dossier.state,
  version: dossier.version,
  procedureCode: dossier.terms.procedureCode,
  procedureName: dossier.terms.procedureName,
  channel: dossier.channel,
  submittedAt: dossier.submittedAt,
  receivedAt: dossier.receivedAt,
  dueAt: dossier.dueAt,
  finishedAt: dossier.finishedAt,
  returnedAt: dossier.returnedAt,
  isOnTime: dossier.isOnTime,
});

export const worklistView = (row: WorklistRow, procedureCode: string) => ({
  id: row.id,
  code: row.code,
  state: row.state,
  version: row.version,
  procedureCode,
  procedureName: row.procedureName,
  channel: row.channel,
  submittedAt: row.submittedAt,
  receivedAt: row.receivedAt,
  dueAt: row.dueAt,
  finishedAt: null,
  returnedAt: null,
  isOnTime: row.isOnTime,
  handlingUnitId: row.handlingUnitId,
  step: row.stepName,
  stepDueAt: row.stepDueAt,
});

/** What every change answers with. */
export const stateView = (actor: Actor, dossier: Dossier, isOwn: boolean) => ({
  id: dossier.id,
  code: dossier.code,
  state: dossier.state,
  version: dossier.version,
  dueAt: dossier.dueAt,
  acts: actsOf(actor, dossier, isOwn),
});

/** Whether the client may see whose dossier it is and open its papers. */
export const seesPersonalData = (actor: Actor, file: Pick<ClientDossierFile, 'isOwn'>): boolean =>
  file.isOwn || actor.scopes.includes(personalScope);

export function detailView(actor: Actor, file: ClientDossierFile) {
  const isPersonal = seesPersonalData(actor, file);
  const { applicant } = file;
  return {
    ...factsOf(file),
    delivery: file.delivery,
    receivingUnitId: file.receivingUnitId,
    competentUnitId: file.competentUnitId,
    handlingUnitId: file.handlingUnitId,
    completionPercent: completionPercent(file),
    acts: actsOf(actor, file, file.isOwn),
    papers: file.papers.map(({ id, componentCode, name, round, fileId, isAccepted, remark }) => ({
      id,
      componentCode,
      name,
      round,
      fileId: isPersonal ? fileId : null,
      isAccepted,
      remark,
    })),
    supplements: file.supplements
      .filter((each) => each.cancelledAt === null)
      .map(({ number, reason, items, requestedAt, answerBy, answeredAt }) => ({
        number,
        reason,
        items,
        requestedAt,
        answerBy,
        answeredAt,
      })),
    fees: file.fees.map(({ id, name, amountDong, paidAt, receiptNumber }) => ({
      id,
      name,
      amountDong,
      paidAt,
      receiptNumber,
    })),
    results: file.results.map(({ number, code, outcome, title, remark, fileId, decidedAt }) => ({
      number,
      code,
      outcome,
      title,
      remark,
      fileId: isPersonal ? fileId : null,
      decidedAt,
    })),
    steps: file.steps.map(({ position, kind, nameVi, nameEn, unitId, startedAt, dueAt, finishedAt, outcome }) => ({
      position,
      kind,
      name: { vi: nameVi, en: nameEn },
      unitId,
      startedAt,
      dueAt,
      finishedAt,
      outcome,
    })),
    applicant: isPersonal
      ? {
          kind: file.applicantKind,
          name: file.applicantName,
          identity: applicant.identity,
          phone: applicant.phone,
          email: applicant.email,
          address: applicant.address,
        }
      : null,
  };
}
