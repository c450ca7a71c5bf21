import { statement, type Reader, type Tx } from '../../../platform/database.ts';
import { columnsOf, type VersionFacts } from '../version-queries.ts';
import type { ReviewComment, Revision, RevisionState } from './revision.ts';

const SELECT = `select r.version_id as "versionId", r.procedure_id as "procedureId", p.code, v.name_vi as name, r.base_version_id as "baseVersionId",
    r.state, r.reason, r.author_id as "authorId", r.author, r.editor_ids as "editorIds", r.created_at as "createdAt", r.changed_at as "changedAt",
    r.sent_at as "sentAt", r.sent_by as "sentBy", r.decided_at as "decidedAt", r.decided_by as "decidedBy", r.decision_note as "decisionNote"
  from procedures.revision r join procedures.procedure p on p.id = r.procedure_id join procedures.procedure_version v on v.id = r.version_id`;

const open = statement('procedures.find_open_revision', `${SELECT} where p.code = $1 and r.state <> 'published'`);
const one = statement('procedures.find_revision', `${SELECT} where r.version_id = $1`);
const locked = statement('procedures.lock_revision', `${SELECT} where r.version_id = $1 for update of r`);

/** The version of a procedure that is being written; undefined when nobody is at it. */
export const findOpenRevision = async (reader: Reader, code: string): Promise<Revision | undefined> =>
  (await reader.run<Revision>(open, [code]))[0];
export const findRevision = async (reader: Reader, versionId: string): Promise<Revision | undefined> =>
  (await reader.run<Revision>(one, [versionId]))[0];
export const lockRevision = async (tx: Tx, versionId: string): Promise<Revision | undefined> =>
  (await tx.run<Revision>(locked, [versionId]))[0];

const list = statement(
  'procedures.list_revisions',
  `${SELECT} where ($1::text is null and r.state <> 'published' or r.state = $1)
     and ($2::text is null or p.code like '%' || $2 || '%' or platform.fold(v.name_vi) like '%' || platform.fold($2) || '%')
     and ($3::timestamptz is null or (r.changed_at, r.version_id) < ($3, $4::uuid))
   order by r.changed_at desc, r.version_id desc limit $5`,
);
/** Versions that are being written, the last changed first. */
export const listRevisions = (
  reader: Reader,
  filter: { state: RevisionState | null; text: string | null },
  after: { changedAt: string; versionId: string } | null,
  limit: number,
): Promise<Revision[]> =>
  reader.run(list, [filter.state, filter.text, after?.changedAt ?? null, after?.versionId ?? null, limit]);

const waiting = statement(
  'procedures.count_reviews',
  `select count(*)::int as count from (select from procedures.revision where state = 'in-review' limit 1000) w`,
);
/** How many versions wait for a review, up to 1,000. */
export const countReviews = async (reader: Reader): Promise<number> =>
  (await reader.run<{ count: number }>(waiting))[0]?.count ?? 0;

const insert = statement(
  'procedures.insert_revision',
  `insert into procedures.revision (version_id, procedure_id, base_version_id, state, reason, author_id, author, editor_ids, created_at, changed_at)
   values ($1, $2, $3, 'writing', $4, $5, $6, array[$5], $7, $7)`,
);
export async function insertRevision(
  tx: Tx,
  row: { versionId: string; procedureId: string; baseVersionId: string | null; reason: string },
): Promise<void> {
  const { id, label } = tx.actor;
  await tx.run(insert, [row.versionId, row.procedureId, row.baseVersionId, row.reason, id ?? label, label, tx.now]);
}

const state = statement(
  'procedures.update_revision_state',
  `update procedures.revision set state = $2, changed_at = $3,
     sent_at = case when $2 = 'in-review' then $3 when $2 = 'writing' then null else sent_at end,
     sent_by = case when $2 = 'in-review' then $4 when $2 = 'writing' then null else sent_by end,
     decided_at = case when $2 in ('approved', 'sent-back') then $3 when $2 = 'in-review' then null else decided_at end,
     decided_by = case when $2 in ('approved', 'sent-back') then $4 when $2 = 'in-review' then null else decided_by end,
     decided_by_id = case when $2 in ('approved', 'sent-back') then $5 when $2 = 'in-review' then null else decided_by_id end,
     decision_note = case when $2 in ('approved', 'sent-back') then $6 when $2 = 'in-review' then null else decision_note end
   where version_id = $1`,
);
/** Moves a revision on; who did it and why stays with it. */
export async function updateRevisionState(
  tx: Tx,
  versionId: string,
  next: RevisionState,
  note: string | null = null,
): Promise<void> {
  await tx.run(state, [versionId, next, tx.now, tx.actor.label, tx.actor.id, note]);
}

