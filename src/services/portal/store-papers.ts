import { localDate } from '../../platform/clock.ts';
import type { Actor } from '../../platform/access.ts';
import type { Config } from '../../platform/config.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import type { StoredBlob } from '../../foundation/files/index.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { findMandate } from '../delegations/index.ts';
import { listStore, paperNotFound, papersFitting, takePaper, type OfferedPaper } from '../paperstore/index.ts';
import type { FileLimits, PaperSlot } from './application.ts';
import { accountOf, type OpenApplication } from './open-application.ts';

/** A store from which an application may take papers. */
export interface OpenStore {
  accountId: string;
  /** Whose it is, when it is not the person's own. */
  ownerName: string | null;
}

/**
 * The stores that an application may take from: the person's own, and the giver's when the mandate lets the delegate see as well as submit.
 * What is taken for a giver is recorded as read.
 */
export async function storesOf(reader: Reader, actor: Actor, open: OpenApplication, now: Date): Promise<OpenStore[]> {
  const own = accountOf(actor);
  const { applicant, procedure, dossier } = open;
  const stores: OpenStore[] = [];
  if (applicant.delegationId !== null && applicant.accountId !== null && applicant.accountId !== own.id) {
    const subject = {
      giverAccountId: applicant.accountId,
      delegationId: null,
      fieldCode: procedure.fieldCode,
      procedureCode: procedure.code,
      dossierId: dossier?.id ?? null,
      dossierCode: dossier?.code ?? null,
      isSubmitter: false,
    };
    const mandate = await findMandate(reader, own.id, localDate(now), subject, 'see');
    if (mandate?.maySubmit) stores.push({ accountId: applicant.accountId, ownerName: applicant.name });
  }
  return [...stores, { accountId: own.id, ownerName: null }];
}

export interface SlotOffer extends OfferedPaper {
  ownerName: string | null;
}

/** Papers offered at once beside a line of the checklist. */
const SUGGESTED = 3;

/** Per line of the checklist the stored papers that it asks for and may take; of a giver's store nothing else is shown. */
export async function suggestionsFor(
  reader: Reader,
  config: Config,
  stores: readonly OpenStore[],
  slots: readonly PaperSlot[],
  limits: FileLimits,
): Promise<{ bySlot: Map<string, SlotOffer[]>; hasOwn: boolean }> {
  const opened = await openStores(reader, stores);
  return {
    bySlot: new Map(slots.map((slot) => [slot.key, offersFrom(config, opened, slot.name.vi, limits)])),
    hasOwn: opened.some(({ ownerName, papers }) => ownerName === null && papers.length > 0),
  };
}

/** A store with what is in it. */
export interface OpenedStore extends OpenStore {
  papers: OfferedPaper[];
}
export async function openStores(reader: Reader, stores: readonly OpenStore[]): Promise<OpenedStore[]> {
  const opened: OpenedStore[] = [];
  for (const store of stores) opened.push({ ...store, papers: await listStore(reader, store.accountId) });
  return opened;
}

/** The papers that one line or question asks for and may take: three at most. */
export const offersFrom = (
  config: Config,
  stores: readonly OpenedStore[],
  asks: string,
  limits: TakingPlace['limits'],
): SlotOffer[] =>
  stores
    .flatMap(({ papers, ownerName }) =>
      papersFitting(
        config,
        papers.filter(({ file }) => limits.kinds.includes(file.kind) && file.sizeBytes <= limits.maxBytes),
        asks,
      ).map((paper) => ({ ...paper, ownerName })),
    )
    .slice(0, SUGGESTED);

/** A line of the checklist or a question of the form that a paper is taken for. */
export interface TakingPlace {
  /** What it asks for, in the words that kinds of papers are known by. */
  asks: string;
  /** What the paper's history says, in Vietnamese. */
  about: string;
  limits: Pick<FileLimits, 'kinds' | 'maxBytes'>;
}

/**
 * Takes a stored paper for an application, as an upload whose bytes are kept already: the caller registers them under `fileId`. Of a giver's
 * store only what the place asks for can be taken. @throws paperNotFound, paperNotAccepted
 */
export async function takeFromStores(
  tx: Tx,
  config: Config,
  actor: Actor,
  open: OpenApplication,
  stores: readonly OpenStore[],
  wanted: { place: TakingPlace; paperId: string },
): Promise<{ fileId: string; blob: StoredBlob }> {
  const { place, paperId } = wanted;
  for (const { accountId, ownerName } of stores) {
    const found = (await listStore(tx, accountId)).filter((paper) => paper.id === paperId);
    const fitting = ownerName === null ? found : papersFitting(config, found, place.asks);
    if (fitting.length === 0) continue;
    const fileId = newId();
    const blob = await takePaper(tx, config, {
      accountId,
      paperId,
      limits: place.limits,
      place: 'application',
      placeId: open.application.id,
      fileId,
      about: place.about,
      reading:
        ownerName === null
          ? null
          : { by: actor, work: 'delegate', purpose: 'Lấy giấy tờ trong kho để nộp hồ sơ thay bạn' },
    });
    return { fileId, blob };
  }
  throw problem(paperNotFound);
}
