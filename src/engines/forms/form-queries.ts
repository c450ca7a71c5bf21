import { statement, type Reader, type Tx } from '../../platform/database.ts';
import type { Carried } from './carry-over.ts';
import type { FormDefinition, Values } from './definition.ts';

/** A version of a form. Published ones never change. */
export type FormVersion = {
  id: string;
  formId: string;
  code: string;
  version: number;
  status: 'draft' | 'published' | 'retired';
  validFrom: string;
  /** Last day it may be begun with; null without an end. */
  validTo: string | null;
  /** Last day on which drafts begun with earlier versions may be sent; null without an end. */
  earlierUntil: string | null;
  publishedAt: Date | null;
  publishedBy: string | null;
  digest: string;
  definition: FormDefinition;
};

/** Who a draft belongs to. `id` is opaque. */
export type Owner = { kind: 'citizen' | 'business' | 'official' | 'client' | 'anonymous'; id: string };

export type Draft = {
  id: string;
  owner: Owner;
  formVersionId: string;
  subject: { kind: string; id: string };
  values: Values;
  page: string | null;
  version: number;
  createdAt: Date;
  updatedAt: Date;
  expiresAt: Date;
  /** What did not simply stay when the draft was taken to another version, until its owner has seen it. */
  carried: CarriedReport | null;
  /** The question that has to be answered next, by the last save; null when none is left or nothing was saved yet. */
  stoppedAt: string | null;
};
/** See `carry-over.ts`; without the values, which are the draft's own. */
export type CarriedReport = Omit<Carried, 'values'> & { fromVersion: number };

export type Submission = { id: string; formVersionId: string; values: Values; digest: string; createdAt: Date };

const versionColumns = `v.id, v.form_id, f.code, v.version, v.status, v.valid_from, v.valid_to, v.earlier_until, v.published_at, v.published_by,
  v.definition_digest, v.definition`;
type VersionRow = {
  id: string;
  form_id: string;
  code: string;
  version: number;
  status: FormVersion['status'];
  valid_from: string;
  valid_to: string | null;
  earlier_until: string | null;
  published_at: Date | null;
  published_by: string | null;
  definition_digest: string;
  definition: FormDefinition;
};
const versionOf = (row: VersionRow): FormVersion => ({
  id: row.id,
  formId: row.form_id,
  code: row.code,
  version: row.version,
  status: row.status,
  validFrom: row.valid_from,
  validTo: row.valid_to,
  earlierUntil: row.earlier_until,
  publishedAt: row.published_at,
  publishedBy: row.published_by,
  digest: row.definition_digest,
  definition: row.definition,
});

/** Words without marks and capitals, as `search_text` holds them. */
export const plainText = (text: string): string =>
  text.normalize('NFD').replaceAll(/\p{M}/gu, '').replaceAll(/[đĐ]/g, 'd').toLowerCase();

const insertFormSql = statement(
  'forms.insert_form',
  `insert into forms.form (id, code, title_vi, title_en, search_text, created_at) values ($1, $2, $3, $4, $6, $5)
   on conflict (code) do update set title_vi = excluded.title_vi, title_en = excluded.title_en, search_text = excluded.search_text
   returning id`,
);
/** Makes the form, or takes the one with this code and locks it until the end of the transaction. */
export async function upsertForm(
  tx: Tx,
  form: { id: string; code: string; title: { vi: string; en: string } },
): Promise<string> {
  const [row] = await tx.run<{ id: string }>(insertFormSql, [
    form.id,
    form.code,
    form.title.vi,
    form.title.en,
    tx.now,
    plainText(`${form.code} ${form.title.vi} ${form.title.en}`),
  ]);
  return row!.id;
}