const reopen = statement(
  'procedures.reopen_revision',
  `update procedures.revision set state = 'approved', changed_at = $2 where version_id = $1 and state = 'published'`,
);
/** The publication of an approved version was taken back: it may be published again. */
export async function reopenRevision(tx: Tx, versionId: string): Promise<void> {
  await tx.run(reopen, [versionId, tx.now]);
}

const touch = statement(
  'procedures.touch_revision',
  `update procedures.revision set changed_at = $2,
     editor_ids = case when $3::text is null or $3 = any(editor_ids) then editor_ids else editor_ids || $3::text end
   where version_id = $1`,
);
/** Notes that somebody wrote in it. */
export async function touchRevision(tx: Tx, versionId: string): Promise<void> {
  await tx.run(touch, [versionId, tx.now, tx.actor.id]);
}

const drop = statement(
  'procedures.delete_draft',
  `delete from procedures.procedure_version where id = $1 and status = 'draft' and published_at is null`,
);
/** Forgets a draft with its revision and remarks. */
export async function deleteDraft(tx: Tx, versionId: string): Promise<void> {
  await tx.run(drop, [versionId]);
}
const dropEmpty = statement(
  'procedures.delete_empty_procedure',
  `delete from procedures.procedure p where p.id = $1 and not exists (select from procedures.procedure_version v where v.procedure_id = p.id)
     and not exists (select from procedures.offer o where o.procedure_id = p.id)`,
);
/** A procedure of which nothing is left goes too: its code is free again. */
export async function deleteEmptyProcedure(tx: Tx, procedureId: string): Promise<void> {
  await tx.run(dropEmpty, [procedureId]);
}

const save = statement(
  'procedures.update_draft',
  `update procedures.procedure_version v set name_vi = n.name_vi, name_en = n.name_en, field_code = n.field_code, national_field = n.national_field,
     levels = n.levels, audiences = n.audiences, service_level = n.service_level, online_scope = n.online_scope, partial_reason = n.partial_reason,
     intake_channel = n.intake_channel, decision_number = n.decision_number, form_version_id = n.form_version_id, content = n.content,
     content_hash = n.content_hash, row_version = v.row_version + 1
   from jsonb_to_record($2::jsonb) as n (name_vi text, name_en text, field_code text, national_field text, levels text[], audiences text[],
     service_level smallint, online_scope text, partial_reason text, intake_channel text, decision_number text, form_version_id uuid, content jsonb,
     content_hash text)
   where v.id = $1 and v.status = 'draft' and v.row_version = $3 returning v.row_version as "rowVersion"`,
);
/** Writes what a draft says; false when somebody changed it meanwhile. */
export async function updateDraft(
  tx: Tx,
  versionId: string,
  facts: VersionFacts,
  contentHash: string,
  rowVersion: number,
): Promise<boolean> {
  const row = {
    ...columnsOf(facts),
    content_hash: contentHash,
  };
  return (await tx.run(save, [versionId, JSON.stringify(row), rowVersion])).length === 1;
}

const addComment = statement(
  'procedures.insert_review_comment',
  `insert into procedures.review_comment (id, version_id, section, body, made_by, made_at) values ($1, $2, $3, $4, $5, $6)`,
);
export async function insertComment(
  tx: Tx,
  row: { id: string; versionId: string; section: string; body: string },
): Promise<void> {
  await tx.run(addComment, [row.id, row.versionId, row.section, row.body, tx.actor.label, tx.now]);
}
const settle = statement(
  'procedures.settle_review_comment',
  `update procedures.review_comment set settled_at = $3, settled_by = $4 where id = $1 and version_id = $2 and settled_at is null returning section`,
);
/** Marks a remark as dealt with; undefined when there is none that is open. */
export const settleComment = async (tx: Tx, versionId: string, id: string): Promise<{ section: string } | undefined> =>
  (await tx.run<{ section: string }>(settle, [id, versionId, tx.now, tx.actor.label]))[0];
const comments = statement(
  'procedures.list_review_comments',
  `select id, section, body, made_by as "madeBy", made_at as "madeAt", settled_at as "settledAt", settled_by as "settledBy"
   from procedures.review_comment where version_id = $1 order by made_at, id limit 500`,
);
export const listComments = (reader: Reader, versionId: string): Promise<ReviewComment[]> =>
  reader.run(comments, [versionId]);
