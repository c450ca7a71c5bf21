-- Which account a subject of the national identity provider is. The number decides; this remembers.
create table identity.national_identity (
  account_id uuid not null,
  issuer text not null,
  subject text not null,
  tech_id text,
  level int not null,
  -- The business its holder represented at the last sign-in.
  business_id uuid,
  linked_at timestamptz not null,
  last_at timestamptz not null,
  constraint national_identity_pkey primary key (account_id),
  constraint national_identity_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint national_identity_business_id_fkey foreign key (business_id) references identity.business (account_id),
  constraint national_identity_issuer_subject_key unique (issuer, subject)
);
create index national_identity_business_id_idx on identity.national_identity (business_id);
