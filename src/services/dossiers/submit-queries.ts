import { statement, type ActorReference, type Reader, type Tx } from '../../platform/database.ts';
import { maskIdentity, states } from './dossier.ts';
import { trackingHash, type SubmissionInput } from './submission.ts';

/* The hot path: any number of submissions, each with its papers, its event and its key, in one prepared statement. */

/** One submission on its way into the statement. */
export interface SubmissionRow {
  id: string;
  /** Whose keys these are: an account, a client, an officer. */
  owner: string;
  secret: string;
  /** `contentHash` of the input. */
  contentHash: Buffer;
  actor: ActorReference;
  requestId: string;
  paperIds: readonly string[];
  input: SubmissionInput;
  /** Files to register when the dossier is new (`fileRecordOf`). */
  files: readonly object[];
}

/** What became of it: written, or found to have been written before. */
export interface SubmittedRow {
  id: string;
  isNew: boolean;
  submittedAt: Date;
  isSameContent: boolean;
}

const submit = statement(
  'dossiers.submit',
  `with sent as (
     select * from jsonb_to_recordset($1::jsonb) as s (
       id uuid, owner text, key text, content_hash text, dossier jsonb, papers jsonb, actor jsonb, request_id text, event jsonb, files jsonb)
   ), claimed as (
     insert into dossiers.submission_key (owner, key, dossier_id, content_hash, created_at)
     select owner, key, id, decode(content_hash, 'hex'), $2::timestamptz from sent order by owner, key
     on conflict (owner, key) do nothing
     returning dossier_id
   ), fresh as materialized (
     select s.*, organisations.living_unit((s.dossier->>'support_unit_id')::uuid) as support_unit_id,
       organisations.living_unit((s.dossier->>'receiving_unit_id')::uuid) as receiving_unit_id,
       case when s.dossier->>'competent_unit_id' <> s.dossier->>'receiving_unit_id'
         then organisations.living_unit((s.dossier->>'competent_unit_id')::uuid) end as other_unit_id
     from sent s join claimed c on c.dossier_id = s.id
   ), new_dossier as (
     insert into dossiers.dossier (id, state, tracking_hash, procedure_id, procedure_version_id, offer_id, form_submission_id, terms,
       applicant_kind, applicant_account_id, applicant_name, applicant_identity, applicant_identity_masked, applicant_phone,
       applicant_email, applicant_address, submitter_name, submitter_account_id, delegation_id, channel, delivery, delivery_address, support_unit_id, receiving_unit_id,
       competent_unit_id, handling_unit_id, submitted_at)
     select f.id, 1, decode(d.tracking_hash, 'hex'), d.procedure_id, d.procedure_version_id, d.offer_id, d.form_submission_id, d.terms,
       d.applicant_kind, d.applicant_account_id, d.applicant_name, d.applicant_identity, d.applicant_identity_masked, d.applicant_phone,
       d.applicant_email, d.applicant_address, d.submitter_name, d.submitter_account_id, d.delegation_id, d.channel, d.delivery, d.delivery_address, f.support_unit_id,
       f.receiving_unit_id, coalesce(f.other_unit_id, f.receiving_unit_id), f.receiving_unit_id, $2
     from fresh f, jsonb_to_record(f.dossier) as d (tracking_hash text, procedure_id uuid, procedure_version_id uuid, offer_id uuid,
       form_submission_id uuid, terms jsonb, applicant_kind text, applicant_account_id uuid, applicant_name text,
       applicant_identity text, applicant_identity_masked text, applicant_phone text, applicant_email text, applicant_address text,
       submitter_name text, submitter_account_id uuid, delegation_id uuid, channel text, delivery text, delivery_address text)
   ), new_paper as (
     insert into dossiers.paper (id, dossier_id, position, component_code, name, file_id, originals, copies, is_electronic,
       is_digitised, is_from_data_store, source_database)
     select p.id, f.id, p.position, p.component_code, p.name, p.file_id, p.originals, p.copies, p.is_electronic, p.is_digitised,
       p.is_from_data_store, p.source_database
     from fresh f, jsonb_to_recordset(f.papers) as p (id uuid, position smallint, component_code text, name text, file_id uuid,
       originals smallint, copies smallint, is_electronic boolean, is_digitised boolean, is_from_data_store boolean, source_database text)
   ), new_client_dossier as (
     insert into dossiers.client_dossier (dossier_id, client_id, changed_at)
     select f.id, f.actor->>'id', $2 from fresh f where f.actor->>'kind' = 'client' and f.actor->>'id' is not null
   ), new_event as (
     insert into platform.event (occurred_at, name, subject_kind, subject_id, unit_id, actor_kind, actor_id, actor_label, request_id, payload)
     select $2, 'dossiers.submitted', 'dossier', f.id::text, f.receiving_unit_id, f.actor->>'kind', f.actor->>'id',
       f.actor->>'label', f.request_id,
       case when f.receiving_unit_id = (f.dossier->>'receiving_unit_id')::uuid and coalesce(f.other_unit_id, f.receiving_unit_id) = (f.dossier->>'competent_unit_id')::uuid
         then f.event
         else f.event || jsonb_build_object('receivingUnitId', f.receiving_unit_id, 'competentUnitId', coalesce(f.other_unit_id, f.receiving_unit_id)) end
     from fresh f
   )
   select dossier_id as id,
     (select files.register_files(jsonb_agg(file), $2) from fresh f, jsonb_array_elements(f.files) as file) as files
   from claimed`,
);

