import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Procedure, VersionStatus } from './procedure.ts';

/** A version that is about to be written: everything but ids, number, status and stamps. */
export type VersionFacts = Pick<
  Procedure,
  | 'code'
  | 'ownCode'
  | 'source'
  | 'name'
  | 'fieldCode'
  | 'nationalField'
  | 'levels'
  | 'audiences'
  | 'serviceLevel'
  | 'onlineScope'
  | 'partialReason'
  | 'intakeChannel'
  | 'decisionNumber'
  | 'validFrom'
  | 'validTo'
  | 'formVersionId'
  | 'content'
>;

export interface NewVersion {
  facts: VersionFacts;
  versionId: string;
  /** Used when the code is new. */
  procedureId: string;
  contentHash: string;
  status: VersionStatus;
}

const insertAll = statement(
  'procedures.insert_versions',
  `with incoming as (
     select * from jsonb_to_recordset($1::jsonb) as n (procedure_id uuid, version_id uuid, code text, own_code text, source text, status text,
       name_vi text, name_en text, field_code text, national_field text, levels text[], audiences text[], service_level smallint,
       online_scope text, partial_reason text, intake_channel text, decision_number text, valid_from date, valid_to date,
       form_version_id uuid, content jsonb, content_hash text)
   ), added as (
     insert into procedures.procedure (id, code, own_code, created_at) select procedure_id, code, own_code, $2 from incoming
     on conflict (code) do nothing returning id, code
   ), known as (
     select id, code from added union
     select p.id, p.code from procedures.procedure p join incoming i on i.code = p.code
   )
   insert into procedures.procedure_version (id, procedure_id, number, status, source, name_vi, name_en, field_code, national_field, levels,
     audiences, service_level, online_scope, partial_reason, intake_channel, decision_number, valid_from, valid_to, form_version_id,
     content, content_hash, created_at, published_at, published_by)
   select i.version_id, k.id, coalesce((select max(number) from procedures.procedure_version v where v.procedure_id = k.id), 0) + 1,
     i.status, i.source, i.name_vi, i.name_en, i.field_code, i.national_field, i.levels, i.audiences, i.service_level, i.online_scope,
     i.partial_reason, i.intake_channel, i.decision_number, i.valid_from, i.valid_to, i.form_version_id, i.content, i.content_hash,
     $2, case when i.status = 'published' then $2::timestamptz end, case when i.status = 'published' then $3 end
   from incoming i join known k on k.code = i.code
   returning id, procedure_id, number`,
);

/** What a version says as the columns that hold it, apart from whose it is and when it is valid. */
export const columnsOf = (facts: VersionFacts) => ({
  name_vi: facts.name.vi,
  name_en: facts.name.en ?? null,
  field_code: facts.fieldCode,
  national_field: facts.nationalField,
  levels: facts.levels,
  audiences: facts.audiences,
  service_level: facts.serviceLevel,
  online_scope: facts.onlineScope,
  partial_reason: facts.partialReason,
  intake_channel: facts.intakeChannel,
  decision_number: facts.decisionNumber,
  form_version_id: facts.formVersionId,
  content: facts.content,
});

/** Writes new versions, and procedures whose code is new. Each code at most once a call. */
export async function insertVersions(
  tx: Tx,
  list: readonly NewVersion[],
): Promise<{ id: string; procedure_id: string; number: number }[]> {
  const rows = list.map(({ facts, ...ids }) => ({
    procedure_id: ids.procedureId,
    version_id: ids.versionId,
    status: ids.status,
    content_hash: ids.contentHash,
    code: facts.code,
    own_code: facts.ownCode,
    source: facts.source,
    ...columnsOf(facts),
    valid_from: facts.validFrom,
    valid_to: facts.validTo,
  }));
  return tx.run(insertAll, [JSON.stringify(rows), tx.now, tx.actor.label]);
}

const hashes = statement(
  'procedures.list_hashes',
  `select distinct on (p.code) p.code, p.id as procedure_id, v.content_hash
   from procedures.procedure p join procedures.procedure_version v on v.procedure_id = p.id
   where p.code = any($1::text[]) and v.source = $2 order by p.code, v.number desc`,
);

/** The content hash of the newest version of a source, by code. */
export async function latestHashes(
  reader: Reader,
  codes: readonly string[],
  source: string,
): Promise<Map<string, string>> {
  const rows = await reader.run<{ code: string; content_hash: string }>(hashes, [codes, source]);
  return new Map(rows.map((row) => [row.code, row.content_hash]));
}

const lock = statement('procedures.lock_procedure', `select id from procedures.procedure where id = $1 for update`);

/** Holds a procedure until the end of the transaction: periods of its versions are changed by one at a time. */
export async function lockProcedure(tx: Tx, procedureId: string): Promise<void> {
  await tx.run(lock, [procedureId]);
}

const makeRoom = statement(
  'procedures.end_versions_before',
  `with old as (
     select id, valid_to, status from procedures.procedure_version
     where procedure_id = $1 and id <> $3 and status = 'published' and valid_from <= $2::date and (valid_to is null or valid_to >= $2::date)
   ), ended as (
     update procedures.procedure_version v set
       status = case when v.valid_from = $2::date then 'retired' else v.status end,
       retired_at = case when v.valid_from = $2::date then $4::timestamptz else v.retired_at end,
       retired_reason = case when v.valid_from = $2::date then 'replaced' else v.retired_reason end,
       valid_to = case when v.valid_from < $2::date then $2::date - 1 else v.valid_to end,
       row_version = v.row_version + 1
     from old where v.id = old.id
   )
   select id, valid_to as "validTo", status from old`,
);

