import { localDate } from '../../platform/clock.ts';
import type { Actor } from '../../platform/access.ts';
import type { Config } from '../../platform/config.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { problem } from '../../platform/problems.ts';
import { findMandate } from '../delegations/index.ts';
import { listStore, paperNotFound, papersFitting, takePaper, type OfferedPaper } from '../paperstore/index.ts';
import type { FileLimits, PaperSlot } from './application.ts';
import type { Upload } from './keep-papers.ts';
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
  const bySlot = new Map<string, SlotOffer[]>();
  let hasOwn = false;
  for (const { accountId, ownerName } of stores) {
    const store = await listStore(reader, accountId);
    if (ownerName === null) hasOwn = store.length > 0;
    const accepted = store.filter(({ file }) => limits.kinds.includes(file.kind) && file.sizeBytes <= limits.maxBytes);
    for (const slot of slots) {
      const known = bySlot.get(slot.key) ?? [];
      const fitting = papersFitting(config, accepted, slot.name.vi).map((paper) => ({ ...paper, ownerName }));
      bySlot.set(slot.key, [...known, ...fitting].slice(0, SUGGESTED));
    }
  }
  return { bySlot, hasOwn };
}

/**
 * Takes a stored paper for a line of the checklist, as an upload whose bytes are kept already. Of a giver's store only what the line asks
 * for can be taken. @throws paperNotFound, paperNotAccepted
 */
export async function takeForSlot(
  tx: Tx,
  config: Config,
  actor: Actor,
  open: OpenApplication,
  stores: readonly OpenStore[],
  wanted: { slot: PaperSlot; paperId: string; limits: FileLimits },
): Promise<Upload> {
  const { slot, paperId, limits } = wanted;
  for (const { accountId, ownerName } of stores) {
    const found = (await listStore(tx, accountId)).filter((paper) => paper.id === paperId);
    const fitting = ownerName === null ? found : papersFitting(config, found, slot.name.vi);
    if (fitting.length === 0) continue;
    const blob = await takePaper(tx, config, {
      accountId,
      paperId,
      limits,
      place: 'application',
      placeId: open.application.id,
      about: open.procedure.name.vi,
      reading:
        ownerName === null
          ? null
          : { by: actor, work: 'delegate', purpose: 'Lấy giấy tờ trong kho để nộp hồ sơ thay bạn' },
    });
    return { key: slot.key, blob, isFromStore: true };
  }
  throw problem(paperNotFound);
}
