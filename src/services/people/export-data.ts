import {
  findBusiness,
  findPerson,
  listAccountNames,
  listBusinessesOf,
  listLogins,
  listSignIns,
} from '../../foundation/identity/index.ts';
import { listInbox } from '../../foundation/notifications/index.ts';
import { namesOf } from '../../foundation/organisations/index.ts';
import { listReadingsOf } from '../../foundation/readings/index.ts';
import { getSubmission } from '../../engines/forms/index.ts';
import type { Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Reader } from '../../platform/database.ts';
import { listGiven, listHeld, withNames } from '../delegations/index.ts';
import { listOwnDossiers, openOwnDossier, type OwnDossierRow } from '../dossiers/index.ts';
import { listStore } from '../paperstore/index.ts';
import { listOpenApplications, listSavedSearches } from '../portal/index.ts';
import { requestNumber } from './data-request.ts';
import { listRequestsOf } from './request-queries.ts';

/* What the program keeps of a person, in one object: for machines as JSON, for people as a page (Luật 91/2025/QH15; NĐ 13/2023/NĐ-CP Đ9.6). */

/** Most dossiers, and most rows of a log, in one export; `isComplete` says whether that was all. */
export const exportLimits = { dossiers: 500, rows: 2_000 };

const at = (date: Date | null): string | null => date?.toISOString() ?? null;

async function dossiersOf(reader: Reader, actor: Actor, now: Date) {
  const rows: OwnDossierRow[] = [];
  let after: { at: Date; id: string } | null = null;
  while (rows.length < exportLimits.dossiers) {
    const more: OwnDossierRow[] = await listOwnDossiers(reader, actor.accountId ?? '', { after, limit: 100 });
    rows.push(...more);
    const last = more.at(-1);
    if (more.length < 100 || !last) break;
    after = { at: last.submittedAt, id: last.id };
  }
  const units = await namesOf(
    reader,
    rows.map((row) => row.receivingUnitId),
    localDate(now),
  );
  const dossiers = [];
  for (const row of rows) {
    const file = await openOwnDossier(reader, actor, row.id, now);
    const { formSubmissionId } = file.applicant;
    dossiers.push({
      id: file.id,
      code: file.code,
      procedure: { code: file.terms.procedureCode, name: file.terms.procedureName.vi },
      state: file.state,
      channel: file.channel,
      receivedBy: units.get(file.receivingUnitId)?.nameVi ?? null,
      submittedAt: at(file.submittedAt),
      receivedAt: at(file.receivedAt),
      dueAt: at(file.dueAt),
      finishedAt: at(file.finishedAt),
      applicant: {
        name: file.applicantName,
        identity: file.applicant.identity,
        phone: file.applicant.phone,
        email: file.applicant.email,
        address: file.applicant.address,
        submitterName: file.applicant.submitterName,
      },
      answers: formSubmissionId ? (await getSubmission(reader, formSubmissionId)).values : null,
      papers: file.papers.map((paper) => ({ name: paper.name, fileId: paper.fileId, round: paper.round })),
      results: file.results.map((result) => ({
        code: result.code,
        title: result.title,
        decidedAt: at(result.decidedAt),
      })),
      fees: file.fees.map((fee) => ({ name: fee.name, amountDong: fee.amountDong, paidAt: at(fee.paidAt) })),
      history: file.history
        .filter((entry) => entry.takenBackAt === null)
        .map((entry) => ({ act: entry.name, at: at(entry.at) })),
    });
  }
  return dossiers;
}

async function accountOf(reader: Reader, actor: Actor, now: Date) {
  const id = actor.accountId ?? '';
  const account = (await listAccountNames(reader, [id])).get(id);
  const person = await findPerson(reader, id);
  const business = await findBusiness(reader, id);
  return {
    id,
    kind: account?.kind ?? null,
    name: account?.name ?? null,
    status: account?.status ?? null,
    person: person ?? null,
    business: business ?? null,
    logins: (await listLogins(reader, id)).map((login) => ({ ...login, verifiedAt: at(login.verifiedAt) })),
    businesses: (await listBusinessesOf(reader, id, now)).map(({ name, taxCode, role }) => ({
      name,
      taxCode,
      role,
    })),
    signIns: (await listSignIns(reader, id, new Date(now.getTime() + 1), exportLimits.rows)).map((one) => ({
      ...one,
      occurredAt: at(one.occurredAt),
    })),
  };
}

/** Everything kept of the account's person, read one after the other. Internal notes of officials are not part of it. */
export async function collectOwnData(reader: Reader, actor: Actor, now: Date) {
  const id = actor.accountId ?? '';
  const dossiers = await dossiersOf(reader, actor, now);
  const delegations = await withNames(reader, [
    ...(await listGiven(reader, id, null, 200)),
    ...(await listHeld(reader, id, null, 200)),
  ]);
  const readings = await listReadingsOf(reader, id, { limit: exportLimits.rows });
  const messages = await listInbox(reader, 'account', id, null, exportLimits.rows);
  return {
    format: 'sen.personal-data.v1',
    madeAt: now.toISOString(),
    isComplete:
      dossiers.length < exportLimits.dossiers &&
      readings.length < exportLimits.rows &&
      messages.length < exportLimits.rows,
    account: await accountOf(reader, actor, now),
    dossiers,
    papers: (await listStore(reader, id)).map((paper) => ({
      id: paper.id,
      kind: paper.kind,
      name: paper.name,
      number: paper.number,
      issuer: paper.issuer,
      issuedOn: paper.issuedOn,
      validUntil: paper.validUntil,
      source: paper.source,
      resultCode: paper.resultCode,
      isVerified: paper.isVerified,
      fileName: paper.file.fileName,
      sizeBytes: paper.file.sizeBytes,
      sha256: paper.file.sha256.toString('hex'),
      addedAt: at(paper.addedAt),
    })),
    drafts: (await listOpenApplications(reader, id, now)).map((draft) => ({
      id: draft.id,
      createdAt: at(draft.createdAt),
      expiresAt: at(draft.expiresAt),
    })),
    savedSearches: (await listSavedSearches(reader, id)).map(({ name, place, query, tells }) => ({
      name,
      place,
      query,
      tells,
    })),
    delegations: delegations.map((d) => ({
      giver: d.giverName,
      delegate: d.delegateName,
      kind: d.kind,
      scope: d.scope,
      scopeValues: d.scopeValues,
      rights: { submit: d.maySubmit, see: d.maySee, receive: d.mayReceive },
      validFrom: d.validFrom,
      validTo: d.validTo,
      state: d.state,
    })),
    messages: messages.map((message) => ({ at: at(message.createdAt), subject: message.subject, body: message.body })),
    readings: readings.map((row) => ({
      at: at(row.at),
      post: row.postName,
      unitId: row.unitId,
      work: row.work,
      purpose: row.purpose,
      subject: row.subjectLabel ?? row.subjectKind,
    })),
    requests: (await listRequestsOf(reader, id)).map((request) => ({
      number: requestNumber(request.number),
      kind: request.kind,
      text: request.text,
      state: request.state,
      outcome: request.outcome,
      reason: request.reason,
      answer: request.answer,
      receivedAt: at(request.receivedAt),
      answeredAt: at(request.answeredAt),
    })),
  };
}
export type OwnData = Awaited<ReturnType<typeof collectOwnData>>;