/** A version as it was before another one ended it. */
export interface EndedVersion {
  id: string;
  validTo: string | null;
  status: VersionStatus;
}

/** Ends published versions the day before `validFrom`; one that began on that very day is replaced. Returns how they were. */
export function endVersionsBefore(
  tx: Tx,
  procedureId: string,
  validFrom: string,
  exceptId: string,
): Promise<EndedVersion[]> {
  return tx.run(makeRoom, [procedureId, validFrom, exceptId, tx.now]);
}

const publishOne = statement(
  'procedures.update_published',
  `update procedures.procedure_version v set status = 'published', valid_from = $2::date, published_at = $3, published_by = $4,
     retired_at = null, retired_reason = null, row_version = row_version + 1,
     valid_to = least($6::date, v.valid_to, (select min(o.valid_from) - 1 from procedures.procedure_version o
       where o.procedure_id = v.procedure_id and o.id <> v.id and o.status = 'published' and o.valid_from > $2::date))
   where id = $1 and row_version = $5 returning id`,
);

/** Publishes a version from a day on, perhaps to a last one; ends it before the next published one begins. False when somebody changed it meanwhile. */
export async function updatePublished(
  tx: Tx,
  versionId: string,
  validFrom: string,
  rowVersion: number,
  validTo: string | null = null,
): Promise<boolean> {
  return (await tx.run(publishOne, [versionId, validFrom, tx.now, tx.actor.label, rowVersion, validTo])).length === 1;
}

const retireOne = statement(
  'procedures.update_retired',
  `update procedures.procedure_version set status = 'retired', retired_at = $2, retired_reason = $3, row_version = row_version + 1
   where id = $1 and status <> 'retired' and row_version = $4 returning id`,
);

/** Takes a version out of use. False when somebody changed it meanwhile. */
export async function updateRetired(tx: Tx, versionId: string, reason: string, rowVersion: number): Promise<boolean> {
  return (await tx.run(retireOne, [versionId, tx.now, reason, rowVersion])).length === 1;
}

const endOne = statement(
  'procedures.update_last_day',
  `update procedures.procedure_version set valid_to = $2::date, retired_reason = $3, row_version = row_version + 1
   where id = $1 and status = 'published' and valid_from <= $2::date and row_version = $4 returning id`,
);

/** Gives a published version a last day. False when somebody changed it meanwhile. */
export async function updateLastDay(
  tx: Tx,
  versionId: string,
  lastDay: string,
  reason: string,
  rowVersion: number,
): Promise<boolean> {
  return (await tx.run(endOne, [versionId, lastDay, reason, rowVersion])).length === 1;
}

const record = statement(
  'procedures.record_publication',
  `insert into procedures.publication (version_id, published_at, valid_to_before, ended) values ($1, $2, $3, $4::jsonb)
   on conflict (version_id) do update set published_at = excluded.published_at, valid_to_before = excluded.valid_to_before, ended = excluded.ended`,
);

/** Keeps what a publication changed, so that it can be taken back. */
export async function recordPublication(
  tx: Tx,
  versionId: string,
  validToBefore: string | null,
  ended: readonly EndedVersion[],
): Promise<void> {
  await tx.run(record, [versionId, tx.now, validToBefore, JSON.stringify(ended)]);
}

const unpublish = statement(
  'procedures.undo_publication',
  `with gone as (
     delete from procedures.publication where version_id = $1 returning valid_to_before, ended
   ), back as (
     update procedures.procedure_version v set status = $3, valid_to = gone.valid_to_before, row_version = v.row_version + 1,
       retired_at = case when $3 = 'retired' then $4::timestamptz end, retired_reason = case when $3 = 'retired' then $5 end
     from gone where v.id = $1 and v.status = 'published' and v.row_version = $2
     returning v.valid_from, gone.ended
   )
   update procedures.procedure_version v set valid_to = o."validTo", status = o.status, row_version = v.row_version + 1,
     retired_at = null, retired_reason = null
   from back, jsonb_to_recordset(back.ended) as o (id uuid, "validTo" date, status text)
   where v.id = o.id and ((v.status = 'published' and v.valid_to = back.valid_from - 1) or (v.status = 'retired' and v.retired_reason = 'replaced'))
   returning v.id`,
);
const statusOf = statement('procedures.find_status', `select status from procedures.procedure_version where id = $1`);

/**
 * Takes a publication back: the version is a draft again (or `retired`), and those it ended hold as before, unless they were
 * changed since. False when it is no longer published, or changed meanwhile.
 */
export async function undoPublished(
  tx: Tx,
  input: { versionId: string; rowVersion: number; becomes: 'draft' | 'retired'; reason: string },
): Promise<boolean> {
  await tx.run(unpublish, [input.versionId, input.rowVersion, input.becomes, tx.now, input.reason]);
  const [row] = await tx.run<{ status: VersionStatus }>(statusOf, [input.versionId]);
  return row?.status === input.becomes;
}
