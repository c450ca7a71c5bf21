import { listFilesByIds, type FileRow, type StoredBlob } from '../../foundation/files/index.ts';
import { notify } from '../../foundation/notifications/index.ts';
import { recordReading, type ReadFile } from '../../foundation/readings/index.ts';
import type { Actor } from '../../platform/access.ts';
import type { Config } from '../../platform/config.ts';
import type { Reader, Tx } from '../../platform/database.ts';
import { publish } from '../../platform/events.ts';
import { newId } from '../../platform/ids.ts';
import { problem } from '../../platform/problems.ts';
import { paths } from '../../ui/paths.ts';
import { blobOf, lockOwn } from './keep-paper.ts';
import { takenForYouMessage } from './paper-messages.ts';
import { paperUsed } from './paper-events.ts';
import { paperKindsOf } from './paper-kinds.ts';
import { paperNotAccepted, paperNotFound } from './paper-problems.ts';
import { listPapers, type PaperFilter } from './paper-queries.ts';
import { fitsComponent, storeLimits, type StoredPaper } from './stored-paper.ts';
import { insertUse } from './use-queries.ts';

/** A stored paper with its file, as those who may take it see it. */
export interface OfferedPaper extends StoredPaper {
  file: FileRow;
}

const ALL: Omit<PaperFilter, 'text'> = {
  kind: null,
  source: null,
  validity: null,
  sort: 'moi',
  today: '1970-01-01',
  soonUntil: '1970-01-01',
};

/** All papers of a store with files that can be opened, the newest first; `text` (folded) narrows them. */
export async function listStore(
  reader: Reader,
  accountId: string,
  text: string | null = null,
): Promise<OfferedPaper[]> {
  const papers = await listPapers(reader, accountId, { ...ALL, text }, null, storeLimits.papers);
  return withFiles(reader, papers);
}

export async function withFiles(reader: Reader, papers: readonly StoredPaper[]): Promise<OfferedPaper[]> {
  if (papers.length === 0) return [];
  const files = await listFilesByIds(
    reader,
    papers.map((paper) => paper.fileId),
  );
  const byId = new Map(files.map((file) => [file.id, file]));
  return papers.flatMap((paper) => {
    const file = byId.get(paper.fileId);
    return file && isOpen(file) ? [{ ...paper, file }] : [];
  });
}

const isOpen = (file: FileRow): boolean => file.erasedAt === null && file.scanState !== 'infected';

/** Those of a store that a component of a procedure asks for: verified ones first, then the newest. */
export function papersFitting(
  config: Pick<Config, 'provinceFolder'>,
  store: readonly OfferedPaper[],
  componentName: string,
): OfferedPaper[] {
  const kinds = new Map(paperKindsOf(config).map((kind) => [kind.key, kind]));
  return store
    .filter((paper) => fitsComponent(kinds.get(paper.kind), componentName))
    .toSorted((a, b) => Number(b.isVerified) - Number(a.isVerified));
}

/** A stored paper as the record of readings names it: its kind, not its content. */
export const readPaperOf = (config: Pick<Config, 'provinceFolder'>, paper: StoredPaper): ReadFile => ({
  accountId: paper.accountId,
  subject: {
    kind: 'paper',
    id: paper.id,
    label: paperKindsOf(config).find((kind) => kind.key === paper.kind)?.name.vi ?? null,
  },
});

export interface Taking {
  accountId: string;
  paperId: string;
  /** What the place accepts; null: whatever the store holds. */
  limits: { kinds: readonly string[]; maxBytes: number } | null;
  place: 'application' | 'intake';
  placeId: string;
  /** The file that it becomes: the caller registers the bytes under this id. */
  fileId: string;
  /** The procedure (and the question of its form), in Vietnamese. */
  about: string;
  /** The actor takes it for somebody else: the reading is recorded. */
  reading: { by: Actor; work: 'delegate' | 'paper'; purpose: string } | null;
}

/**
 * Takes a paper for an application or an intake: answers its bytes for `registerFile`, so that nothing is copied, and notes the use. The row
 * is locked until the caller commits: an erasure of the same bytes waits and then sees the new file.
 * @throws paperNotFound, paperNotAccepted
 */
export async function takePaper(tx: Tx, config: Config, taking: Taking): Promise<StoredBlob> {
  const { accountId, place, placeId } = taking;
  const paper = await lockOwn(tx, accountId, taking.paperId);
  if (paper.deletedAt) throw problem(paperNotFound);
  const [offered] = await withFiles(tx, [paper]);
  if (!offered) throw problem(paperNotFound);
  const { file } = offered;
  const { limits } = taking;
  if (limits && (!limits.kinds.includes(file.kind) || file.sizeBytes > limits.maxBytes))
    throw problem(paperNotAccepted);
  if (taking.reading) await recordReading(tx, taking.reading.by, [readPaperOf(config, paper)], taking.reading);
  const useId = newId();
  await insertUse(
    tx,
    {
      id: useId,
      paperId: paper.id,
      accountId,
      place,
      placeId,
      about: taking.about.slice(0, 500),
      usedBy: tx.actor.label,
    },
    { fileId: taking.fileId, keptAt: paper.addedAt, source: paper.source, isVerified: paper.isVerified },
  );
  if (taking.reading?.work === 'delegate')
    await notify(tx, {
      recipient: { kind: 'account', id: accountId },
      template: takenForYouMessage,
      values: { who: tx.actor.label, paper: paper.name, procedure: taking.about },
      about: { kind: 'paper', id: paper.id },
      link: paths.storedPaper({ id: paper.id }),
      key: `paperstore.taken-for-you/${useId}`,
    });
  publish(tx, paperUsed, {
    subject: { kind: 'paper', id: paper.id },
    payload: { accountId, kind: paper.kind, source: paper.source, place, placeId },
  });
  return blobOf(file);
}
