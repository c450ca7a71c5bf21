import { handFilesTo, registerFile, type StoredBlob } from '../../foundation/files/index.ts';
import { getDraft, startDraft, submitForm, type Books, type Draft, type Prefilled } from '../../engines/forms/index.ts';
import { demand, type Actor } from '../../platform/access.ts';
import { localDate } from '../../platform/clock.ts';
import type { Config } from '../../platform/config.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { isId, newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { intakeAtCounter, mayReceive, termsOf, type Dossier } from '../dossiers/index.ts';
import { findOffer, findVersion, offerNotFound, type Offer, type Procedure } from '../procedures/index.ts';
import { findIntake, insertIntake, lockIntake, updateIntake, type Intake } from './desk-queries.ts';
import { intakeNotFound } from './desk-problems.ts';
import type { IntakeFacts } from './intake.ts';

/** An unfinished intake is kept so many days. */
export const intakeKeptDays = 7;
export const intakeOwner = (id: string) => ({ kind: 'intake', id });
const ownerOf = (actor: Actor) => ({ kind: 'official' as const, id: actor.id ?? '' });

export interface OpenIntake extends Intake {
  procedure: Procedure;
  offer: Offer;
}

async function withProcedure(reader: Reader, intake: Intake, now: Date): Promise<OpenIntake> {
  const procedure = await findVersion(reader, intake.procedureVersionId);
  const offer = await findOffer(reader, intake.offerId, localDate(now));
  if (!procedure || !offer) throw problem(offerNotFound);
  return { ...intake, procedure, offer };
}

/** An intake of this clerk. @throws intakeNotFound also for a colleague's, and for one that has become a dossier */
export async function openIntake(reader: Reader, actor: Actor, id: string, now: Date): Promise<OpenIntake> {
  const intake = isId(id) && actor.id !== null ? await findIntake(reader, id, actor.id) : undefined;
  if (!intake) throw problem(intakeNotFound);
  return withProcedure(reader, intake, now);
}

/** What the clerk typed of the applicant, for the form to fill in. */
export function prefilledBy(facts: IntakeFacts): Prefilled {
  const from = { vi: 'thông tin nhập tại quầy', en: 'what was entered at the counter' };
  const person = facts.kind === 'citizen';
  const told = {
    [person ? 'person.fullName' : 'business.name']: facts.name,
    [person ? 'person.identityNumber' : 'business.taxCode']: facts.identity,
    [person ? 'person.phone' : 'business.phone']: facts.phone,
    [person ? 'person.email' : 'business.email']: facts.email,
  };
  return Object.fromEntries(
    Object.entries(told).flatMap(([source, value]) => (value ? [[source, { value, from }]] : [])),
  );
}

/** Begins to take in a dossier: keeps who asks, lays out the checklist, starts the e-form where there is one. Returns the id. */
export async function beginIntake(
  tx: Tx,
  actor: Actor,
  input: { procedure: Procedure; offer: Offer; facts: Omit<IntakeFacts, 'papers' | 'fees'> },
): Promise<string> {
  demand(actor, mayReceive);
  const id = newId();
  const { procedure, offer } = input;
  const [first] = procedure.content.papers ?? [];
  const papers = (first?.papers ?? [])
    .filter((paper) => !paper.presentOnly)
    .map((paper) => ({ key: paper.key, name: paper.name.vi, originals: 0, copies: 0, fileId: null }));
  const draft = procedure.formVersionId
    ? await startDraft(tx, {
        owner: ownerOf(actor),
        formVersionId: procedure.formVersionId,
        subject: { kind: 'procedure', id: procedure.id },
      })
    : null;
  await insertIntake(tx, {
    id,
    officerId: actor.id ?? '',
    procedureVersionId: procedure.versionId,
    offerId: offer.id,
    draftId: draft?.id ?? null,
    facts: { ...input.facts, papers, fees: [] },
  });
  return id;
}

/** The e-form on its way; null where the procedure has none. @throws draftNotFound */
export const draftOf = async (reader: Reader, actor: Actor, intake: Intake, now: Date): Promise<Draft | null> =>
  intake.draftId === null ? null : getDraft(reader, intake.draftId, ownerOf(actor), now);

