import type { Reader } from '../../../platform/database.ts';

/** Something whose files are kept for a time after an event: a returned dossier, a closed account's paper. */
export interface EndedOwner {
  /** Id of the owner as `files.file` names it. */
  id: string;
  /** When the event was from which the time of keeping counts. */
  at: Date;
  /** What an administrator knows it by, such as the code of the dossier; no names of people. */
  label: string | null;
}

export interface OwnedFile {
  fileId: string;
  ownerKind: string;
  ownerId: string;
}

/**
 * A class of files with a time of keeping of its own. The module that owns the files offers it (`provideRetentionClass`): only it knows when the
 * event was, and whether something else still names a file.
 */
export interface RetentionClass {
  /** `dossier-returned`: stands in rules and lists. */
  key: string;
  ownerKind: string;
  name: { vi: string; en: string };
  /** The event that the time counts from, in words. */
  countedFrom: { vi: string; en: string };
  /** Owners whose event lies before that moment, in a fixed order from `after` on; `next` is null at the end. */
  listEnded(
    reader: Reader,
    input: { before: Date; after: string | null; limit: number },
  ): Promise<{ owners: EndedOwner[]; next: string | null }>;
  /** Of these owners those whose event still lies before that moment: asked again before anything is erased. */
  stillEnded(reader: Reader, ownerIds: readonly string[], before: Date): Promise<Set<string>>;
  /** Of these files (of any class) those that something else than their owner names: they are not erased. */
  namedElsewhere?(reader: Reader, files: readonly OwnedFile[]): Promise<Set<string>>;
}

/** Finds what a hold is put on, by what an administrator types: a dossier by its code. */
export interface HoldSubject {
  ownerKind: string;
  find(reader: Reader, typed: string): Promise<{ id: string; label: string } | null>;
}

const classes = new Map<string, RetentionClass>();
const subjects = new Map<string, HoldSubject>();

/** Offers a class of files: wired where both sides are known. */
export const provideRetentionClass = (given: RetentionClass): void => void classes.set(given.key, given);
export const provideHoldSubject = (given: HoldSubject): void => void subjects.set(given.ownerKind, given);

/** Every class, in the order of their names. */
export const retentionClasses = (): RetentionClass[] =>
  [...classes.values()].toSorted((a, b) => a.name.vi.localeCompare(b.name.vi, 'vi'));
export const retentionClass = (key: string): RetentionClass | undefined => classes.get(key);

/** The first subject with that code; null when there is none. */
export async function findHoldSubject(
  reader: Reader,
  typed: string,
): Promise<{ ownerKind: string; id: string; label: string } | null> {
  for (const subject of subjects.values()) {
    const found = await subject.find(reader, typed);
    if (found) return { ownerKind: subject.ownerKind, ...found };
  }
  return null;
}

/** Of these files those that any class says are named by something else. */
export async function namedElsewhere(reader: Reader, files: readonly OwnedFile[]): Promise<Set<string>> {
  const named = new Set<string>();
  for (const each of classes.values())
    for (const id of (await each.namedElsewhere?.(reader, files)) ?? []) named.add(id);
  return named;
}
