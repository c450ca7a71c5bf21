import { demand, type Actor } from '../../platform/access.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { manageCatalogues } from './catalogue-permissions.ts';
import { importDone, importMissing } from './catalogue-problems.ts';
import type { Catalogue } from './catalogue-queries.ts';
import { compareItems, type Item, type ItemChange } from './catalogue.ts';
import { openDraft, saveDraftItems } from './edit-draft.ts';
import { findImport, finishImport, insertImport, type SheetImport } from './import-queries.ts';
import { judgeRows, mergeRows, readItemSheet } from './item-sheet.ts';
import { findDraft, itemsOf, listVersions } from './version-queries.ts';

/** The items that a sheet is laid over: the draft's, or those of the newest version. */
export async function presentItems(reader: Reader, catalogueId: string): Promise<Item[]> {
  const base = (await findDraft(reader, catalogueId)) ?? (await listVersions(reader, catalogueId))[0];
  return base ? itemsOf(reader, base.id) : [];
}

/** Judges a sheet line by line and keeps what came of it; the list is not touched yet. Null for a sheet without code and name. */
export async function checkSheet(
  tx: Tx,
  actor: Actor,
  catalogue: Catalogue,
  sheet: { fileName: string; cells: readonly (readonly unknown[])[]; isWhole: boolean },
): Promise<string | null> {
  demand(actor, manageCatalogues);
  const read = readItemSheet(sheet.cells, catalogue.attributes);
  if (!read) return null;
  const { isWhole } = sheet;
  const rows = judgeRows(await presentItems(tx, catalogue.id), read, isWhole);
  const validCount = rows.filter((row) => row.faults.length === 0).length;
  const id = newId();
  const fileName = sheet.fileName.slice(0, 255);
  const invalidCount = rows.length - validCount;
  await insertImport(tx, { id, catalogueId: catalogue.id, fileName, isWhole, rows, validCount, invalidCount });
  return id;
}

/** What the list would be like after an import: the changes against what it is now. */
export async function previewOf(reader: Reader, one: SheetImport): Promise<ItemChange[]> {
  const present = await presentItems(reader, one.catalogueId);
  return compareItems(present, mergeRows(present, one.rows, one.isWhole));
}

/** Puts the sound lines of a checked sheet into the draft, once. @throws Problem `import-not-found`, `import-done`, `list-wrong` */
export async function applySheet(tx: Tx, actor: Actor, catalogue: Catalogue, importId: string): Promise<void> {
  const one = await findImport(tx, importId, catalogue.id);
  if (!one) throw problem(importMissing);
  const draft = await openDraft(tx, actor, catalogue);
  if (!(await finishImport(tx, importId, 'applied'))) throw problem(importDone);
  const items = mergeRows(await itemsOf(tx, draft.id), one.rows, one.isWhole);
  await saveDraftItems(tx, catalogue, draft, items, 'import');
}

/** Forgets a checked sheet. @throws Problem `import-done` */
export async function discardSheet(tx: Tx, actor: Actor, importId: string): Promise<void> {
  demand(actor, manageCatalogues);
  if (!(await finishImport(tx, importId, 'discarded'))) throw problem(importDone);
}