/** Keeps the checklist, the fees and new scans, also when something on the page is still wrong. */
export async function keepPapers(
  tx: Tx,
  actor: Actor,
  id: string,
  given: Pick<IntakeFacts, 'papers' | 'fees'>,
  scans: ReadonlyMap<string, StoredBlob>,
): Promise<IntakeFacts> {
  const intake = await lockIntake(tx, id, actor.id ?? '');
  if (!intake || intake.dossierId !== null) throw problem(intakeNotFound);
  const papers = [];
  for (const paper of given.papers) {
    const scan = scans.get(`${paper.key}-file`);
    papers.push(scan ? { ...paper, fileId: await registerFile(tx, scan, intakeOwner(id)) } : paper);
  }
  const facts = { ...intake.facts, papers, fees: given.fees };
  await updateIntake(tx, id, facts, null);
  return facts;
}

/**
 * Receives what has been taken in: form, papers, fees, code and appointment in one transaction. Done twice it is one dossier. What the
 * intake knew of the person is erased.
 * @throws intakeNotFound, incompleteForm, forbidden; everything that receiving throws
 */
export async function finishIntake(
  tx: Tx,
  actor: Actor,
  config: Config,
  id: string,
  books: Books,
): Promise<{ dossierId: string; dossier: Dossier | null }> {
  const locked = isId(id) ? await lockIntake(tx, id, actor.id ?? '') : undefined;
  if (!locked) throw problem(intakeNotFound);
  if (locked.dossierId !== null) return { dossierId: locked.dossierId, dossier: null };
  const { procedure, offer, facts, draftId } = await withProcedure(tx, locked, tx.now);
  const draft = draftId === null ? null : await getDraft(tx, draftId, ownerOf(actor), tx.now);
  const submission = draft
    ? await submitForm(tx, {
        formVersionId: draft.formVersionId,
        values: draft.values,
        prefilled: prefilledBy(facts),
        books,
        draft: { id: draft.id, owner: ownerOf(actor) },
      })
    : null;
  const receivingUnitId = receivingUnitOf(actor, offer);
  const { dossier } = await intakeAtCounter(
    tx,
    actor,
    {
      submission: {
        key: `intake/${id}`,
        procedureId: procedure.id,
        procedureVersionId: procedure.versionId,
        offerId: offer.id,
        terms: await termsOf(tx, procedure, offer, facts.channel, tx.now),
        formSubmissionId: submission?.id ?? null,
        applicant: {
          kind: facts.kind,
          accountId: facts.accountId,
          name: facts.name,
          identity: facts.identity,
          phone: facts.phone,
          email: facts.email,
          address: facts.address,
          submitterName: facts.submitterName,
        },
        channel: facts.channel,
        delivery: facts.delivery,
        deliveryAddress: facts.deliveryAddress,
        supportUnitId: null,
        receivingUnitId,
        competentUnitId: offer.unitId,
        papers: facts.papers
          .filter((paper) => paper.originals + paper.copies > 0 || paper.fileId !== null)
          .map((paper) => ({
            componentCode: paper.key,
            name: paper.name,
            fileId: paper.fileId,
            originals: paper.originals,
            copies: paper.copies,
            isElectronic: false,
            isDigitised: paper.fileId !== null,
          })),
      },
      fees: facts.fees.map((fee) => ({ ...fee, moment: 1 as const })),
    },
    config.secret,
  );
  await handFilesTo(
    tx,
    facts.papers.flatMap((paper) => (paper.fileId === null ? [] : [paper.fileId])),
    { kind: 'dossier', id: dossier.id },
  );
  await updateIntake(tx, id, {}, dossier.id);
  return { dossierId: dossier.id, dossier };
}

/** Any centre of the province may receive, whatever the boundary (NĐ 118/2025): where the clerk sits, unless they sit at the offer's own counter. */
export function receivingUnitOf(actor: Actor, offer: Pick<Offer, 'receivingUnitId'>): string {
  const reach = actor.grants.get(mayReceive.name);
  if (actor.unitId && (reach === 'all' || reach?.includes(actor.unitId))) return actor.unitId;
  return offer.receivingUnitId;
}
