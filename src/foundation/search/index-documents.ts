import type { Tx } from '../../platform/database.ts';
import { enqueue } from '../../platform/jobs.ts';
import { rebuildDictionaryJob } from './search-jobs.ts';
import { deleteDocuments, upsertDocuments, type DocumentRow } from './search-queries.ts';
import { currentWordList } from './word-store.ts';
import { writtenOut } from './word-list.ts';
import { foldedSyllables, normalisedCode, pairs, plainVector, positionedVector } from './words.ts';

/** Visible to everybody. */
export const PUBLIC = 'public';

/** A text to be found. */
export interface SearchDocument {
  /** What it is: `procedure`, `help`, `news`… */
  kind: string;
  /** Its id in its own module. */
  refId: string;
  locale: 'vi' | 'en';
  title: string;
  /** Plain text; the first 100,000 characters count. */
  body: string;
  /** Codes by which it is found exactly: `1.001193`. */
  codes?: readonly string[];
  /** Other names: old names, popular names, short forms. They count like the title. */
  keywords?: readonly string[];
  /** Values to filter by: `field:ho-tich`. */
  facets?: readonly string[];
  /** 0 (usual) to 1: lifted a little among equals. */
  boost?: number;
  /** Who may find it: `public` (the default), or marks that the reader's search must name. */
  visibleTo?: readonly string[];
  /** Grows with every change; an older version never replaces a newer one. */
  version: number;
}

const BATCH = 200;
const MAX_BODY = 100_000;
const DICTIONARY_DELAY_MS = 20_000;

/**
 * Adds documents to the index, or replaces older versions of them, within the caller's transaction. The dictionary of typing
 * errors follows within a minute. One document per (kind, refId, locale) in one call.
 */
export async function indexDocuments(tx: Tx, documents: readonly SearchDocument[]): Promise<void> {
  for (let i = 0; i < documents.length; i += BATCH) await upsertDocuments(tx, documents.slice(i, i + BATCH).map(rowOf));
  if (documents.length > 0) scheduleDictionary(tx);
}

/** Takes documents out of the index, in every language. */
export async function removeDocuments(tx: Tx, kind: string, refIds: readonly string[]): Promise<void> {
  await deleteDocuments(tx, kind, refIds);
  scheduleDictionary(tx);
}

function scheduleDictionary(tx: Tx): void {
  enqueue(
    tx,
    rebuildDictionaryJob,
    {},
    { key: 'search.dictionary', runAt: new Date(tx.now.getTime() + DICTIONARY_DELAY_MS) },
  );
}

function rowOf(document: SearchDocument): DocumentRow {
  const list = currentWordList();
  const title = document.title.normalize('NFC').slice(0, 2_000);
  const body = document.body.normalize('NFC').slice(0, MAX_BODY);
  const lines = [title, ...(document.keywords ?? [])]
    .map((text) => foldedSyllables(text))
    .filter((line) => line.length > 0);
  const terms = new Set<string>();
  for (const line of lines)
    for (const wording of [line, writtenOut(list, line)])
      for (const term of [...wording, ...pairs(wording)]) terms.add(term);
  return {
    kind: document.kind,
    ref_id: document.refId,
    locale: document.locale,
    title,
    body,
    title_line: lines
      .map((line) => line.join(' '))
      .join('\n')
      .slice(0, 8_000),
    title_terms: plainVector(terms),
    body_terms: positionedVector([...lines.flat(), ...writtenOut(list, foldedSyllables(body))]),
    codes: (document.codes ?? []).map(normalisedCode),
    facets: [...(document.facets ?? [])],
    visible_to: [...(document.visibleTo ?? [PUBLIC])],
    boost: document.boost ?? 0,
    version: document.version,
  };
}
