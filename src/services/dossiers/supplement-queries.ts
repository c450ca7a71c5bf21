import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { PaperInput } from './submission.ts';

/** What has to be handed in or put right. */
export interface SupplementItem {
  /** The paper it is about; null for one that is missing altogether or for an answer of the form. */
  paperId: string | null;
  componentCode: string | null;
  name: string;
  /** What is wrong with it, and what to do. */
  what: string;
}

const paperIds = statement('dossiers.list_paper_ids', 'select id from dossiers.paper where dossier_id = $1');
const insert = statement(
  'dossiers.insert_supplement',
  `insert into dossiers.supplement (dossier_id, number, items, reason, requested_at, requested_by, requested_unit_id, answer_by)
   select $1, coalesce(max(number), 0) + 1, $2::jsonb, $3, $4, $5, $6, $7 from dossiers.supplement where dossier_id = $1
   returning number`,
);
const answer = statement(
  'dossiers.answer_supplement',
  `update dossiers.supplement set answered_at = $2, answered_by = $3, form_submission_id = $4, changes = $5::jsonb, remark = $6
   where dossier_id = $1 and number = (select max(number) from dossiers.supplement where dossier_id = $1 and cancelled_at is null)
   returning number`,
);
const cancel = statement(
  'dossiers.cancel_supplement',
  `update dossiers.supplement set cancelled_at = $2 where dossier_id = $1 and answered_at is null and cancelled_at is null`,
);
const papers = statement(
  'dossiers.insert_papers',
  `insert into dossiers.paper (id, dossier_id, position, component_code, name, file_id, originals, copies, is_electronic, is_digitised,
     is_from_data_store, source_database, round, replaces_paper_id)
   select p.id, $1, (row_number() over ()) - 1, p."componentCode", p.name, p."fileId", p.originals, p.copies, p."isElectronic",
     coalesce(p."isDigitised", false), coalesce(p."isFromDataStore", false), p."sourceDatabase", $3, p."replacesPaperId"
   from jsonb_to_recordset($2::jsonb) as p (id uuid, "componentCode" text, name text, "fileId" uuid, originals smallint, copies smallint,
     "isElectronic" boolean, "isDigitised" boolean, "isFromDataStore" boolean, "sourceDatabase" text, "replacesPaperId" uuid)`,
);
const check = statement(
  'dossiers.check_papers',
  `update dossiers.paper p set is_accepted = c."isAccepted", remark = c.remark, originals = coalesce(c.originals, p.originals),
     copies = coalesce(c.copies, p.copies), checked_at = $3, checked_by = $4
   from jsonb_to_recordset($2::jsonb) as c ("paperId" uuid, "isAccepted" boolean, remark text, originals smallint, copies smallint)
   where p.id = c."paperId" and p.dossier_id = $1 returning p.id`,
);

export const listPaperIds = async (reader: Reader, dossierId: string): Promise<string[]> =>
  (await reader.run<{ id: string }>(paperIds, [dossierId])).map((row) => row.id);

export async function insertSupplement(
  tx: Tx,
  dossierId: string,
  request: {
    items: readonly SupplementItem[];
    reason: string;
    requestedBy: string;
    unitId: string | null;
    answerBy: string | null;
  },
): Promise<void> {
  await tx.run(insert, [
    dossierId,
    JSON.stringify(request.items),
    request.reason.trim(),
    tx.now,
    request.requestedBy,
    request.unitId,
    request.answerBy,
  ]);
}

const latestAnswers = statement(
  'dossiers.find_latest_answers',
  `select coalesce(
     (select s.form_submission_id from dossiers.supplement s where s.dossier_id = d.id and s.form_submission_id is not null order by s.number desc limit 1),
     d.form_submission_id) as id
   from dossiers.dossier d where d.id = $1`,
);
/** The answers of the form that count: those of the last supplement that changed some, else those handed in first; null without a form. */
export const findLatestAnswers = async (reader: Reader, dossierId: string): Promise<string | null> =>
  (await reader.run<{ id: string | null }>(latestAnswers, [dossierId]))[0]?.id ?? null;

/** Closes the open request; returns its number. */
export async function answerOpenSupplement(
  tx: Tx,
  dossierId: string,
  given: { answeredBy: string; formSubmissionId: string | null; changes: readonly unknown[]; remark: string | null },
): Promise<number> {
  const [row] = await tx.run<{ number: number }>(answer, [
    dossierId,
    tx.now,
    given.answeredBy,
    given.formSubmissionId,
    JSON.stringify(given.changes),
    given.remark,
  ]);
  return row?.number ?? 0;
}

export const cancelOpenSupplement = (tx: Tx, dossierId: string): Promise<object[]> =>
  tx.run(cancel, [dossierId, tx.now]);

export async function insertPapers(
  tx: Tx,
  dossierId: string,
  round: number,
  rows: readonly (PaperInput & { id: string; replacesPaperId?: string | null })[],
): Promise<void> {
  if (rows.length > 0) await tx.run(papers, [dossierId, JSON.stringify(rows), round]);
}

/** What a clerk found when looking at a paper. */
export interface PaperCheck {
  paperId: string;
  isAccepted: boolean;
  remark: string | null;
  originals: number | null;
  copies: number | null;
}
export const updatePaperChecks = async (
  tx: Tx,
  dossierId: string,
  checks: readonly PaperCheck[],
  by: string,
): Promise<number> => (await tx.run(check, [dossierId, JSON.stringify(checks), tx.now, by])).length;