const insertVersionSql = statement(
  'forms.insert_version',
  `insert into forms.form_version
     (id, form_id, version, definition, definition_digest, status, valid_from, created_at, published_at, published_by,
      valid_to, earlier_until)
   select $1::uuid, $2::uuid, coalesce(max(version), 0) + 1, $3::jsonb, $4::text, 'published', $5::date, $6::timestamptz, $6::timestamptz, $7::text,
     $8::date, $9::date
   from forms.form_version where form_id = $2::uuid returning version`,
);
export async function insertVersion(
  tx: Tx,
  version: {
    id: string;
    formId: string;
    definition: FormDefinition;
    digest: string;
    validFrom: string;
    validTo: string | null;
    earlierUntil: string | null;
    publishedBy: string;
  },
): Promise<number> {
  const [row] = await tx.run<{ version: number }>(insertVersionSql, [
    version.id,
    version.formId,
    JSON.stringify(version.definition),
    version.digest,
    version.validFrom,
    tx.now,
    version.publishedBy,
    version.validTo,
    version.earlierUntil,
  ]);
  return row!.version;
}

const latestSql = statement(
  'forms.latest_version',
  `select ${versionColumns} from forms.form_version v join forms.form f on f.id = v.form_id
   where v.form_id = $1 and v.status = 'published' order by v.version desc limit 1`,
);
export async function findLatestVersion(reader: Reader, formId: string): Promise<FormVersion | undefined> {
  const [row] = await reader.run<VersionRow>(latestSql, [formId]);
  return row && versionOf(row);
}

const currentSql = statement(
  'forms.current_version',
  `select ${versionColumns} from forms.form_version v join forms.form f on f.id = v.form_id
   where f.code = $1 and v.status = 'published' and v.valid_from <= $2 and (v.valid_to is null or v.valid_to >= $2)
   order by v.valid_from desc, v.version desc limit 1`,
);
export async function findCurrentVersion(reader: Reader, code: string, on: string): Promise<FormVersion | undefined> {
  const [row] = await reader.run<VersionRow>(currentSql, [code, on]);
  return row && versionOf(row);
}

const versionSql = statement(
  'forms.version_by_id',
  `select ${versionColumns} from forms.form_version v join forms.form f on f.id = v.form_id where v.id = $1`,
);
export async function findVersion(reader: Reader, id: string): Promise<FormVersion | undefined> {
  const [row] = await reader.run<VersionRow>(versionSql, [id]);
  return row && versionOf(row);
}

const historySql = statement(
  'forms.version_history',
  `select ${versionColumns} from forms.form_version v join forms.form f on f.id = v.form_id
   where f.code = $1 order by v.version desc limit 200`,
);
export async function listVersions(reader: Reader, code: string): Promise<FormVersion[]> {
  return (await reader.run<VersionRow>(historySql, [code])).map(versionOf);
}

const versionNumberSql = statement(
  'forms.version_by_number',
  `select ${versionColumns} from forms.form_version v join forms.form f on f.id = v.form_id where f.code = $1 and v.version = $2`,
);
export async function findVersionByNumber(
  reader: Reader,
  code: string,
  version: number,
): Promise<FormVersion | undefined> {
  const [row] = await reader.run<VersionRow>(versionNumberSql, [code, version]);
  return row && versionOf(row);
}

const earlierLimitSql = statement(
  'forms.earlier_limit',
  `select min(earlier_until)::text as until from forms.form_version
   where form_id = $1 and version > $2 and status = 'published' and valid_from <= $3`,
);
/** Last day on which a draft of this version may be sent, by what newer versions in force say; null without an end. */
export const findEarlierLimit = async (
  reader: Reader,
  version: Pick<FormVersion, 'formId' | 'version'>,
  today: string,
): Promise<string | null> =>
  (await reader.run<{ until: string | null }>(earlierLimitSql, [version.formId, version.version, today]))[0]?.until ??
  null;

const formIdSql = statement('forms.find_form_id', 'select id from forms.form where code = $1');
export const findFormId = async (reader: Reader, code: string): Promise<string | undefined> =>
  (await reader.run<{ id: string }>(formIdSql, [code]))[0]?.id;

const retireSql = statement(
  'forms.retire_version',
  `update forms.form_version set status = 'retired', retired_at = $2 where id = $1 and status = 'published' returning id`,
);
export async function updateRetired(tx: Tx, id: string): Promise<boolean> {
  return (await tx.run(retireSql, [id, tx.now])).length === 1;
}

const draftColumns = `id, owner_kind, owner_id, form_version_id, subject_kind, subject_id, answers, page, version,
  created_at, updated_at, expires_at, carried, stopped_at`;
