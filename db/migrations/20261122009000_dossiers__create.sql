-- Dossiers: what a person asked for, the papers they handed in, the clock that runs, and what came of it.
create schema dossiers;

create table dossiers.dossier (
  id uuid not null,
  -- The national state (TrangThaiHoSo) 1–10.
  state smallint not null,
  -- What a worklist lists together; follows from the state.
  stage smallint not null generated always as (
    case state when 1 then 1 when 2 then 2 when 4 then 2 when 5 then 3 when 6 then 4 when 9 then 5 else 6 end) stored,
  -- The state to go back to after a supplement or a payment.
  resume_state smallint,
  version int not null default 1,
  -- Number of the last entry of its history.
  last_act int not null default 0,

  -- Null until received. Parts kept so that no code ever has to be cut up again.
  code text,
  code_agency text,
  code_date date,
  code_sequence int,
  -- The rules of the day of receipt: a dossier keeps them to its end.
  rule_pack text,
  -- SHA-256 of the secret printed on the acknowledgement.
  tracking_hash bytea not null,

  procedure_id uuid not null,
  procedure_version_id uuid not null,
  offer_id uuid,
  form_submission_id uuid,
  -- What the procedure promised on the day of submission: names, time limit, steps (ProcedureTerms in dossier.ts).
  terms jsonb not null,

  applicant_kind text not null,
  applicant_account_id uuid,
  applicant_name text not null,
  applicant_name_folded text not null generated always as (platform.fold(applicant_name)) stored,
  -- Protected: read by one statement only, and each reading of a person's file is recorded.
  applicant_identity text,
  applicant_identity_masked text,
  applicant_phone text,
  applicant_email text,
  applicant_address text,
  -- Whoever acts for the applicant.
  submitter_name text,

  channel text not null,
  delivery text not null,
  delivery_address text,

  -- Place of support, place of receipt and competent body are three different things since 2025.
  support_unit_id uuid,
  receiving_unit_id uuid not null,
  competent_unit_id uuid not null,
  -- Whose turn it is; every worklist starts here.
  handling_unit_id uuid not null,
  assignee_post_id uuid,
  current_step smallint,

  submitted_at timestamptz not null,
  received_at timestamptz,
  due_at timestamptz,
  first_due_at timestamptz,
  step_due_at timestamptz,
  paused_at timestamptz,
  finished_at timestamptz,
  returned_at timestamptz,
  is_on_time boolean,
  -- The instant by which lists are sorted: the appointment, before there is one the submission.
  attention_at timestamptz not null generated always as (coalesce(due_at, submitted_at)) stored,

  constraint dossier_pkey primary key (id),
  constraint dossier_code_key unique (code),
  constraint dossier_code_parts_key unique (code_agency, code_date, code_sequence),
  constraint dossier_procedure_id_fkey foreign key (procedure_id) references procedures.procedure (id),
  constraint dossier_procedure_version_id_fkey foreign key (procedure_version_id) references procedures.procedure_version (id),
  constraint dossier_offer_id_fkey foreign key (offer_id) references procedures.offer (id),
  constraint dossier_form_submission_id_fkey foreign key (form_submission_id) references forms.submission (id),
  constraint dossier_applicant_account_id_fkey foreign key (applicant_account_id) references identity.account (id),
  constraint dossier_support_unit_id_fkey foreign key (support_unit_id) references organisations.unit (id),
  constraint dossier_receiving_unit_id_fkey foreign key (receiving_unit_id) references organisations.unit (id),
  constraint dossier_competent_unit_id_fkey foreign key (competent_unit_id) references organisations.unit (id),
  constraint dossier_handling_unit_id_fkey foreign key (handling_unit_id) references organisations.unit (id),
  constraint dossier_assignee_post_id_fkey foreign key (assignee_post_id) references organisations.post (id),
  constraint dossier_state_check check (state between 1 and 10),
  constraint dossier_resume_state_check check ((resume_state is not null) = (state in (5, 6))),
  constraint dossier_code_check check (
    (code is null) = (code_agency is null) and (code is null) = (code_date is null) and (code is null) = (code_sequence is null)
    and (code is null) = (received_at is null) and (code is null) = (rule_pack is null) and length(code) <= 64),
  constraint dossier_received_check check (state in (1, 3, 5, 7) or received_at is not null),
  constraint dossier_finished_check check ((state in (3, 7, 8, 9, 10)) = (finished_at is not null)),
  constraint dossier_returned_check check ((state = 10) = (returned_at is not null)),
  constraint dossier_applicant_kind_check check (applicant_kind in ('citizen', 'business', 'household')),
  constraint dossier_applicant_name_check check (length(applicant_name) between 1 and 300),
  constraint dossier_channel_check check (channel in ('counter', 'online', 'post')),
  constraint dossier_delivery_check check (delivery in ('counter', 'online', 'post'))
);

