/** What can be wrong with the record. */
export const findingKinds = [
  'log-cut',
  'log-bent',
  'checkpoint-changed',
  'checkpoint-missing',
  'event-changed',
  'event-missing',
  'event-inserted',
  'event-moved',
  'entry-changed',
  'bundle-changed',
  'tile-changed',
  'salt-erased',
  'subject-changed',
  'subject-missing',
  'subject-unrecorded',
] as const;
export type FindingKind = (typeof findingKinds)[number];

/** One thing that is not as it was sealed. */
export interface Finding {
  kind: FindingKind;
  /** Where, as an operator looks for it: `event 17`, `tile 0/3`, `dossiers.dossier.due_at`. */
  place: string;
  leaf?: number | null;
  eventId?: number | null;
  subject?: { kind: string; id: string; label: string } | null;
  column?: string | null;
  /** What was sealed, where it can be told. */
  recorded?: string | null;
  /** What stands there now. */
  found?: string | null;
}

/** The same thing found again has the same key. */
export const keyOfFinding = (finding: Finding): string =>
  [finding.kind, finding.place, finding.subject?.id ?? '', finding.recorded ?? '', finding.found ?? '']
    .join('|')
    .slice(0, 1_000);
