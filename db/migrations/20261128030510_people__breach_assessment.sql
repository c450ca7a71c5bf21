-- What is known, decided and told of a breach: assessment, authority, people, end.
alter table people.breach
  add column risk text,
  add column assessment text,
  add column assessed_at timestamptz,
  add column assessed_by text,
  add column notified_by text,
  add column late_reason text,
  add column people_told integer,
  add column people_notice text,
  add column people_notified_at timestamptz,
  add column closing_note text,
  add column closed_by text,
  add constraint breach_risk_check check (risk in ('none', 'some', 'high')),
  add constraint breach_assessed_check check ((risk is null) = (assessed_at is null)),
  add constraint breach_people_told_check check (people_told >= 0);