-- The worklist: one short walk per unit, whatever the size of the table. The included columns let a filter be judged in the index.
create index dossier_worklist_idx on dossiers.dossier (handling_unit_id, stage, attention_at, id)
  include (procedure_id, channel, assignee_post_id, state);
create index dossier_received_idx on dossiers.dossier (receiving_unit_id, submitted_at, id);
create index dossier_competent_idx on dossiers.dossier (competent_unit_id, submitted_at, id);
create index dossier_assignee_idx on dossiers.dossier (assignee_post_id, stage, attention_at, id) where assignee_post_id is not null;
create index dossier_account_idx on dossiers.dossier (applicant_account_id, submitted_at, id) where applicant_account_id is not null;
create index dossier_name_idx on dossiers.dossier (applicant_name_folded text_pattern_ops);
create index dossier_identity_idx on dossiers.dossier (applicant_identity) where applicant_identity is not null;
create index dossier_code_prefix_idx on dossiers.dossier (code text_pattern_ops) where code is not null;
create index dossier_procedure_id_idx on dossiers.dossier (procedure_id, handling_unit_id, stage, attention_at, id);
create index dossier_procedure_version_id_idx on dossiers.dossier (procedure_version_id);
create index dossier_offer_id_idx on dossiers.dossier (offer_id) where offer_id is not null;
create index dossier_form_submission_id_idx on dossiers.dossier (form_submission_id) where form_submission_id is not null;
create index dossier_support_unit_id_idx on dossiers.dossier (support_unit_id) where support_unit_id is not null;

-- The numbers given per agency and day. A row is locked while a code is issued; a number is never given twice, gaps are allowed.
create table dossiers.code_counter (
  agency text not null,
  day date not null,
  last_number int not null,
  constraint code_counter_pkey primary key (agency, day)
);

-- One submission per key, however often it is sent.
create table dossiers.submission_key (
  owner text not null,
  key text not null,
  dossier_id uuid not null,
  -- SHA-256 of what was sent: the same key with another content is refused.
  content_hash bytea not null,
  created_at timestamptz not null,
  constraint submission_key_pkey primary key (owner, key),
  constraint submission_key_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id),
  constraint submission_key_length_check check (length(key) between 8 and 200)
);
create index submission_key_dossier_id_idx on dossiers.submission_key (dossier_id);

