import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import type { AppContext } from '../../platform/module.ts';
import { inTransaction, systemActor } from '../../platform/transaction.ts';
import { catalogueKind, catalogueSaved, versionPublished } from './catalogue-events.ts';
import { factsOfFile, itemsOfFile, readCatalogueFile, type CatalogueFile } from './catalogue-file.ts';
import { findCatalogue, insertCatalogue, markShipped, updateCatalogue } from './catalogue-queries.ts';
import { deleteMapping, insertMapping } from './mapping-queries.ts';
import { insertDraft, listVersions, lockDraft, publishDraft, replaceItems } from './version-queries.ts';

/** Source of mapping entries that came from a file. */
export const FILE_SOURCE = 'file';

export interface LoadReport {
  files: number;
  added: number;
  changed: number;
  versions: number;
  faults: { file: string; place: string; message: string }[];
}

/**
 * Takes over one file: facts, and versions that begin on days on which no version begins yet. A published version is never changed, so
 * that what the province published stays. Returns how many versions were published; null when the file was taken over before.
 */
export async function takeOver(
  tx: Tx,
  file: CatalogueFile,
  digest: string,
): Promise<{ isNew: boolean; versions: number } | null> {
  const known = await findCatalogue(tx, file.code);
  if (known?.shippedDigest === digest) return null;
  const facts = factsOfFile(file);
  const id = known?.id ?? newId();
  if (known) {
    await updateCatalogue(tx, id, facts, known.rowVersion);
    await markShipped(tx, id, digest);
  } else await insertCatalogue(tx, id, facts, digest);
  publish(tx, catalogueSaved, { subject: { kind: catalogueKind, id }, payload: { code: file.code } });
  const starts = new Set((await listVersions(tx, id)).map((version) => version.validFrom));
  const hasDraft = (await lockDraft(tx, id)) !== undefined;
  let versions = 0;
  for (const version of hasDraft ? [] : file.versions) {
    if (starts.has(version.validFrom)) continue;
    const versionId = newId();
    const number = await insertDraft(tx, versionId, id);
    const items = itemsOfFile(version.items);
    await replaceItems(tx, versionId, items);
    const { validFrom, decision = null } = version;
    await publishDraft(tx, { id: versionId, rowVersion: 2 }, { validFrom, decision, note: null });
    publish(tx, versionPublished, {
      subject: { kind: catalogueKind, id },
      payload: { code: file.code, number, validFrom, items: items.length },
    });
    versions += 1;
  }
  return { isNew: !known, versions };
}

/** The mappings of a file, when both lists are there; what the file said before is replaced, what people entered stays. */
export async function takeOverMappings(tx: Tx, file: CatalogueFile): Promise<string[]> {
  const from = await findCatalogue(tx, file.code);
  const missing: string[] = [];
  for (const { to, entries } of from ? (file.mappings ?? []) : []) {
    const target = await findCatalogue(tx, to);
    if (!target) {
      missing.push(to);
      continue;
    }
    await deleteMapping(tx, from!.id, target.id, FILE_SOURCE);
    const rows = entries.map((entry) => ({
      id: newId(),
      fromCode: entry.from,
      toCode: entry.to,
      validFrom: entry.validFrom ?? null,
      validTo: entry.validTo ?? null,
      note: entry.note ?? null,
      source: FILE_SOURCE,
    }));
    await insertMapping(tx, from!.id, target.id, rows);
  }
  return missing;
}

/** Files of catalogues in a folder, or the one file. */
export function catalogueFilesAt(path: string): { name: string; content: string }[] {
  if (!existsSync(path)) return [];
  const names = path.endsWith('.json') ? [path] : readdirSync(path).filter((name) => name.endsWith('.json'));
  return names
    .sort()
    .map((name) => ({ name, content: readFileSync(path.endsWith('.json') ? path : join(path, name), 'utf8') }));
}

/**
 * Takes over the catalogues of the province's folder. Repeating it changes nothing; a file with a fault is left out and told, the others
 * are taken over.
 */
export async function loadCatalogueFiles(
  context: Pick<AppContext, 'db' | 'clock'>,
  sources: readonly { name: string; content: string }[],
): Promise<LoadReport> {
  const report: LoadReport = { files: sources.length, added: 0, changed: 0, versions: 0, faults: [] };
  const writing = { actor: systemActor('catalogues.files'), clock: context.clock };
  const taken: { name: string; file: CatalogueFile }[] = [];
  for (const { name, content } of sources) {
    const read = readCatalogueFile(content);
    if ('faults' in read) {
      report.faults.push(...read.faults.map((fault) => ({ file: name, ...fault })));
      continue;
    }
    const done = await inTransaction(context.db, writing, (tx) => takeOver(tx, read.file, read.digest));
    if (done === null) continue;
    taken.push({ name, file: read.file });
    report.versions += done.versions;
    if (done.isNew) report.added += 1;
    else report.changed += 1;
  }
  for (const { name, file } of taken) {
    const missing = await inTransaction(context.db, writing, (tx) => takeOverMappings(tx, file));
    report.faults.push(...missing.map((to) => ({ file: name, place: '/mappings', message: `there is no list ${to}` })));
  }
  return report;
}

/** The province's own folder of catalogues. */
export async function loadProvinceCatalogues(context: AppContext): Promise<void> {
  const report = await loadCatalogueFiles(context, catalogueFilesAt(join(context.config.provinceFolder, 'catalogues')));
  for (const fault of report.faults) context.log.warn(fault, 'a catalogue of the province has a fault');
}