const sentBefore = statement(
  'dossiers.find_sent_before',
  `select s.id as "sentId", k.dossier_id as id, k.created_at as "submittedAt", k.content_hash = decode(s.content_hash, 'hex') as "isSameContent"
   from jsonb_to_recordset($1::jsonb) as s (id uuid, owner text, key text, content_hash text)
   join dossiers.submission_key k on k.owner = s.owner and k.key = s.key`,
);

/** Writes what is new, all or nothing, and returns its ids: one statement. */
export async function writeSubmissions(tx: Tx, rows: readonly SubmissionRow[]): Promise<Set<string>> {
  const written = await tx.run<{ id: string }>(submit, [JSON.stringify(rows.map(recordOf)), tx.now]);
  return new Set(written.map((row) => row.id));
}

/** What became of each row, in the order given: written just now, or what was sent before under its key. */
export async function outcomesOf(
  reader: Reader,
  rows: readonly SubmissionRow[],
  fresh: ReadonlySet<string>,
  now: Date,
): Promise<SubmittedRow[]> {
  const repeated = rows
    .filter((row) => !fresh.has(row.id))
    .map(({ id, owner, input, contentHash }) => ({
      id,
      owner,
      key: input.key,
      content_hash: contentHash.toString('hex'),
    }));
  const known =
    repeated.length === 0
      ? []
      : await reader.run<{ sentId: string } & Omit<SubmittedRow, 'isNew'>>(sentBefore, [JSON.stringify(repeated)]);
  const byId = new Map(known.map((row) => [row.sentId, row]));
  return rows.map((row) => {
    const before = byId.get(row.id);
    return before
      ? // It is its own first sending when the answer to that was lost.
        {
          id: before.id,
          isNew: before.id === row.id,
          submittedAt: before.submittedAt,
          isSameContent: before.isSameContent,
        }
      : { id: row.id, isNew: true, submittedAt: now, isSameContent: true };
  });
}

function recordOf({ id, owner, secret, contentHash, actor, requestId, paperIds, input, files }: SubmissionRow) {
  const { applicant } = input;
  return {
    id,
    owner,
    key: input.key,
    content_hash: contentHash.toString('hex'),
    request_id: requestId,
    files,
    actor: { kind: actor.kind, id: actor.id, label: actor.label },
    dossier: {
      tracking_hash: trackingHash(id, secret).toString('hex'),
      procedure_id: input.procedureId,
      procedure_version_id: input.procedureVersionId,
      offer_id: input.offerId,
      form_submission_id: input.formSubmissionId,
      terms: input.terms,
      applicant_kind: applicant.kind,
      applicant_account_id: applicant.accountId,
      applicant_name: applicant.name,
      applicant_identity: applicant.identity,
      applicant_identity_masked: applicant.identity === null ? null : maskIdentity(applicant.identity),
      applicant_phone: applicant.phone,
      applicant_email: applicant.email,
      applicant_address: applicant.address,
      submitter_name: applicant.submitterName,
      submitter_account_id: applicant.submitterAccountId ?? null,
      delegation_id: applicant.delegationId ?? null,
      channel: input.channel,
      delivery: input.delivery,
      delivery_address: input.deliveryAddress,
      support_unit_id: input.supportUnitId,
      receiving_unit_id: input.receivingUnitId,
      competent_unit_id: input.competentUnitId,
    },
    papers: input.papers.map((paper, position) => ({
      id: paperIds[position],
      position,
      component_code: paper.componentCode,
      name: paper.name,
      file_id: paper.fileId,
      originals: paper.originals,
      copies: paper.copies,
      is_electronic: paper.isElectronic,
      is_digitised: paper.isDigitised ?? false,
      is_from_data_store: paper.isFromDataStore ?? false,
      source_database: paper.sourceDatabase ?? null,
    })),
    event: {
      code: null,
      state: states.submitted,
      procedureId: input.procedureId,
      procedureName: input.terms.procedureName,
      channel: input.channel,
      competentUnitId: input.competentUnitId,
      receivingUnitId: input.receivingUnitId,
      applicantAccountId: applicant.accountId,
      dueAt: null,
      isOnTime: null,
      remark: null,
    },
  };
}
