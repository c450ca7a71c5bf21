-- Accessibility settings of an account: what its cookie says, kept for its next browser.
create table identity.display_choice (
  account_id uuid not null,
  choice text not null,
  changed_at timestamptz not null,
  constraint display_choice_pkey primary key (account_id),
  constraint display_choice_account_id_fkey foreign key (account_id) references identity.account (id),
  constraint display_choice_choice_check check (length(choice) <= 60)
);
