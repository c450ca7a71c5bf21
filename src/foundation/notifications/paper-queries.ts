import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Cursor } from './notification-queries.ts';

export interface PaperNote {
  id: string;
  subject: string;
  body: string;
  state: 'to-hand' | 'handed';
  subjectKind: string | null;
  subjectId: string | null;
  createdAt: Date;
}
const notes = statement(
  'notifications.list_paper_notes',
  `select id, subject, body, state, subject_kind as "subjectKind", subject_id as "subjectId", created_at as "createdAt" from notifications.message
   where channel = 'paper' and state = $1 and ($2::uuid[] is null or unit_id = any($2)) and (created_at, id) < ($3, $4)
   order by created_at desc, id desc limit $5`,
);
const hand = statement(
  'notifications.hand_note',
  `update notifications.message set state = 'handed', sent_at = $2, read_at = $2
   where id = $1 and channel = 'paper' and state = 'to-hand' and ($3::uuid[] is null or unit_id = any($3)) returning unit_id as "unitId"`,
);
/** Notes of the units (null: of all) that wait or were handed, the newest first. */
export const listPaperNotes = (
  reader: Reader,
  state: 'to-hand' | 'handed',
  unitIds: readonly string[] | null,
  before: Cursor | null,
  limit: number,
): Promise<PaperNote[]> =>
  reader.run<PaperNote>(notes, [
    state,
    unitIds,
    before?.createdAt ?? new Date('9999-01-01'),
    before?.id ?? 'ffffffff-ffff-7fff-bfff-ffffffffffff',
    limit,
  ]);
/** Marks a note as told; undefined when it does not wait, or belongs to another unit. */
export async function handNote(
  tx: Tx,
  id: string,
  unitIds: readonly string[] | null,
): Promise<{ unitId: string | null } | undefined> {
  return (await tx.run<{ unitId: string | null }>(hand, [id, tx.now, unitIds]))[0];
}
