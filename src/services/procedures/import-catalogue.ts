import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';
import { localDate } from '../../platform/clock.ts';
import type { Database, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { inTransaction, type TransactionContext } from '../../platform/transaction.ts';
import { defectsTaken } from './defects/defect-events.ts';
import { takeDefects } from './defects/defect-queries.ts';
import { severities } from './defects/defect.ts';
import { deleteDefects, insertDefects, updateImport, type ImportCounts, type LineDefect } from './import-queries.ts';
import { readNationalRecord, type DefectKind } from './national-record.ts';
import { catalogueImported, procedureKind, versionDrafted } from './procedure-events.ts';
import { listFields } from './procedure-queries.ts';
import { linesOf } from './read-lines.ts';
import { insertVersions, latestHashes, type VersionFacts } from './version-queries.ts';

const BATCH = 200;
const LIMITS = { maxBytes: 4 * 1024 * 1024, maxTotalBytes: 2 * 1024 * 1024 * 1024 };
const MAX_LINES = 200_000;
const MAX_DEFECTS = 1_000_000;

export interface ImportOptions {
  importId: string;
  fileName: string;
  onProgress?: (counts: ImportCounts) => void;
}

/**
 * Reads a file in the national catalogue's shape (JSON lines, plain or gzip) and records each procedure whose content is new or
 * changed as a draft version of source `national`; nothing is published by it, and the province's own versions are left
 * alone. Defects and unreadable lines are written down with their line. Reading the same file again changes nothing. A file
 * that breaks off leaves what was read and `failed`; start it again.
 */
export async function importCatalogue(
  db: Database,
  context: TransactionContext,
  source: Readable,
  options: ImportOptions,
): Promise<ImportCounts> {
  const counts: ImportCounts = { lines: 0, created: 0, changed: 0, unchanged: 0, skipped: 0, defects: 0 };
  const run = <R>(work: (tx: Tx) => Promise<R>) => inTransaction(db, context, work);
  await run(async (tx) => {
    await deleteDefects(tx, options.importId);
    await updateImport(tx, options.importId, 'running', counts);
  });
  try {
    const fields = new Map(
      (await listFields(db.reader)).flatMap((field) =>
        field.nationalNames.map((name) => [name.toLowerCase(), field.code]),
      ),
    );
    const seen = new Map<string, number>();
    let batch = emptyBatch();
    for await (const line of linesOf(source, LIMITS)) {
      if (counts.lines >= MAX_LINES) {
        batch.defects.push({ line: line.number, code: null, kind: 'too-many-lines', place: '/', source: null });
        break;
      }
      if (!('tooLong' in line) && line.text.trim() === '') continue;
      counts.lines++;
      readLine(line, fields, seen, batch, counts);
      if (batch.versions.length >= BATCH || batch.defects.length >= BATCH * 20) {
        await writeBatch(run, options.importId, batch, counts);
        options.onProgress?.({ ...counts });
        batch = emptyBatch();
      }
    }
    await writeBatch(run, options.importId, batch, counts);
    await run(async (tx) => {
      await updateImport(tx, options.importId, 'done', counts);
      const { lines: _lines, ...payload } = counts;
      const work = await takeDefects(tx, { importId: options.importId, codes: [...seen.keys()], severities });
      publish(tx, defectsTaken, { subject: { kind: 'procedure-catalogue', id: options.importId }, payload: work });
      publish(tx, catalogueImported, {
        subject: { kind: 'procedure-catalogue', id: options.importId },
        payload: { fileName: options.fileName, ...payload },
      });
    });
    options.onProgress?.({ ...counts });
    return counts;
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    await run((tx) => updateImport(tx, options.importId, 'failed', counts, reason.slice(0, 500)));
    throw error;
  }
}

interface Batch {
  versions: { facts: VersionFacts; contentHash: string }[];
  defects: LineDefect[];
}
const emptyBatch = (): Batch => ({ versions: [], defects: [] });

function readLine(
  line: { number: number; text: string } | { number: number; tooLong: true },
  fields: ReadonlyMap<string, string>,
  seen: Map<string, number>,
  batch: Batch,
  counts: ImportCounts,
): void {
  const refuse = (kind: DefectKind, source: string | null, code: string | null = null) => {
    counts.skipped++;
    batch.defects.push({ line: line.number, code, kind, place: '/', source });
  };
  if ('tooLong' in line) return refuse('line-too-long', null);
  let value: unknown;
  try {
    value = JSON.parse(line.text);
  } catch {
    return refuse('not-json', line.text.replaceAll('\u0000', '').slice(0, 200));
  }
  const record = readNationalRecord(value, (name) => fields.get(name.toLowerCase()) ?? null);
  const code = record.facts?.code ?? null;
  for (const defect of record.defects) batch.defects.push({ ...defect, line: line.number, code });
  if (record.facts === null) {
    counts.skipped++;
    return undefined;
  }
  const before = seen.get(record.facts.code);
  if (before !== undefined) return refuse('duplicate-code', `line ${before}`, record.facts.code);
  seen.set(record.facts.code, line.number);
  batch.versions.push({ facts: record.facts, contentHash: hashOf(record.facts) });
  return undefined;
}

/** The digest of what a version says; the day on which it was read is not part of it. */
export function hashOf(facts: VersionFacts): string {
  const { validFrom: _validFrom, ...said } = facts;
  return createHash('sha256').update(JSON.stringify(said)).digest('hex');
}

async function writeBatch(
  run: <R>(work: (tx: Tx) => Promise<R>) => Promise<R>,
  importId: string,
  batch: Batch,
  counts: ImportCounts,
): Promise<void> {
  const room = Math.max(0, MAX_DEFECTS - counts.defects);
  const defects = batch.defects.slice(0, room);
  const written = await run(async (tx) => {
    const known = await latestHashes(
      tx,
      batch.versions.map((one) => one.facts.code),
      'national',
    );
    const fresh = batch.versions.filter((one) => known.get(one.facts.code) !== one.contentHash);
    const ids = new Map(fresh.map((one) => [newId(), one]));
    const rows = await insertVersions(
      tx,
      [...ids].map(([versionId, one]) => ({
        facts: { ...one.facts, validFrom: localDate(tx.now) },
        versionId,
        procedureId: newId(),
        contentHash: one.contentHash,
        status: 'draft' as const,
      })),
    );
    for (const row of rows)
      publish(tx, versionDrafted, {
        subject: { kind: procedureKind, id: row.procedure_id },
        payload: { code: ids.get(row.id)!.facts.code, number: row.number, versionId: row.id, source: 'national' },
      });
    await insertDefects(tx, importId, counts.defects + 1, defects);
    const changed = fresh.filter((one) => known.has(one.facts.code)).length;
    const next = {
      ...counts,
      created: counts.created + fresh.length - changed,
      changed: counts.changed + changed,
      unchanged: counts.unchanged + batch.versions.length - fresh.length,
      defects: counts.defects + defects.length,
    };
    await updateImport(tx, importId, 'running', next);
    return next;
  });
  Object.assign(counts, written);
}