type DraftRow = {
  id: string;
  owner_kind: Owner['kind'];
  owner_id: string;
  form_version_id: string;
  subject_kind: string;
  subject_id: string;
  answers: Values;
  page: string | null;
  version: number;
  created_at: Date;
  updated_at: Date;
  expires_at: Date;
  carried: CarriedReport | null;
  stopped_at: string | null;
};
const draftOf = (row: DraftRow): Draft => ({
  id: row.id,
  owner: { kind: row.owner_kind, id: row.owner_id },
  formVersionId: row.form_version_id,
  subject: { kind: row.subject_kind, id: row.subject_id },
  values: row.answers,
  page: row.page,
  version: row.version,
  createdAt: row.created_at,
  updatedAt: row.updated_at,
  expiresAt: row.expires_at,
  carried: row.carried,
  stoppedAt: row.stopped_at,
});

const lockOwnerSql = statement(
  'forms.lock_owner',
  `select pg_advisory_xact_lock(hashtextextended('forms.draft:' || $1, 0))`,
);
const countDraftsSql = statement(
  'forms.count_drafts',
  `select count(*)::int as drafts from forms.draft where owner_kind = $1 and owner_id = $2 and expires_at > $3`,
);
/** How many drafts an owner has; two starts at once by one owner wait for each other. */
export async function countDraftsLocked(tx: Tx, owner: Owner): Promise<number> {
  await tx.run(lockOwnerSql, [`${owner.kind}:${owner.id}`]);
  const [row] = await tx.run<{ drafts: number }>(countDraftsSql, [owner.kind, owner.id, tx.now]);
  return row?.drafts ?? 0;
}

const insertDraftSql = statement(
  'forms.insert_draft',
  `insert into forms.draft (id, owner_kind, owner_id, form_version_id, subject_kind, subject_id, answers, page, version,
     created_at, updated_at, expires_at)
   values ($1, $2, $3, $4, $5, $6, $7, $8, 1, $9, $9, $10) returning ${draftColumns}`,
);
export async function insertDraft(
  tx: Tx,
  draft: Pick<Draft, 'id' | 'owner' | 'formVersionId' | 'subject' | 'values' | 'page' | 'expiresAt'>,
): Promise<Draft> {
  const [row] = await tx.run<DraftRow>(insertDraftSql, [
    draft.id,
    draft.owner.kind,
    draft.owner.id,
    draft.formVersionId,
    draft.subject.kind,
    draft.subject.id,
    JSON.stringify(draft.values),
    draft.page,
    tx.now,
    draft.expiresAt,
  ]);
  return draftOf(row!);
}

const updateDraftSql = statement(
  'forms.update_draft',
  `update forms.draft set answers = $5, page = $6, form_version_id = coalesce($9::uuid, form_version_id), version = version + 1,
     updated_at = $7, expires_at = $8, stopped_at = $10, carried = coalesce($11::jsonb, carried)
   where id = $1 and owner_kind = $2 and owner_id = $3 and version = $4 and expires_at > $7 returning ${draftColumns}`,
);
/** Writes when the version is still the expected one; undefined otherwise. */
export async function updateDraft(
  tx: Tx,
  draft: {
    id: string;
    owner: Owner;
    expectedVersion: number;
    values: Values;
    page: string | null;
    expiresAt: Date;
    formVersionId?: string | undefined;
    stoppedAt: string | null;
    carried?: CarriedReport;
  },
): Promise<Draft | undefined> {
  const [row] = await tx.run<DraftRow>(updateDraftSql, [
    draft.id,
    draft.owner.kind,
    draft.owner.id,
    draft.expectedVersion,
    JSON.stringify(draft.values),
    draft.page,
    tx.now,
    draft.expiresAt,
    draft.formVersionId ?? null,
    draft.stoppedAt,
    draft.carried ? JSON.stringify(draft.carried) : null,
  ]);
  return row && draftOf(row);
}

const seenSql = statement(
  'forms.clear_carried',
  'update forms.draft set carried = null where id = $1 and owner_kind = $2 and owner_id = $3',
);
/** The owner has seen what did not survive the new version. */
export async function clearCarried(tx: Tx, id: string, owner: Owner): Promise<void> {
  await tx.run(seenSql, [id, owner.kind, owner.id]);
}

