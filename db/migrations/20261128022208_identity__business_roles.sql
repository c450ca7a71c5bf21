-- People of a business: owner = legal representative, agent = may submit, viewer = may only see; each with its days. Invitations wait for the
-- person's yes; the history is only ever added to.
set lock_timeout = '5s';

alter table identity.business_member
  add column valid_from date not null default '1900-01-01',
  add column valid_to date;
alter table identity.business_member drop constraint business_member_role_check;
alter table identity.business_member
  add constraint business_member_role_check check (role in ('owner', 'agent', 'viewer')) not valid;
alter table identity.business_member validate constraint business_member_role_check;

create table identity.business_invitation (
  id uuid not null,
  business_id uuid not null,
  person_id uuid not null,
  role text not null,
  valid_from date not null,
  valid_to date,
  state text not null,
  invited_at timestamptz not null,
  invited_by text not null,
  answered_at timestamptz,
  constraint business_invitation_pkey primary key (id),
  constraint business_invitation_business_id_fkey foreign key (business_id) references identity.business (account_id),
  constraint business_invitation_person_id_fkey foreign key (person_id) references identity.person (account_id),
  constraint business_invitation_role_check check (role in ('owner', 'agent', 'viewer')),
  constraint business_invitation_state_check check (state in ('open', 'accepted', 'declined', 'cancelled')),
  constraint business_invitation_period_check check (valid_to is null or valid_to >= valid_from)
);
create index business_invitation_business_id_idx on identity.business_invitation (business_id, id);
create index business_invitation_person_id_idx on identity.business_invitation (person_id) where state = 'open';
create index business_invitation_person_all_idx on identity.business_invitation (person_id);
create unique index business_invitation_open_key on identity.business_invitation (business_id, person_id) where state = 'open';

create table identity.business_member_history (
  id uuid not null,
  business_id uuid not null,
  person_id uuid not null,
  at timestamptz not null,
  what text not null,
  role text not null,
  by_name text not null,
  constraint business_member_history_pkey primary key (id),
  constraint business_member_history_business_id_fkey foreign key (business_id) references identity.business (account_id),
  constraint business_member_history_person_id_fkey foreign key (person_id) references identity.person (account_id),
  constraint business_member_history_what_check check (what in ('invited', 'accepted', 'declined', 'cancelled', 'ended', 'handed-over'))
);
create index business_member_history_business_idx on identity.business_member_history (business_id, at desc, id desc);
create index business_member_history_person_idx on identity.business_member_history (person_id);
