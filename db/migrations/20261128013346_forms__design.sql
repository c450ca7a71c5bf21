-- A published version may end, and says how long drafts begun with earlier versions may still be sent.
alter table forms.form_version
  add column valid_to date,
  add column earlier_until date,
  add constraint form_version_valid_check check (valid_to is null or valid_to >= valid_from);

-- Title and code without marks, for finding.
alter table forms.form add column search_text text not null default '';

-- What officials are working on: one working copy per form, which may still be wrong. Every save raises `version`.
create table forms.design (
  form_id uuid constraint design_pkey primary key constraint design_form_id_fkey references forms.form (id),
  definition jsonb not null,
  version integer not null default 1,
  base_version_id uuid constraint design_base_version_id_fkey references forms.form_version (id),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  updated_by text not null,
  updated_by_id text,
  constraint design_definition_check check (jsonb_typeof(definition) = 'object')
);
create index design_base_version_id_idx on forms.design (base_version_id);
create index design_updated_at_idx on forms.design (updated_at desc);

-- Groups of fields that officials keep for other forms.
create table forms.saved_group (
  id uuid constraint saved_group_pkey primary key,
  title_vi text not null,
  title_en text not null,
  content jsonb not null,
  created_at timestamptz not null,
  created_by text not null,
  constraint saved_group_title_key unique (title_vi),
  constraint saved_group_content_check check (jsonb_typeof(content) = 'object')
);