-- The checklist of papers (thành phần hồ sơ).
create table dossiers.paper (
  id uuid not null,
  dossier_id uuid not null,
  position smallint not null,
  component_code text,
  name text not null,
  file_id uuid,
  -- Copies as the national exchange counts them (LoaiBan 0 original, 1 copy, 2 electronic).
  originals smallint not null default 0,
  copies smallint not null default 0,
  is_electronic boolean not null default false,
  is_digitised boolean not null default false,
  is_from_data_store boolean not null default false,
  source_database text,
  -- 0 with the first submission, n with the n-th supplement.
  round smallint not null default 0,
  replaces_paper_id uuid,
  checked_at timestamptz,
  checked_by text,
  is_accepted boolean,
  remark text,
  constraint paper_pkey primary key (id),
  constraint paper_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id),
  -- Judged at commit: a submission names its files, which are registered only once its key was found to be new.
  constraint paper_file_id_fkey foreign key (file_id) references files.file (id) deferrable initially deferred,
  constraint paper_replaces_paper_id_fkey foreign key (replaces_paper_id) references dossiers.paper (id),
  constraint paper_name_check check (length(name) between 1 and 500),
  constraint paper_amount_check check (originals between 0 and 99 and copies between 0 and 99)
);
create index paper_dossier_id_idx on dossiers.paper (dossier_id, round, position);
create index paper_file_id_idx on dossiers.paper (file_id) where file_id is not null;
create index paper_replaces_paper_id_idx on dossiers.paper (replaces_paper_id) where replaces_paper_id is not null;

-- Facts about the clock, in order: both rules for a supplement can be computed from them at any time.
create table dossiers.clock_entry (
  dossier_id uuid not null,
  number smallint not null,
  kind text not null,
  at timestamptz not null,
  reason text,
  until timestamptz,
  remark text,
  constraint clock_entry_pkey primary key (dossier_id, number),
  constraint clock_entry_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id),
  constraint clock_entry_kind_check check (kind in ('start', 'pause', 'resume', 'reset', 'extension', 'finish')),
  constraint clock_entry_reason_check check (
    (kind in ('pause', 'resume')) = (reason is not null)
    and reason in ('supplement', 'payment', 'consultation', 'forceMajeure', 'other')),
  constraint clock_entry_until_check check ((kind = 'extension') = (until is not null))
);

create table dossiers.step (
  dossier_id uuid not null,
  position smallint not null,
  kind text not null,
  name_vi text not null,
  name_en text not null,
  role text not null,
  unit_id uuid not null,
  weight numeric(9, 2) not null,
  assignee_post_id uuid,
  started_at timestamptz,
  due_at timestamptz,
  finished_at timestamptz,
  finished_by text,
  outcome text,
  remark text,
  constraint step_pkey primary key (dossier_id, position),
  constraint step_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id),
  constraint step_unit_id_fkey foreign key (unit_id) references organisations.unit (id),
  constraint step_assignee_post_id_fkey foreign key (assignee_post_id) references organisations.post (id),
  constraint step_kind_check check (kind in ('process', 'approve', 'issue')),
  constraint step_weight_check check (weight > 0),
  constraint step_outcome_check check (outcome in ('done', 'approved', 'sent-back'))
);
create index step_unit_id_idx on dossiers.step (unit_id);
create index step_assignee_post_id_idx on dossiers.step (assignee_post_id) where assignee_post_id is not null;

-- What was done, in order. `before` holds the dossier as it was, so that a mis-click can be taken back.
create table dossiers.act (
  dossier_id uuid not null,
  number int not null,
  name text not null,
  at timestamptz not null,
  actor_kind text not null,
  actor_id text,
  actor_label text not null,
  post_id uuid,
  unit_id uuid,
  from_state smallint not null,
  to_state smallint not null,
  remark text,
  details jsonb not null,
  before jsonb,
  taken_back_at timestamptz,
  constraint act_pkey primary key (dossier_id, number),
  constraint act_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id)
);

create table dossiers.supplement (
  dossier_id uuid not null,
  number smallint not null,
  -- [{paperId?, componentCode?, name, what}]
  items jsonb not null,
  reason text not null,
  requested_at timestamptz not null,
  requested_by text not null,
  requested_unit_id uuid,
  answer_by date,
  answered_at timestamptz,
  answered_by text,
  form_submission_id uuid,
  -- [{at, kind, before, after}]: answers of the form that changed.
  changes jsonb,
  remark text,
  cancelled_at timestamptz,
  constraint supplement_pkey primary key (dossier_id, number),
  constraint supplement_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id),
  constraint supplement_form_submission_id_fkey foreign key (form_submission_id) references forms.submission (id)
);
create index supplement_form_submission_id_idx on dossiers.supplement (form_submission_id) where form_submission_id is not null;