const draftSql = statement(
  'forms.draft_by_id',
  `select ${draftColumns} from forms.draft where id = $1 and owner_kind = $2 and owner_id = $3`,
);
export async function findDraft(reader: Reader, id: string, owner: Owner): Promise<Draft | undefined> {
  const [row] = await reader.run<DraftRow>(draftSql, [id, owner.kind, owner.id]);
  return row && draftOf(row);
}

const draftByIdSql = statement('forms.any_draft_by_id', `select ${draftColumns} from forms.draft where id = $1`);
/** A draft whoever it belongs to: for somebody who holds a ticket to it. */
export const findDraftById = async (reader: Reader, id: string): Promise<Draft | undefined> => {
  const [row] = await reader.run<DraftRow>(draftByIdSql, [id]);
  return row && draftOf(row);
};

const draftsSql = statement(
  'forms.drafts_of_owner',
  `select ${draftColumns} from forms.draft where owner_kind = $1 and owner_id = $2 and expires_at > $3
   order by updated_at desc limit 100`,
);
export async function listDraftsOf(reader: Reader, owner: Owner, now: Date): Promise<Draft[]> {
  return (await reader.run<DraftRow>(draftsSql, [owner.kind, owner.id, now])).map(draftOf);
}

const deleteDraftSql = statement(
  'forms.delete_draft',
  `delete from forms.draft where id = $1 and owner_kind = $2 and owner_id = $3 returning ${draftColumns}`,
);
export async function deleteDraft(tx: Tx, id: string, owner: Owner): Promise<Draft | undefined> {
  const [row] = await tx.run<DraftRow>(deleteDraftSql, [id, owner.kind, owner.id]);
  return row && draftOf(row);
}

const deleteExpiredSql = statement(
  'forms.delete_expired_drafts',
  `delete from forms.draft where id in
     (select id from forms.draft where expires_at <= $1 order by expires_at limit $2 for update skip locked)
   returning ${draftColumns}`,
);
/** Takes away up to `limit` drafts whose time is over and returns them. */
export async function deleteExpiredDrafts(tx: Tx, limit: number): Promise<Draft[]> {
  return (await tx.run<DraftRow>(deleteExpiredSql, [tx.now, limit])).map(draftOf);
}

const insertSubmissionSql = statement(
  'forms.insert_submission',
  `insert into forms.submission (id, form_version_id, answers, digest, created_at) values ($1, $2, $3, $4, $5)`,
);
export async function insertSubmission(tx: Tx, submission: Omit<Submission, 'createdAt'>): Promise<void> {
  await tx.run(insertSubmissionSql, [
    submission.id,
    submission.formVersionId,
    JSON.stringify(submission.values),
    submission.digest,
    tx.now,
  ]);
}

const insertManySql = statement(
  'forms.insert_submissions',
  `insert into forms.submission (id, form_version_id, answers, digest, created_at)
   select s.id, s."formVersionId", s.values, s.digest, s."createdAt"
   from jsonb_to_recordset($1::jsonb) as s (id uuid, "formVersionId" uuid, values jsonb, digest text, "createdAt" timestamptz)`,
);
/** Many at once, each with the moment it was sent. */
export async function insertSubmissions(tx: Tx, submissions: readonly Submission[]): Promise<void> {
  if (submissions.length > 0) await tx.run(insertManySql, [JSON.stringify(submissions)]);
}

const submissionSql = statement(
  'forms.submission_by_id',
  `select id, form_version_id, answers, digest, created_at from forms.submission where id = $1`,
);
export async function findSubmission(reader: Reader, id: string): Promise<Submission | undefined> {
  const [row] = await reader.run<{
    id: string;
    form_version_id: string;
    answers: Values;
    digest: string;
    created_at: Date;
  }>(submissionSql, [id]);
  return (
    row && {
      id: row.id,
      formVersionId: row.form_version_id,
      values: row.answers,
      digest: row.digest,
      createdAt: row.created_at,
    }
  );
}
