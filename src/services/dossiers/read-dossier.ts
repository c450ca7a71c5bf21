import { recordReading, type ReadFile, type ReadingWork } from '../../foundation/readings/index.ts';
import { can, type Actor } from '../../platform/access.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { isId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { completionPercent, type Dossier, type State } from './dossier.ts';
import { findTrackingHash, listNotes, readDossierFile, type DossierFile, type Note } from './dossier-file-queries.ts';
import { dossierNotFound } from './dossier-problems.ts';
import { findDossier, findDossierByCode, findDossierByTrackingNumber } from './dossier-queries.ts';
import type { Mandate } from '../delegations/index.ts';
import { mandateOver } from './mandate-over.ts';
import { mayView, readScope } from './dossier-permissions.ts';
import { isApplicant, isSubmittingClient, mayKnow } from './perform-act.ts';
import { isTrackingSecret, readTrackingNumber } from './submission.ts';

/**
 * A dossier's file for an official with a right over one of its units. The reading is recorded, and its applicant can see it;
 * `why` says what it was for. Needs a `Tx` for that reason.
 * @throws dossierNotFound also when the actor may not know of it
 */
export async function openDossierFile(
  tx: Tx,
  actor: Actor,
  dossierId: string,
  why: { work: ReadingWork; purpose: string } = { work: 'handling', purpose: 'Giải quyết hồ sơ' },
): Promise<DossierFile & { notes: Note[] }> {
  const dossier = isId(dossierId) ? await findDossier(tx, dossierId) : undefined;
  if (!dossier || isApplicant(actor, dossier) || !mayKnow(actor, dossier)) throw problem(dossierNotFound);
  await recordReading(tx, actor, [readFileOf(dossier)], why);
  return { ...(await readDossierFile(tx, dossier)), notes: await listNotes(tx, dossierId) };
}

/** A dossier as the record of readings names it. */
export const readFileOf = (dossier: Pick<Dossier, 'id' | 'code' | 'applicantAccountId'>): ReadFile => ({
  accountId: dossier.applicantAccountId,
  subject: { kind: 'dossier', id: dossier.id, label: dossier.code },
});

/** A dossier as the person behind an account sees it; `mandate` when they see it for somebody else. */
export interface OwnDossierFile extends DossierFile {
  mandate: Mandate | null;
}

/**
 * A dossier's file for the person whose it is, or for whoever holds a mandate to see it at `now`; notes of officials are not in it, and no file
 * of a result for those who may not receive it. @throws dossierNotFound for everybody else
 */
export async function openOwnDossier(
  reader: Reader,
  actor: Actor,
  dossierId: string,
  now: Date,
): Promise<OwnDossierFile> {
  const dossier = isId(dossierId) ? await findDossier(reader, dossierId) : undefined;
  if (!dossier) throw problem(dossierNotFound);
  if (isApplicant(actor, dossier)) return { ...(await readDossierFile(reader, dossier)), mandate: null };
  const mandate = await mandateOver(reader, actor, dossier, 'see', now);
  if (!mandate) throw problem(dossierNotFound);
  const file = await readDossierFile(reader, dossier);
  const results = mandate.mayReceive ? file.results : file.results.map((result) => ({ ...result, fileId: null }));
  return { ...file, results, mandate };
}

/** What anybody with the code and the secret may see: nothing that names a person (NĐ 61/2018 Đ16.2d). */
export interface TrackedDossier {
  code: string | null;
  state: State;
  completionPercent: number;
}

/**
 * Public tracking by code and secret; by the number of the acknowledgement, or the id, while there is no code. The route limits the rate.
 * @throws dossierNotFound for a wrong code and a wrong secret alike
 */
export async function trackDossier(reader: Reader, codeOrId: string, secret: string): Promise<TrackedDossier> {
  const dossier = await findByEither(reader, codeOrId);
  const hash = dossier && (await findTrackingHash(reader, dossier.id));
  if (!dossier || !hash || !isTrackingSecret(dossier.id, secret.slice(0, 40), hash)) throw problem(dossierNotFound);
  return { code: dossier.code, state: dossier.state, completionPercent: completionPercent(dossier) };
}

/** A dossier as a program sees it. */
export interface ClientDossierFile extends DossierFile {
  /** The program handed it in itself: what it says was sent by it. */
  isOwn: boolean;
}

/** A dossier by code, number of the acknowledgement or id, for work that has asked for the right. @throws dossierNotFound */
export async function getDossier(reader: Reader, codeOrId: string): Promise<Dossier> {
  const dossier = await findByEither(reader, codeOrId);
  if (!dossier) throw problem(dossierNotFound);
  return dossier;
}

/**
 * A dossier for an API client: one that it submitted (scope dossiers.read), or one of the units that it is registered for. Reading the
 * latter is recorded, as an official's is. @throws dossierNotFound for everything else
 */
export async function openClientDossier(tx: Tx, actor: Actor, codeOrId: string): Promise<ClientDossierFile> {
  const dossier = await findByEither(tx, codeOrId);
  if (!dossier || actor.kind !== 'client') throw problem(dossierNotFound);
  if (await isSubmittingClient(tx, actor, dossier, readScope))
    return { ...(await readDossierFile(tx, dossier)), isOwn: true };
  const why = { work: 'handling', purpose: `Giải quyết hồ sơ qua phần mềm: ${actor.label}`.slice(0, 300) } as const;
  return { ...(await openDossierFile(tx, actor, dossier.id, why)), isOwn: false };
}

/** Whether a program may follow a dossier: it submitted it (scope dossiers.read), or it is of the units that it views. */
export async function mayFollow(reader: Reader, actor: Actor, dossierId: string): Promise<boolean> {
  const dossier = await findDossier(reader, dossierId);
  if (!dossier || actor.kind !== 'client') return false;
  if (await isSubmittingClient(reader, actor, dossier, readScope)) return true;
  const units = [dossier.handlingUnitId, dossier.receivingUnitId, dossier.competentUnitId];
  return units.some((unitId) => can(actor, mayView, { unitId }));
}

async function findByEither(reader: Reader, codeOrId: string): Promise<Dossier | undefined> {
  const asked = codeOrId.trim().slice(0, 64);
  if (isId(asked)) return findDossier(reader, asked);
  const number = readTrackingNumber(asked);
  return number === null
    ? findDossierByCode(reader, String(asked).toUpperCase())
    : findDossierByTrackingNumber(reader, number);
}