create table dossiers.fee (
  id uuid not null,
  dossier_id uuid not null,
  name text not null,
  amount_dong bigint not null,
  -- HinhThucThu: 1 at intake, 2 at a supplement, 4 at the result.
  moment smallint not null,
  requested_at timestamptz not null,
  receipt_number text,
  method text,
  paid_at timestamptz,
  recorded_by text,
  constraint fee_pkey primary key (id),
  constraint fee_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id),
  constraint fee_amount_check check (amount_dong between 0 and 1000000000000),
  constraint fee_moment_check check (moment in (1, 2, 4)),
  constraint fee_method_check check (method in ('cash', 'transfer', 'post', 'online')),
  constraint fee_paid_check check ((paid_at is null) = (receipt_number is null) and (paid_at is null) = (method is null))
);
create index fee_dossier_id_idx on dossiers.fee (dossier_id);

create table dossiers.result (
  dossier_id uuid not null,
  number smallint not null,
  code text not null,
  outcome text not null,
  title text not null,
  remark text,
  file_id uuid,
  decided_at timestamptz not null,
  decided_by text not null,
  constraint result_pkey primary key (dossier_id, number),
  constraint result_code_key unique (code),
  constraint result_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id),
  constraint result_file_id_fkey foreign key (file_id) references files.file (id),
  constraint result_outcome_check check (outcome in ('granted', 'refused'))
);
create index result_file_id_idx on dossiers.result (file_id) where file_id is not null;

-- Notes for colleagues; the applicant never sees them.
create table dossiers.note (
  id uuid not null,
  dossier_id uuid not null,
  text text not null,
  at timestamptz not null,
  author_id text,
  author_label text not null,
  constraint note_pkey primary key (id),
  constraint note_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id),
  constraint note_text_check check (length(text) between 1 and 4000)
);
create index note_dossier_id_idx on dossiers.note (dossier_id, at);

-- Who opened a person's file, and when; shown to that person.
create table dossiers.access_record (
  id uuid not null,
  dossier_id uuid not null,
  account_id uuid,
  at timestamptz not null,
  reader_kind text not null,
  reader_id text,
  reader_label text not null,
  unit_id uuid,
  purpose text not null,
  constraint access_record_pkey primary key (id),
  constraint access_record_dossier_id_fkey foreign key (dossier_id) references dossiers.dossier (id)
);
create index access_record_dossier_id_idx on dossiers.access_record (dossier_id, at);
create index access_record_account_id_idx on dossiers.access_record (account_id, at) where account_id is not null;

-- Figures per month, fed by events; each event counts once (platform.effect).
create table dossiers.monthly_figure (
  month date not null,
  unit_id uuid not null,
  procedure_id uuid not null,
  submitted int not null default 0,
  submitted_online int not null default 0,
  received int not null default 0,
  finished_on_time int not null default 0,
  finished_late int not null default 0,
  refused int not null default 0,
  withdrawn int not null default 0,
  stopped int not null default 0,
  returned int not null default 0,
  constraint monthly_figure_pkey primary key (month, unit_id, procedure_id),
  constraint monthly_figure_unit_id_fkey foreign key (unit_id) references organisations.unit (id),
  constraint monthly_figure_procedure_id_fkey foreign key (procedure_id) references procedures.procedure (id),
  constraint monthly_figure_month_check check (extract(day from month) = 1)
);
create index monthly_figure_unit_id_idx on dossiers.monthly_figure (unit_id, month);
create index monthly_figure_procedure_id_idx on dossiers.monthly_figure (procedure_id, month);

