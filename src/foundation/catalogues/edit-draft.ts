import { demand, type Actor } from '../../platform/access.ts';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem, staleVersion } from '../../platform/problems.ts';
import { catalogueKind, draftChanged, draftDiscarded } from './catalogue-events.ts';
import { manageCatalogues } from './catalogue-permissions.ts';
import { draftMissing, listWrong } from './catalogue-problems.ts';
import type { Catalogue } from './catalogue-queries.ts';
import { listFaults, MAX_ITEMS, type Item, type ItemFault } from './catalogue.ts';
import {
  deleteDraft,
  insertDraft,
  itemsOf,
  listVersions,
  lockDraft,
  replaceItems,
  type Version,
} from './version-queries.ts';

/** A fault of a list in words a machine keeps: which code, what. */
export interface ListFault {
  code: string;
  faults: readonly ItemFault[];
}

/** Refuses a list with faults. @throws Problem `list-wrong` naming the first fifty */
export function demandSound(items: readonly Item[]): void {
  const faults = [...listFaults(items)].map(([at, found]): ListFault => ({ code: items[at]!.code, faults: found }));
  if (faults.length > 0 || items.length > MAX_ITEMS) throw problem(listWrong, { faults: faults.slice(0, 50) });
}

/**
 * The draft of a catalogue, opened as a copy of the version published last when there is none. It is locked until the transaction
 * ends. Only holders of `catalogues.manage`.
 */
export async function openDraft(tx: Tx, actor: Actor, catalogue: Catalogue): Promise<Version> {
  demand(actor, manageCatalogues);
  return openDraftOf(tx, catalogue.id);
}

/** The same without asking for a right: for what a right was asked for already. */
export async function openDraftOf(tx: Tx, catalogueId: string): Promise<Version> {
  const there = await lockDraft(tx, catalogueId);
  if (there) return there;
  const [newest] = await listVersions(tx, catalogueId);
  const id = newId();
  await insertDraft(tx, id, catalogueId);
  if (newest) await replaceItems(tx, id, await itemsOf(tx, newest.id));
  return (await lockDraft(tx, catalogueId))!;
}

/** Makes the items of a draft exactly these, when they are sound. `act` says in the event what was done. */
export async function saveDraftItems(
  tx: Tx,
  catalogue: Pick<Catalogue, 'id' | 'code'>,
  draft: Version,
  items: readonly Item[],
  act: string,
): Promise<void> {
  demandSound(items);
  await replaceItems(tx, draft.id, items);
  publish(tx, draftChanged, {
    subject: { kind: catalogueKind, id: catalogue.id },
    payload: { code: catalogue.code, number: draft.number, items: items.length, act },
  });
}

/** The items with one of them put in, or put in place of the one with the same code. */
export const withItem = (items: readonly Item[], item: Item): Item[] =>
  items.some(({ code }) => code === item.code)
    ? items.map((one) => (one.code === item.code ? item : one))
    : [...items, item];

/** Adds or changes one item of the draft, opening a draft if need be. @throws Problem `list-wrong` */
export async function saveItem(tx: Tx, actor: Actor, catalogue: Catalogue, item: Item): Promise<void> {
  const draft = await openDraft(tx, actor, catalogue);
  await saveDraftItems(tx, catalogue, draft, withItem(await itemsOf(tx, draft.id), item), 'item');
}

/** Takes an item out of the draft. What was published once should be ended instead; the page says so. */
export async function removeItem(tx: Tx, actor: Actor, catalogue: Catalogue, code: string): Promise<void> {
  const draft = await openDraft(tx, actor, catalogue);
  const items = (await itemsOf(tx, draft.id)).filter((item) => item.code !== code);
  await saveDraftItems(tx, catalogue, draft, items, 'remove');
}

/** Throws a draft away. @throws Problem `no-draft`, `stale-version` */
export async function discardDraft(tx: Tx, actor: Actor, catalogue: Catalogue, rowVersion: number): Promise<void> {
  demand(actor, manageCatalogues);
  const draft = await lockDraft(tx, catalogue.id);
  if (!draft) throw problem(draftMissing);
  if (!(await deleteDraft(tx, { id: draft.id, rowVersion }))) throw problem(staleVersion);
  publish(tx, draftDiscarded, {
    subject: { kind: catalogueKind, id: catalogue.id },
    payload: { code: catalogue.code, number: draft.number },
  });
}
