import { statement, type Reader } from '../../platform/database.ts';
import type { State } from './dossier.ts';
import type { WorklistCursor } from './worklist-queries.ts';

/* Work as it was at an instant of the past, from what is written in each dossier, its acts and its moves with units. */

/** A dossier that was under way at an instant. */
export interface PastRow {
  id: string;
  code: string | null;
  /** The state it was in then. */
  state: State;
  procedureName: { vi: string; en: string };
  applicantName: string;
  submittedAt: Date;
  dueAt: Date | null;
  /** Whether its appointment had passed by then. */
  wasLate: boolean;
  /** The competent unit of then, and whose turn it is today. */
  competentThen: string;
  handlingNow: string;
}

const MONTHS_BACK = 18;
const underWay = statement(
  'dossiers.list_under_way',
  `select d.id, d.code, d.terms->'procedureName' as "procedureName", d.applicant_name as "applicantName", d.submitted_at as "submittedAt",
     case when d.received_at <= $2 then coalesce(d.first_due_at, d.due_at) end as "dueAt", d.handling_unit_id as "handlingNow",
     coalesce(case when d.received_at <= $2 then coalesce(d.first_due_at, d.due_at) end < $2, false) as "wasLate",
     coalesce((select a.to_state from dossiers.act a where a.dossier_id = d.id and a.at <= $2 and (a.taken_back_at is null or a.taken_back_at > $2) order by a.number desc limit 1), 1) as state,
     coalesce((select m.competent_from from dossiers.unit_move m where m.dossier_id = d.id and m.at > $2 and m.competent_from is not null order by m.at limit 1), d.competent_unit_id) as "competentThen"
   from (
     select k.id, k.submitted_at from unnest($1::uuid[]) as u (unit_id) cross join lateral (
       select w.id, w.submitted_at from dossiers.dossier w
       where w.competent_unit_id = u.unit_id and (w.submitted_at, w.id) < ($4::timestamptz, $5::uuid) and w.submitted_at <= $2
         and w.submitted_at > $2::timestamptz - interval '${MONTHS_BACK} months'
         and (w.finished_at is null or w.finished_at > $2) and w.handling_unit_id = any($3::uuid[])
       order by w.submitted_at desc, w.id desc limit $6) k
     order by k.submitted_at desc, k.id desc limit $6
   ) p join dossiers.dossier d on d.id = p.id order by p.submitted_at desc, p.id desc`,
);

/**
 * Dossiers that were under way at an instant at units (those of then and those that took over), the latest first; only those whose turn
 * is today within `reach`. A page of `size`; `next` goes on. Looks eighteen months back from the instant.
 */
export async function listUnderWay(
  reader: Reader,
  asked: {
    unitIds: readonly string[];
    reach: readonly string[];
    at: Date;
    after?: WorklistCursor | null;
    size?: number;
  },
): Promise<{ rows: PastRow[]; next: WorklistCursor | null }> {
  const size = Math.min(asked.size ?? 50, 500);
  const after = asked.after ?? { at: new Date('9999-01-01T00:00:00Z'), id: 'ffffffff-ffff-ffff-ffff-ffffffffffff' };
  const values = [asked.unitIds, asked.at, asked.reach, after.at, after.id, size + 1];
  const found = await reader.run<PastRow>(underWay, values);
  const rows = found.slice(0, size);
  const last = rows.at(-1);
  return { rows, next: found.length > size && last ? { at: last.submittedAt, id: last.id } : null };
}
