import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { ReadFile, ReadingWork, ReadSubjectKind } from './reading.ts';

const insert = statement(
  'readings.insert_readings',
  `insert into readings.reading (id, at, account_id, subject_kind, subject_id, subject_label, reader_kind, reader_id, reader_label, post_name, unit_id, work, purpose)
   select r.id, $2, r.account_id, r.subject_kind, r.subject_id, r.subject_label, $3, $4, $5, $6, $7, $8, $9
   from jsonb_to_recordset($1::jsonb) as r (id uuid, account_id uuid, subject_kind text, subject_id text, subject_label text)`,
);
const COLUMNS = `id, at, account_id as "accountId", subject_kind as "subjectKind", subject_id as "subjectId", subject_label as "subjectLabel", reader_kind as "readerKind",
  reader_label as "readerLabel", post_name as "postName", unit_id as "unitId", work, purpose`;
const ofAccount = statement(
  'readings.list_of_account',
  `select ${COLUMNS} from readings.reading
   where account_id = $1 and (at, id) < ($2::timestamptz, $3::uuid) and at >= $4::timestamptz and at < $5::timestamptz
     and ($6::text is null or work = $6) and ($7::text is null or subject_id = $7)
   order by at desc, id desc limit $8`,
);
const ofSubject = statement(
  'readings.list_of_subject',
  `select ${COLUMNS} from readings.reading where subject_kind = $1 and subject_id = $2 order by at desc, id desc limit $3`,
);
const stated = statement(
  'readings.find_stated_purpose',
  `select purpose from readings.reading
   where reader_id = $1 and at > $2 and subject_kind = $3 and subject_id = $4 and work in ('search', 'administration') order by at desc limit 1`,
);
const ensure = statement('readings.ensure_partitions', 'select readings.ensure_partitions($1::date, 4)');
const drop = statement('readings.drop_before', 'select readings.drop_before($1::date) as dropped');

/** A file read, with the id of its record. */
export interface NewReading extends ReadFile {
  id: string;
}
export interface ReaderFacts {
  kind: string;
  id: string | null;
  label: string;
  postName: string | null;
  unitId: string | null;
}
export const insertReadings = (
  tx: Tx,
  rows: readonly NewReading[],
  reader: ReaderFacts,
  work: ReadingWork,
  purpose: string,
): Promise<object[]> =>
  tx.run(insert, [
    JSON.stringify(
      rows.map(({ id, accountId, subject }) => ({
        id,
        account_id: accountId,
        subject_kind: subject.kind,
        subject_id: subject.id,
        subject_label: subject.label,
      })),
    ),
    tx.now,
    reader.kind,
    reader.id,
    reader.label,
    reader.postName,
    reader.unitId,
    work,
    purpose,
  ]);

/** A reading as it is shown. */
export interface ReadingLine {
  id: string;
  at: Date;
  accountId: string | null;
  subjectKind: ReadSubjectKind;
  subjectId: string;
  subjectLabel: string | null;
  readerKind: string;
  readerLabel: string;
  postName: string | null;
  unitId: string | null;
  work: ReadingWork;
  purpose: string;
}
export interface ReadingFilter {
  after?: { at: Date; id: string } | null;
  /** Instants: from (included) to (excluded). */
  from?: Date | null;
  to?: Date | null;
  work?: ReadingWork | null;
  subjectId?: string | null;
  limit?: number;
}
/** Who read the files of an account's person, newest first. Only for that person, or those who supervise. */
export const listReadingsOf = (reader: Reader, accountId: string, filter: ReadingFilter = {}): Promise<ReadingLine[]> =>
  reader.run<ReadingLine>(ofAccount, [
    accountId,
    filter.after?.at ?? new Date('9999-01-01T00:00:00Z'),
    filter.after?.id ?? 'ffffffff-ffff-ffff-ffff-ffffffffffff',
    filter.from ?? new Date('1970-01-01T00:00:00Z'),
    filter.to ?? new Date('9999-01-01T00:00:00Z'),
    filter.work ?? null,
    filter.subjectId ?? null,
    filter.limit ?? 50,
  ]);
/** Who read one file, newest first. Ask the right before. */
export const listReadingsOfSubject = (
  reader: Reader,
  subject: { kind: ReadSubjectKind; id: string },
  limit = 50,
): Promise<ReadingLine[]> => reader.run<ReadingLine>(ofSubject, [subject.kind, subject.id, limit]);

export const findPurpose = async (
  reader: Reader,
  readerId: string,
  since: Date,
  subject: { kind: ReadSubjectKind; id: string },
): Promise<string | null> =>
  (await reader.run<{ purpose: string }>(stated, [readerId, since, subject.kind, subject.id]))[0]?.purpose ?? null;

export const ensurePartitions = (reader: Reader, now: Date): Promise<object[]> => reader.run(ensure, [now]);
/** Forgets whole months before the day; returns how many went. */
export const dropReadingsBefore = async (reader: Reader, day: string): Promise<number> =>
  (await reader.run<{ dropped: number }>(drop, [day]))[0]?.dropped ?? 0;
